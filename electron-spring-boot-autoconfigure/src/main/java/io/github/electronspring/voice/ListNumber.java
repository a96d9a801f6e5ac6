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

import java.util.Set;

/**
 * Tells the number of a list's entry, which is not spoken, from an ordinal or a date at
 * the start of a line. Not thread-safe.
 *
 * @author The Electron Spring authors
 */
final class ListNumber {

	/** German months start with upper case as an entry does. */
	private static final Set<String> MONTHS = Set.of("Januar", "Jänner", "Februar", "März", "April", "Mai", "Juni",
			"Juli", "August", "September", "Oktober", "November", "Dezember");

	private static final int LONGEST_DIGITS = 3;

	private static final int LONGEST_MONTH = 9;

	private final MarkBuffer buffer;

	/** How many digits the number at hand has. */
	private int digits;

	/** Where the word after it starts, or 0. */
	private int word;

	/** The number of the entry before. */
	private int last;

	ListNumber(MarkBuffer buffer) {
		this.buffer = buffer;
	}

	/**
	 * Forget the entries so far.
	 */
	void reset() {
		this.last = 0;
	}

	/**
	 * Start with the first digit of a number.
	 * @param codePoint the digit
	 */
	void start(int codePoint) {
		this.digits = 0;
		this.word = 0;
		this.buffer.hold(codePoint);
	}

	/**
	 * Take the next code point. As long as it is not decided, all is held.
	 * @param codePoint the code point
	 * @return whether the number is dealt with, and the code point not
	 */
	boolean accept(int codePoint) {
		boolean held = (this.digits == 0) ? isNumber(codePoint) : isFollowing(codePoint);
		if (held) {
			this.buffer.hold(codePoint);
			return false;
		}
		end(codePoint);
		return true;
	}

	private boolean isNumber(int codePoint) {
		if (codePoint == '.' || codePoint == ')') {
			this.digits = this.buffer.length();
			return true;
		}
		return Letters.isAsciiDigit(codePoint) && this.buffer.length() < LONGEST_DIGITS;
	}

	private boolean isFollowing(int codePoint) {
		if (this.word > 0) {
			boolean letter = (codePoint >= 'a' && codePoint <= 'z') || codePoint == 'ä';
			return letter && this.buffer.length() - this.word < LONGEST_MONTH;
		}
		if (Letters.isSpace(codePoint)) {
			return true;
		}
		if (isNextEntry() && "JFMASOND".indexOf(codePoint) >= 0) {
			this.word = this.buffer.length();
		}
		return this.word > 0;
	}

	/**
	 * End the number.
	 * @param next the code point after all that is held, or -1 if there is none
	 */
	void end(int next) {
		if (isEntry(next)) {
			this.last = number();
			this.buffer.leaveOutHeld(this.digits + 1, false);
		}
		this.buffer.speakHeld();
	}

	/**
	 * Return whether it is an entry: an ordinal or a date goes on in lower case or with a
	 * number, if not with a month.
	 * @param next the next code point
	 * @return whether it is so
	 */
	private boolean isEntry(int next) {
		if (this.word > 0) {
			return Character.isLetter(next) || !MONTHS.contains(this.buffer.substring(this.word, this.buffer.length()));
		}
		return next >= 0 && isNextEntry() && !Letters.isLowerCase(next) && !Character.isDigit(next);
	}

	private boolean isNextEntry() {
		if (this.digits == 0 || this.buffer.length() == this.digits + 1) {
			return false;
		}
		int number = number();
		return number == 1 || number == this.last + 1;
	}

	private int number() {
		return Integer.parseInt(this.buffer.substring(0, this.digits));
	}

}
