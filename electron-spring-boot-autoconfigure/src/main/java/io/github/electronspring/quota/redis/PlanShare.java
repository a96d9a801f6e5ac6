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

package io.github.electronspring.quota.redis;

import io.github.electronspring.quota.Plan;

/**
 * What one instance may take of a plan when the instances cannot talk to each other. The
 * shares of all instances together are the plan.
 *
 * @param requestsPerMinute the number of requests in a window
 * @param concurrency the number of requests in flight
 * @author The Electron Spring authors
 */
record PlanShare(int requestsPerMinute, int concurrency) {

	/**
	 * How many instances there are when nobody knows: most often the one before this one
	 * still runs, and an application of one instance shall stay usable.
	 */
	private static final int UNKNOWN_PARTS = 2;

	static PlanShare of(Plan plan, QuotaReply last) {
		return new PlanShare(share(plan.requestsPerMinute(), last), share(plan.concurrency(), last));
	}

	/**
	 * Return what an instance takes that has never heard of the others.
	 * @param plan the plan
	 * @return half of the plan, at least one place and one permit
	 */
	static PlanShare ofUnknown(Plan plan) {
		return new PlanShare(half(plan.requestsPerMinute()), half(plan.concurrency()));
	}

	boolean isEmpty() {
		return this.requestsPerMinute == 0 || this.concurrency == 0;
	}

	private static int half(int limit) {
		return (limit != Integer.MAX_VALUE) ? Math.max(1, limit / UNKNOWN_PARTS) : limit;
	}

	private static int share(int limit, QuotaReply last) {
		if (limit == Integer.MAX_VALUE) {
			return limit;
		}
		int instances = Math.max(1, last.instances());
		return limit / instances + ((last.rank() < limit % instances) ? 1 : 0);
	}

}
