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

package io.github.electronspring.autoconfigure;

import java.time.Duration;

/**
 * Configuration properties for retries. Not thread-safe.
 *
 * @author The Electron Spring authors
 */
public class ElectronRetryProperties {

	/**
	 * Most requests of a call, the first one included. 1 turns retries off.
	 */
	private int maxAttempts = 5;

	/**
	 * Pause before the first retry, doubled for each further one and varied at random.
	 */
	private Duration minBackoff = Duration.ofMillis(250);

	/**
	 * Longest pause before a retry.
	 */
	private Duration maxBackoff = Duration.ofSeconds(8);

	/**
	 * Time from the first failure of a call after which no retry begins.
	 */
	private Duration budget = Duration.ofSeconds(6);

	public int getMaxAttempts() {
		return this.maxAttempts;
	}

	public void setMaxAttempts(int maxAttempts) {
		this.maxAttempts = maxAttempts;
	}

	public Duration getMinBackoff() {
		return this.minBackoff;
	}

	public void setMinBackoff(Duration minBackoff) {
		this.minBackoff = minBackoff;
	}

	public Duration getMaxBackoff() {
		return this.maxBackoff;
	}

	public void setMaxBackoff(Duration maxBackoff) {
		this.maxBackoff = maxBackoff;
	}

	public Duration getBudget() {
		return this.budget;
	}

	public void setBudget(Duration budget) {
		this.budget = budget;
	}

}
