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

package io.github.electronspring.test.simulator;

import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;

import org.jspecify.annotations.Nullable;

/**
 * One request and how far its answer has come. Thread-safe.
 *
 * @author The Electron Spring authors
 */
final class Exchange {

	private final SimulatorRequest request;

	private final SimulatorLog log;

	private final AtomicInteger completionTokens = new AtomicInteger();

	private final AtomicBoolean ended = new AtomicBoolean();

	private volatile boolean complete;

	private volatile boolean faulty;

	private volatile @Nullable Runnable onEnd;

	private volatile @Nullable SimulatorUsage prompt;

	private volatile @Nullable SimulatorUsage scripted;

	Exchange(SimulatorRequest request, SimulatorLog log) {
		this.request = request;
		this.log = log;
		log.began(request);
	}

	SimulatorRequest request() {
		return this.request;
	}

	SimulatorLog log() {
		return this.log;
	}

	/**
	 * Set what is to be done when the request is no longer in flight.
	 * @param onEnd what to do
	 */
	void onEnd(Runnable onEnd) {
		this.onEnd = onEnd;
	}

	/**
	 * The model has read the prompt: from now on tokens are used.
	 * @param promptTokens the number of tokens of the prompt
	 * @param cachedTokens how many of them came from the prefix cache
	 */
	void prompt(int promptTokens, int cachedTokens) {
		this.prompt = new SimulatorUsage(promptTokens, cachedTokens, 0);
	}

	/**
	 * Return what an answer of the given length uses.
	 * @param completionTokens the number of tokens of the answer
	 * @return the usage
	 */
	SimulatorUsage usage(int completionTokens) {
		SimulatorUsage prompt = this.prompt;
		return (prompt != null) ? new SimulatorUsage(prompt.promptTokens(), prompt.cachedTokens(), completionTokens)
				: new SimulatorUsage(0, 0, completionTokens);
	}

	/**
	 * Set the usage that a script wants to be reported if its answer gets to its end.
	 * @param usage the usage
	 */
	void scripted(SimulatorUsage usage) {
		this.scripted = usage;
	}

	/**
	 * Some of the answer has been sent.
	 * @param tokens the number of its tokens
	 */
	void produced(int tokens) {
		this.completionTokens.addAndGet(tokens);
	}

	/**
	 * From here on the simulator itself ends the connection.
	 */
	void faulty() {
		this.faulty = true;
	}

	/**
	 * All of the answer has been sent.
	 */
	void complete() {
		this.complete = true;
	}

	/**
	 * The request is no longer in flight; only the first call counts. Unless all of the
	 * answer has been sent, the client has gone away.
	 */
	void end() {
		if (!this.ended.compareAndSet(false, true)) {
			return;
		}
		if (this.prompt != null) {
			SimulatorUsage usage = this.scripted;
			this.log.used((this.complete && usage != null) ? usage : usage(this.completionTokens.get()));
		}
		Runnable onEnd = this.onEnd;
		if (onEnd != null) {
			onEnd.run();
		}
		this.log.ended(!this.complete && !this.faulty);
	}

}
