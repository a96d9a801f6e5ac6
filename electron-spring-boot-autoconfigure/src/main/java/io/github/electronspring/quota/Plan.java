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

import org.springframework.util.Assert;

/**
 * The limits of an account, which all processes that use its key share. Immutable.
 *
 * @param name the name of the plan, for messages
 * @param requestsPerMinute the number of requests in any minute,
 * {@link Integer#MAX_VALUE} for no limit
 * @param concurrency the number of requests in flight, {@link Integer#MAX_VALUE} for no
 * limit
 * @author The Electron Spring authors
 */
public record Plan(String name, int requestsPerMinute, int concurrency) {

	/**
	 * 10 requests per minute, 3 in flight.
	 */
	public static final Plan STANDARD = new Plan("standard", 10, 3);

	/**
	 * 200 requests per minute, 20 in flight.
	 */
	public static final Plan ENTERPRISE = new Plan("enterprise", 200, 20);

	/**
	 * No limits.
	 */
	public static final Plan UNLIMITED = new Plan("unlimited", Integer.MAX_VALUE, Integer.MAX_VALUE);

	/**
	 * Create a plan.
	 * @throws IllegalArgumentException if the name is empty or a limit is not positive
	 */
	public Plan {
		Assert.hasText(name, "'name' must not be empty");
		Assert.isTrue(requestsPerMinute > 0,
				() -> "'requestsPerMinute' must be positive but is '%d'".formatted(requestsPerMinute));
		Assert.isTrue(concurrency > 0, () -> "'concurrency' must be positive but is '%d'".formatted(concurrency));
	}

	/**
	 * Create a plan of other limits.
	 * @param requestsPerMinute the number of requests in any minute
	 * @param concurrency the number of requests in flight
	 * @return the plan
	 * @throws IllegalArgumentException if a limit is not positive
	 */
	public static Plan custom(int requestsPerMinute, int concurrency) {
		return new Plan("custom", requestsPerMinute, concurrency);
	}

	/**
	 * Return whether there is neither a limit of requests per minute nor of requests in
	 * flight.
	 * @return whether the plan has no limits
	 */
	public boolean isUnlimited() {
		return this.requestsPerMinute == Integer.MAX_VALUE && this.concurrency == Integer.MAX_VALUE;
	}

}
