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
 * Cuts what is spoken into segments. What a mark ends is decided when the next code point
 * is known, so that it does not depend on how the text arrives. Not thread-safe.
 *
 * @author The Electron Spring authors
 */
final class SegmentCutter {

	/** Enough for a sentence of a script without sentence marks. */
	private static final int UNMARKED_SENTENCE = 40;

	/** How many marks and brackets may follow a segment that has its greatest length. */
	private static final int TOLERANCE = 8;

	private final SegmentSettings settings;

	private final Consumer<Segment> out;

	private final SegmentBuffer buffer = new SegmentBuffer();

	private final Quotes quotes = new Quotes();

	private int start;

	private boolean first = true;

	/** The mark that may end something, until the next code point is known. */
	private SentenceMark mark = SentenceMark.NONE;

	/** Where the mark is. */
	private int markStart;

	/** Where what it ends would end, with closing quotes and brackets. */
	private int markEnd;

	/** Whether there was white space after the mark. */
	private boolean gap;

	/** Whether the mark goes on with the code point at hand. */
	private boolean extending;

	private int wordStart;

	private int lastLetter = -1;

	/** Whether the text starts with a quotation. */
	private boolean quoted;

	/** Where the text may be cut when it gets too long, or 0. */
	private int clauseEnd;

	private int wordEnd;

	private int clusterEnd;

	SegmentCutter(SegmentSettings settings, Consumer<Segment> out) {
		this.settings = settings;
		this.out = out;
	}

	/**
	 * Take the next code point.
	 * @param codePoint the code point, not white space
	 * @param spaced whether there was white space before it
	 * @param joined whether nothing may be cut before it
	 * @param rawEnd where it ends in the raw text
	 */
	void accept(int codePoint, boolean spaced, boolean joined, int rawEnd) {
		SentenceMark found = SentenceMark.of(codePoint);
		boolean apart = spaced && !joined;
		if (!joined) {
			settle(codePoint, found, apart && !this.buffer.isEmpty());
			this.clusterEnd = this.buffer.length();
		}
		if (this.buffer.isEmpty()) {
			this.wordStart = 0;
			this.quoted = SentenceMark.opens(codePoint);
		}
		else if (apart) {
			this.buffer.append(' ', false, this.buffer.rawEnd(this.buffer.length()));
			this.wordStart = this.buffer.length();
		}
		this.buffer.append(codePoint, joined, rawEnd);
		if (joined) {
			join(codePoint);
		}
		else {
			note(codePoint, inContext(codePoint, found, apart), apart);
		}
		limit(found.belongsToBefore() || SentenceMark.closes(codePoint));
	}

	/**
	 * Take the end of a line, which ends what is on it.
	 */
	void endLine() {
		cut(this.buffer.length());
	}

	/**
	 * Hand out all there is. What comes next starts anew.
	 */
	void flush() {
		cut(this.buffer.length());
		this.first = true;
		this.quotes.reset();
		this.lastLetter = -1;
	}

	/**
	 * Hand out what can be spoken although more of it may come: no part of a word, nor a
	 * number or abbreviation that may go on.
	 * @param spaced whether there is white space after the last code point
	 */
	void pause(boolean spaced) {
		if (this.mark == SentenceMark.NONE) {
			int length = this.buffer.length();
			// Where words are not apart nobody knows more than that there was a pause
			boolean whole = spaced || (length > 0 && Letters.isUnspaced(this.buffer.codePointBefore(length)));
			cut(whole ? length : Math.max(this.wordEnd, this.clauseEnd));
		}
		else {
			cut(isSettled(spaced) ? this.markEnd : Math.max(this.wordEnd, this.clauseEnd));
		}
	}

	private boolean isSettled(boolean spaced) {
		boolean digit = Character.isDigit(this.buffer.codePointBefore(this.markStart));
		return switch (this.mark) {
			case SENTENCE, QUESTION -> true;
			case FULL_STOP -> !digit && endsSentence('A');
			default -> !digit || spaced || this.gap;
		};
	}

	/**
	 * Put a comma after the text, unless that is empty or ends in a mark.
	 */
	void separate() {
		if (!this.buffer.isEmpty() && this.mark == SentenceMark.NONE) {
			accept(',', false, false, this.buffer.rawEnd(this.buffer.length()));
		}
	}

	/**
	 * Let the last code point end later in the raw text.
	 * @param from where it must end for that
	 * @param to where it ends then
	 */
	void extend(int from, int to) {
		this.buffer.extend(from, to);
	}

	/**
	 * Take the last code point back if it is what a keycap can enclose.
	 * @return whether it was taken back
	 */
	boolean removeKey() {
		int last = this.buffer.codePointBefore(this.buffer.length());
		boolean key = Letters.isAsciiDigit(last) || last == '#' || last == '*';
		if (key) {
			this.buffer.removeLast();
		}
		return key;
	}

	/**
	 * Decide on the mark before a code point.
	 * @param next the next code point
	 * @param nextMark the mark that it is
	 * @param spaced whether there was white space before it
	 */
	private void settle(int next, SentenceMark nextMark, boolean spaced) {
		this.extending = false;
		if (this.mark == SentenceMark.NONE) {
			if (spaced) {
				space(next);
			}
			return;
		}
		this.gap |= spaced;
		this.extending = this.markEnd == this.buffer.length() && extendsMark(next, nextMark);
		if (this.extending || (this.gap && SentenceMark.opens(next))) {
			return;
		}
		if (ends(next)) {
			cut(this.markEnd);
		}
		else if (isClause(next)) {
			this.clauseEnd = this.markEnd;
		}
		this.mark = SentenceMark.NONE;
	}

	private boolean extendsMark(int next, SentenceMark nextMark) {
		return nextMark.belongsToBefore() || this.quotes.closes(next, this.gap) || (!this.gap && nextMark == this.mark);
	}

	private boolean ends(int next) {
		return switch (this.mark) {
			case SENTENCE -> this.gap || !goesOn(next);
			case QUESTION -> this.gap ? !Letters.isLowerCase(next) : Letters.isCaseless(next);
			case FULL_STOP -> this.gap ? !Letters.isLowerCase(next) && endsSentence(next)
					: Letters.isEastAsian(next) && Letters.isEastAsian(this.buffer.codePointBefore(this.markStart));
			case ELLIPSIS -> this.gap && Letters.isUpperCase(next);
			default -> this.first && isClause(next) && this.buffer.weight(this.markEnd) >= this.settings.firstClause();
		};
	}

	/**
	 * Return whether a sentence goes on after a mark without white space: within a
	 * number, in the Khmer abbreviation of "and so on", after a quotation.
	 * @param next the next code point
	 * @return whether it is so
	 */
	private boolean goesOn(int next) {
		int sign = this.buffer.codePointAt(this.markStart);
		if (isNumeric(next) || (sign == '។' && next == 'ល')) {
			return true;
		}
		boolean closed = SentenceMark.closes(this.buffer.codePointBefore(this.markEnd));
		return closed && Letters.isEastAsian(next) && (this.quoted || next == 'と');
	}

	private boolean endsSentence(int next) {
		int from = Math.min(this.wordStart, this.markStart);
		return Abbreviations.endSentence(this.buffer.wordBefore(from), this.buffer.text(from, this.markStart), next);
	}

	private boolean isClause(int next) {
		return switch (this.mark) {
			case CLAUSE, QUESTION, ELLIPSIS -> this.gap;
			case DASH -> this.gap && !Character.isDigit(next);
			case WIDE_CLAUSE, LONG_DASH, SENTENCE -> !isNumeric(next);
			default -> false;
		};
	}

	private boolean isNumeric(int next) {
		return !this.gap && Character.isDigit(next) && Character.isDigit(this.buffer.codePointBefore(this.markStart));
	}

	/**
	 * Take note of white space that follows no mark.
	 * @param next the next code point
	 */
	private void space(int next) {
		int length = this.buffer.length();
		int before = this.buffer.codePointBefore(length);
		if (Letters.isThaiOrLao(before) && Letters.isThaiOrLao(next) && before != 'ๆ' && next != 'ๆ'
				&& endsUnmarkedSentence(length)) {
			cut(length);
			return;
		}
		boolean amount = Character.isDigit(next)
				&& (Character.isDigit(before) || Character.getType(before) == Character.CURRENCY_SYMBOL);
		if (!amount && (Character.isLetterOrDigit(next) || SentenceMark.opens(next) || startsAmount(before, next))) {
			this.wordEnd = length;
		}
	}

	private static boolean startsAmount(int before, int next) {
		return Character.getType(next) == Character.CURRENCY_SYMBOL && !Character.isDigit(before);
	}

	private boolean endsUnmarkedSentence(int length) {
		int least = this.first ? this.settings.firstClause() : UNMARKED_SENTENCE;
		return this.buffer.weight(length) >= least || this.buffer.endsWith("ครับ") || this.buffer.endsWith("ค่ะ")
				|| this.buffer.endsWith("คะ");
	}

	/**
	 * Return the mark that a code point is after what is before it.
	 * @param codePoint the code point
	 * @param found the mark that it is alone
	 * @param spaced whether there was white space before it
	 * @return the mark
	 */
	private SentenceMark inContext(int codePoint, SentenceMark found, boolean spaced) {
		return switch (codePoint) {
			case '-', '–' -> spaced ? found : SentenceMark.NONE;
			case ';' -> Letters.isGreek(this.lastLetter) ? SentenceMark.QUESTION : found;
			case ':' -> Letters.isArmenian(this.lastLetter) ? SentenceMark.ELLIPSIS : found;
			// Twice the word separator is a full stop
			case '፡' -> (this.buffer.codePointBefore(this.clusterEnd) == '፡') ? SentenceMark.SENTENCE : found;
			default -> found;
		};
	}

	/**
	 * Take note of a code point that was appended.
	 * @param codePoint the code point
	 * @param found the mark that it is alone
	 * @param spaced whether there was white space before it
	 */
	private void note(int codePoint, SentenceMark found, boolean spaced) {
		int length = this.buffer.length();
		boolean opens = SentenceMark.opens(codePoint);
		if (this.extending) {
			this.mark = (found != SentenceMark.NONE) ? this.mark.and(found) : this.mark;
			this.markStart = (found != SentenceMark.NONE) ? length - 1 : this.markStart;
			this.markEnd = length;
			this.gap = false;
		}
		else if (found != SentenceMark.NONE) {
			this.mark = found;
			this.markStart = length - 1;
			this.markEnd = length;
			this.gap = false;
		}
		else if (opens || codePoint == '-' || codePoint == '/') {
			this.wordStart = length;
		}
		if (Character.isLetter(codePoint)) {
			this.lastLetter = codePoint;
		}
		this.quotes.note(codePoint, spaced || length == 1);
	}

	/**
	 * Take note of a code point that was joined to the one before.
	 * @param codePoint the code point
	 */
	private void join(int codePoint) {
		if (Character.isLetterOrDigit(codePoint)) {
			this.mark = SentenceMark.NONE;
		}
		else if (this.mark != SentenceMark.NONE) {
			this.markEnd = this.buffer.length();
		}
	}

	/**
	 * Cut what has become too long.
	 * @param belongsToBefore whether the last code point belongs to what is before it
	 */
	private void limit(boolean belongsToBefore) {
		int limit = this.first ? this.settings.firstMaximum() : this.settings.maximum();
		int weight = this.buffer.weight(this.buffer.length());
		if (weight > (belongsToBefore ? limit + TOLERANCE : limit)) {
			if (this.buffer.weight(this.clauseEnd) * 3 >= limit) {
				cut(this.clauseEnd);
			}
			else {
				cut((this.wordEnd > 0) ? this.wordEnd : this.clusterEnd);
			}
		}
	}

	private void cut(int to) {
		if (to <= 0) {
			return;
		}
		if (this.buffer.isSpeakable(to)) {
			int end = this.buffer.rawEnd(to);
			this.out.accept(new Segment(this.buffer.text(0, to), this.start, end));
			this.start = end;
			this.first = false;
		}
		int removed = this.buffer.remove(to);
		this.markStart -= removed;
		this.markEnd -= removed;
		if (this.markStart < 0) {
			this.mark = SentenceMark.NONE;
		}
		this.wordStart = Math.max(0, this.wordStart - removed);
		this.clauseEnd = Math.max(0, this.clauseEnd - removed);
		this.wordEnd = Math.max(0, this.wordEnd - removed);
		this.clusterEnd = Math.max(0, this.clusterEnd - removed);
		this.quoted = !this.buffer.isEmpty() && SentenceMark.opens(this.buffer.codePointAt(0));
	}

}
