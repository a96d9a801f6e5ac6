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

import io.github.electronspring.observation.TurnMeters;
import io.github.electronspring.observation.TurnObservation;
import io.github.electronspring.observation.TurnObservationConvention;
import io.github.electronspring.observation.TurnReportListener;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.observation.ObservationRegistry;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnSingleCandidate;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;

/**
 * Configuration of how turns are observed.
 *
 * @author The Electron Spring authors
 */
@Configuration(proxyBeanMethods = false)
class ElectronTurnObservationConfiguration {

	@Bean
	@ConditionalOnMissingBean
	@Order(Ordered.HIGHEST_PRECEDENCE)
	TurnObservation electronTurnObservation(ObjectProvider<ObservationRegistry> registry,
			ObjectProvider<TurnObservationConvention> convention, ElectronProperties properties,
			ObjectProvider<TurnReportListener> listeners) {
		return new TurnObservation(registry.getIfUnique(() -> ObservationRegistry.NOOP), convention.getIfUnique(),
				TokenPricesMapper.map(properties), listeners.orderedStream().toList());
	}

	@Bean
	ResilienceObservation electronResilienceObservation() {
		return new ResilienceObservation();
	}

	@Configuration(proxyBeanMethods = false)
	@ConditionalOnClass(MeterRegistry.class)
	@ConditionalOnSingleCandidate(MeterRegistry.class)
	static class Meters {

		@Bean
		@ConditionalOnMissingBean
		TurnMeters electronTurnMeters(MeterRegistry registry) {
			return new TurnMeters(registry);
		}

	}

}
