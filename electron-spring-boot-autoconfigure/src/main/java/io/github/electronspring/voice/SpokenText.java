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
 * Text without marks, on its way to be cut: leaves out emoji, decorative and invisible
 * symbols and makes one space of white space. Not thread-safe.
 *
 * @author The Electron Spring authors
 */
final class SpokenText {

	private static final int KEYCAP = 0x20E3;

	private final SegmentCutter cutter;

	/** Whether there was white space since the last code point that is spoken. */
	private boolean space;

	/** Whether a symbol was left out since then. */
	private boolean symbol;

	/** Whether the code point before is spoken. */
	private boolean spoken;

	/** Whether a cell of a table has ended since then. */
	private boolean cellEnded;

	SpokenText(SegmentCutter cutter) {
		this.cutter = cutter;
	}

	/**
	 * Take a code point that is no mark and ends no line.
	 * @param codePoint the code point
	 * @param joined whether nothing may be cut before it
	 * @param start where it starts in the raw text
	 * @param end where it ends there
	 */
	void accept(int codePoint, boolean joined, int start, int end) {
		if (joined && codePoint == KEYCAP && this.spoken && this.cutter.removeKey()) {
			leaveOutSymbol();
		}
		else if (Letters.isSpace(codePoint)) {
			this.space = true;
			this.spoken = false;
			extend(joined, start, end);
		}
		else if (isInvisible(codePoint) || (joined && !this.spoken && isLost(codePoint))) {
			extend(joined, start, end);
		}
		else if (isSymbol(codePoint)) {
			leaveOutSymbol();
			extend(joined, start, end);
		}
		else {
			speak(codePoint, joined, end);
		}
	}

	/**
	 * Return whether it goes with what it is joined to, when that is not spoken.
	 * @param codePoint the code point
	 * @return whether it is so
	 */
	private static boolean isLost(int codePoint) {
		return GraphemeClusters.extendsCluster(codePoint) || !Character.isLetterOrDigit(codePoint);
	}

	private void leaveOutSymbol() {
		this.space = true;
		this.symbol = true;
		this.spoken = false;
	}

	private void extend(boolean joined, int start, int end) {
		if (joined) {
			this.cutter.extend(start, end);
		}
	}

	private void speak(int codePoint, boolean joined, int end) {
		if (this.cellEnded) {
			this.cutter.separate();
			this.cellEnded = false;
		}
		boolean spaced = this.space && !(this.symbol && SentenceMark.of(codePoint).belongsToBefore());
		this.cutter.accept(codePoint, spaced, joined && this.spoken, end);
		this.space = false;
		this.symbol = false;
		this.spoken = true;
	}

	/**
	 * Take a mark, which is not spoken.
	 * @param start where it starts in the raw text
	 * @param end where it ends there
	 * @param closing whether it belongs to the text before it
	 */
	void leaveOut(int start, int end, boolean closing) {
		extend(closing, start, end);
		this.spoken = false;
	}

	/**
	 * Take white space that is part of a mark.
	 */
	void space() {
		this.space = true;
	}

	/**
	 * Take the end of a table's cell.
	 */
	void endCell() {
		this.cellEnded = true;
		space();
		this.spoken = false;
	}

	/**
	 * Take the end of a line.
	 */
	void endLine() {
		this.cutter.endLine();
		reset();
	}

	/**
	 * Hand out what can be spoken although more may come.
	 */
	void pause() {
		this.cutter.pause(this.space);
	}

	/**
	 * Hand out all there is.
	 */
	void flush() {
		this.cutter.flush();
		reset();
	}

	private void reset() {
		this.space = false;
		this.symbol = false;
		this.spoken = false;
		this.cellEnded = false;
	}

	/**
	 * Return whether there is nothing to hear or see of it.
	 * @param codePoint the code point
	 * @return whether it is so
	 */
	private static boolean isInvisible(int codePoint) {
		return switch (Character.getType(codePoint)) {
			case Character.CONTROL, Character.SURROGATE, Character.PRIVATE_USE, Character.UNASSIGNED -> true;
			// Joiners change what is read, and so do the number signs of Arabic
			case Character.FORMAT -> codePoint == 0x00AD || codePoint == 0x061C || codePoint == 0x200B
					|| codePoint == 0xFEFF || isIn(codePoint, 0x200E, 0x20FF) || isIn(codePoint, 0xE0000, 0xE0FFF);
			case Character.NON_SPACING_MARK -> isIn(codePoint, 0xFE00, 0xFE0F) || isIn(codePoint, 0xE0100, 0xE01EF);
			default -> false;
		};
	}

	/**
	 * Return whether it is an emoji or another symbol without a reading of its own.
	 * @param codePoint the code point
	 * @return whether it is so
	 */
	private static boolean isSymbol(int codePoint) {
		return switch (Character.getType(codePoint)) {
			case Character.OTHER_SYMBOL -> isDecorative(codePoint);
			case Character.MATH_SYMBOL -> isIn(codePoint, 0x2190, 0x21FF) || isIn(codePoint, 0x25A0, 0x27BF)
					|| isIn(codePoint, 0x27F0, 0x297F) || isIn(codePoint, 0x2B00, 0x2BFF);
			case Character.MODIFIER_SYMBOL -> isIn(codePoint, 0x1F3FB, 0x1F3FF);
			case Character.ENCLOSING_MARK -> codePoint == KEYCAP;
			case Character.OTHER_PUNCTUATION -> codePoint == '•' || codePoint == '‣' || codePoint == '⁃';
			default -> false;
		};
	}

	private static boolean isDecorative(int codePoint) {
		if (codePoint < 0x2000) {
			return codePoint == '¦' || codePoint == '©' || codePoint == '®';
		}
		// Degrees, numero sign, units and other words in one character
		return codePoint != '℃' && codePoint != '℉' && codePoint != '№' && !isIn(codePoint, 0x3003, 0x33FF);
	}

	private static boolean isIn(int codePoint, int first, int last) {
		return codePoint >= first && codePoint <= last;
	}

}
