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

import java.lang.Character.UnicodeScript;

/**
 * What code points are, as far as the ends of sentences depend on it.
 *
 * @author The Electron Spring authors
 */
final class Letters {

	private Letters() {
	}

	/**
	 * Return whether a word that starts with it goes on with a sentence.
	 * @param codePoint the code point
	 * @return whether it is so
	 */
	static boolean isLowerCase(int codePoint) {
		// Georgian sentences start with what Unicode calls lower case
		return Character.isLowerCase(codePoint) && !isGeorgian(codePoint);
	}

	static boolean isUpperCase(int codePoint) {
		return Character.isUpperCase(codePoint) || Character.isTitleCase(codePoint);
	}

	/**
	 * Return whether it is a letter of a script that knows no case.
	 * @param codePoint the code point
	 * @return whether it is so
	 */
	static boolean isCaseless(int codePoint) {
		return Character.getType(codePoint) == Character.OTHER_LETTER || isGeorgian(codePoint);
	}

	/**
	 * Return whether it is a letter of Chinese, Japanese or Korean.
	 * @param codePoint the code point
	 * @return whether it is so
	 */
	static boolean isEastAsian(int codePoint) {
		if (codePoint < 0x1100) {
			return false;
		}
		return Character.isIdeographic(codePoint) || isIn(codePoint, 0x1100, 0x11FF) || isIn(codePoint, 0x3041, 0x318F)
				|| isIn(codePoint, 0x31F0, 0x31FF) || isIn(codePoint, 0xA960, 0xA97F) || isIn(codePoint, 0xAC00, 0xD7FF)
				|| isIn(codePoint, 0xFF66, 0xFFDC);
	}

	/**
	 * Return whether it is a letter or mark of Thai or Lao, which have no sentence marks.
	 * @param codePoint the code point
	 * @return whether it is so
	 */
	static boolean isThaiOrLao(int codePoint) {
		return isIn(codePoint, 0x0E01, 0x0EFF)
				&& (Character.isLetter(codePoint) || Character.getType(codePoint) == Character.NON_SPACING_MARK);
	}

	/**
	 * Return whether it belongs to a script that puts no white space between words.
	 * @param codePoint the code point
	 * @return whether it does
	 */
	static boolean isUnspaced(int codePoint) {
		return codePoint == 'ー' || (codePoint > 0x0E00 && switch (UnicodeScript.of(codePoint)) {
			case HAN, HIRAGANA, KATAKANA, THAI, LAO, KHMER, MYANMAR -> true;
			default -> false;
		});
	}

	static boolean isGreek(int codePoint) {
		return Character.isLetter(codePoint) && UnicodeScript.of(codePoint) == UnicodeScript.GREEK;
	}

	static boolean isArmenian(int codePoint) {
		return isIn(codePoint, 0x0531, 0x0588) && Character.isLetter(codePoint);
	}

	/**
	 * Return whether it is white space, with or without a break.
	 * @param codePoint the code point
	 * @return whether it is so
	 */
	static boolean isSpace(int codePoint) {
		return Character.isWhitespace(codePoint) || Character.isSpaceChar(codePoint);
	}

	static boolean isLineEnd(int codePoint) {
		return codePoint == '\n' || codePoint == '\r' || codePoint == 0x85 || codePoint == 0x2028
				|| codePoint == 0x2029;
	}

	static boolean isAsciiDigit(int codePoint) {
		return codePoint >= '0' && codePoint <= '9';
	}

	private static boolean isGeorgian(int codePoint) {
		return isIn(codePoint, 0x10D0, 0x10FF);
	}

	private static boolean isIn(int codePoint, int first, int last) {
		return codePoint >= first && codePoint <= last;
	}

}
