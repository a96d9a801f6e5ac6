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

import java.time.Duration;

import org.springframework.util.Assert;

/**
 * When silence is filled while a tool runs. Immutable.
 *
 * @param delay how long a tool may run in silence when the model has said nothing
 * @param interval how long after it a tool that takes long is spoken of, unless the tool
 * sets a time of its own, and how long it takes until that is said again
 * @author The Electron Spring authors
 */
public record SilenceSettings(Duration delay, Duration interval) {

	private static final SilenceSettings DEFAULTS = new SilenceSettings(Duration.ofMillis(400), Duration.ofSeconds(3));

	/**
	 * Create settings.
	 * @throws IllegalArgumentException if the delay is negative or the interval not
	 * positive
	 */
	public SilenceSettings {
		Assert.isTrue(!delay.isNegative(), () -> "'delay' must not be negative but is '%s'".formatted(delay));
		Assert.isTrue(!interval.isNegative() && !interval.isZero(),
				() -> "'interval' must be positive but is '%s'".formatted(interval));
	}

	/**
	 * Return the defaults: 400 milliseconds and 3 seconds.
	 * @return the defaults
	 */
	public static SilenceSettings defaults() {
		return DEFAULTS;
	}

}
