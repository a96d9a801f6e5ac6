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

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

import io.github.electronspring.protocol.ChatCompletionChunk;
import io.micrometer.observation.Observation;
import io.micrometer.observation.ObservationHandler;
import io.micrometer.observation.ObservationView;
import io.micrometer.observation.contextpropagation.ObservationThreadLocalAccessor;
import io.micrometer.observation.tck.TestObservationRegistry;
import io.micrometer.observation.tck.TestObservationRegistryAssert;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Flux;
import reactor.test.StepVerifier;
import reactor.test.publisher.TestPublisher;

import org.springframework.ai.chat.messages.Message;
import org.springframework.ai.chat.messages.MessageType;
import org.springframework.ai.chat.model.ChatResponse;
import org.springframework.ai.chat.observation.ChatModelObservationContext;
import org.springframework.ai.chat.observation.DefaultChatModelObservationConvention;
import org.springframework.ai.chat.prompt.Prompt;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

/**
 * Tests for the observations of {@link ElectronChatModel}.
 *
 * @author The Electron Spring authors
 */
class ElectronChatModelObservationTests {

	private static final Duration TIMEOUT = Duration.ofSeconds(5);

	private final TestObservationRegistry registry = TestObservationRegistry.create();

	private final List<ChatModelObservationContext> stopped = new CopyOnWriteArrayList<>();

	private final FakeElectronApi api = new FakeElectronApi();

	private final ElectronChatModel model = ElectronChatModel.builder(this.api)
		.observationRegistry(this.registry)
		.registeredTools(() -> List.of(TestTools.returning("weather", "sunny")))
		.build();

	@BeforeEach
	void recordContexts() {
		this.registry.observationConfig().observationHandler(new ObservationHandler<ChatModelObservationContext>() {

			@Override
			public void onStop(ChatModelObservationContext context) {
				ElectronChatModelObservationTests.this.stopped.add(context);
			}

			@Override
			public boolean supportsContext(Observation.Context context) {
				return context instanceof ChatModelObservationContext;
			}

		});
	}

	@Test
	void callIsObservedAsSpringAiDoes() {
		this.api.answer("Hel", "lo");
		this.model.call(new Prompt("Hi", ElectronChatOptions.builder().temperature(0.2).build()));
		TestObservationRegistryAssert.assertThat(this.registry)
			.doesNotHaveAnyRemainingCurrentObservation()
			.hasObservationWithNameEqualTo(DefaultChatModelObservationConvention.DEFAULT_NAME)
			.that()
			.hasContextualNameEqualTo("chat electron")
			.hasLowCardinalityKeyValue("gen_ai.operation.name", "chat")
			.hasLowCardinalityKeyValue("gen_ai.system", "electron")
			.hasLowCardinalityKeyValue("gen_ai.request.model", "electron")
			.hasLowCardinalityKeyValue("gen_ai.response.model", "electron")
			.hasHighCardinalityKeyValue("gen_ai.request.temperature", "0.2")
			.hasHighCardinalityKeyValue("spring.ai.model.request.tool.names", "[\"weather\"]")
			.hasHighCardinalityKeyValue("gen_ai.response.id", "chatcmpl-1")
			.hasHighCardinalityKeyValue("gen_ai.response.finish_reasons", "[\"stop\"]")
			.hasHighCardinalityKeyValue("gen_ai.usage.input_tokens", "20")
			.hasHighCardinalityKeyValue("gen_ai.usage.output_tokens", "5")
			.hasHighCardinalityKeyValue("gen_ai.usage.total_tokens", "25")
			.hasBeenStarted()
			.hasBeenStopped();
		assertThat(this.stopped).singleElement().satisfies((context) -> {
			assertThat(context.isStreaming()).isFalse();
			assertThat(text(context)).isEqualTo("Hello");
		});
	}

	@Test
	void streamIsObservedWithContentUsageAndFinishReason() {
		this.api.answer("Hel", "lo");
		this.model.stream(new Prompt("Hi")).blockLast(TIMEOUT);
		assertThat(this.stopped).singleElement().satisfies((context) -> {
			assertThat(context.isStreaming()).isTrue();
			assertThat(text(context)).isEqualTo("Hello");
			ChatResponse response = context.getResponse();
			assertThat(response.getMetadata().getUsage().getTotalTokens()).isEqualTo(25);
			assertThat(response.getMetadata().getUsage().getCacheReadInputTokens()).isEqualTo(8);
			assertThat(response.getResult().getMetadata().getFinishReason()).isEqualTo("stop");
			assertThat(response.getMetadata().<String>get(ElectronMetadata.REQUEST_ID)).isEqualTo("req-1");
		});
	}

	@Test
	void eachRoundIsObservedWithItsMessages() {
		this.api.call("One moment", "weather", "{}").answer("It is sunny");
		this.model.call(new Prompt("Weather?"));
		assertThat(this.stopped).hasSize(2);
		assertThat(this.stopped.get(0).getRequest().getInstructions()).extracting(Message::getMessageType)
			.containsExactly(MessageType.USER);
		assertThat(this.stopped.get(0).getResponse().hasToolCalls()).isTrue();
		assertThat(text(this.stopped.get(0))).isEqualTo("One moment");
		assertThat(this.stopped.get(1).getRequest().getInstructions()).extracting(Message::getMessageType)
			.containsExactly(MessageType.USER, MessageType.ASSISTANT, MessageType.TOOL);
		assertThat(text(this.stopped.get(1))).isEqualTo("It is sunny");
		assertThat(this.stopped.get(1).getResponse().getMetadata().getUsage().getTotalTokens()).isEqualTo(25);
	}

	@Test
	void callHasTheObservationOfTheThreadAsParent() {
		this.api.call("", "weather", "{}").answer("Sunny");
		Observation parent = Observation.start("parent", this.registry);
		Runnable call = () -> this.model.call(new Prompt("Weather?"));
		parent.scoped(call);
		parent.stop();
		assertThat(this.stopped).hasSize(2).allSatisfy((context) -> assertParent(context, parent));
	}

	@Test
	void streamHasTheObservationOfTheContextAsParent() {
		this.api.answer("Hello");
		Observation parent = Observation.start("parent", this.registry);
		this.model.stream(new Prompt("Hi"))
			.contextWrite((context) -> context.put(ObservationThreadLocalAccessor.KEY, parent))
			.blockLast(TIMEOUT);
		parent.stop();
		assertThat(this.stopped).singleElement().satisfies((context) -> assertParent(context, parent));
	}

	@Test
	void errorEndsTheObservation() {
		IllegalStateException failure = new IllegalStateException("Broken");
		this.api.play(Flux.just(FakeElectronApi.text("Hel")).concatWith(Flux.error(failure)));
		assertThatIllegalStateException().isThrownBy(() -> this.model.call(new Prompt("Hi"))).isSameAs(failure);
		assertThat(this.stopped).singleElement().satisfies((context) -> {
			assertThat(context.getError()).isSameAs(failure);
			assertThat(text(context)).isEqualTo("Hel");
		});
	}

	@Test
	void failedRequestHasNoResponse() {
		this.api.play(Flux.error(new IllegalStateException("Broken")));
		assertThatIllegalStateException().isThrownBy(() -> this.model.call(new Prompt("Hi")));
		assertThat(this.stopped).singleElement().satisfies((context) -> assertThat(context.getResponse()).isNull());
	}

	@Test
	void cancellationEndsTheObservation() {
		TestPublisher<ChatCompletionChunk> wire = TestPublisher.create();
		this.api.play(wire.flux());
		StepVerifier.create(this.model.stream(new Prompt("Hi")))
			.then(() -> wire.next(FakeElectronApi.text("Hel")))
			.expectNextCount(1)
			.thenCancel()
			.verify(TIMEOUT);
		assertThat(this.stopped).singleElement().satisfies((context) -> assertThat(text(context)).isEqualTo("Hel"));
		TestObservationRegistryAssert.assertThat(this.registry).doesNotHaveAnyRemainingCurrentObservation();
	}

	@Test
	void conventionOfTheUserIsUsed() {
		this.api.answer("Hello");
		this.model.mutate().observationConvention(new DefaultChatModelObservationConvention() {

			@Override
			public String getName() {
				return "custom";
			}

		}).build().call(new Prompt("Hi"));
		TestObservationRegistryAssert.assertThat(this.registry).hasObservationWithNameEqualTo("custom");
	}

	@Test
	void withoutARegistryNothingIsPrepared() {
		this.api.answer("Hello");
		ElectronChatModel.builder(this.api).build().call(new Prompt("Hi"));
		assertThat(this.api.contexts.get(0).attributes()).isEmpty();
	}

	private static void assertParent(ChatModelObservationContext context, Observation parent) {
		ObservationView actual = context.getParentObservation();
		assertThat(actual).isNotNull();
		assertThat(actual.getContextView()).isSameAs(parent.getContextView());
	}

	private static String text(ChatModelObservationContext context) {
		return context.getResponse().getResult().getOutput().getText();
	}

}
