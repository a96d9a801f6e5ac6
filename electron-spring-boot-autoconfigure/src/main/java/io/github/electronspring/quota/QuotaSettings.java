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

package io.github.electronspring.quota;

import java.time.Duration;

import org.springframework.util.Assert;

/**
 * Settings of a {@link RequestQuota}. Immutable.
 *
 * @param plan the limits
 * @param window the time in which the plan's requests per minute are counted: a minute,
 * or less so that a test need not wait for one
 * @param margin how long the service may take to see a request that was given up, or the
 * end of its connection: a place is free that much later than the window says
 * @param maxWait the longest time that a request waits for its place
 * @param maxPending how many requests may wait at the same time
 * @author The Electron Spring authors
 */
public record QuotaSettings(Plan plan, Duration window, Duration margin, Duration maxWait, int maxPending) {

	/**
	 * Create settings.
	 * @throws IllegalArgumentException if the window is not positive or another value is
	 * negative
	 */
	public QuotaSettings {
		Assert.notNull(plan, "'plan' must not be null");
		Assert.isTrue(!window.isNegative() && !window.isZero(),
				() -> "'window' must be positive but is '%s'".formatted(window));
		notNegative("margin", margin);
		notNegative("maxWait", maxWait);
		Assert.isTrue(maxPending >= 0, () -> "'maxPending' must not be negative but is '%d'".formatted(maxPending));
	}

	/**
	 * Create settings with a window of 60 seconds and a margin of 500 milliseconds, in
	 * which at most 100 requests wait for at most 10 seconds.
	 * @param plan the limits
	 * @return the settings
	 */
	public static QuotaSettings of(Plan plan) {
		return new QuotaSettings(plan, Duration.ofSeconds(60), Duration.ofMillis(500), Duration.ofSeconds(10), 100);
	}

	/**
	 * Return these settings with another plan.
	 * @param plan the limits
	 * @return the settings
	 */
	public QuotaSettings withPlan(Plan plan) {
		return new QuotaSettings(plan, this.window, this.margin, this.maxWait, this.maxPending);
	}

	/**
	 * Return these settings with another window.
	 * @param window the time in which the plan's requests per minute are counted
	 * @return the settings
	 */
	public QuotaSettings withWindow(Duration window) {
		return new QuotaSettings(this.plan, window, this.margin, this.maxWait, this.maxPending);
	}

	/**
	 * Return these settings with another margin.
	 * @param margin how much later a place is free than the window says
	 * @return the settings
	 */
	public QuotaSettings withMargin(Duration margin) {
		return new QuotaSettings(this.plan, this.window, margin, this.maxWait, this.maxPending);
	}

	/**
	 * Return these settings with another longest time to wait.
	 * @param maxWait the longest time that a request waits for its place
	 * @return the settings
	 */
	public QuotaSettings withMaxWait(Duration maxWait) {
		return new QuotaSettings(this.plan, this.window, this.margin, maxWait, this.maxPending);
	}

	/**
	 * Return these settings with another number of requests that may wait.
	 * @param maxPending how many requests may wait at the same time
	 * @return the settings
	 */
	public QuotaSettings withMaxPending(int maxPending) {
		return new QuotaSettings(this.plan, this.window, this.margin, this.maxWait, maxPending);
	}

	private static void notNegative(String name, Duration value) {
		Assert.isTrue(!value.isNegative(), () -> "'%s' must not be negative but is '%s'".formatted(name, value));
	}

}
