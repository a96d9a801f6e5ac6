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

/**
 * The times of a turn in nanoseconds, on the clock that all processes share.
 *
 * @param start when the client was called
 * @param filler when the first text of the filler arrived, 0 if it never did
 * @param arguments when the server wrote the last byte of the arguments
 * @param toolStart when the last tool started, 0 if there was none
 * @param toolEnd when the last tool ended, 0 if there was none
 * @param request when the server had the request with the results
 * @param written when the server wrote the first text of the answer
 * @param answer when the first text of the answer arrived
 * @param speech when there was something of the filler to speak, 0 if that is not known
 * @param answerSpeech when there was something of the answer to speak, 0 if that is not
 * known
 * @author The Electron Spring authors
 */
record TurnTimes(long start, long filler, long arguments, long toolStart, long toolEnd, long request, long written,
		long answer, long speech, long answerSpeech) {

	long total() {
		return this.answer - this.arguments;
	}

	boolean hasFiller() {
		return this.filler != 0;
	}

	boolean hasSpeech() {
		return this.speech != 0 && this.answerSpeech != 0;
	}

	boolean hasTools() {
		return this.toolEnd != 0;
	}

}
