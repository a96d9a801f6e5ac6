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
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

import io.github.electronspring.api.CallContext;
import io.github.electronspring.api.ElectronQuotaException;
import org.junit.jupiter.api.AfterEach;
import reactor.core.Disposable;
import reactor.test.scheduler.VirtualTimeScheduler;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Base of the tests for who gets a permit when, in virtual time. The log has a line for
 * each permit and each refusal, with the milliseconds since the start.
 *
 * @author The Electron Spring authors
 */
abstract class AbstractQuotaTests {

	static final CallContext BEGIN = CallContext.empty();

	static final CallContext CONTINUE = BEGIN.withContinuesTurn(true);

	static final int NO_LIMIT = Integer.MAX_VALUE;

	final TrackedTime time = TrackedTime.install();

	final List<String> log = new ArrayList<>();

	final Map<String, QuotaPermit> permits = new HashMap<>();

	final Map<String, Throwable> errors = new HashMap<>();

	RequestQuota quota;

	@AfterEach
	void resetTime() {
		VirtualTimeScheduler.reset();
	}

	static QuotaSettings settings(int requestsPerMinute, int concurrency) {
		return QuotaSettings.of(Plan.custom(requestsPerMinute, concurrency)).withMaxWait(Duration.ofMinutes(2));
	}

	void log(String what) {
		this.log.add(this.time.millis() + " " + what);
	}

	void request(String... names) {
		for (String name : names) {
			request(name, BEGIN);
		}
	}

	Disposable request(String name, CallContext context) {
		return this.quota.acquire(context).subscribe((permit) -> {
			this.permits.put(name, permit);
			log(name);
		}, (ex) -> {
			this.errors.put(name, ex);
			log(name + " refused");
		});
	}

	void confirm(String... names) {
		for (String name : names) {
			this.permits.get(name).confirm();
		}
	}

	void release(String... names) {
		for (String name : names) {
			this.permits.get(name).release();
		}
	}

	ElectronQuotaException refusal(String name) {
		assertThat(this.errors.get(name)).isInstanceOf(ElectronQuotaException.class);
		return (ElectronQuotaException) this.errors.get(name);
	}

	void assertUsage(int used, int inFlight, int pending) {
		QuotaUsage usage = this.quota.usage();
		assertThat(List.of(usage.used(), usage.inFlight(), usage.pending())).as("used, in flight, pending")
			.containsExactly(used, inFlight, pending);
	}

}
