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

import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

import io.github.electronspring.api.CallContext;
import io.github.electronspring.api.ElectronServerException;
import io.github.electronspring.api.TokenPrices;
import io.github.electronspring.chat.ElectronChatModel;
import io.github.electronspring.observation.DefaultTurnObservationConvention;
import io.github.electronspring.observation.TurnMeters;
import io.github.electronspring.observation.TurnObservation;
import io.github.electronspring.observation.TurnObservationConvention;
import io.github.electronspring.observation.TurnReport;
import io.github.electronspring.observation.TurnReportListener;
import io.github.electronspring.protocol.ChatCompletionRequest;
import io.github.electronspring.protocol.ChatMessage;
import io.github.electronspring.turn.TurnEvent;
import io.github.electronspring.turn.TurnInterceptor;
import io.github.electronspring.turn.TurnRequest;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.micrometer.observation.Observation;
import io.micrometer.observation.tck.TestObservationRegistry;
import io.micrometer.observation.tck.TestObservationRegistryAssert;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Flux;

import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.test.context.FilteredClassLoader;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mockito.Mockito.mock;

/**
 * Tests for {@link ElectronTurnObservationConfiguration}.
 *
 * @author The Electron Spring authors
 */
class ElectronTurnObservationConfigurationTests {

	private final TestObservationRegistry registry = TestObservationRegistry.create();

	private final ApplicationContextRunner contextRunner = new ApplicationContextRunner()
		.withConfiguration(AutoConfigurations.of(ElectronAutoConfiguration.class))
		.withPropertyValues("electron.api-key=sk_test");

	@Test
	void withoutRegistriesTurnsAreLeftAlone() {
		this.contextRunner.run((context) -> {
			Flux<TurnEvent> turn = Flux.empty();
			assertThat(context.getBean(TurnObservation.class).intercept(mock(), turn)).isSameAs(turn);
			assertThat(context).doesNotHaveBean(TurnMeters.class);
		});
	}

	@Test
	void withoutMicrometersMetersTheApplicationStarts() {
		this.contextRunner.withClassLoader(new FilteredClassLoader(MeterRegistry.class))
			.run((context) -> assertThat(context).hasNotFailed()
				.hasSingleBean(TurnObservation.class)
				.doesNotHaveBean(TurnReportListener.class));
	}

	@Test
	void modelHasTheInterceptorsInOrder() {
		TurnInterceptor own = (request, turn) -> turn;
		this.contextRunner.withBean(TurnInterceptor.class, () -> own)
			.run((context) -> assertThat(context.getBean(ElectronChatModel.class))
				.extracting("settings.turnInterceptors")
				.asInstanceOf(InstanceOfAssertFactories.LIST)
				.containsExactly(context.getBean(TurnObservation.class), own));
	}

	@Test
	void turnsAreObservedWithTheConventionOfTheUser() {
		this.contextRunner.withBean(TestObservationRegistry.class, () -> this.registry)
			.withBean(TurnObservationConvention.class, () -> new DefaultTurnObservationConvention() {

				@Override
				public String getName() {
					return "own";
				}

			})
			.run((context) -> {
				context.getBean(TurnObservation.class).intercept(request(), Flux.empty()).blockLast();
				TestObservationRegistryAssert.assertThat(this.registry).hasObservationWithNameEqualTo("own");
			});
	}

	@Test
	void metersAndListenersLearnOfTurns() {
		List<TurnReport> reports = new CopyOnWriteArrayList<>();
		this.contextRunner.withBean(SimpleMeterRegistry.class)
			.withBean(TurnReportListener.class, () -> reports::add)
			.run((context) -> {
				context.getBean(TurnObservation.class).intercept(request(), Flux.empty()).blockLast();
				assertThat(reports).hasSize(1);
				assertThat(context.getBean(MeterRegistry.class).get("electron.turn.rounds").summary().count())
					.isEqualTo(1);
			});
	}

	@Test
	void beansOfTheUserWin() {
		TurnObservation own = new TurnObservation(this.registry, null, (provider) -> TokenPrices.defaults(),
				Collections.emptyList());
		TurnMeters meters = new TurnMeters(new SimpleMeterRegistry());
		this.contextRunner.withBean(SimpleMeterRegistry.class)
			.withBean("own", TurnObservation.class, () -> own)
			.withBean("meters", TurnMeters.class, () -> meters)
			.run((context) -> {
				assertThat(context.getBean(TurnObservation.class)).isSameAs(own);
				assertThat(context.getBean(TurnMeters.class)).isSameAs(meters);
			});
	}

	@Test
	void retriesAndFailoversAreEventsOfTheRequest() {
		Observation observation = Observation.start("request", this.registry);
		CallContext callContext = CallContext.empty().withObservation(observation);
		ElectronServerException failure = mock();
		this.contextRunner.run((context) -> {
			ResilienceObservation listener = context.getBean(ResilienceObservation.class);
			listener.onRetry(callContext, "electron", failure, 1, Duration.ZERO);
			listener.onFailover(callContext, "electron", "openai", failure);
			listener.onRetry(CallContext.empty(), "electron", failure, 1, Duration.ZERO);
		});
		TestObservationRegistryAssert.assertThat(this.registry)
			.hasSingleObservationThat()
			.hasEvent("electron.retry")
			.hasEvent("electron.failover");
	}

	private static TurnRequest request() {
		return TurnRequest
			.of(ChatCompletionRequest.builder().model("electron").messages(List.of(ChatMessage.user("Hi"))).build());
	}

}
