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

package io.github.electronspring.api;

import java.time.Duration;

import org.springframework.util.Assert;

/**
 * The deadlines of a request. Immutable.
 *
 * @param connect the longest time to open a connection
 * @param firstToken the longest time from sending a streamed request to the first text or
 * tool call
 * @param idle the longest pause between two chunks
 * @param response the longest time for a whole response that is not streamed
 * @author The Electron Spring authors
 */
public record Timeouts(Duration connect, Duration firstToken, Duration idle, Duration response) {

	private static final Timeouts DEFAULTS = new Timeouts(Duration.ofSeconds(2), Duration.ofSeconds(4),
			Duration.ofSeconds(10), Duration.ofSeconds(60));

	/**
	 * Create deadlines.
	 * @throws IllegalArgumentException if one is not positive
	 */
	public Timeouts {
		positive("connect", connect);
		positive("firstToken", firstToken);
		positive("idle", idle);
		positive("response", response);
	}

	/**
	 * Return the defaults: 2, 4, 10 and 60 seconds.
	 * @return the defaults
	 */
	public static Timeouts defaults() {
		return DEFAULTS;
	}

	/**
	 * Return these deadlines with another time to connect.
	 * @param connect the longest time to open a connection
	 * @return the deadlines
	 */
	public Timeouts withConnect(Duration connect) {
		return new Timeouts(connect, this.firstToken, this.idle, this.response);
	}

	/**
	 * Return these deadlines with another time to the first token.
	 * @param firstToken the longest time to the first text or tool call
	 * @return the deadlines
	 */
	public Timeouts withFirstToken(Duration firstToken) {
		return new Timeouts(this.connect, firstToken, this.idle, this.response);
	}

	/**
	 * Return these deadlines with another longest pause.
	 * @param idle the longest pause between two chunks
	 * @return the deadlines
	 */
	public Timeouts withIdle(Duration idle) {
		return new Timeouts(this.connect, this.firstToken, idle, this.response);
	}

	/**
	 * Return these deadlines with another time for a whole response.
	 * @param response the longest time for a whole response
	 * @return the deadlines
	 */
	public Timeouts withResponse(Duration response) {
		return new Timeouts(this.connect, this.firstToken, this.idle, response);
	}

	private static void positive(String name, Duration value) {
		Assert.notNull(value, () -> "'" + name + "' must not be null");
		Assert.isTrue(!value.isNegative() && !value.isZero(),
				() -> "'%s' must be positive but is '%s'".formatted(name, value));
	}

}
