/*
 * Copyright 2026-present the original author or authors.
 *
 * Licensed under the Apache License, Version 2.0 (the "License");
 * you may not use this file except in compliance with the License.
 * You may obtain a copy of the License at
 *
 *      https://www.apache.org/licenses/LICENSE-2.0
 *
 * Unless required by applicable law or agreed to in writing, software
 * distributed under the License is distributed on an "AS IS" BASIS,
 * WITHOUT WARRANTIES OR CONDITIONS OF ANY KIND, either express or implied.
 * See the License for the specific language governing permissions and
 * limitations under the License.
 */

package io.github.electronspring.voice;

/**
 * Which quotation marks are open, as some open in one language and close in another. Not
 * thread-safe.
 *
 * @author The Electron Spring authors
 */
final class Quotes {

	/** Whether a low quotation mark is open, which a high one closes. */
	private boolean low;

	/** The angular quotation mark that is open, or 0. */
	private int angular;

	/**
	 * Take note of a code point.
	 * @param codePoint the code point
	 * @param spaced whether white space or nothing is before it
	 */
	void note(int codePoint, boolean spaced) {
		switch (codePoint) {
			case '„', '‚' -> this.low = true;
			case '“', '”', '‘' -> this.low = false;
			case '«', '»' -> this.angular = spaced ? codePoint : 0;
			default -> {
			}
		}
	}

	/**
	 * Return whether a code point closes a quotation or a bracket.
	 * @param codePoint the code point
	 * @param spaced whether white space is before it
	 * @return whether it closes
	 */
	boolean closes(int codePoint, boolean spaced) {
		return switch (codePoint) {
			case '“', '‘' -> !spaced && this.low;
			case '«' -> !spaced && this.angular == '»';
			case '»' -> !spaced || this.angular == '«';
			default -> !spaced && SentenceMark.closes(codePoint);
		};
	}

	void reset() {
		this.low = false;
		this.angular = 0;
	}

}
