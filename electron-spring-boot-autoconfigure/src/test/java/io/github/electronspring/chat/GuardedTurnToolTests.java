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

package io.github.electronspring.chat;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;

import io.github.electronspring.protocol.ChatMessage;
import io.github.electronspring.turn.ToolCallFailed;
import io.github.electronspring.turn.ToolExecution;
import io.github.electronspring.turn.TurnEvent;
import io.micrometer.observation.Observation;
import io.micrometer.observation.contextpropagation.ObservationThreadLocalAccessor;
import io.micrometer.observation.tck.TestObservationRegistry;
import io.micrometer.observation.tck.TestObservationRegistryAssert;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;
import reactor.core.scheduler.Schedulers;
import reactor.test.StepVerifier;

import org.springframework.ai.chat.prompt.Prompt;
import org.springframework.ai.model.tool.ToolCallLimitBehavior;
import org.springframework.ai.model.tool.ToolCallLimitExceededException;
import org.springframework.ai.tool.ToolCallback;
import org.springframework.ai.tool.execution.ToolExecutionException;
import org.springframework.ai.tool.execution.ToolExecutionExceptionProcessor;
import org.springframework.ai.tool.observation.DefaultToolCallingObservationConvention;
import org.springframework.ai.tool.observation.ToolCallingObservationContext;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.mockito.BDDMockito.given;
import static org.mockito.Mockito.mock;

/**
 * Tests for {@link GuardedTurnTool}: limits, failures and observations of tool calls.
 *
 * @author The Electron Spring authors
 */
class GuardedTurnToolTests {

	private static final Duration TIMEOUT = Duration.ofSeconds(5);

	private final FakeElectronApi api = new FakeElectronApi();

	private final TestObservationRegistry observations = TestObservationRegistry.create();

	private final List<TurnEvent> events = new CopyOnWriteArrayList<>();

	@Test
	void modelIsToldOfCallsTooMany() {
		this.api.call("", "weather", "{}").call("", "weather", "{}").answer("Sunny");
		model(limits(1, 9, ToolCallLimitBehavior.RETURN_ERROR_RESPONSE)).build().call(new Prompt("Weather?"));
		assertThat(results()).containsExactly("sunny",
				"Not executed because tool 'weather' may be called 1 times in a turn; answer without it");
	}

	@Test
	void modelIsToldOfCallsTooManyOfAllTools() {
		this.api.call("", "weather", "{}").call("", "time", "{}").answer("Sunny");
		model(limits(9, 1, ToolCallLimitBehavior.RETURN_ERROR_RESPONSE)).build().call(new Prompt("Weather?"));
		assertThat(results()).containsExactly("sunny",
				"Not executed because 1 tools may be called in a turn; answer with what is known");
	}

	@Test
	void turnFailsWithACallTooMany() {
		this.api.call("", "weather", "{}").call("", "weather", "{}");
		assertThatExceptionOfType(ToolCallLimitExceededException.class)
			.isThrownBy(() -> model(limits(1, 9, ToolCallLimitBehavior.THROW)).build().call(new Prompt("Weather?")))
			.satisfies((ex) -> assertThat(ex.getToolName()).isEqualTo("weather"))
			.satisfies((ex) -> assertThat(ex.getLimit()).isEqualTo(1));
		assertThat(this.api.requests).hasSize(2);
	}

	@Test
	void limitsAreThoseOfATurn() {
		ElectronChatModel model = model(limits(1, 1, ToolCallLimitBehavior.THROW)).build();
		for (int i = 0; i < 2; i++) {
			this.api.call("", "weather", "{}").answer("Sunny");
			Flux<?> turn = model.stream(new Prompt("Weather?"));
			StepVerifier.create(turn).thenConsumeWhile((response) -> true).expectComplete().verify(TIMEOUT);
		}
	}

	@Test
	void nameMayHaveALimitOfItsOwn() {
		ToolCallLimits limits = new ToolCallLimits(1, Map.of("weather", ToolCallLimits.UNLIMITED, "time", 2),
				ToolCallLimits.UNLIMITED, ToolCallLimitBehavior.THROW);
		assertThat(limits.maxCalls("weather")).isEqualTo(-1);
		assertThat(limits.maxCalls("time")).isEqualTo(2);
		assertThat(limits.maxCalls("other")).isEqualTo(1);
		ToolCallBudget budget = new ToolCallBudget(limits);
		assertThat(budget.count("weather")).isNull();
		assertThat(budget.count("weather")).isNull();
		assertThat(budget.count("other")).isNull();
		assertThat(budget.count("other")).isNotNull();
	}

	@Test
	void limitsAreChecked() {
		assertThatIllegalArgumentException().isThrownBy(() -> limits(0, 1, ToolCallLimitBehavior.THROW))
			.withMessage("'maxCalls' must be at least 1, or -1 for no limit, but is '0'");
		assertThatIllegalArgumentException().isThrownBy(() -> limits(1, -2, ToolCallLimitBehavior.THROW))
			.withMessageContaining("'maxTotalCalls'");
		assertThat(ToolCallLimits.defaults())
			.isEqualTo(new ToolCallLimits(40, Collections.emptyMap(), 150, ToolCallLimitBehavior.THROW));
	}

	@Test
	void processorDecidesWhatTheModelIsTold() {
		this.api.call("", "broken", "{}").answer("Sorry");
		model(processor((ex) -> ex.getToolDefinition().name() + " is out of order")).build()
			.call(new Prompt("Weather?"));
		assertThat(results()).containsExactly("broken is out of order");
		assertThat(this.events).filteredOn(ToolCallFailed.class::isInstance).hasSize(1);
	}

	@Test
	void blankTextOfTheProcessorStandsForTheWordsOfTheEngine() {
		this.api.call("", "broken", "{}").answer("Sorry");
		model(processor((ex) -> "")).build().call(new Prompt("Weather?"));
		assertThat(results()).containsExactly("Tool 'broken' failed: Line is down");
	}

	@Test
	void turnFailsWithWhatTheProcessorThrows() {
		this.api.call("", "broken", "{}").call("", "broken", "{}");
		ElectronChatModel model = model(processor((ex) -> {
			throw ex;
		})).build();
		assertThatExceptionOfType(ToolExecutionException.class).isThrownBy(() -> model.call(new Prompt("Weather?")))
			.withMessage("Line is down")
			.withCauseExactlyInstanceOf(IOException.class);
		StepVerifier.create(model.stream(new Prompt("Weather?")).filter((response) -> false))
			.expectError(ToolExecutionException.class)
			.verify(TIMEOUT);
		assertThat(this.api.requests).hasSize(2);
	}

	@Test
	void callIsObservedBelowTheObservationOfTheCaller() {
		this.api.call("", "weather", "{\"a\":1}").answer("Sunny");
		Observation parent = Observation.start("parent", this.observations);
		model(ToolCallSettings.defaults()).observationRegistry(this.observations)
			.build()
			.stream(new Prompt("Weather?"))
			.contextWrite((context) -> context.put(ObservationThreadLocalAccessor.KEY, parent))
			.blockLast(TIMEOUT);
		parent.stop();
		TestObservationRegistryAssert.assertThat(this.observations)
			.hasObservationWithNameEqualTo("spring.ai.tool")
			.that()
			.hasBeenStarted()
			.hasBeenStopped()
			.hasParentObservationEqualTo(parent)
			.hasLowCardinalityKeyValue("spring.ai.tool.definition.name", "weather")
			.hasHighCardinalityKeyValue("spring.ai.tool.call.id", "call-weather")
			.satisfies((context) -> {
				ToolCallingObservationContext tool = (ToolCallingObservationContext) context;
				assertThat(tool.getToolCallArguments()).isEqualTo("{\"a\":1}");
				assertThat(tool.getToolCallResult()).isEqualTo("sunny");
			});
	}

	@Test
	void observationIsCurrentWhileTheToolRuns() {
		AtomicReference<Observation> current = new AtomicReference<>();
		this.api.call("", "observing", "{}").answer("Sunny");
		model(new ToolCallSettings(ToolCallLimits.defaults(), null,
				new DefaultToolCallingObservationConvention("my.tool")), TestTools.of("observing", false, (context) -> {
					current.set(this.observations.getCurrentObservation());
					return "";
				}))
			.observationRegistry(this.observations)
			.build()
			.call(new Prompt("Weather?"));
		assertThat(current.get()).isNotNull();
		assertThat(current.get().getContext().getName()).isEqualTo("my.tool");
	}

	@Test
	void failureIsObserved() {
		this.api.call("", "broken", "{}").answer("Sorry");
		model(processor((ex) -> "Out of order")).observationRegistry(this.observations)
			.build()
			.call(new Prompt("Weather?"));
		TestObservationRegistryAssert.assertThat(this.observations)
			.hasObservationWithNameEqualTo("spring.ai.tool")
			.that()
			.hasBeenStopped()
			.satisfies((context) -> {
				assertThat(context.getError()).isExactlyInstanceOf(IOException.class);
				assertThat(((ToolCallingObservationContext) context).getToolCallResult()).isEqualTo("Out of order");
			});
	}

	@Test
	void cancelledCallIsObserved() {
		AtomicBoolean cancelled = new AtomicBoolean();
		ToolExecution execution = mock(ToolExecution.class);
		given(execution.callId()).willReturn("1");
		given(execution.isCancelled()).willAnswer((invocation) -> cancelled.get());
		Sinks.One<String> result = Sinks.one();
		ToolCallback tool = TestTools.returning("weather", "sunny");
		ObservedToolCall.observe(result.asMono(), tool, "{}", execution, null, this.observations)
			.onErrorComplete()
			.subscribe();
		cancelled.set(true);
		result.tryEmitError(new InterruptedException());
		ObservedToolCall.observe(Mono.never(), tool, "{}", execution, null, this.observations).subscribe().dispose();
		TestObservationRegistryAssert.assertThat(this.observations)
			.hasNumberOfObservationsWithNameEqualTo("spring.ai.tool", 2)
			.forAllObservationsWithNameEqualTo("spring.ai.tool", (observation) -> observation.doesNotHaveError());
	}

	@Test
	void toolsThatMayBlockAreNotAskedForOnAnEventLoop() {
		List<Boolean> nonBlocking = new ArrayList<>();
		ElectronChatModel model = ElectronChatModel.builder(this.api).registeredTools(() -> {
			nonBlocking.add(Schedulers.isInNonBlockingThread());
			return Collections.emptyList();
		}).build();
		for (boolean mayBlock : new boolean[] { false, true }) {
			this.api.answer("Hi");
			StepVerifier
				.create(model.mutate()
					.registeredToolsMayBlock(mayBlock)
					.build()
					.stream(new Prompt("Hi"))
					.subscribeOn(Schedulers.parallel()))
				.expectNextCount(2)
				.expectComplete()
				.verify(TIMEOUT);
		}
		assertThat(nonBlocking).containsExactly(true, false);
	}

	@Test
	@SuppressWarnings("NullAway")
	void processorThatSaysNothingLeavesTheWordsToTheEngine() {
		this.api.call("", "broken", "{}").answer("Sorry");
		ToolCallback broken = TestTools.of("broken", false, (context) -> {
			throw new IllegalStateException("Line is down");
		});
		model(processor((exception) -> null), broken).build().call(new Prompt("Weather?"));
		assertThat(results()).singleElement().isEqualTo("Tool 'broken' failed: Line is down");
	}

	private static ToolCallSettings processor(ToolExecutionExceptionProcessor processor) {
		return new ToolCallSettings(ToolCallLimits.defaults(), processor, null);
	}

	private static ToolCallSettings limits(int maxCalls, int maxTotalCalls, ToolCallLimitBehavior behavior) {
		return new ToolCallSettings(new ToolCallLimits(maxCalls, Collections.emptyMap(), maxTotalCalls, behavior), null,
				null);
	}

	private ElectronChatModelBuilder model(ToolCallSettings settings, ToolCallback... others) {
		List<ToolCallback> tools = new ArrayList<>(List.of(others));
		tools.add(TestTools.returning("weather", "sunny"));
		tools.add(TestTools.returning("time", "noon"));
		tools.add(TestTools.of("broken", false, (context) -> {
			throw new ToolExecutionException(tools.get(0).getToolDefinition(), new IOException("Line is down"));
		}));
		return ElectronChatModel.builder(this.api)
			.registeredTools(() -> tools)
			.turnListeners(List.of(this.events::add))
			.toolCallSettings(settings);
	}

	private List<String> results() {
		return this.api.requests.get(this.api.requests.size() - 1)
			.messages()
			.stream()
			.filter((message) -> ChatMessage.TOOL.equals(message.role()))
			.map(ChatMessage::content)
			.toList();
	}

}
