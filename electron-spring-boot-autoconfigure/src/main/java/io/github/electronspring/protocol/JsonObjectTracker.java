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

package io.github.electronspring.protocol;

/**
 * Follows text that arrives in pieces and tells when it is one whole JSON object. It
 * counts brackets outside of strings and checks nothing else. Not thread-safe.
 *
 * @author The Electron Spring authors
 */
final class JsonObjectTracker {

	private int depth;

	private boolean started;

	private boolean inString;

	private boolean escaped;

	private boolean passed;

	/**
	 * Return whether an object has begun and ended, with only white space behind it.
	 * @return whether it has
	 */
	boolean isComplete() {
		return this.started && this.depth == 0 && !this.passed;
	}

	void accept(CharSequence text) {
		for (int i = 0; i < text.length(); i++) {
			if (this.inString) {
				acceptInString(text.charAt(i));
			}
			else {
				acceptOutside(text.charAt(i));
			}
		}
	}

	private void acceptInString(char character) {
		if (this.escaped) {
			this.escaped = false;
		}
		else if (character == '\\') {
			this.escaped = true;
		}
		else if (character == '"') {
			this.inString = false;
		}
	}

	private void acceptOutside(char character) {
		this.passed |= this.started && this.depth == 0 && !Character.isWhitespace(character);
		switch (character) {
			case '"' -> this.inString = true;
			case '{', '[' -> {
				this.started |= this.depth == 0 && character == '{';
				this.depth++;
			}
			case '}', ']' -> this.depth--;
			default -> {
			}
		}
	}

}
