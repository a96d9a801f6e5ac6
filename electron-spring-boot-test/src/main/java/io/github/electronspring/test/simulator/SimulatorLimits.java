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

import java.time.Duration;

import org.jspecify.annotations.Nullable;

import org.springframework.util.Assert;

/**
 * The limits of a plan, counted for each API key. Immutable.
 *
 * @param requestsPerMinute the number of requests in any window, {@code null} for no
 * limit
 * @param concurrency the number of requests in flight, {@code null} for no limit
 * @param window the length of the window that {@code requestsPerMinute} counts in: a
 * minute, or less so that a test need not wait for one
 * @param retryAfter what a 429 says in its {@code Retry-After} header, {@code null} for
 * no header
 * @author The Electron Spring authors
 */
public record SimulatorLimits(@Nullable Integer requestsPerMinute, @Nullable Integer concurrency, Duration window,
		@Nullable Duration retryAfter) {

	/**
	 * Create a new instance.
	 * @throws IllegalArgumentException if a limit or the window is not positive
	 */
	public SimulatorLimits {
		Assert.isTrue(requestsPerMinute == null || requestsPerMinute > 0,
				() -> "'requestsPerMinute' must be positive but is '" + requestsPerMinute + "'");
		Assert.isTrue(concurrency == null || concurrency > 0,
				() -> "'concurrency' must be positive but is '" + concurrency + "'");
		Assert.isTrue(window.toMillis() > 0, () -> "'window' must be positive but is '" + window + "'");
	}

	/**
	 * Return limits that let everything through.
	 * @return the limits
	 */
	public static SimulatorLimits none() {
		return new SimulatorLimits(null, null, Duration.ofMinutes(1), null);
	}

	/**
	 * Return the limits of the standard plan: 10 requests per minute, 3 in flight.
	 * @return the limits
	 */
	public static SimulatorLimits standard() {
		return none().withRequestsPerMinute(10).withConcurrency(3);
	}

	/**
	 * Return the limits of the enterprise plan: 200 requests per minute, 20 in flight.
	 * @return the limits
	 */
	public static SimulatorLimits enterprise() {
		return none().withRequestsPerMinute(200).withConcurrency(20);
	}

	/**
	 * Return these limits with another number of requests.
	 * @param requestsPerMinute the number of requests in any window
	 * @return the limits
	 */
	public SimulatorLimits withRequestsPerMinute(int requestsPerMinute) {
		return new SimulatorLimits(requestsPerMinute, this.concurrency, this.window, this.retryAfter);
	}

	/**
	 * Return these limits with another number of requests in flight.
	 * @param concurrency the number of requests in flight
	 * @return the limits
	 */
	public SimulatorLimits withConcurrency(int concurrency) {
		return new SimulatorLimits(this.requestsPerMinute, concurrency, this.window, this.retryAfter);
	}

	/**
	 * Return these limits with another window.
	 * @param window the length of the window
	 * @return the limits
	 */
	public SimulatorLimits withWindow(Duration window) {
		return new SimulatorLimits(this.requestsPerMinute, this.concurrency, window, this.retryAfter);
	}

	/**
	 * Return these limits with a {@code Retry-After} header on their 429 responses.
	 * @param retryAfter what the header says, in full seconds
	 * @return the limits
	 */
	public SimulatorLimits withRetryAfter(Duration retryAfter) {
		return new SimulatorLimits(this.requestsPerMinute, this.concurrency, this.window, retryAfter);
	}

}
