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

package io.github.electronspring.memory;

import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

import io.github.electronspring.protocol.ChatMessage;
import io.github.electronspring.protocol.Chunks;
import io.github.electronspring.protocol.ToolCall;
import io.github.electronspring.turn.TextReceived;
import org.junit.jupiter.api.Test;
import org.reactivestreams.Subscription;
import reactor.core.Disposable;
import reactor.core.Disposables;
import reactor.core.publisher.BaseSubscriber;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;
import reactor.core.scheduler.Schedulers;

import org.springframework.ai.chat.client.ChatClientResponse;
import org.springframework.ai.chat.client.advisor.SafeGuardAdvisor;
import org.springframework.ai.chat.memory.ChatMemory;
import org.springframework.ai.chat.memory.InMemoryChatMemoryRepository;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for what {@link ElectronChatMemoryAdvisor} keeps of turns that are cut off.
 *
 * @author The Electron Spring authors
 */
class InterruptedTurnTests {

	private static final ToolCall BALANCE = ToolCall.function("call-balance", "balance", "{ }");

	private static final ToolCall LIMIT = ToolCall.function("call-limit", "limit", "{ }");

	private static final List<ChatMessage> TOOL_TURN = List.of(ChatMessage.user("Balance?"),
			ChatMessage.assistant("One moment. ", List.of(BALANCE, LIMIT)), ChatMessage.tool("call-balance", "5"),
			ChatMessage.tool("call-limit", "10"), ChatMessage.assistant("You have 5"));

	private final RecordingMemory memory = new RecordingMemory();

	private final Conversation conversation = new Conversation(this.memory, () -> "5");

	@Test
	void nextTurnReadsAfterACancelledOneIsWritten() {
		CountDownLatch slow = new CountDownLatch(1);
		this.memory.beforeAdding = () -> Conversation.await(slow);
		Sinks.Empty<String> said = Sinks.empty();
		this.conversation.api.respond(Flux.just(Chunks.text("One two three")).concatWith(Flux.never()));
		TurnTranscript transcript = new TurnTranscript();
		Disposable turn = this.conversation.prompt("Count", transcript)
			.stream()
			.content()
			.subscribe((text) -> said.tryEmitEmpty());
		said.asMono().block(Conversation.TIMEOUT);
		transcript.heard(7);
		turn.dispose();
		this.conversation.answer("Fine");
		Mono<List<String>> next = this.conversation.prompt("Stop").stream().content().collectList().cache();
		next.subscribe();
		assertThat(this.conversation.api.requests()).hasSize(1);
		slow.countDown();
		next.block(Conversation.TIMEOUT);
		assertThat(this.conversation.api.requests().get(1).messages()).containsExactly(ChatMessage.system("Be brief"),
				ChatMessage.user("Count"), ChatMessage.assistant("One two"), ChatMessage.user("Stop"));
	}

	@Test
	void callReadsAfterACancelledTurnIsWritten() {
		Sinks.Empty<String> said = Sinks.empty();
		CountDownLatch slow = new CountDownLatch(1);
		this.memory.beforeAdding = () -> Conversation.await(slow);
		this.conversation.api.respond(Flux.just(Chunks.text("One")).concatWith(Flux.never()));
		Disposable turn = this.conversation.prompt("Count").stream().content().subscribe((text) -> said.tryEmitEmpty());
		said.asMono().block(Conversation.TIMEOUT);
		turn.dispose();
		Schedulers.boundedElastic().schedule(slow::countDown, 50, TimeUnit.MILLISECONDS);
		this.conversation.answer("Fine");
		this.conversation.say("Stop");
		assertThat(this.conversation.api.requests().get(1).messages()).contains(ChatMessage.assistant("One"));
	}

	@Test
	void turnThatIsCutOffBeforeAnythingIsSaidKeepsWhatTheUserSaid() {
		this.conversation.api.respond(Flux.never());
		TurnTranscript transcript = new TurnTranscript();
		Disposable turn = this.conversation.prompt("I want", transcript).stream().content().subscribe();
		this.conversation.awaitRequests(1);
		transcript.heard(0);
		turn.dispose();
		this.conversation.answer("Booked");
		this.conversation.stream("to fly");
		assertThat(this.conversation.history()).containsExactly(ChatMessage.user("I want"), ChatMessage.user("to fly"),
				ChatMessage.assistant("Booked"));
	}

	@Test
	void turnThatIsCancelledBeforeAnythingIsSaidLeavesNoTrace() {
		this.conversation.api.respond(Flux.never());
		Disposable turn = this.conversation.prompt("I want").stream().content().subscribe();
		this.conversation.awaitRequests(1);
		turn.dispose();
		this.conversation.answer("Booked");
		this.conversation.stream("to fly");
		assertThat(this.conversation.history()).containsExactly(ChatMessage.user("to fly"),
				ChatMessage.assistant("Booked"));
	}

	@Test
	void cancelledToolHasAResultThatDoesNotDenyIt() {
		CountDownLatch never = new CountDownLatch(1);
		Conversation slow = new Conversation(this.memory, () -> {
			Conversation.await(never);
			return "5";
		});
		slow.call("One moment. ", "limit", "balance");
		TurnTranscript transcript = new TurnTranscript();
		Disposable turn = slow.prompt("Balance?", transcript).stream().content().subscribe();
		Conversation.await(() -> transcript.messages().contains(ChatMessage.tool("call-limit", "10"))
				&& transcript.messages().get(0).toolCalls().size() == 2);
		transcript.heard(3);
		turn.dispose();
		slow.answer("Fine");
		slow.stream("Stop");
		assertThat(slow.history().subList(0, 4)).containsExactly(ChatMessage.user("Balance?"),
				ChatMessage.assistant("One", List.of(LIMIT, BALANCE)), ChatMessage.tool("call-limit", "10"),
				ChatMessage.tool("call-balance", OpenCallTexts.INTERRUPTED.unanswered("balance")));
	}

	@Test
	void whatIsHeardAfterTheEndCutsTheHistory() {
		PrefixStableChatMemory stable = new PrefixStableChatMemory(new InMemoryChatMemoryRepository());
		Conversation spoken = new Conversation(stable, () -> "5").call("One moment. ", "balance", "limit")
			.answer("You have ", "5")
			.answer("Fine");
		TurnTranscript transcript = new TurnTranscript();
		spoken.prompt("Balance?", transcript).stream().content().blockLast(Conversation.TIMEOUT);
		assertThat(spoken.history()).isEqualTo(TOOL_TURN);
		transcript.heard(15);
		spoken.stream("Stop");
		assertThat(spoken.history().subList(0, 4)).isEqualTo(TOOL_TURN.subList(0, 4));
		assertThat(spoken.history().subList(4, 7)).containsExactly(ChatMessage.assistant("You"),
				ChatMessage.user("Stop"), ChatMessage.assistant("Fine"));
		transcript.heard(2);
		spoken.answer("Bye");
		spoken.stream("Bye");
		assertThat(spoken.history()).hasSize(9).contains(ChatMessage.assistant("You"));
	}

	@Test
	void memoryIsNeverUsedOnAThreadThatMustNotBlock() {
		this.conversation.answer("Hello").answer("Hello");
		Flux<String> stream = this.conversation.prompt("Hi").stream().content();
		stream.subscribeOn(Schedulers.parallel()).blockLast(Conversation.TIMEOUT);
		CancellingSubscriber cancelling = new CancellingSubscriber();
		this.conversation.prompt("Hi")
			.stream()
			.chatClientResponse()
			.subscribeOn(Schedulers.parallel())
			.subscribe(cancelling);
		cancelling.done.asMono().block(Conversation.TIMEOUT);
		this.conversation.answer("Bye");
		this.conversation.stream("Bye");
		assertThat(this.memory.onNonBlockingThread).isEmpty();
		assertThat(this.conversation.history()).hasSize(6);
	}

	@Test
	void turnThatIsCutOffBeforeTheModelIsAskedKeepsWhatTheUserSaid() {
		CountDownLatch slow = new CountDownLatch(1);
		CountDownLatch reading = new CountDownLatch(1);
		this.memory.beforeReading = () -> {
			reading.countDown();
			Conversation.await(slow);
		};
		TurnTranscript transcript = new TurnTranscript();
		Disposable turn = this.conversation.prompt("I want", transcript).stream().content().subscribe();
		Conversation.await(reading);
		transcript.heard(0);
		turn.dispose();
		TurnTranscript second = new TurnTranscript();
		turn = this.conversation.prompt("really", second).stream().content().subscribe();
		second.heard(0);
		turn.dispose();
		this.conversation.prompt("not", new TurnTranscript()).stream().content().subscribe().dispose();
		slow.countDown();
		this.conversation.answer("Booked");
		this.conversation.stream("to fly");
		assertThat(this.conversation.history()).containsExactly(ChatMessage.user("I want"), ChatMessage.user("really"),
				ChatMessage.user("to fly"), ChatMessage.assistant("Booked"));
		assertThat(this.conversation.api.requests()).hasSize(1);
	}

	@Test
	void whatWasHeardOfATurnDoesNotReachThatBeforeWithTheSameTranscript() {
		PrefixStableChatMemory stable = new PrefixStableChatMemory(new InMemoryChatMemoryRepository());
		Conversation spoken = new Conversation(stable, () -> "5").answer("First answer");
		TurnTranscript transcript = new TurnTranscript();
		spoken.prompt("Q1", transcript).stream().content().blockLast(Conversation.TIMEOUT);
		cutOff(spoken, "Q2", transcript, "Second answer", 6);
		cutOff(spoken, "Q3", transcript, "Third answer", 5);
		spoken.answer("Fine");
		spoken.prompt("Q4", transcript).stream().content().blockLast(Conversation.TIMEOUT);
		assertThat(spoken.history()).containsExactly(ChatMessage.user("Q1"), ChatMessage.assistant("First answer"),
				ChatMessage.user("Q2"), ChatMessage.assistant("Second"), ChatMessage.user("Q3"),
				ChatMessage.assistant("Third"), ChatMessage.user("Q4"), ChatMessage.assistant("Fine"));
	}

	private static void cutOff(Conversation spoken, String prompt, TurnTranscript transcript, String answer,
			int heard) {
		CountDownLatch said = new CountDownLatch(1);
		spoken.api.respond(Flux.just(Chunks.text(answer)).concatWith(Flux.never()));
		Disposable turn = spoken.prompt(prompt, transcript).stream().content().subscribe((text) -> said.countDown());
		Conversation.await(said);
		transcript.heard(heard);
		turn.dispose();
	}

	@Test
	void turnThatIsCutOffByAnEventKeepsItsText() {
		for (int i = 0; i < 20; i++) {
			Conversation spoken = new Conversation(new PrefixStableChatMemory(new InMemoryChatMemoryRepository()),
					() -> "5");
			spoken.api.respond(Flux.just(Chunks.text("One two")).concatWith(Flux.never()));
			TurnTranscript transcript = new TurnTranscript();
			Disposable.Swap turn = Disposables.swap();
			CountDownLatch cut = new CountDownLatch(1);
			turn.update(spoken.client()
				.turn((spec) -> spec.user("Count")
					.advisors((advisors) -> advisors.param(ChatMemory.CONVERSATION_ID, Conversation.ID)
						.param(TurnTranscript.PARAMETER, transcript)))
				.ofType(TextReceived.class)
				.subscribe((event) -> {
					transcript.heard(3);
					turn.dispose();
					cut.countDown();
				}));
			Conversation.await(cut);
			spoken.answer("Fine");
			spoken.stream("Stop");
			assertThat(spoken.history()).startsWith(ChatMessage.user("Count"), ChatMessage.assistant("One"));
		}
	}

	@Test
	void answerOfAnAdvisorIsCutToo() {
		PrefixStableChatMemory stable = new PrefixStableChatMemory(new InMemoryChatMemoryRepository());
		Conversation guarded = new Conversation(stable, () -> "5",
				SafeGuardAdvisor.builder().sensitiveWords(List.of("bomb")).failureResponse("No, never").build());
		TurnTranscript transcript = new TurnTranscript();
		guarded.prompt("bomb", transcript).stream().content().blockLast(Conversation.TIMEOUT);
		assertThat(transcript.text()).isEqualTo("No, never");
		transcript.heard(2);
		guarded.stream("bomb!");
		assertThat(guarded.history()).containsExactly(ChatMessage.user("bomb"), ChatMessage.assistant("No"),
				ChatMessage.user("bomb!"), ChatMessage.assistant("No, never"));
	}

	@Test
	void turnWhoseTokensCannotBeCountedIsKept() {
		PrefixStableChatMemory stable = new PrefixStableChatMemory(new InMemoryChatMemoryRepository(), 100, 50, () -> {
			throw new IllegalStateException("no tokenizer");
		});
		Conversation spoken = new Conversation(stable, () -> "5").answer("One two").answer("Fine");
		TurnTranscript transcript = new TurnTranscript();
		spoken.prompt("Count", transcript).stream().content().blockLast(Conversation.TIMEOUT);
		transcript.heard(3);
		spoken.stream("Stop");
		assertThat(spoken.history()).containsExactly(ChatMessage.user("Count"), ChatMessage.assistant("One"),
				ChatMessage.user("Stop"), ChatMessage.assistant("Fine"));
	}

	private static final class CancellingSubscriber extends BaseSubscriber<ChatClientResponse> {

		private final Sinks.Empty<Void> done = Sinks.empty();

		@Override
		protected void hookOnSubscribe(Subscription subscription) {
			subscription.request(1);
		}

		@Override
		protected void hookOnNext(ChatClientResponse response) {
			cancel();
			this.done.tryEmitEmpty();
		}

	}

}
