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
 * What a punctuation mark may end.
 *
 * @author The Electron Spring authors
 */
enum SentenceMark {

	/**
	 * No mark.
	 */
	NONE,

	/**
	 * A sentence, whatever follows: marks that have no other use.
	 */
	SENTENCE,

	/**
	 * A sentence unless it goes on in lower case: question and exclamation marks.
	 */
	QUESTION,

	/**
	 * A sentence, an abbreviation or an ordinal.
	 */
	FULL_STOP,

	/**
	 * A sentence if a capital letter follows, else at most a clause.
	 */
	ELLIPSIS,

	/**
	 * A clause if white space follows.
	 */
	CLAUSE,

	/**
	 * A clause, with or without white space.
	 */
	WIDE_CLAUSE,

	/**
	 * A clause, without white space or between it on both sides: a long dash.
	 */
	LONG_DASH,

	/**
	 * A clause between white space: a short dash.
	 */
	DASH;

	/**
	 * Return the mark that a code point is.
	 * @param codePoint the code point
	 * @return the mark
	 */
	static SentenceMark of(int codePoint) {
		return (codePoint < 0x80) ? ofAscii(codePoint) : ofOthers(codePoint);
	}

	private static SentenceMark ofAscii(int codePoint) {
		return switch (codePoint) {
			case '.' -> FULL_STOP;
			case '?', '!' -> QUESTION;
			case ',', ';', ':' -> CLAUSE;
			case '-' -> DASH;
			default -> NONE;
		};
	}

	private static SentenceMark ofOthers(int codePoint) {
		return switch (codePoint) {
			// Chinese and Japanese; the Greek question mark
			case '。', '！', '？', '｡', '．', 0x037E -> SENTENCE;
			// Danda of Indic scripts, kunddaliya of Sinhala
			case '।', '॥', '෴' -> SENTENCE;
			// Urdu, Arabic, Armenian, Burmese, Khmer
			case '۔', '؟', '։', '။', '។', '៕' -> SENTENCE;
			// Ethiopic, Mongolian
			case '።', '፧', '፨', '᠃', '᠉' -> SENTENCE;
			case '‽', '‼', '⁇', '⁈', '⁉' -> QUESTION;
			// In Armenian these stand inside the word that is stressed
			case '…', '⋯', '՞', '՜' -> ELLIPSIS;
			case '·', '՝', 0x0387 -> CLAUSE;
			case '、', '，', '；', '：', '､', '،', '؛', '၊', '፣', '፤', '፥', '፦', '៖', '᠂' -> WIDE_CLAUSE;
			case '—', '―', '⸺' -> LONG_DASH;
			case '–' -> DASH;
			default -> NONE;
		};
	}

	/**
	 * Return what this mark becomes with another directly after it.
	 * @param next the next mark
	 * @return the mark of both
	 */
	SentenceMark and(SentenceMark next) {
		if (next == FULL_STOP || next == ELLIPSIS) {
			return switch (this) {
				case SENTENCE, QUESTION -> this;
				case FULL_STOP, ELLIPSIS -> ELLIPSIS;
				default -> next;
			};
		}
		return next;
	}

	/**
	 * Return whether it belongs to what is before it, even after white space.
	 * @return whether it is so
	 */
	boolean belongsToBefore() {
		return switch (this) {
			case NONE, LONG_DASH, DASH -> false;
			default -> true;
		};
	}

	/**
	 * Return whether a code point can close a quotation or a bracket.
	 * @param codePoint the code point
	 * @return whether it is so
	 */
	static boolean closes(int codePoint) {
		return switch (codePoint) {
			case '"', '\'', ')', ']', '}', '»', '«', '›', '‹', '”', '“', '’', '‘' -> true;
			case '」', '』', '》', '〉', '）', '】', '〕', '］', '｣', '＂' -> true;
			default -> false;
		};
	}

	/**
	 * Return whether a code point can open a quotation, a bracket or a Spanish sentence.
	 * @param codePoint the code point
	 * @return whether it is so
	 */
	static boolean opens(int codePoint) {
		return switch (codePoint) {
			case '"', '\'', '(', '[', '{', '«', '»', '‹', '›', '“', '”', '„', '‘', '’', '‚', '¿', '¡' -> true;
			case '「', '『', '《', '〈', '（', '【', '〔', '［', '｢', '＂' -> true;
			default -> false;
		};
	}

}
