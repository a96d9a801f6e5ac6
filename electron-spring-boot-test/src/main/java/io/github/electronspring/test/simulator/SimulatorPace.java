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

import org.springframework.util.Assert;

/**
 * How fast the free-running simulator answers. Immutable.
 *
 * @param timeToFirstToken the time from a request to the first piece of its answer
 * @param betweenTokens the time between two pieces of a streamed answer
 * @author The Electron Spring authors
 */
public record SimulatorPace(Duration timeToFirstToken, Duration betweenTokens) {

	/**
	 * Create a new instance.
	 * @throws IllegalArgumentException if a duration is negative
	 */
	public SimulatorPace {
		Assert.isTrue(!timeToFirstToken.isNegative(),
				() -> "'timeToFirstToken' must not be negative but is '" + timeToFirstToken + "'");
		Assert.isTrue(!betweenTokens.isNegative(),
				() -> "'betweenTokens' must not be negative but is '" + betweenTokens + "'");
	}

	/**
	 * Return a pace without any waiting: what tests want.
	 * @return the pace
	 */
	public static SimulatorPace immediate() {
		return new SimulatorPace(Duration.ZERO, Duration.ZERO);
	}

	/**
	 * Return the pace of the service on a warm connection: a first token after 250
	 * milliseconds, the others 8 milliseconds apart.
	 * @return the pace
	 */
	public static SimulatorPace realistic() {
		return new SimulatorPace(Duration.ofMillis(250), Duration.ofMillis(8));
	}

}
