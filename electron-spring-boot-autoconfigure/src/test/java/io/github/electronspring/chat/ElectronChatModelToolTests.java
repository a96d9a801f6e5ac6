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
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;

import io.github.electronspring.api.ElectronTransportException;
import io.github.electronspring.protocol.ChatMessage;
import io.github.electronspring.protocol.ToolCall;
import io.github.electronspring.protocol.ToolChoice;
import io.github.electronspring.protocol.ToolDefinition;
import io.github.electronspring.protocol.Usage;
import io.github.electronspring.turn.RoundFinished;
import io.github.electronspring.turn.SegmentKind;
import io.github.electronspring.turn.TurnEvent;
import io.github.electronspring.turn.TurnSettings;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Flux;
import reactor.test.StepVerifier;

import org.springframework.ai.chat.model.ChatResponse;
import org.springframework.ai.chat.model.MessageAggregator;
import org.springframework.ai.chat.prompt.Prompt;
import org.springframework.ai.model.tool.ToolExecutionResult;
import org.springframework.ai.tool.ToolCallback;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for the tools of {@link ElectronChatModel}.
 *
 * @author The Electron Spring authors
 */
class ElectronChatModelToolTests {

	private static final Duration TIMEOUT = Duration.ofSeconds(5);

	private final FakeElectronApi api = new FakeElectronApi();

	private final ElectronChatModel model = ElectronChatModel.builder(this.api)
		.registeredTools(() -> List.of(TestTools.returning("weather", "sunny"), TestTools.direct("news", "none")))
		.turnSettings(TurnSettings.defaults().withToolExecutor(Runnable::run))
		.build();

	@Test
	void callExecutesToolsAndReturnsTheLastRound() {
		this.api.call("One moment", "weather", "{}").answer("It is sunny");
		ChatResponse response = this.model.call(new Prompt("Weather?"));
		assertThat(response.getResult().getOutput().getText()).isEqualTo("It is sunny");
		assertThat(response.hasToolCalls()).isFalse();
		assertThat(response.getMetadata().getUsage().getNativeUsage()).isEqualTo(Usage.of(30, 12, 8));
		assertThat(response.getMetadata().<Integer>get(ElectronMetadata.ROUND)).isEqualTo(2);
		assertThat(response.getMetadata().<String>get(ElectronMetadata.REQUEST_ID)).isEqualTo("req-2");
		List<RoundFinished> rounds = response.getMetadata().get(ElectronMetadata.ROUNDS);
		assertThat(rounds).extracting((round) -> round.message().content())
			.containsExactly("One moment", "It is sunny");
		assertThat(rounds).extracting(RoundFinished::kind).containsExactly(SegmentKind.FILLER, SegmentKind.ANSWER);
	}

	@Test
	void toolsKnowWhenTheTurnHasToEnd() {
		this.api.call("One moment", "weather", "{}").answer("It is sunny");
		Instant before = Instant.now();
		this.model
			.call(new Prompt("Weather?", ElectronChatOptions.builder().turnTimeout(Duration.ofSeconds(20)).build()));
		assertThat(this.api.contexts).hasSize(2)
			.allSatisfy((context) -> assertThat(context.deadline()).isBetween(before.plusSeconds(20),
					Instant.now().plusSeconds(20)));
	}

	@Test
	void turnEndsWhenItsTimeIsOver() {
		this.api.call("One moment", "slow", "{}").answer("It is sunny");
		CountDownLatch release = new CountDownLatch(1);
		ToolCallback slow = TestTools.of("slow", false, (context) -> {
			await(release);
			return "late";
		});
		Prompt prompt = new Prompt("Weather?",
				ElectronChatOptions.builder().toolCallbacks(slow).turnTimeout(Duration.ofSeconds(5)).build());
		ElectronChatModel model = ElectronChatModel.builder(this.api).build();
		StepVerifier.withVirtualTime(() -> model.stream(prompt).ignoreElements())
			.expectSubscription()
			.expectNoEvent(Duration.ofSeconds(4))
			.thenAwait(Duration.ofSeconds(2))
			.expectErrorSatisfies((ex) -> assertThat(ex).isInstanceOf(ElectronTransportException.class)
				.hasMessageStartingWith("The turn did not end before its deadline ('electron.chat.turn-timeout'"))
			.verify(TIMEOUT);
		release.countDown();
	}

	@Test
	void lateResultOfAToolIsCounted() throws InterruptedException {
		this.api.call("One moment", "slow", "{}").answer("It is sunny");
		CountDownLatch started = new CountDownLatch(1);
		AtomicBoolean release = new AtomicBoolean();
		ToolCallback deaf = TestTools.of("slow", false, (context) -> {
			started.countDown();
			while (!release.get()) {
				Thread.onSpinWait();
			}
			return "late";
		});
		ExecutorService executor = Executors.newCachedThreadPool();
		ElectronChatModel model = ElectronChatModel.builder(this.api)
			.turnSettings(TurnSettings.defaults().withToolExecutor(executor))
			.build();
		Prompt prompt = new Prompt("Weather?", ElectronChatOptions.builder().toolCallbacks(deaf).build());
		StepVerifier.withVirtualTime(() -> model.stream(prompt).ignoreElements())
			.expectSubscription()
			.then(() -> await(started))
			.thenAwait(Duration.ofSeconds(9))
			.expectComplete()
			.verify(TIMEOUT);
		release.set(true);
		executor.shutdown();
		assertThat(executor.awaitTermination(5, TimeUnit.SECONDS)).isTrue();
		assertThat(model.getLateToolResults()).isOne();
	}

	private static void await(CountDownLatch latch) {
		try {
			latch.await();
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
		}
	}

	@Test
	void secondRequestHoldsTheCallAndItsResult() {
		this.api.call("One moment", "weather", "{\"a\": 1}").answer("It is sunny");
		this.model.call(new Prompt("Weather?"));
		assertThat(this.api.requests.get(1).messages()).containsExactly(ChatMessage.user("Weather?"),
				ChatMessage.assistant("One moment",
						List.of(ToolCall.function("call-weather", "weather", "{\"a\": 1}"))),
				ChatMessage.tool("call-weather", "sunny"));
		assertThat(this.api.requests.get(1).tools()).isEqualTo(this.api.requests.get(0).tools())
			.extracting((tool) -> tool.function().name())
			.containsExactly("news", "weather");
	}

	@Test
	void streamHandsOnFillerAndAnswerButNoToolCalls() {
		this.api.call("One moment", "weather", "{}").answer("It is ", "sunny");
		List<ChatResponse> responses = this.model.stream(new Prompt("Weather?")).collectList().block(TIMEOUT);
		assertThat(responses).noneMatch(ChatResponse::hasToolCalls);
		assertThat(responses).extracting((response) -> response.getResult().getOutput().getText())
			.containsExactly("One moment", "", "It is ", "sunny", "");
		assertThat(responses).extracting((response) -> response.getMetadata().<Integer>get(ElectronMetadata.ROUND))
			.containsExactly(1, 1, 2, 2, 2);
		assertThat(responses)
			.extracting((response) -> response.getMetadata().<SegmentKind>get(ElectronMetadata.SEGMENT))
			.containsExactly(null, SegmentKind.FILLER, null, null, SegmentKind.ANSWER);
		assertThat(responses).extracting((response) -> response.getMetadata().getUsage().getTotalTokens())
			.containsExactly(0, 0, 0, 0, 38);
		assertThat(responses).extracting((response) -> response.getResult().getMetadata().getFinishReason())
			.containsExactly(null, null, null, null, "stop");
	}

	@Test
	void aggregatorOfSpringAiSeesTheSumOfTheTurn() {
		this.api.call("One moment", "weather", "{}").answer("It is sunny");
		AtomicReference<ChatResponse> whole = new AtomicReference<>();
		new MessageAggregator().aggregate(this.model.stream(new Prompt("Weather?")), whole::set).blockLast(TIMEOUT);
		assertThat(whole.get().getMetadata().getUsage().getTotalTokens()).isEqualTo(38);
		assertThat(whole.get().hasToolCalls()).isFalse();
	}

	@Test
	void toolsSeeTheToolContext() {
		AtomicReference<Map<String, Object>> seen = new AtomicReference<>();
		this.api.call("", "who", "{}").answer("You");
		this.model.call(new Prompt("Who?",
				ElectronChatOptions.builder()
					.toolContext(Map.of("tenant", "acme"))
					.toolCallbacks(TestTools.of("who", false, (context) -> {
						seen.set(context.getContext());
						return "me";
					}))
					.build()));
		assertThat(seen.get()).containsEntry("tenant", "acme");
	}

	@Test
	void toolsRunOnTheExecutorOfTheModel() {
		AtomicReference<String> thread = new AtomicReference<>();
		ExecutorService executor = Executors.newSingleThreadExecutor((task) -> new Thread(task, "tools-1"));
		this.api.call("", "who", "{}").answer("You");
		this.model.mutate()
			.turnSettings(TurnSettings.defaults().withToolExecutor(executor))
			.maxToolRounds(1)
			.registeredTools(() -> List.of(TestTools.of("who", false, (context) -> {
				thread.set(Thread.currentThread().getName());
				return "me";
			})))
			.build()
			.call(new Prompt("Who?"));
		executor.shutdown();
		assertThat(thread.get()).startsWith("tools-");
	}

	@Test
	void toolOfTheCallWinsOverTheRegisteredOne() {
		this.api.call("", "weather", "{}").answer("It rains");
		this.model.call(new Prompt("Weather?",
				ElectronChatOptions.builder().toolCallbacks(TestTools.returning("weather", "rain")).build()));
		assertThat(this.api.requests.get(1).messages()).last().isEqualTo(ChatMessage.tool("call-weather", "rain"));
	}

	@Test
	void noNamesMeansNoRegisteredTools() {
		this.api.answer("No idea");
		this.model.call(new Prompt("Weather?",
				ElectronChatOptions.builder()
					.toolNames(Collections.emptySet())
					.toolChoice(ToolChoice.REQUIRED)
					.build()));
		assertThat(this.api.requests.get(0).tools()).isEmpty();
		assertThat(this.api.requests.get(0).toolChoice()).isNull();
	}

	@Test
	void resultOfADirectToolIsTheAnswer() {
		this.api.call("One moment", "news", "{}").call("One moment", "news", "{}");
		ChatResponse response = this.model.call(new Prompt("News?"));
		assertDirect(response, "none");
		List<ChatResponse> responses = this.model.stream(new Prompt("News?")).collectList().block(TIMEOUT);
		assertThat(responses).hasSize(3);
		assertDirect(responses.get(2), "none");
		assertThat(this.api.requests).hasSize(2);
	}

	private void assertDirect(ChatResponse response, String result) {
		assertThat(response.getResults()).hasSize(1);
		assertThat(response.hasToolCalls()).isFalse();
		assertThat(response.getResult().getOutput().getText()).isEqualTo(result);
		assertThat(response.getResult().getMetadata().getFinishReason()).isEqualTo(ToolExecutionResult.FINISH_REASON);
		assertThat(response.getResult().getMetadata().<String>get(ToolExecutionResult.METADATA_TOOL_NAME))
			.isEqualTo("news");
		assertThat(response.getResult().getMetadata().<String>get(ToolExecutionResult.METADATA_TOOL_ID))
			.isEqualTo("call-news");
	}

	@Test
	void eachDirectResultIsAGeneration() {
		this.api.play(Flux.just(FakeElectronApi.toolCall(0, "1", "news", "{}"),
				FakeElectronApi.toolCall(1, "2", "news", "{}"), FakeElectronApi.finish("tool_calls", null)));
		ChatResponse response = this.model.call(new Prompt("News?"));
		assertThat(response.getResults()).extracting((result) -> result.getOutput().getText())
			.containsExactly("none", "none");
		assertThat(response.getResults())
			.extracting((result) -> result.getMetadata().<String>get(ToolExecutionResult.METADATA_TOOL_ID))
			.containsExactly("1", "2");
	}

	@Test
	void callerGetsToolCallsInCallerMode() {
		this.api.call("One moment", "weather", "{}").call("One moment", "weather", "{}");
		Prompt prompt = new Prompt("Weather?",
				ElectronChatOptions.builder().toolExecution(ToolExecutionMode.CALLER).build());
		ChatResponse response = this.model.call(prompt);
		assertThat(response.getResult().getOutput().getText()).isEqualTo("One moment");
		assertThat(response.getResult().getOutput().getToolCalls()).singleElement()
			.satisfies((call) -> assertThat(call.name()).isEqualTo("weather"));
		assertThat(response.getResult().getMetadata().getFinishReason()).isEqualTo("tool_calls");
		List<ChatResponse> responses = this.model.stream(prompt).collectList().block(TIMEOUT);
		assertThat(responses).extracting((chunk) -> chunk.getResult().getOutput().getText())
			.containsExactly("One moment", "");
		assertThat(responses).extracting(ChatResponse::hasToolCalls).containsExactly(false, true);
		assertThat(this.api.requests).hasSize(2);
	}

	@Test
	void callsLeftAfterTheLastRoundAreNotOpen() {
		this.api.call("One moment", "weather", "{}").call("Again", "weather", "{}");
		ChatResponse response = this.model
			.call(new Prompt("Weather?", ElectronChatOptions.builder().maxToolRounds(1).build()));
		assertThat(response.hasToolCalls()).isFalse();
		assertThat(response.getResult().getOutput().getText()).isEqualTo("Again");
		assertThat(this.api.requests.get(1).toolChoice()).isEqualTo(ToolChoice.NONE);
	}

	@Test
	void listenersLearnOfEachEvent() {
		List<String> events = new ArrayList<>();
		this.api.call("One moment", "weather", "{}").answer("Sunny");
		this.model.mutate()
			.turnListeners(List.of((event) -> events.add("model " + name(event))))
			.build()
			.call(new Prompt("Weather?",
					ElectronChatOptions.builder().turnListeners((event) -> events.add("call " + name(event))).build()));
		assertThat(events).startsWith("model RoundStarted", "call RoundStarted", "model TextReceived",
				"call TextReceived");
		// The end of a round and that of its tool come in either order
		assertThat(events).filteredOn((event) -> event.startsWith("call"))
			.hasSize(10)
			.startsWith("call RoundStarted", "call TextReceived", "call ToolCallsBegun", "call ToolCallStarted")
			.contains("call ToolCallFinished")
			.endsWith("call RoundStarted", "call TextReceived", "call RoundFinished", "call TurnFinished");
	}

	@Test
	void definitionsHaveTheSameBytesEachTime() {
		this.api.answer("1").answer("2");
		this.model.call(new Prompt("Hi"));
		this.model.call(new Prompt("Hi"));
		assertThat(this.api.requests.get(0).tools()).isEqualTo(this.api.requests.get(1).tools())
			.contains(ToolDefinition.function("weather", "The tool weather", "{\"type\":\"object\"}"));
	}

	private static String name(TurnEvent event) {
		return event.getClass().getSimpleName();
	}

}
