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

package io.github.electronspring.resilience;

import java.time.Duration;

import org.springframework.util.Assert;

/**
 * Settings of retries. Immutable.
 *
 * @param maxAttempts the most requests of a call, at least 1; a request that is sent
 * again because its connection had gone stale does not count
 * @param minBackoff the pause before the first retry, which doubles with each
 * @param maxBackoff the longest pause, unless the service asks for a longer one
 * @param jitter how far a pause strays at random, as a share of it: 0 to 1
 * @param budget time from the first failure of a call after which no retry begins; what
 * the first request waited and took is not part of it
 * @author The Electron Spring authors
 */
public record RetrySettings(int maxAttempts, Duration minBackoff, Duration maxBackoff, double jitter, Duration budget) {

	private static final RetrySettings DEFAULTS = new RetrySettings(5, Duration.ofMillis(250), Duration.ofSeconds(8),
			0.5, Duration.ofSeconds(6));

	/**
	 * Create settings.
	 * @throws IllegalArgumentException if a value is out of its range
	 */
	public RetrySettings {
		Assert.isTrue(maxAttempts >= 1, () -> "'maxAttempts' must be at least 1 but is '%s'".formatted(maxAttempts));
		positive("minBackoff", minBackoff);
		positive("maxBackoff", maxBackoff);
		positive("budget", budget);
		Assert.isTrue(maxBackoff.compareTo(minBackoff) >= 0,
				() -> "'maxBackoff' must not be less than 'minBackoff' but is '%s'".formatted(maxBackoff));
		Assert.isTrue(jitter >= 0 && jitter <= 1, () -> "'jitter' must be 0 to 1 but is '%s'".formatted(jitter));
	}

	/**
	 * Return the defaults: 5 attempts, pauses of 250 milliseconds to 8 seconds that stray
	 * by a half, all within 6 seconds of the first failure.
	 * @return the defaults
	 */
	public static RetrySettings defaults() {
		return DEFAULTS;
	}

	/**
	 * Return these settings with another number of attempts.
	 * @param maxAttempts the most requests of a call
	 * @return the settings
	 */
	public RetrySettings withMaxAttempts(int maxAttempts) {
		return new RetrySettings(maxAttempts, this.minBackoff, this.maxBackoff, this.jitter, this.budget);
	}

	/**
	 * Return these settings with another pause before the first retry.
	 * @param minBackoff the pause
	 * @return the settings
	 */
	public RetrySettings withMinBackoff(Duration minBackoff) {
		return new RetrySettings(this.maxAttempts, minBackoff, this.maxBackoff, this.jitter, this.budget);
	}

	/**
	 * Return these settings with another longest pause.
	 * @param maxBackoff the pause
	 * @return the settings
	 */
	public RetrySettings withMaxBackoff(Duration maxBackoff) {
		return new RetrySettings(this.maxAttempts, this.minBackoff, maxBackoff, this.jitter, this.budget);
	}

	/**
	 * Return these settings with another jitter.
	 * @param jitter how far a pause strays at random, as a share of it
	 * @return the settings
	 */
	public RetrySettings withJitter(double jitter) {
		return new RetrySettings(this.maxAttempts, this.minBackoff, this.maxBackoff, jitter, this.budget);
	}

	/**
	 * Return these settings with another budget.
	 * @param budget time from the first failure of a call after which no retry begins;
	 * what the first request waited and took is not part of it
	 * @return the settings
	 */
	public RetrySettings withBudget(Duration budget) {
		return new RetrySettings(this.maxAttempts, this.minBackoff, this.maxBackoff, this.jitter, budget);
	}

	private static void positive(String name, Duration value) {
		Assert.notNull(value, () -> "'" + name + "' must not be null");
		Assert.isTrue(!value.isNegative() && !value.isZero(),
				() -> "'%s' must be positive but is '%s'".formatted(name, value));
	}

}
