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

import org.jspecify.annotations.Nullable;

import org.springframework.util.Assert;

/**
 * Settings of the failover to another provider. Immutable.
 *
 * @param after how long a streamed request waits for the first text or tool call before
 * the next provider is asked; {@code null} if only a failure leads to the next
 * @param onClientErrors whether a provider that refuses the request (400, 401, 403, 404
 * or 422) leads to the next as well
 * @author The Electron Spring authors
 */
public record FailoverSettings(@Nullable Duration after, boolean onClientErrors) {

	private static final FailoverSettings DEFAULTS = new FailoverSettings(null, false);

	/**
	 * Create settings.
	 * @throws IllegalArgumentException if the time is not positive
	 */
	public FailoverSettings {
		Assert.isTrue(after == null || (!after.isNegative() && !after.isZero()),
				() -> "'after' must be positive but is '%s'".formatted(after));
	}

	/**
	 * Return the defaults: only a failure leads to the next provider, and no refusal.
	 * @return the defaults
	 */
	public static FailoverSettings defaults() {
		return DEFAULTS;
	}

	/**
	 * Return these settings with another time to wait for the first text or tool call.
	 * @param after the time, or {@code null}
	 * @return the settings
	 */
	public FailoverSettings withAfter(@Nullable Duration after) {
		return new FailoverSettings(after, this.onClientErrors);
	}

	/**
	 * Return these settings with refusals as a reason or not.
	 * @param onClientErrors whether a refusal leads to the next provider
	 * @return the settings
	 */
	public FailoverSettings withOnClientErrors(boolean onClientErrors) {
		return new FailoverSettings(this.after, onClientErrors);
	}

}
