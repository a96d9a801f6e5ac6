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

import java.util.List;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import io.github.electronspring.api.ElectronApi;
import io.github.electronspring.chat.RequestObservationDocumentation.Events;
import io.github.electronspring.observation.Documented;
import io.github.electronspring.observation.ElectronMeterDocumentation;
import io.github.electronspring.observation.ReportingElectronApi;
import io.github.electronspring.observation.RequestLog;
import io.github.electronspring.observation.RequestMeters;
import io.github.electronspring.observation.RequestReportListener;
import io.github.electronspring.observation.ResilienceMeters;
import io.github.electronspring.resilience.RetryingElectronApi;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.MeterBinder;
import io.micrometer.core.instrument.config.MeterFilter;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.test.context.FilteredClassLoader;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.boot.webclient.autoconfigure.WebClientAutoConfiguration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mockito.BDDMockito.mock;

/**
 * Tests for {@link ElectronObservationConfiguration} and
 * {@link ElectronMeterConfiguration}.
 *
 * @author The Electron Spring authors
 */
class ElectronObservationConfigurationTests {

	private final ApplicationContextRunner contextRunner = new ApplicationContextRunner()
		.withConfiguration(AutoConfigurations.of(WebClientAutoConfiguration.class, ElectronAutoConfiguration.class))
		.withPropertyValues("electron.api-key=sk_test");

	private final SimpleMeterRegistry registry = new SimpleMeterRegistry();

	@Test
	void withoutListenersNothingIsDecorated() {
		this.contextRunner
			.run((context) -> assertThat(context.getBean(ElectronApi.class)).isInstanceOf(RetryingElectronApi.class));
	}

	@Test
	void withoutMicrometerNothingOfItIsLoaded() {
		this.contextRunner.withClassLoader(new FilteredClassLoader("io.micrometer.core")).run((context) -> {
			assertThat(context).hasNotFailed();
			assertThat(context).doesNotHaveBean(ElectronMeterConfiguration.class);
			assertThat(context).doesNotHaveBean("electronQuotaMeters");
			assertThat(context.getBean(ElectronApi.class)).isInstanceOf(RetryingElectronApi.class);
		});
	}

	@Test
	void withoutARegistryThereAreNoMeters() {
		this.contextRunner.run((context) -> assertThat(context).doesNotHaveBean(RequestMeters.class)
			.doesNotHaveBean(ResilienceMeters.class)
			.doesNotHaveBean(MeterBinder.class));
	}

	@Test
	void metersListenWhereThereIsARegistry() {
		this.contextRunner.withBean(MeterRegistry.class, () -> this.registry).run((context) -> {
			assertThat(context).hasSingleBean(RequestMeters.class)
				.hasSingleBean(ResilienceMeters.class)
				.hasBean("electronQuotaMeters");
			assertThat(context.getBean(ElectronApi.class)).isInstanceOf(ReportingElectronApi.class);
		});
	}

	@Test
	void eventsOfRequestsHaveNoMetersOfTheirOwn() {
		this.contextRunner.withBean(MeterRegistry.class, () -> this.registry).run((context) -> {
			this.registry.config().meterFilter(context.getBean(MeterFilter.class));
			for (Events event : Events.values()) {
				this.registry.counter("gen_ai.client.operation." + event.getName()).increment();
			}
			this.registry.timer("gen_ai.client.operation");
			assertThat(this.registry.getMeters()).singleElement()
				.satisfies((meter) -> assertThat(meter.getId().getName()).isEqualTo("gen_ai.client.operation"));
		});
	}

	@Test
	void listenerOfTheApplicationIsEnough() {
		this.contextRunner.withBean(RequestReportListener.class, () -> mock(RequestReportListener.class))
			.run((context) -> assertThat(context.getBean(ElectronApi.class)).isInstanceOf(ReportingElectronApi.class));
	}

	@Test
	void logIsEnoughIfItIsOn() {
		Logger logger = (Logger) LoggerFactory.getLogger(RequestLog.class);
		logger.setLevel(Level.DEBUG);
		try {
			this.contextRunner.run((context) -> assertThat(context.getBean(ElectronApi.class))
				.isInstanceOf(ReportingElectronApi.class));
		}
		finally {
			logger.setLevel(null);
		}
	}

	@Test
	void metersOfTheApplicationReplaceOurs() {
		RequestMeters own = new RequestMeters(this.registry);
		this.contextRunner.withBean(MeterRegistry.class, () -> this.registry)
			.withBean(RequestMeters.class, () -> own)
			.run((context) -> assertThat(context.getBean(RequestMeters.class)).isSameAs(own));
	}

	@Test
	void apiOfTheApplicationIsLeftAlone() {
		ElectronApi own = mock(ElectronApi.class);
		this.contextRunner.withBean(MeterRegistry.class, () -> this.registry)
			.withBean(ElectronApi.class, () -> own)
			.run((context) -> {
				assertThat(context.getBean(ElectronApi.class)).isSameAs(own);
				context.getBean("electronQuotaMeters", MeterBinder.class).bindTo(this.registry);
				assertThat(this.registry.getMeters()).isEmpty();
			});
	}

	@Test
	void gaugesShowThePlanOfEachProviderThatHasOne() {
		this.contextRunner.withBean(MeterRegistry.class, () -> this.registry)
			.withPropertyValues("electron.plan=standard", "electron.providers.openai.base-url=http://localhost:1/v1",
					"electron.providers.openai.api-key=sk", "electron.providers.openai.model=m",
					"electron.providers.openai.plan=custom", "electron.providers.openai.requests-per-minute=60",
					"electron.providers.openai.concurrency=5", "electron.providers.free.base-url=http://localhost:1/v1",
					"electron.providers.free.api-key=sk", "electron.providers.free.model=m")
			.run((context) -> {
				context.getBean("electronQuotaMeters", MeterBinder.class).bindTo(this.registry);
				assertThat(gauge("electron.quota.limit", "provider", "electron", "type", "requests_per_minute"))
					.isEqualTo(10);
				assertThat(gauge("electron.quota.limit", "provider", "electron", "type", "concurrency")).isEqualTo(3);
				assertThat(gauge("electron.quota.limit", "provider", "openai", "type", "concurrency")).isEqualTo(5);
				for (String name : List.of("used", "in.flight", "pending")) {
					assertThat(gauge("electron.quota." + name, "provider", "electron")).isZero();
				}
				assertThat(this.registry.find("electron.quota.used").tags("provider", "free").gauges()).isEmpty();
				this.registry.getMeters().forEach(Documented::check);
			});
	}

	@Test
	void namesOfMetersAreUniqueAndNotThoseOfSpringAi() {
		assertThat(ElectronMeterDocumentation.values()).extracting(ElectronMeterDocumentation::getName)
			.doesNotHaveDuplicates()
			.doesNotContain("gen_ai.client.operation", "gen_ai.client.token.usage");
	}

	private double gauge(String name, String... tags) {
		return this.registry.get(name).tags(tags).gauge().value();
	}

}
