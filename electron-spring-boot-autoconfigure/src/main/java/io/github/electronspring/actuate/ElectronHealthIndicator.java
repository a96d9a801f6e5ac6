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

import java.util.List;

import io.github.resilience4j.circuitbreaker.CircuitBreaker;

import org.springframework.boot.health.contributor.AbstractHealthIndicator;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.HealthIndicator;
import org.springframework.boot.health.contributor.Status;
import org.springframework.util.Assert;

/**
 * {@link HealthIndicator} of the providers, from what requests have told: none is sent
 * for it. A provider is {@code UNKNOWN} before its first answer, {@code UP} after it, and
 * {@code DOWN} once it has refused the key, until it answers again, and while its circuit
 * breaker is open. Other failures do not change its status. The first provider decides,
 * the others are details. Thread-safe.
 *
 * @author The Electron Spring authors
 */
public final class ElectronHealthIndicator extends AbstractHealthIndicator {

	private final List<MonitoredProvider> providers;

	private final ElectronStatistics statistics;

	/**
	 * Create an indicator.
	 * @param providers the providers; the one that decides comes first
	 * @param statistics what requests tell
	 */
	public ElectronHealthIndicator(List<MonitoredProvider> providers, ElectronStatistics statistics) {
		Assert.notEmpty(providers, "'providers' must not be empty");
		Assert.notNull(statistics, "'statistics' must not be null");
		this.providers = List.copyOf(providers);
		this.statistics = statistics;
	}

	@Override
	protected void doHealthCheck(Health.Builder builder) {
		this.providers.forEach((provider) -> {
			ProviderHealthDescriptor health = health(provider);
			if (provider == this.providers.get(0)) {
				builder.status(health.status());
			}
			builder.withDetail(provider.name(), health);
		});
	}

	private ProviderHealthDescriptor health(MonitoredProvider provider) {
		ProviderStatistics known = this.statistics.provider(provider.name());
		CircuitBreaker.State circuit = provider.circuit().get();
		return new ProviderHealthDescriptor(status(circuit, known).getCode(), circuit, known.lastAnswer(),
				known.lastFailure());
	}

	private static Status status(CircuitBreaker.State circuit, ProviderStatistics known) {
		if (known.isRefused() || circuit == CircuitBreaker.State.OPEN || circuit == CircuitBreaker.State.FORCED_OPEN) {
			return Status.DOWN;
		}
		// In a half-open circuit the next request will tell
		return (known.lastAnswer() != null && circuit != CircuitBreaker.State.HALF_OPEN) ? Status.UP : Status.UNKNOWN;
	}

}
