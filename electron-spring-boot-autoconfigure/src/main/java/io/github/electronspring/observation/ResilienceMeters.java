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

package io.github.electronspring.observation;

import java.time.Duration;

import io.github.electronspring.api.CallContext;
import io.github.electronspring.api.ElectronException;
import io.github.electronspring.resilience.ResilienceListener;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Meter.MeterProvider;
import io.micrometer.core.instrument.MeterRegistry;

import org.springframework.util.Assert;

/**
 * Counts retries and failovers. Thread-safe.
 *
 * @author The Electron Spring authors
 */
public final class ResilienceMeters implements ResilienceListener {

	private final MeterProvider<Counter> retries;

	private final MeterProvider<Counter> failovers;

	/**
	 * Create meters.
	 * @param registry where they are registered
	 */
	public ResilienceMeters(MeterRegistry registry) {
		Assert.notNull(registry, "'registry' must not be null");
		this.retries = ElectronMeterDocumentation.RETRIES.counter(registry);
		this.failovers = ElectronMeterDocumentation.FAILOVERS.counter(registry);
	}

	@Override
	public void onRetry(CallContext context, String provider, ElectronException failure, int attempt, Duration delay) {
		this.retries.withTags(ElectronMeterDocumentation.RETRIES.tags(provider, ErrorType.of(failure))).increment();
	}

	@Override
	public void onFailover(CallContext context, String from, String to, ElectronException failure) {
		this.failovers.withTags(ElectronMeterDocumentation.FAILOVERS.tags(from, to, ErrorType.of(failure))).increment();
	}

}
