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

import java.util.Arrays;

/**
 * What is to be spoken but not handed out yet. For each UTF-16 unit it knows where that
 * ends in the raw text and how long the text is up to there. Not thread-safe.
 *
 * @author The Electron Spring authors
 */
final class SegmentBuffer {

	private static final int EAST_ASIAN_WEIGHT = 3;

	private static final int LONGEST_WORD = 12;

	private final StringBuilder text = new StringBuilder();

	private int[] rawEnds = new int[256];

	private int[] weights = new int[256];

	private int[] words = new int[256];

	/** Weight and letters of what was removed. */
	private int removedWeight;

	private int removedWords;

	int length() {
		return this.text.length();
	}

	boolean isEmpty() {
		return this.text.isEmpty();
	}

	/**
	 * Append a code point.
	 * @param codePoint the code point
	 * @param joined whether it belongs to the one before
	 * @param rawEnd where it ends in the raw text
	 */
	void append(int codePoint, boolean joined, int rawEnd) {
		int from = length();
		int weight = ((from > 0) ? this.weights[from - 1] : this.removedWeight) + (joined ? 0 : weightOf(codePoint));
		int words = ((from > 0) ? this.words[from - 1] : this.removedWords)
				+ (Character.isLetterOrDigit(codePoint) ? 1 : 0);
		this.text.appendCodePoint(codePoint);
		int to = length();
		if (to > this.rawEnds.length) {
			grow();
		}
		for (int i = from; i < to; i++) {
			this.rawEnds[i] = rawEnd;
			this.weights[i] = weight;
			this.words[i] = words;
		}
	}

	private static int weightOf(int codePoint) {
		return Letters.isEastAsian(codePoint) ? EAST_ASIAN_WEIGHT : 1;
	}

	private void grow() {
		int length = this.rawEnds.length * 2;
		this.rawEnds = Arrays.copyOf(this.rawEnds, length);
		this.weights = Arrays.copyOf(this.weights, length);
		this.words = Arrays.copyOf(this.words, length);
	}

	/**
	 * Return how long the text is to speak.
	 * @param to the end, exclusive
	 * @return the length
	 */
	int weight(int to) {
		return (to > 0) ? this.weights[to - 1] - this.removedWeight : 0;
	}

	/**
	 * Return whether there is anything to speak.
	 * @param to the end, exclusive
	 * @return whether there is a letter or digit
	 */
	boolean isSpeakable(int to) {
		return to > 0 && this.words[to - 1] > this.removedWords;
	}

	/**
	 * Return where the text ends in the raw text.
	 * @param to the end, exclusive, and more than 0
	 * @return the end there
	 */
	int rawEnd(int to) {
		return this.rawEnds[to - 1];
	}

	/**
	 * Let the last code point end later in the raw text.
	 * @param from where it must end for that
	 * @param to where it ends then
	 */
	void extend(int from, int to) {
		int last = length() - 1;
		if (last >= 0 && this.rawEnds[last] == from) {
			this.rawEnds[last] = to;
		}
	}

	int codePointBefore(int index) {
		return (index > 0) ? this.text.codePointBefore(index) : -1;
	}

	int codePointAt(int index) {
		return this.text.codePointAt(index);
	}

	String text(int from, int to) {
		return this.text.substring(from, to);
	}

	/**
	 * Return the word before another one.
	 * @param index where the other starts
	 * @return the word with what follows it, without its start if it is long, or empty
	 */
	String wordBefore(int index) {
		int end = (index > 0 && this.text.charAt(index - 1) == ' ') ? index - 1 : index;
		int start = end;
		while (start > 0 && end - start < LONGEST_WORD && this.text.charAt(start - 1) != ' ') {
			start--;
		}
		return this.text.substring(start, end);
	}

	boolean endsWith(String suffix) {
		int from = length() - suffix.length();
		return from >= 0 && this.text.indexOf(suffix, from) == from;
	}

	/**
	 * Remove the start of the text, with the space after it.
	 * @param to the end, exclusive
	 * @return how many units were removed
	 */
	int remove(int to) {
		int count = (to < length() && this.text.charAt(to) == ' ') ? to + 1 : to;
		if (count > 0) {
			this.removedWeight = this.weights[count - 1];
			this.removedWords = this.words[count - 1];
			int rest = length() - count;
			this.text.delete(0, count);
			System.arraycopy(this.rawEnds, count, this.rawEnds, 0, rest);
			System.arraycopy(this.weights, count, this.weights, 0, rest);
			System.arraycopy(this.words, count, this.words, 0, rest);
		}
		return count;
	}

	/**
	 * Remove the last code point, with the space before it.
	 */
	void removeLast() {
		int to = length() - Character.charCount(codePointBefore(length()));
		this.text.setLength((codePointBefore(to) == ' ') ? to - 1 : to);
	}

}
