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

import java.util.function.Consumer;

/**
 * Cuts the text of one turn into segments for a speech synthesiser, while it arrives: at
 * the ends of sentences of all languages the model speaks, the first segment at a clause,
 * none too long. Marks of Markdown, emoji and decorative symbols are not spoken. The
 * segments are the same however the text is split. Not thread-safe.
 *
 * @author The Electron Spring authors
 */
final class Segmenter {

	private final MarkdownReader reader;

	/** A high surrogate whose other half has not come yet, or 0. */
	private char high;

	/**
	 * Create a segmenter for a turn.
	 * @param settings how long segments are
	 * @param out what takes the segments, called from within the methods of this class
	 */
	Segmenter(SegmentSettings settings, Consumer<Segment> out) {
		this.reader = new MarkdownReader(new SpokenText(new SegmentCutter(settings, out)));
	}

	/**
	 * Take the next text.
	 * @param text the text, split anywhere, even between surrogates
	 */
	void append(String text) {
		for (int i = 0; i < text.length(); i++) {
			char next = text.charAt(i);
			if (this.high != 0) {
				boolean pair = Character.isLowSurrogate(next);
				this.reader.accept(pair ? Character.toCodePoint(this.high, next) : this.high);
				this.high = 0;
				if (pair) {
					continue;
				}
			}
			if (Character.isHighSurrogate(next)) {
				this.high = next;
			}
			else {
				this.reader.accept(next);
			}
		}
	}

	/**
	 * Hand out what can be spoken now, because no text has come for a while: neither a
	 * part of a word nor a number or abbreviation that may go on.
	 */
	void pause() {
		this.reader.pause();
	}

	/**
	 * Hand out all there is, because the answer ends or a tool is called. Text that comes
	 * after it is another answer of the same turn, with a short first segment again.
	 */
	void flush() {
		if (this.high != 0) {
			this.reader.accept(this.high);
			this.high = 0;
		}
		this.reader.flush();
	}

}
