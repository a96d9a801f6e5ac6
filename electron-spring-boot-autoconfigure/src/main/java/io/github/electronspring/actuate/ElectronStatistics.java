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

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

import io.github.electronspring.api.CallContext;
import io.github.electronspring.api.ElectronException;
import io.github.electronspring.observation.RequestReport;
import io.github.electronspring.observation.RequestReportListener;
import io.github.electronspring.resilience.ResilienceListener;

import org.springframework.util.Assert;

/**
 * What requests have told since the start: sums by provider and the last
 * {@value #MAX_REQUESTS} requests. Holds numbers and names, no contents, and does not
 * grow. Thread-safe; does its work once a request, not once a token.
 *
 * @author The Electron Spring authors
 */
public final class ElectronStatistics implements RequestReportListener, ResilienceListener {

	static final int MAX_REQUESTS = 50;

	private final Clock clock;

	private final Instant since;

	private final Map<String, ProviderStatistics> providers;

	private final Deque<RequestDescriptor> requests = new ArrayDeque<>(MAX_REQUESTS);

	/**
	 * Create statistics.
	 * @param providers the names of the providers. What others answer is among the last
	 * requests only
	 */
	public ElectronStatistics(Collection<String> providers) {
		this(providers, Clock.systemUTC());
	}

	ElectronStatistics(Collection<String> providers, Clock clock) {
		Assert.notNull(providers, "'providers' must not be null");
		this.clock = clock;
		this.since = clock.instant();
		Map<String, ProviderStatistics> statistics = new HashMap<>();
		providers.forEach((name) -> statistics.put(name, new ProviderStatistics()));
		this.providers = Map.copyOf(statistics);
	}

	@Override
	public void onReport(RequestReport report) {
		Instant now = this.clock.instant();
		provider(report.provider()).ended(report, now);
		RequestDescriptor request = RequestDescriptor.of(report, now);
		synchronized (this.requests) {
			if (this.requests.size() == MAX_REQUESTS) {
				this.requests.removeLast();
			}
			this.requests.addFirst(request);
		}
	}

	@Override
	public void onRetry(CallContext context, String provider, ElectronException failure, int attempt, Duration delay) {
		provider(provider).retried(failure, this.clock.instant());
	}

	@Override
	public void onFailover(CallContext context, String from, String to, ElectronException failure) {
		provider(from).failedOver(failure, this.clock.instant());
	}

	Instant since() {
		return this.since;
	}

	/**
	 * Return what is known of a provider.
	 * @param name the name of the provider
	 * @return the statistics; of a provider that is not configured, new ones
	 */
	ProviderStatistics provider(String name) {
		ProviderStatistics statistics = this.providers.get(name);
		return (statistics != null) ? statistics : new ProviderStatistics();
	}

	/**
	 * Return the sum of all providers.
	 * @return the sum
	 */
	UsageDescriptor usage() {
		return this.providers.values()
			.stream()
			.map(ProviderStatistics::usage)
			.reduce(UsageDescriptor.NONE, UsageDescriptor::plus);
	}

	/**
	 * Return the last requests.
	 * @return the requests, latest first
	 */
	List<RequestDescriptor> requests() {
		synchronized (this.requests) {
			return new ArrayList<>(this.requests);
		}
	}

}
