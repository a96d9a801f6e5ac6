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

/**
 * How much of a plan is used. Immutable.
 *
 * @param used how many places of the present window are taken
 * @param limit how many places there are, {@link Integer#MAX_VALUE} for no limit
 * @param inFlight how many permits are taken
 * @param concurrency how many permits there are, {@link Integer#MAX_VALUE} for no limit
 * @param pending how many requests of this process wait
 * @param throttled how often the service has refused a request of this process all the
 * same (429)
 * @author The Electron Spring authors
 */
public record QuotaUsage(int used, int limit, int inFlight, int concurrency, int pending, long throttled) {

	/**
	 * Create a usage in which nobody waits and nothing was refused.
	 * @param plan the limits
	 * @param used how many places of the present window are taken
	 * @param inFlight how many permits are taken
	 * @return the usage
	 */
	public static QuotaUsage of(Plan plan, int used, int inFlight) {
		return new QuotaUsage(used, plan.requestsPerMinute(), inFlight, plan.concurrency(), 0, 0);
	}

	/**
	 * Return this usage with others that wait.
	 * @param pending how many requests wait
	 * @return the usage
	 */
	public QuotaUsage withPending(int pending) {
		return new QuotaUsage(this.used, this.limit, this.inFlight, this.concurrency, pending, this.throttled);
	}

	/**
	 * Return this usage with another number of refusals by the service.
	 * @param throttled how often the service has refused a request
	 * @return the usage
	 */
	public QuotaUsage withThrottled(long throttled) {
		return new QuotaUsage(this.used, this.limit, this.inFlight, this.concurrency, this.pending, throttled);
	}

}
