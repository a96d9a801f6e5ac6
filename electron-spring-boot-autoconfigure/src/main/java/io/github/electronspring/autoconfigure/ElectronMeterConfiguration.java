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

import io.github.electronspring.chat.RequestObservationDocumentation;
import io.github.electronspring.observation.RequestMeters;
import io.github.electronspring.observation.ResilienceMeters;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.MeterBinder;
import io.micrometer.core.instrument.config.MeterFilter;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnSingleCandidate;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/**
 * Configuration of meters, where there is a registry for them.
 *
 * @author The Electron Spring authors
 */
@Configuration(proxyBeanMethods = false)
@ConditionalOnClass(MeterRegistry.class)
@ConditionalOnSingleCandidate(MeterRegistry.class)
class ElectronMeterConfiguration {

	private static final String EVENTS = RequestObservationDocumentation.REQUEST.getName() + ".electron.";

	@Bean
	@ConditionalOnMissingBean
	RequestMeters electronRequestMeters(MeterRegistry registry) {
		return new RequestMeters(registry);
	}

	@Bean
	@ConditionalOnMissingBean
	ResilienceMeters electronResilienceMeters(MeterRegistry registry) {
		return new ResilienceMeters(registry);
	}

	@Bean
	MeterFilter electronRequestEventMeterFilter() {
		// Events of a request: retries and failovers have counters with more tags
		return MeterFilter.denyNameStartsWith(EVENTS);
	}

	@Bean
	@ConditionalOnMissingBean(name = "electronQuotaMeters")
	MeterBinder electronQuotaMeters(ObjectProvider<ElectronProviders> providers) {
		return (registry) -> providers.ifAvailable((all) -> new QuotaMeters(all).bindTo(registry));
	}

}
