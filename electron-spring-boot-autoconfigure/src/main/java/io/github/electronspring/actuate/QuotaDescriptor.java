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

package io.github.electronspring.actuate;

import io.github.electronspring.quota.QuotaUsage;
import io.github.electronspring.quota.RequestQuota;

/**
 * The plan of a provider and how much of it is used. Immutable.
 *
 * @param plan the name of the plan
 * @param requestsPerMinute the requests of the last minute
 * @param concurrency the requests in flight
 * @param pending how many requests of this process wait for their place
 * @param throttled how often the service has refused a request of this process all the
 * same (429)
 * @author The Electron Spring authors
 */
public record QuotaDescriptor(String plan, LimitDescriptor requestsPerMinute, LimitDescriptor concurrency, int pending,
		long throttled) {

	static QuotaDescriptor of(RequestQuota quota) {
		QuotaUsage usage = quota.usage();
		return new QuotaDescriptor(quota.settings().plan().name(), LimitDescriptor.of(usage.used(), usage.limit()),
				LimitDescriptor.of(usage.inFlight(), usage.concurrency()), usage.pending(), usage.throttled());
	}

}
