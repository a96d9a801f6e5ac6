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
 * Says where a grapheme cluster may end, from two neighbouring code points. It keeps more
 * together than the extended grapheme clusters of Unicode: the consonants of a conjunct,
 * a Thai or Lao vowel with the consonant after it, flags in a row.
 *
 * @author The Electron Spring authors
 */
final class GraphemeClusters {

	private static final int ZERO_WIDTH_NON_JOINER = 0x200C;

	private static final int ZERO_WIDTH_JOINER = 0x200D;

	private GraphemeClusters() {
	}

	/**
	 * Return whether nothing may be cut between two code points.
	 * @param before the former, or -1 if there is none
	 * @param after the latter
	 * @return whether they stay together
	 */
	static boolean joins(int before, int after) {
		if ((before < 0x300 && after < 0x300) || before < 0) {
			return false;
		}
		return extendsCluster(after) || leads(before) || joinsConsonants(before, after) || joinsHangul(before, after)
				|| (isRegionalIndicator(before) && isRegionalIndicator(after));
	}

	/**
	 * Return whether a code point never stands alone.
	 * @param codePoint the code point
	 * @return whether it belongs to the one before, whatever that is
	 */
	static boolean extendsCluster(int codePoint) {
		return switch (Character.getType(codePoint)) {
			case Character.NON_SPACING_MARK, Character.ENCLOSING_MARK, Character.COMBINING_SPACING_MARK -> true;
			case Character.FORMAT -> codePoint == ZERO_WIDTH_NON_JOINER || codePoint == ZERO_WIDTH_JOINER
					|| isIn(codePoint, 0xE0020, 0xE007F);
			// Vowels of Thai and Lao, half-width voicing marks, skin tones
			default -> codePoint == 0x0E33 || codePoint == 0x0EB3 || codePoint == 0xFF9E || codePoint == 0xFF9F
					|| isIn(codePoint, 0x1F3FB, 0x1F3FF);
		};
	}

	private static boolean leads(int codePoint) {
		if (codePoint == ZERO_WIDTH_JOINER || codePoint == ZERO_WIDTH_NON_JOINER) {
			return true;
		}
		if (isIn(codePoint, 0x0E40, 0x0E44) || isIn(codePoint, 0x0EC0, 0x0EC4)) {
			return true;
		}
		return isIn(codePoint, 0x0600, 0x0605) || isPrependedLetter(codePoint);
	}

	private static boolean isPrependedLetter(int codePoint) {
		return switch (codePoint) {
			case 0x06DD, 0x070F, 0x0890, 0x0891, 0x08E2, 0x0D4E -> true;
			case 0x110BD, 0x110CD, 0x111C2, 0x111C3, 0x1193F, 0x11941, 0x11A3A, 0x11D46, 0x11F02 -> true;
			default -> isIn(codePoint, 0x11A84, 0x11A89);
		};
	}

	private static boolean joinsConsonants(int before, int after) {
		return isVirama(before) && Character.isLetter(after);
	}

	private static boolean isVirama(int codePoint) {
		return switch (codePoint) {
			case 0x094D, 0x09CD, 0x0A4D, 0x0ACD, 0x0B4D, 0x0BCD, 0x0C4D, 0x0CCD, 0x0D4D, 0x0DCA -> true;
			case 0x1039, 0x17D2 -> true;
			default -> false;
		};
	}

	private static boolean joinsHangul(int before, int after) {
		if (isLeadingJamo(before)) {
			return isLeadingJamo(after) || isVowelJamo(after) || isIn(after, 0xAC00, 0xD7A3);
		}
		boolean syllable = isIn(before, 0xAC00, 0xD7A3);
		boolean open = isVowelJamo(before) || (syllable && (before - 0xAC00) % 28 == 0);
		if (open) {
			return isVowelJamo(after) || isTrailingJamo(after);
		}
		return (syllable || isTrailingJamo(before)) && isTrailingJamo(after);
	}

	private static boolean isLeadingJamo(int codePoint) {
		return isIn(codePoint, 0x1100, 0x115F) || isIn(codePoint, 0xA960, 0xA97C);
	}

	private static boolean isVowelJamo(int codePoint) {
		return isIn(codePoint, 0x1160, 0x11A7) || isIn(codePoint, 0xD7B0, 0xD7C6);
	}

	private static boolean isTrailingJamo(int codePoint) {
		return isIn(codePoint, 0x11A8, 0x11FF) || isIn(codePoint, 0xD7CB, 0xD7FB);
	}

	private static boolean isRegionalIndicator(int codePoint) {
		return isIn(codePoint, 0x1F1E6, 0x1F1FF);
	}

	private static boolean isIn(int codePoint, int first, int last) {
		return codePoint >= first && codePoint <= last;
	}

}
