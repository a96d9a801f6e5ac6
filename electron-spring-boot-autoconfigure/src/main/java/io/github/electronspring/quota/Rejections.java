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
import java.time.Instant;

import io.github.electronspring.api.ElectronQuotaException;
import org.jspecify.annotations.Nullable;

/**
 * Words why a request is refused. Thread-safe.
 *
 * @author The Electron Spring authors
 */
final class Rejections {

	private static final String THROTTLED = "rate limit of the service";

	private final QuotaSettings settings;

	Rejections(QuotaSettings settings) {
		this.settings = settings;
	}

	/**
	 * The request would wait too long for its place, or has.
	 * @param limit the limit that is reached
	 * @param waiter the request
	 * @param others how many other requests wait
	 * @param until when there is a place for the request at the earliest, or {@code null}
	 * if that is not known
	 * @return the exception
	 */
	ElectronQuotaException tooLate(QuotaLimit limit, Waiter waiter, int others, @Nullable Instant until) {
		Plan plan = this.settings.plan();
		String used = (limit == QuotaLimit.CONCURRENCY)
				? "The '%d' requests at a time of plan '%s' are in flight".formatted(plan.concurrency(), plan.name())
				: "The '%d' requests per minute of plan '%s' are used".formatted(plan.requestsPerMinute(), plan.name());
		return new ElectronQuotaException("%s, '%d' other requests wait and %s: %s 'electron.plan'".formatted(used,
				others, wait(waiter, until), waiter.isBoundByCall() ? "change" : "raise that or change"),
				limit.toString(), others, until);
	}

	/**
	 * The service refuses requests for longer than the request may wait.
	 * @param waiter the request
	 * @param others how many other requests wait
	 * @param until until when the service refuses requests
	 * @return the exception
	 */
	ElectronQuotaException throttled(Waiter waiter, int others, Instant until) {
		return new ElectronQuotaException(
				"The service has refused a request (429), '%d' other requests wait and %s: see what else uses the account or change 'electron.plan'"
					.formatted(others, wait(waiter, until)),
				THROTTLED, others, until);
	}

	/**
	 * As many requests wait as may.
	 * @param others how many other requests wait
	 * @return the exception
	 */
	ElectronQuotaException tooMany(int others) {
		return new ElectronQuotaException(
				"'%d' requests wait for a place of plan '%s' and 'electron.quota.max-pending' allows '%d': raise that or change 'electron.plan'"
					.formatted(others, this.settings.plan().name(), this.settings.maxPending()),
				QuotaLimit.PENDING.toString(), others, null);
	}

	private String wait(Waiter waiter, @Nullable Instant until) {
		String bound = waiter.isBoundByCall() ? "the time of the call"
				: "'electron.quota.max-wait' ('%s')".formatted(text(this.settings.maxWait()));
		return (until != null) ? "a place is free at '%s', later than %s allows".formatted(until, bound)
				: "no place was free within %s".formatted(bound);
	}

	private static String text(Duration duration) {
		return (duration.toMillis() % 1000 == 0) ? duration.toSeconds() + "s" : duration.toMillis() + "ms";
	}

}
