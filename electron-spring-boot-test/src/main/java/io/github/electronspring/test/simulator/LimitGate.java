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

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.Map;
import java.util.function.LongSupplier;

import org.jspecify.annotations.Nullable;

/**
 * Keeps the limits of a plan strictly, for each API key: a sliding window of requests and
 * the number in flight. Thread-safe.
 *
 * @author The Electron Spring authors
 */
final class LimitGate {

	private final LongSupplier nanoTime;

	private final Map<String, Account> accounts = new HashMap<>();

	LimitGate(LongSupplier nanoTime) {
		this.nanoTime = nanoTime;
	}

	/**
	 * Let a request in, or say why not. A request that is refused takes no place.
	 * @param key the API key
	 * @param limits the limits
	 * @return the error, or {@code null} if the request is in flight from now on
	 */
	synchronized @Nullable ApiError enter(String key, SimulatorLimits limits) {
		Account account = this.accounts.computeIfAbsent(key, (absent) -> new Account());
		if (limits.concurrency() != null && account.inFlight >= limits.concurrency()) {
			return ApiError.of(429, "rate_limit_error", "Concurrency limit reached");
		}
		long now = this.nanoTime.getAsLong();
		long window = limits.window().toNanos();
		while (!account.arrivals.isEmpty() && now - account.arrivals.peekFirst() >= window) {
			account.arrivals.removeFirst();
		}
		if (limits.requestsPerMinute() != null && account.arrivals.size() >= limits.requestsPerMinute()) {
			return ApiError.of(429, "rate_limit_error",
					"Rate limit reached: %d requests per minute".formatted(limits.requestsPerMinute()));
		}
		account.arrivals.addLast(now);
		account.inFlight++;
		return null;
	}

	/**
	 * A request is no longer in flight.
	 * @param key the API key
	 */
	synchronized void leave(String key) {
		Account account = this.accounts.get(key);
		if (account != null && account.inFlight > 0) {
			account.inFlight--;
		}
	}

	/**
	 * Forget the windows, but not what is in flight.
	 */
	synchronized void clear() {
		this.accounts.values().forEach((account) -> account.arrivals.clear());
	}

	/**
	 * What one key has used.
	 */
	private static final class Account {

		private final Deque<Long> arrivals = new ArrayDeque<>();

		private int inFlight;

	}

}
