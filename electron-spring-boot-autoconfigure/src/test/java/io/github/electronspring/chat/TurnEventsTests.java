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
import java.util.Collections;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;

import io.github.electronspring.api.ElectronInvalidRequestException;
import io.github.electronspring.protocol.ChatCompletionChunk;
import io.github.electronspring.protocol.ChatMessage;
import io.github.electronspring.protocol.Usage;
import io.github.electronspring.turn.RoundFinished;
import io.github.electronspring.turn.RoundStarted;
import io.github.electronspring.turn.TextReceived;
import io.github.electronspring.turn.TurnEvent;
import io.github.electronspring.turn.TurnFinished;
import io.github.electronspring.turn.TurnSettings;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Flux;
import reactor.test.StepVerifier;
import reactor.test.publisher.TestPublisher;

import org.springframework.ai.chat.client.ChatClientRequest;
import org.springframework.ai.chat.client.ChatClientResponse;
import org.springframework.ai.chat.client.advisor.MessageChatMemoryAdvisor;
import org.springframework.ai.chat.client.advisor.SafeGuardAdvisor;
import org.springframework.ai.chat.client.advisor.api.StreamAdvisor;
import org.springframework.ai.chat.client.advisor.api.StreamAdvisorChain;
import org.springframework.ai.chat.memory.ChatMemory;
import org.springframework.ai.chat.memory.MessageWindowChatMemory;
import org.springframework.ai.chat.messages.UserMessage;
import org.springframework.ai.chat.prompt.Prompt;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link ElectronChatClient#turn(String)}.
 *
 * @author The Electron Spring authors
 */
class TurnEventsTests {

	private static final Duration TIMEOUT = Duration.ofSeconds(5);

	private final FakeElectronApi api = new FakeElectronApi();

	private final ElectronChatModel model = ElectronChatModel.builder(this.api)
		.registeredTools(() -> List.of(TestTools.returning("weather", "sunny")))
		.turnSettings(TurnSettings.defaults().withToolExecutor(Runnable::run))
		.build();

	private final ElectronChatClient client = ElectronChatClient.create(this.model);

	@Test
	void eventsComeInOrder() {
		this.api.call("One moment", "weather", "{}").answer("It is ", "sunny");
		List<String> events = this.client.turn("Weather?").map(TurnEventsTests::describe).collectList().block(TIMEOUT);
		// The end of a round and that of its tool come in either order
		assertThat(events).hasSize(11)
			.startsWith("RoundStarted1", "TextReceived1", "ToolCallsBegun1", "ToolCallStarted1")
			.containsSubsequence("ToolCallStarted1", "ToolCallFinished1", "RoundStarted2")
			.containsSubsequence("TextReceived1", "RoundFinished1", "RoundStarted2")
			.endsWith("RoundStarted2", "TextReceived2", "TextReceived2", "RoundFinished2", "TurnFinished2");
	}

	@Test
	void eachSubscriptionIsATurnOfItsOwn() {
		this.api.answer("one").answer("two");
		Flux<String> text = this.client.turn("Hi").ofType(TextReceived.class).map(TextReceived::text);
		assertThat(text.blockLast(TIMEOUT)).isEqualTo("one");
		assertThat(text.blockLast(TIMEOUT)).isEqualTo("two");
	}

	@Test
	void promptAndCustomizerMakeTheRequest() {
		this.api.answer("one").answer("two");
		this.client.turn(new Prompt(new UserMessage("Hi"), ElectronChatOptions.builder().seed(1L).build()))
			.blockLast(TIMEOUT);
		this.client.turn((spec) -> spec.user("Ho").system("Be brief").options(ElectronChatOptions.builder().seed(2L)))
			.blockLast(TIMEOUT);
		assertThat(this.api.requests.get(0).messages()).containsExactly(ChatMessage.user("Hi"));
		assertThat(this.api.requests.get(0).seed()).isEqualTo(1L);
		assertThat(this.api.requests.get(1).messages()).containsExactly(ChatMessage.system("Be brief"),
				ChatMessage.user("Ho"));
		assertThat(this.api.requests.get(1).seed()).isEqualTo(2L);
	}

	@Test
	void advisorsApply() {
		ChatMemory memory = MessageWindowChatMemory.builder().build();
		ElectronChatClient remembering = this.client.mutate()
			.defaultAdvisors(MessageChatMemoryAdvisor.builder(memory).build())
			.build();
		this.api.answer("Hello").answer("Bye");
		remembering.turn((spec) -> spec.user("Hi").advisors((a) -> a.param(ChatMemory.CONVERSATION_ID, "c1")))
			.blockLast(TIMEOUT);
		TurnEvent last = remembering
			.turn((spec) -> spec.user("Ho").advisors((a) -> a.param(ChatMemory.CONVERSATION_ID, "c1")))
			.blockLast(TIMEOUT);
		assertThat(last).isInstanceOf(TurnFinished.class);
		assertThat(this.api.requests.get(1).messages()).containsExactly(ChatMessage.user("Hi"),
				ChatMessage.assistant("Hello"), ChatMessage.user("Ho"));
		assertThat(this.api.contexts.get(1).conversationId()).isEqualTo("c1");
	}

	@Test
	void cancellationReachesTheWire() {
		TestPublisher<ChatCompletionChunk> wire = TestPublisher.create();
		this.api.play(wire.flux());
		StepVerifier.create(this.client.turn("Hi").ofType(TextReceived.class))
			.then(() -> wire.next(FakeElectronApi.text("Hel")))
			.expectNextCount(1)
			.thenCancel()
			.verify(TIMEOUT);
		wire.assertCancelled();
	}

	@Test
	void errorsAreUnwrapped() {
		ElectronInvalidRequestException failure = new ElectronInvalidRequestException("Wrong", Collections.emptyList());
		this.api.play(Flux.error(failure));
		ElectronChatClient wrapping = this.client.mutate().defaultAdvisors(new WrappingAdvisor()).build();
		StepVerifier.create(wrapping.turn("Hi").filter((event) -> event.round() > 1))
			.expectErrorSatisfies((ex) -> assertThat(ex).isSameAs(failure))
			.verify(TIMEOUT);
	}

	@Test
	void mistakesOfTheCustomizerAreErrorsOfTheStream() {
		IllegalStateException failure = new IllegalStateException("Broken");
		StepVerifier.create(this.client.turn((spec) -> {
			throw failure;
		})).expectErrorSatisfies((ex) -> assertThat(ex).isSameAs(failure)).verify(TIMEOUT);
	}

	@Test
	void answerOfAnAdvisorIsATurnOfOneRound() {
		ElectronChatClient guarded = this.client.mutate()
			.defaultAdvisors(SafeGuardAdvisor.builder().sensitiveWords(List.of("bomb")).failureResponse("No").build())
			.build();
		StepVerifier.create(guarded.turn("A bomb"))
			.expectNext(new RoundStarted(1))
			.assertNext((event) -> assertThat(((TextReceived) event).text()).isEqualTo("No"))
			.assertNext((event) -> assertThat(((RoundFinished) event).message()).isEqualTo(ChatMessage.assistant("No")))
			.assertNext((event) -> assertThat(((TurnFinished) event).usage()).isEqualTo(Usage.NONE))
			.expectComplete()
			.verify(TIMEOUT);
		assertThat(this.api.requests).isEmpty();
	}

	@Test
	void demandIsRespected() {
		AtomicInteger sent = new AtomicInteger();
		this.api.play(
				Flux.range(0, 5000).map((i) -> FakeElectronApi.text("x")).doOnNext((chunk) -> sent.incrementAndGet()));
		StepVerifier.create(this.client.turn("Hi"), 1)
			.expectNextCount(1)
			.thenRequest(4)
			.expectNextCount(4)
			.expectNoEvent(Duration.ofMillis(200))
			.thenCancel()
			.verify(TIMEOUT);
		assertThat(sent).hasValueLessThan(1000);
	}

	private static String describe(TurnEvent event) {
		return event.getClass().getSimpleName() + event.round();
	}

	private static final class WrappingAdvisor implements StreamAdvisor {

		@Override
		public String getName() {
			return "wrapping";
		}

		@Override
		public int getOrder() {
			return 0;
		}

		@Override
		public Flux<ChatClientResponse> adviseStream(ChatClientRequest request, StreamAdvisorChain chain) {
			return chain.nextStream(request).onErrorMap((ex) -> new IllegalStateException("Wrapped", ex));
		}

	}

}
