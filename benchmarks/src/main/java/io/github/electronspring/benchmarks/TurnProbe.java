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

package io.github.electronspring.benchmarks;

import java.util.Arrays;

/**
 * Takes the times of a turn where its text arrives.
 *
 * @author The Electron Spring authors
 */
final class TurnProbe {

	private static final int TIMES = 3;

	private final long start = System.nanoTime();

	private volatile long filler;

	private volatile long answer;

	private volatile String answerText = "";

	private volatile boolean answering;

	private volatile long speech;

	private volatile long answerSpeech;

	/**
	 * Take a piece of text.
	 * @param text the text
	 */
	void text(String text) {
		long now = System.nanoTime();
		if (this.filler == 0 && text.contains(ToolTurnScript.FILLER)) {
			this.filler = now;
		}
		if (this.answer == 0 && text.contains(ToolTurnScript.ANSWER)) {
			this.answer = now;
			this.answerText = text;
		}
	}

	/**
	 * Note that what is spoken from now on is the answer.
	 */
	void answering() {
		this.answering = true;
	}

	/**
	 * Note that there is something to speak.
	 */
	void speech() {
		long now = System.nanoTime();
		if (this.answering && this.answerSpeech == 0) {
			this.answerSpeech = now;
		}
		else if (!this.answering && this.speech == 0) {
			this.speech = now;
		}
	}

	/**
	 * Return the times of the turn.
	 * @param toolStart when the last tool started, or 0
	 * @param toolEnd when the last tool ended, or 0
	 * @return the times
	 */
	TurnTimes times(long toolStart, long toolEnd) {
		if (this.answer == 0) {
			throw new IllegalStateException("The turn ended without its answer");
		}
		int from = this.answerText.indexOf(ToolTurnScript.ANSWER) + ToolTurnScript.ANSWER.length();
		int length = TIMES * (EventTemplate.NUMBER.length() + 1) - 1;
		long[] server = Arrays.stream(this.answerText.substring(from, from + length).split(","))
			.mapToLong(Long::parseLong)
			.toArray();
		return new TurnTimes(this.start, this.filler, server[0], toolStart, toolEnd, server[1], server[2], this.answer,
				this.speech, this.answerSpeech);
	}

}
