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

import io.github.resilience4j.circuitbreaker.CircuitBreaker;
import org.jspecify.annotations.Nullable;

/**
 * A provider, how it is doing, and what it was asked for since the start. Immutable.
 *
 * @param name its name
 * @param baseUrl its base URL
 * @param model its model
 * @param quota its plan and how much of it is used
 * @param circuit the state of its circuit breaker
 * @param retries how many attempts came after a failed one
 * @param failovers how many requests went on to another provider
 * @param usage the tokens it was asked for
 * @param lastFailure how it failed last, or {@code null} if it never did
 * @author The Electron Spring authors
 */
public record ProviderDescriptor(String name, String baseUrl, String model, QuotaDescriptor quota,
		CircuitBreaker.State circuit, long retries, long failovers, UsageDescriptor usage,
		@Nullable FailureDescriptor lastFailure) {

	static ProviderDescriptor of(MonitoredProvider provider, ProviderStatistics statistics) {
		return new ProviderDescriptor(provider.name(), provider.baseUrl(), provider.model(),
				QuotaDescriptor.of(provider.quota()), provider.circuit().get(), statistics.retries(),
				statistics.failovers(), statistics.usage(), statistics.lastFailure());
	}

}
