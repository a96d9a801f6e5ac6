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
 * A piece of a turn for a speech synthesiser. Immutable. The spans of consecutive
 * segments follow each other without a gap, the first starts at 0; what the model sent
 * after the last one is not spoken (white space, marks, symbols).
 *
 * @param text what is spoken, never blank
 * @param start where it starts in the raw text of the turn, in UTF-16 units
 * @param end where it ends there, exclusive
 * @author The Electron Spring authors
 */
record Segment(String text, int start, int end) {

	@Override
	public String toString() {
		return "Segment[length=%d, start=%d, end=%d]".formatted(this.text.length(), this.start, this.end);
	}

}
