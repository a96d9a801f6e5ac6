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

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

import io.github.electronspring.chat.ElectronChatOptions;
import io.github.electronspring.chat.ToolExecutionMode;
import io.github.electronspring.protocol.ChatMessage;
import io.github.electronspring.protocol.Chunks;
import io.github.electronspring.protocol.ToolCall;
import io.micrometer.context.ContextRegistry;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;
import reactor.test.StepVerifier;

import org.springframework.ai.chat.client.AdvisorParams;
import org.springframework.ai.chat.client.advisor.SafeGuardAdvisor;
import org.springframework.ai.chat.memory.ChatMemory;
import org.springframework.ai.chat.messages.ToolResponseMessage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

/**
 * Tests for {@link ElectronChatMemoryAdvisor}.
 *
 * @author The Electron Spring authors
 */
class ElectronChatMemoryAdvisorTests {

	private static final ToolCall BALANCE = ToolCall.function("call-balance", "balance", "{ }");

	private static final ToolCall LIMIT = ToolCall.function("call-limit", "limit", "{ }");

	private static final List<ChatMessage> TOOL_TURN = List.of(ChatMessage.user("Balance?"),
			ChatMessage.assistant("One moment. ", List.of(BALANCE, LIMIT)), ChatMessage.tool("call-balance", "5"),
			ChatMessage.tool("call-limit", "10"), ChatMessage.assistant("You have 5"));

	private final RecordingMemory memory = new RecordingMemory();

	private final Conversation conversation = new Conversation(this.memory, () -> "5");

	@Test
	void callWritesTheWholeTurnOnce() {
		this.conversation.call("One moment. ", "balance", "limit").answer("You have ", "5");
		assertThat(this.conversation.say("Balance?")).isEqualTo("You have 5");
		assertThat(this.conversation.history()).isEqualTo(TOOL_TURN);
		assertThat(this.memory.additions).hasValue(1);
	}

	@Test
	void streamWritesTheWholeTurnOnce() {
		this.conversation.call("One moment. ", "balance", "limit").answer("You have ", "5");
		assertThat(this.conversation.stream("Balance?")).contains("One moment. ", "5");
		assertThat(this.conversation.history()).isEqualTo(TOOL_TURN);
		assertThat(this.memory.additions).hasValue(1);
	}

	@Test
	void turnOfEventsIsWrittenToo() {
		this.conversation.call("One moment. ", "balance", "limit").answer("You have ", "5");
		this.conversation.client()
			.turn((spec) -> spec.user("Balance?")
				.advisors((advisors) -> advisors.param(ChatMemory.CONVERSATION_ID, Conversation.ID)))
			.blockLast(Conversation.TIMEOUT);
		assertThat(this.conversation.history()).isEqualTo(TOOL_TURN);
	}

	@Test
	void historyComesBetweenInstructionsAndPrompt() {
		this.conversation.call("One moment. ", "balance", "limit").answer("You have ", "5").answer("Bye");
		this.conversation.say("Balance?");
		this.conversation.stream("Thanks");
		List<ChatMessage> expected = new ArrayList<>(List.of(ChatMessage.system("Be brief")));
		expected.addAll(TOOL_TURN);
		expected.add(ChatMessage.user("Thanks"));
		assertThat(this.conversation.api.requests().get(2).messages()).isEqualTo(expected);
	}

	@Test
	void callThatFailsBeforeAnythingIsSaidLeavesNoTrace() {
		this.conversation.api.respond(Flux.error(new IllegalStateException("down")));
		assertThatExceptionOfType(RuntimeException.class).isThrownBy(() -> this.conversation.say("Hello"));
		assertThat(this.conversation.history()).isEmpty();
	}

	@Test
	void streamThatFailsBeforeAnythingIsSaidLeavesNoTrace() {
		this.conversation.api.respond(Flux.error(new IllegalStateException("down")));
		StepVerifier.create(this.conversation.prompt("Hello").stream().content())
			.expectErrorMessage("down")
			.verify(Conversation.TIMEOUT);
		assertThat(this.conversation.history()).isEmpty();
	}

	@Test
	void turnThatFailsLaterKeepsWhatWasSaidAndDone() {
		this.conversation.call("One moment. ", "balance", "limit");
		this.conversation.api
			.respond(Flux.just(Chunks.text("You ")).concatWith(Flux.error(new IllegalStateException("down"))));
		assertThatExceptionOfType(RuntimeException.class).isThrownBy(() -> this.conversation.say("Balance?"));
		assertThat(this.conversation.history().subList(0, 4)).isEqualTo(TOOL_TURN.subList(0, 4));
		assertThat(this.conversation.history()).last().isEqualTo(ChatMessage.assistant("You "));
		this.conversation.api
			.respond(Flux.just(Chunks.text("Hel")).concatWith(Flux.error(new IllegalStateException("down"))));
		StepVerifier.create(this.conversation.prompt("Hello").stream().content())
			.expectNext("Hel")
			.expectErrorMessage("down")
			.verify(Conversation.TIMEOUT);
		assertThat(this.conversation.history()).last().isEqualTo(ChatMessage.assistant("Hel"));
	}

	@Test
	void withoutAConversationACallFails() {
		assertThatIllegalArgumentException()
			.isThrownBy(() -> this.conversation.client().prompt("Hello").call().content())
			.withMessage("The call has no conversation: set the advisor parameter 'chat_memory_conversation_id'"
					+ " (ChatMemory.CONVERSATION_ID), which is 'null'");
		StepVerifier.create(this.conversation.client().prompt("Hello").stream().content())
			.expectError(IllegalArgumentException.class)
			.verify(Conversation.TIMEOUT);
		assertThat(this.conversation.api.requests()).isEmpty();
	}

	@Test
	void answerOfAnAdvisorIsKept() {
		Conversation guarded = new Conversation(this.memory, () -> "5",
				SafeGuardAdvisor.builder().sensitiveWords(List.of("bomb")).failureResponse("No").build());
		guarded.say("bomb");
		guarded.stream("bomb!");
		assertThat(guarded.history()).containsExactly(ChatMessage.user("bomb"), ChatMessage.assistant("No"),
				ChatMessage.user("bomb!"), ChatMessage.assistant("No"));
	}

	@Test
	void callsThatTheCallerExecutesAreAnsweredByTheNextPrompt() {
		this.conversation.call("One moment. ", "balance", "limit").answer("You have 5");
		this.conversation.prompt("Balance?")
			.advisors(AdvisorParams.toolCallingAdvisorAutoRegister(false))
			.call()
			.chatResponse();
		assertThat(this.conversation.history()).isEqualTo(TOOL_TURN.subList(0, 2));
		this.conversation.client()
			.prompt()
			.messages(ToolResponseMessage.builder()
				.responses(List.of(new ToolResponseMessage.ToolResponse("call-balance", "balance", "5"),
						new ToolResponseMessage.ToolResponse("call-limit", "limit", "10")))
				.build())
			.advisors((spec) -> spec.param(ChatMemory.CONVERSATION_ID, Conversation.ID))
			.call()
			.content();
		assertThat(this.conversation.history()).isEqualTo(TOOL_TURN);
	}

	@Test
	void callsThatNobodyAnswersDoNotBreakTheConversation() {
		this.conversation.call("One moment. ", "balance").answer("Fine").answer("Bye");
		this.conversation.prompt("Balance?")
			.options(ElectronChatOptions.builder().toolExecution(ToolExecutionMode.CALLER))
			.advisors(AdvisorParams.toolCallingAdvisorAutoRegister(false))
			.call()
			.chatResponse();
		this.conversation.say("Never mind");
		this.conversation.say("Bye");
		assertThat(this.conversation.history()).extracting(ChatMessage::role)
			.containsExactly("user", "assistant", "user", "assistant", "user", "assistant");
		assertThat(this.conversation.api.requests().get(1).messages().subList(3, 5)).containsExactly(
				ChatMessage.tool("call-balance", OpenCallTexts.ENDED.unanswered("balance")),
				ChatMessage.user("Never mind"));
		assertThat(this.conversation.sent(2).subList(0, 5)).isEqualTo(this.conversation.sent(1));
	}

	@Test
	void turnsAtTheSameTimeAreWrittenWhole() {
		int turns = 40;
		for (int i = 0; i < turns; i++) {
			this.conversation.answer("A", "B");
		}
		Flux.range(0, turns)
			.flatMap((i) -> this.conversation.prompt("Q" + i).stream().content().then(), turns)
			.blockLast(Conversation.TIMEOUT);
		assertThat(this.conversation.history()).hasSize(2 * turns);
		for (int i = 0; i < turns; i++) {
			assertThat(this.conversation.history().get(2 * i).content()).startsWith("Q");
			assertThat(this.conversation.history().get(2 * i + 1)).isEqualTo(ChatMessage.assistant("AB"));
		}
	}

	@Test
	void failureOfTheRepositoryFailsTheTurn() {
		this.memory.beforeAdding = () -> {
			throw new IllegalStateException("full");
		};
		this.conversation.answer("Hello").answer("Hello");
		assertThatExceptionOfType(IllegalStateException.class).isThrownBy(() -> this.conversation.say("Hi"))
			.withMessage("full");
		StepVerifier.create(this.conversation.prompt("Hi").stream().content())
			.expectNext("Hello")
			.expectErrorMessage("full")
			.verify(Conversation.TIMEOUT);
	}

	@Test
	void failureOfTheRepositoryDoesNotHideThatOfTheTurn() {
		this.memory.beforeAdding = () -> {
			throw new IllegalStateException("full");
		};
		this.conversation.api
			.respond(Flux.just(Chunks.text("Hel")).concatWith(Flux.error(new IllegalStateException("down"))));
		StepVerifier.create(this.conversation.prompt("Hi").stream().content())
			.expectNext("Hel")
			.expectErrorSatisfies((ex) -> assertThat(ex).hasMessage("down")
				.satisfies((failure) -> assertThat(failure.getSuppressed())
					.anySatisfy((suppressed) -> assertThat(suppressed).hasMessageContaining("full"))))
			.verify(Conversation.TIMEOUT);
	}

	@Test
	void sameFailureOfTurnAndRepositoryIsThatOfTheTurn() {
		IllegalStateException down = new IllegalStateException("down");
		this.memory.beforeAdding = () -> {
			throw down;
		};
		for (int i = 0; i < 2; i++) {
			this.conversation.api.respond(Flux.just(Chunks.text("Hel")).concatWith(Flux.error(down)));
		}
		StepVerifier.create(this.conversation.prompt("Hi").stream().content())
			.expectNext("Hel")
			.expectErrorMessage("down")
			.verify(Conversation.TIMEOUT);
		assertThatExceptionOfType(IllegalStateException.class).isThrownBy(() -> this.conversation.say("Hi"))
			.withMessage("down");
	}

	@Test
	void transcriptOfAnotherTurnBeginsAgain() {
		this.conversation.answer("One").answer("Two");
		TurnTranscript transcript = new TurnTranscript();
		this.conversation.prompt("Count", transcript).stream().content().blockLast(Conversation.TIMEOUT);
		this.conversation.prompt("Count", transcript).call().content();
		assertThat(this.conversation.history()).containsExactly(ChatMessage.user("Count"), ChatMessage.assistant("One"),
				ChatMessage.user("Count"), ChatMessage.assistant("Two"));
	}

	@Test
	void callThatSpringAiExecutesMayHaveBeenCarriedOut() {
		this.conversation.call("One moment. ", "balance").answer("You have 5");
		this.conversation.prompt("Balance?")
			.options(ElectronChatOptions.builder().toolExecution(ToolExecutionMode.CALLER))
			.toolCallbacks(Conversation.tool("balance", () -> "5"))
			.call()
			.content();
		assertThat(this.conversation.history()).containsExactly(ChatMessage.user("Balance?"),
				ChatMessage.assistant("One moment. ", List.of(BALANCE)),
				ChatMessage.tool("call-balance", OpenCallTexts.ENDED.unanswered("balance")),
				ChatMessage.assistant("You have 5"));
	}

	@Test
	void turnsAtTheSameTimeDoNotBreakAConversationWithOpenCalls() {
		this.conversation.call("One moment. ", "balance");
		this.conversation.prompt("Balance?")
			.advisors(AdvisorParams.toolCallingAdvisorAutoRegister(false))
			.call()
			.chatResponse();
		Sinks.Empty<Void> late = Sinks.empty();
		this.conversation.api
			.respond(Flux.just(Chunks.text("Hurrying"), Chunks.finish("stop")).delaySubscription(late.asMono()));
		this.conversation.answer("You have 5").answer("Yes").answer("Bye");
		Mono<List<String>> hurry = this.conversation.prompt("Hurry").stream().content().collectList().cache();
		hurry.subscribe();
		this.conversation.awaitRequests(2);
		result("call-balance", "5");
		late.tryEmitEmpty();
		hurry.block(Conversation.TIMEOUT);
		result("call-balance", "5 again");
		this.conversation.say("Thanks");
		assertThat(this.conversation.api.requests().get(4).messages()).containsExactly(ChatMessage.system("Be brief"),
				ChatMessage.user("Balance?"), ChatMessage.assistant("One moment. ", List.of(BALANCE)),
				ChatMessage.tool("call-balance", "5"), ChatMessage.assistant("You have 5"), ChatMessage.user("Hurry"),
				ChatMessage.assistant("Hurrying"), ChatMessage.assistant("Yes"), ChatMessage.user("Thanks"));
	}

	private void result(String id, String result) {
		this.conversation.client()
			.prompt()
			.messages(ToolResponseMessage.builder()
				.responses(List.of(new ToolResponseMessage.ToolResponse(id, "balance", result)))
				.build())
			.advisors((spec) -> spec.param(ChatMemory.CONVERSATION_ID, Conversation.ID))
			.call()
			.content();
	}

	@Test
	void transcriptThatListensAlreadyHearsEachEventOnce() {
		TurnTranscript transcript = new TurnTranscript();
		this.conversation.answer("Hello");
		this.conversation.prompt("Hi", transcript)
			.options(ElectronChatOptions.builder().turnListeners(transcript))
			.call()
			.content();
		assertThat(transcript.text()).isEqualTo("Hello");
	}

	@Test
	void memoryIsWrittenInTheContextOfTheCaller() {
		ThreadLocal<String> tenant = new ThreadLocal<>();
		List<String> tenants = new CopyOnWriteArrayList<>();
		this.memory.beforeReading = () -> tenants.add("read by " + tenant.get());
		this.memory.beforeAdding = () -> tenants.add("written by " + tenant.get());
		ContextRegistry.getInstance().registerThreadLocalAccessor("tenant", tenant);
		try {
			this.conversation.answer("Hello").answer("Hello");
			this.conversation.prompt("Hi")
				.stream()
				.content()
				.contextWrite((context) -> context.put("tenant", "Ada"))
				.blockLast(Conversation.TIMEOUT);
			tenant.set("Bea");
			this.conversation.stream("Hi");
		}
		finally {
			ContextRegistry.getInstance().removeThreadLocalAccessor("tenant");
		}
		assertThat(tenants).containsExactly("read by Ada", "written by Ada", "read by Bea", "written by Bea");
	}

}
