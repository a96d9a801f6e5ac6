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

package io.github.electronspring.autoconfigure;

import java.util.function.ToIntFunction;

import io.github.electronspring.observation.ElectronMeterDocumentation;
import io.github.electronspring.quota.QuotaUsage;
import io.github.electronspring.quota.RequestQuota;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.MeterBinder;

/**
 * Gauges of how much of their plans the providers have used. Those without limits have
 * none.
 *
 * @param providers the providers
 * @author The Electron Spring authors
 */
record QuotaMeters(ElectronProviders providers) implements MeterBinder {

	@Override
	public void bindTo(MeterRegistry registry) {
		for (ElectronProvider provider : this.providers.providers()) {
			if (!provider.quota().settings().plan().isUnlimited()) {
				bind(registry, provider);
			}
		}
	}

	private static void bind(MeterRegistry registry, ElectronProvider provider) {
		RequestQuota quota = provider.quota();
		String name = provider.name();
		bind(registry, quota, QuotaUsage::used, ElectronMeterDocumentation.QUOTA_USED, name);
		bind(registry, quota, QuotaUsage::limit, ElectronMeterDocumentation.QUOTA_LIMIT, name, "requests_per_minute");
		bind(registry, quota, QuotaUsage::concurrency, ElectronMeterDocumentation.QUOTA_LIMIT, name, "concurrency");
		bind(registry, quota, QuotaUsage::inFlight, ElectronMeterDocumentation.QUOTA_IN_FLIGHT, name);
		bind(registry, quota, QuotaUsage::pending, ElectronMeterDocumentation.QUOTA_PENDING, name);
	}

	private static void bind(MeterRegistry registry, RequestQuota quota, ToIntFunction<QuotaUsage> value,
			ElectronMeterDocumentation meter, String... tags) {
		Gauge.builder(meter.getName(), quota, (source) -> toDouble(value.applyAsInt(source.usage())))
			.description(meter.getDescription())
			.baseUnit(meter.getBaseUnit())
			.tags(meter.tags(tags))
			.register(registry);
	}

	private static double toDouble(int value) {
		return (value != Integer.MAX_VALUE) ? value : Double.POSITIVE_INFINITY;
	}

}
