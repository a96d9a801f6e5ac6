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
 * What may be a mark, until it is known, and the place in the raw text. Not thread-safe.
 *
 * @author The Electron Spring authors
 */
final class MarkBuffer {

	private final SpokenText text;

	/** Each of its code points is one unit long. */
	private final StringBuilder held = new StringBuilder();

	/** Where what is held, or else what comes next, starts in the raw text. */
	private int position;

	MarkBuffer(SpokenText text) {
		this.text = text;
	}

	boolean isEmpty() {
		return this.held.isEmpty();
	}

	int length() {
		return this.held.length();
	}

	char charAt(int index) {
		return this.held.charAt(index);
	}

	String substring(int from, int to) {
		return this.held.substring(from, to);
	}

	/**
	 * Hold a code point back.
	 * @param codePoint the code point
	 */
	void hold(int codePoint) {
		this.held.append((char) codePoint);
	}

	/**
	 * Speak what is held.
	 */
	void speakHeld() {
		for (int i = 0; i < this.held.length(); i++) {
			speak(this.held.charAt(i), false);
		}
		this.held.setLength(0);
	}

	/**
	 * Leave out what is held.
	 * @param closing whether it belongs to the text before it
	 */
	void leaveOutHeld(boolean closing) {
		leaveOutHeld(this.held.length(), closing);
	}

	/**
	 * Leave out the start of what is held.
	 * @param length how much of it
	 * @param closing whether it belongs to the text before it
	 */
	void leaveOutHeld(int length, boolean closing) {
		leaveOutUnits(length, closing);
		this.held.delete(0, length);
	}

	/**
	 * Speak a code point.
	 * @param codePoint the code point
	 * @param joined whether nothing may be cut before it
	 */
	void speak(int codePoint, boolean joined) {
		int start = this.position;
		this.position += Character.charCount(codePoint);
		this.text.accept(codePoint, joined, start, this.position);
	}

	/**
	 * Leave out a code point.
	 * @param codePoint the code point
	 * @param closing whether it belongs to the text before it
	 */
	void leaveOut(int codePoint, boolean closing) {
		leaveOutUnits(Character.charCount(codePoint), closing);
	}

	/**
	 * Take a code point that ends a line.
	 */
	void endLine() {
		this.position++;
		this.text.endLine();
	}

	private void leaveOutUnits(int length, boolean closing) {
		int start = this.position;
		this.position += length;
		this.text.leaveOut(start, this.position, closing);
	}

}
