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

package io.github.electronspring.turn;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

import io.github.electronspring.api.CallContext;
import io.github.electronspring.api.FakeElectronApi;
import io.github.electronspring.api.ResponseInfo;
import io.github.electronspring.protocol.ChatCompletionChunk;
import io.github.electronspring.protocol.ChatCompletionRequest;
import io.github.electronspring.protocol.ChatMessage;
import io.github.electronspring.protocol.ChatMessageDelta;
import io.github.electronspring.protocol.Chunks;
import io.github.electronspring.protocol.ResponseFormat;
import io.github.electronspring.protocol.ToolCall;
import io.github.electronspring.protocol.ToolChoice;
import io.github.electronspring.protocol.ToolDefinition;
import io.github.electronspring.protocol.Usage;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import reactor.core.Disposable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;
import reactor.test.StepVerifier;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

/**
 * Tests for {@link TurnEngine}.
 *
 * @author The Electron Spring authors
 */
class TurnEngineTests {

	private static final Duration TIMEOUT = Duration.ofSeconds(5);

	private static final ChatCompletionChunk FILLER = Chunks.text("One moment. ");

	private static final ToolCall A = ToolCall.function("a", "balance", "{ \"id\":1}");

	private static final ToolCall B = ToolCall.function("b", "rate", "{}");

	private final FakeElectronApi api = new FakeElectronApi();

	private final TurnEngine engine = new TurnEngine(this.api, Schedulers.immediate());

	@Test
	void turnWithoutToolsIsOneRound() {
		this.api.respond(Chunks.role(), Chunks.text("Hel"), Chunks.text("lo"), Chunks.finish("stop"),
				Chunks.usage(3, 1, 2));
		List<TurnEvent> events = run(request());
		assertThat(names(events)).containsExactly("RoundStarted 1", "'Hel'", "'lo'", "RoundFinished 1 ANSWER",
				"TurnFinished 1");
		TurnFinished finished = last(events);
		assertThat(finished.messages()).containsExactly(ChatMessage.assistant("Hello"));
		assertThat(finished.usage()).isEqualTo(Usage.of(3, 1, 2));
		assertThat(finished.directResult()).isNull();
		assertThat(finished.rounds()).containsExactly((RoundFinished) events.get(3));
		assertThat(finished.rounds().get(0).response().requestId()).isEqualTo("req-1");
		assertThat(finished.rounds().get(0).completion().choice().finishReason()).isEqualTo("stop");
	}

	@Test
	void eventsOfAToolTurnComeInOrder() {
		respondWithCalls(A, B).respond(Chunks.text("Done"), Chunks.finish("stop"), Chunks.usage(20, 10, 1));
		List<TurnEvent> events = run(request(), FakeTool.returning("balance", "100"), FakeTool.returning("rate", "2"));
		assertThat(names(events)).containsExactly("RoundStarted 1", "'One moment. '", "RoundFinished 1 FILLER",
				"ToolCallStarted 1 a", "ToolCallFinished 1 a=100", "ToolCallStarted 1 b", "ToolCallFinished 1 b=2",
				"RoundStarted 2", "'Done'", "RoundFinished 2 ANSWER", "TurnFinished 2");
		TurnFinished finished = last(events);
		assertThat(finished.usage()).isEqualTo(Usage.of(30, 10, 6));
		assertThat(finished.rounds()).extracting(RoundFinished::round).containsExactly(1, 2);
		assertThat(this.api.requests()).hasSize(2);
	}

	@Test
	void historyHasTheMessageByteForByteAndThenOneResultForEachCallInOrder() {
		respondWithCalls(A, B).respond(Chunks.text("Done"));
		List<TurnEvent> events = run(request(), FakeTool.returning("rate", "2"), FakeTool.returning("balance", "100"));
		ChatMessage[] added = { ChatMessage.assistant("One moment. ", List.of(A, B)), ChatMessage.tool("a", "100"),
				ChatMessage.tool("b", "2") };
		assertThat(this.api.requests().get(0).messages()).containsExactly(ChatMessage.user("Hi"));
		assertThat(this.api.requests().get(1).messages()).startsWith(ChatMessage.user("Hi")).endsWith(added).hasSize(4);
		assertThat(last(events).messages()).startsWith(added).endsWith(ChatMessage.assistant("Done")).hasSize(4);
	}

	@Test
	void requestsOfATurnDifferInTheirMessagesOnly() {
		respondWithCalls(A).respond(Chunks.text("Done"));
		ChatCompletionRequest first = builder().temperature(0.5).extraBody(Map.of("x", 1)).build();
		run(TurnRequest.of(first), FakeTool.returning("balance", "100"));
		ChatCompletionRequest second = this.api.requests().get(1);
		assertThat(second.mutate().messages(first.messages()).build()).isEqualTo(this.api.requests().get(0));
		assertThat(second.mutate().messages(first.messages()).tools(List.of()).build()).isEqualTo(first);
	}

	@Test
	void toolsFollowThoseOfTheRequestSortedByName() {
		this.api.respond(Chunks.text("Hi"));
		ToolDefinition own = ToolDefinition.function("z", "own", null);
		ToolDefinition same = ToolDefinition.function("b", "own", null);
		run(TurnRequest.of(builder().tools(List.of(own, same)).build()), FakeTool.returning("c", ""),
				FakeTool.returning("b", ""), FakeTool.returning("a", ""));
		List<ToolDefinition> tools = this.api.requests().get(0).tools();
		assertThat(tools).extracting((tool) -> tool.function().name()).containsExactly("z", "b", "a", "c");
		assertThat(tools).startsWith(own, same);
	}

	@Test
	void severalToolsOfOneNameAreRefused() {
		List<TurnTool> tools = List.of(FakeTool.returning("a", ""), FakeTool.returning("a", ""));
		assertThatIllegalArgumentException().isThrownBy(() -> this.engine.run(request(), tools))
			.withMessage("Several tools of the turn are named 'a'");
	}

	@Test
	void negativeRoundsAreRefused() {
		assertThatIllegalArgumentException().isThrownBy(() -> maxRounds(builder(), -1))
			.withMessage("'maxRounds' must not be negative but is '-1'");
	}

	@Test
	void textIsNotHeldBackUntilTheRoundEnds() {
		this.api.respond(Flux.just(Chunks.text("One")).concatWith(Flux.never()));
		StepVerifier.create(this.engine.run(request(), List.of(FakeTool.returning("balance", "100"))))
			.expectNextCount(1)
			.expectNextMatches((event) -> event instanceof TextReceived text && text.text().equals("One"))
			.thenCancel()
			.verify(TIMEOUT);
		assertThat(this.api.cancellations()).isOne();
	}

	@Test
	void noMoreIsRequestedThanTheSubscriberAsksFor() {
		AtomicInteger produced = new AtomicInteger();
		this.api.respond(Flux.range(0, 1000)
			.map((i) -> Chunks.text("x"))
			.concatWithValues(call(A))
			.doOnNext((chunk) -> produced.incrementAndGet()));
		FakeTool tool = FakeTool.returning("balance", "100");
		StepVerifier.create(this.engine.run(request(), List.of(tool)), 0)
			.thenRequest(3)
			.expectNextCount(3)
			.then(() -> assertThat(produced).hasValue(2))
			.thenRequest(999)
			.expectNextCount(999)
			.then(() -> assertThat(tool.calls()).isEmpty())
			.thenRequest(1)
			.expectNextMatches(ToolCallStarted.class::isInstance)
			.thenCancel()
			.verify(TIMEOUT);
	}

	@Test
	void cancellingWhileTextComesSendsNoFurtherRequest() {
		this.api.respond(Flux.just(FILLER, call(A)).concatWith(Flux.never()));
		FakeTool tool = FakeTool.returning("balance", "100");
		StepVerifier.create(this.engine.run(request(), List.of(tool))).expectNextCount(2).thenCancel().verify(TIMEOUT);
		assertThat(this.api.cancellations()).isOne();
		assertThat(this.api.requests()).hasSize(1);
		assertThat(tool.calls()).isEmpty();
	}

	@Test
	void cancellingWhileAToolRunsCancelsIt() {
		respondWithCalls(A, B);
		AtomicInteger cancelled = new AtomicInteger();
		FakeTool slow = FakeTool.of("balance",
				(arguments, execution) -> Mono.<String>never().doOnCancel(cancelled::incrementAndGet));
		FakeTool next = FakeTool.returning("rate", "2");
		Disposable turn = this.engine.run(request(), List.of(slow, next)).subscribe();
		assertThat(slow.calls()).hasSize(1);
		turn.dispose();
		assertThat(cancelled).hasValue(1);
		assertThat(next.calls()).isEmpty();
		assertThat(this.api.requests()).hasSize(1);
	}

	@Test
	void subscribingAgainStartsClean() {
		respondWithCalls(A).respond(Chunks.text("1"));
		respondWithCalls(A).respond(Chunks.text("2"));
		Flux<TurnEvent> turn = this.engine.run(request(), List.of(FakeTool.returning("balance", "100")));
		assertThat(last(turn.collectList().block(TIMEOUT)).messages()).hasSize(3).contains(ChatMessage.assistant("1"));
		assertThat(last(turn.collectList().block(TIMEOUT)).messages()).hasSize(3).contains(ChatMessage.assistant("2"));
		assertThat(this.api.requests().get(2)).isEqualTo(this.api.requests().get(0));
	}

	@Test
	void failureOfARequestEndsTheTurn() {
		respondWithCalls(A)
			.respond(Flux.just(Chunks.text("Do")).concatWith(Flux.error(new IllegalStateException("broken"))));
		StepVerifier.create(this.engine.run(request(), List.of(FakeTool.returning("balance", "100"))))
			.expectNextCount(7)
			.expectErrorMessage("broken")
			.verify(TIMEOUT);
	}

	@Test
	void requestsAfterTheFirstContinueTheTurn() {
		respondWithCalls(A).respond(Chunks.text("Done"));
		List<ResponseInfo> responses = new ArrayList<>();
		CallContext context = CallContext.empty()
			.withConversationId("c")
			.withAttribute("x", 1)
			.withResponseListener(responses::add);
		List<TurnEvent> events = run(new TurnRequest(builder().build(), context, 4, true, Map.of(), List.of()),
				FakeTool.returning("balance", "100"));
		assertThat(this.api.contexts()).extracting(CallContext::continuesTurn).containsExactly(false, true);
		assertThat(this.api.contexts()).allSatisfy((sent) -> {
			assertThat(sent.conversationId()).isEqualTo("c");
			assertThat(sent.attributes()).isEqualTo(Map.of("x", 1));
		});
		assertThat(responses).extracting(ResponseInfo::requestId).containsExactly("req-1", "req-2");
		assertThat(last(events).rounds()).extracting((round) -> round.response().requestId())
			.containsExactly("req-1", "req-2");
	}

	@Test
	void callContextThatContinuesATurnStaysSo() {
		this.api.respond(Chunks.text("Done"));
		CallContext context = CallContext.empty().withContinuesTurn(true);
		run(new TurnRequest(builder().build(), context, 4, true, Map.of(), List.of()));
		assertThat(this.api.contexts().get(0).continuesTurn()).isTrue();
	}

	@Test
	void toolLearnsOfItsCall() {
		respondWithCalls(A, ToolCall.function("n", "none", " ")).respond(Chunks.text("Done"));
		List<ToolExecution> executions = new ArrayList<>();
		Instant deadline = Instant.EPOCH;
		FakeTool tool = FakeTool.of("balance", (arguments, execution) -> {
			executions.add(execution);
			return Mono.just(arguments);
		});
		FakeTool none = FakeTool.returning("none", "x");
		run(new TurnRequest(builder().build(), CallContext.empty().withDeadline(deadline), 4, true, Map.of("k", "v"),
				List.of()), tool, none);
		assertThat(executions).singleElement().satisfies((execution) -> {
			assertThat(execution.callId()).isEqualTo("a");
			assertThat(execution.round()).isOne();
			assertThat(execution.deadline()).isEqualTo(deadline);
			assertThat(execution.context()).isEqualTo(Map.of("k", "v"));
		});
		assertThat(tool.calls()).containsExactly("{ \"id\":1}");
		assertThat(none.calls()).containsExactly("{}");
	}

	@ParameterizedTest
	@ValueSource(strings = { "stop", "length", "" })
	void callsAreNotLostWhateverTheFinishReasonIs(String reason) {
		this.api.respond(call(A), Chunks.finish(reason)).respond(Chunks.text("Done"));
		FakeTool tool = FakeTool.returning("balance", "100");
		List<TurnEvent> events = run(request(), tool);
		assertThat(tool.calls()).hasSize(1);
		assertThat(last(events).messages().get(1)).isEqualTo(ChatMessage.tool("a", "100"));
	}

	@Test
	void callsAreLeftToTheCallerWhenToolsAreNotExecuted() {
		respondWithCalls(A);
		FakeTool tool = FakeTool.returning("balance", "100");
		List<TurnEvent> events = run(
				new TurnRequest(builder().build(), CallContext.empty(), 0, false, Map.of(), List.of()), tool);
		assertThat(names(events)).containsExactly("RoundStarted 1", "'One moment. '", "RoundFinished 1 FILLER",
				"TurnFinished 1");
		assertThat(last(events).messages()).containsExactly(ChatMessage.assistant("One moment. ", List.of(A)));
		assertThat(tool.calls()).isEmpty();
		assertThat(this.api.requests().get(0).tools()).hasSize(1);
		assertThat(this.api.requests().get(0).toolChoice()).isNull();
	}

	@Test
	void lastRoundAsksForAnAnswerWithoutTools() {
		respondWithCalls(A);
		respondWithCalls(A).respond(Chunks.text("Sorry"));
		List<TurnEvent> events = run(maxRounds(builder(), 2), FakeTool.returning("balance", "100"));
		assertThat(this.api.requests()).extracting(ChatCompletionRequest::toolChoice)
			.containsExactly(null, null, ToolChoice.NONE);
		assertThat(this.api.requests()).allSatisfy((request) -> assertThat(request.tools()).hasSize(1));
		assertThat(last(events).messages()).hasSize(5).endsWith(ChatMessage.assistant("Sorry"));
	}

	@Test
	void callsOfTheLastRoundAreAnsweredButNotExecuted() {
		respondWithCalls(A, B);
		FakeTool tool = FakeTool.returningDirectly("balance", "100");
		List<TurnEvent> events = run(maxRounds(builder(), 0), tool, FakeTool.returningDirectly("rate", "2"));
		String refused = "Not executed because too many rounds of tool calls have been made; answer with what is known";
		assertThat(names(events)).containsExactly("RoundStarted 1", "'One moment. '", "RoundFinished 1 FILLER",
				"ToolCallFailed 1 a=" + refused, "ToolCallFailed 1 b=" + refused, "TurnFinished 1");
		assertThat(last(events).messages()).hasSize(3).endsWith(ChatMessage.tool("b", refused));
		assertThat(last(events).directResult()).isNull();
		assertThat(tool.calls()).isEmpty();
	}

	@Test
	void lastRoundWithoutToolsHasNoToolChoice() {
		this.api.respond(Chunks.text("Hi"));
		run(maxRounds(builder(), 0));
		assertThat(this.api.requests().get(0).toolChoice()).isNull();
	}

	@Test
	void choiceThatForcesACallCountsForTheFirstRoundOnly() {
		respondWithCalls(A).respond(Chunks.text("Done"));
		run(maxRounds(builder().toolChoice(ToolChoice.REQUIRED), 4), FakeTool.returning("balance", "100"));
		respondWithCalls(A).respond(Chunks.text("Done"));
		run(maxRounds(builder().toolChoice(ToolChoice.function("balance")), 4), FakeTool.returning("balance", "100"));
		respondWithCalls(A).respond(Chunks.text("Done"));
		run(maxRounds(builder().toolChoice(ToolChoice.NONE), 4), FakeTool.returning("balance", "100"));
		assertThat(this.api.requests()).extracting(ChatCompletionRequest::toolChoice)
			.containsExactly(ToolChoice.REQUIRED, ToolChoice.AUTO, ToolChoice.function("balance"), ToolChoice.AUTO,
					ToolChoice.NONE, ToolChoice.NONE);
	}

	@Test
	void jsonModeIsAskedForWhereNoToolMayBeCalledOnly() {
		respondWithCalls(A).respond(Chunks.text("{}")).respond(Chunks.text("{}")).respond(Chunks.text("{}"));
		FakeTool tool = FakeTool.returning("balance", "100");
		ChatCompletionRequest.Builder json = builder().responseFormat(ResponseFormat.JSON_OBJECT);
		run(maxRounds(json, 1), tool);
		run(maxRounds(json, 4));
		run(maxRounds(json.toolChoice(ToolChoice.NONE), 4), tool);
		assertThat(this.api.requests()).extracting(ChatCompletionRequest::responseFormat)
			.containsExactly(null, ResponseFormat.JSON_OBJECT, ResponseFormat.JSON_OBJECT, ResponseFormat.JSON_OBJECT);
	}

	@Test
	void otherResponseFormatsAreKept() {
		this.api.respond(Chunks.text("Hi"));
		run(maxRounds(builder().responseFormat(ResponseFormat.TEXT), 4), FakeTool.returning("balance", "100"));
		assertThat(this.api.requests().get(0).responseFormat()).isEqualTo(ResponseFormat.TEXT);
	}

	@Test
	void directResultEndsTheTurn() {
		respondWithCalls(A, B);
		List<TurnEvent> events = run(request(), FakeTool.returningDirectly("balance", "100"),
				FakeTool.returningDirectly("rate", "2"));
		assertThat(last(events).directResult()).isEqualTo("100\n2");
		assertThat(last(events).messages()).hasSize(3).endsWith(ChatMessage.tool("b", "2"));
		assertThat(this.api.requests()).hasSize(1);
	}

	@Test
	void directResultGoesToTheModelWhenAnotherCallNeedsIt() {
		respondWithCalls(A, B).respond(Chunks.text("Done"));
		List<TurnEvent> events = run(request(), FakeTool.returningDirectly("balance", "100"),
				FakeTool.returning("rate", "2"));
		assertThat(last(events).directResult()).isNull();
		assertThat(this.api.requests()).hasSize(2);
	}

	@Test
	void failureOfADirectToolGoesToTheModel() {
		respondWithCalls(A).respond(Chunks.text("Sorry"));
		FakeTool tool = new FakeTool("balance", true, (arguments, execution) -> Mono.error(new RuntimeException("no")));
		List<TurnEvent> events = run(request(), tool);
		assertThat(last(events).directResult()).isNull();
		assertThat(last(events).messages()).contains(ChatMessage.tool("a", "Tool 'balance' failed: no"));
	}

	@Test
	void unknownToolIsAnsweredWithTheNamesThatExist() {
		this.api.respond(Chunks.call(0, "x", "weather", "{}"), call(A)).respond(Chunks.text("Done"));
		List<TurnEvent> events = run(request(), FakeTool.returning("rate", "2"), FakeTool.returning("balance", "100"));
		assertThat(names(events)).containsSubsequence(
				"ToolCallFailed 1 x=Unknown tool 'weather'; the tools are balance, rate", "ToolCallStarted 1 a");
	}

	@Test
	void toolWithADefinitionOnlyIsUnknown() {
		respondWithCalls(A).respond(Chunks.text("Done"));
		ToolDefinition definition = ToolDefinition.function("balance", null, null);
		List<TurnEvent> events = run(TurnRequest.of(builder().tools(List.of(definition)).build()));
		assertThat(names(events)).contains("ToolCallFailed 1 a=Unknown tool 'balance'; there are no tools");
	}

	@Test
	void toolThatThrowsOrReturnsNothingHasADefinedResult() {
		List<FakeTool> tools = List.of(FakeTool.of("t1", (arguments, execution) -> {
			throw new IllegalStateException("thrown");
		}), FakeTool.of("t2", (arguments, execution) -> Mono.error(new IllegalStateException("signalled"))),
				FakeTool.of("t3", (arguments, execution) -> Mono.empty()), FakeTool.returning("t4", ""),
				FakeTool.of("t5", (arguments, execution) -> null), FakeTool.of("t6", (arguments, execution) -> {
					throw new NoClassDefFoundError("com/acme/Missing");
				}));
		this.api.respond(
				Flux.range(1, 6).map((i) -> Chunks.call(i, "c" + i, "t" + i, "{}")).concatWithValues(Chunks.finish("")))
			.respond(Chunks.text("Done"));
		List<TurnEvent> events = run(request(), tools.toArray(FakeTool[]::new));
		assertThat(last(events).messages()).extracting(ChatMessage::content)
			.startsWith(null, "Tool 't1' failed: thrown", "Tool 't2' failed: signalled",
					"Tool 't3' succeeded and returned nothing", "Tool 't4' succeeded and returned nothing")
			.endsWith("Done")
			.hasSize(8)
			.element(5)
			.asString()
			.startsWith("Tool 't5' failed");
		assertThat(events).filteredOn(ToolCallFailed.class::isInstance)
			.extracting((event) -> ((ToolCallFailed) event).cause().getClass().getSimpleName())
			.containsExactly("IllegalStateException", "IllegalStateException", "NullPointerException",
					"NoClassDefFoundError");
	}

	@Test
	void callsWithoutAnIdAreAnsweredToo() {
		this.api.respond(Chunks.call(0, null, "balance", "{}"), Chunks.call(1, "", "balance", "{}"))
			.respond(Chunks.text("Done"));
		List<ChatMessage> messages = last(run(request(), FakeTool.returning("balance", "100"))).messages();
		assertThat(messages.get(0).toolCalls()).extracting(ToolCall::id)
			.doesNotHaveDuplicates()
			.containsExactly(messages.get(1).toolCallId(), messages.get(2).toolCallId());
	}

	@Test
	void toolsRunOneAfterAnotherAndTheirTimeIsTaken() {
		respondWithCalls(A, B).respond(Chunks.text("Done"));
		StepVerifier.withVirtualTime(() -> {
			TurnTool slow = FakeTool.of("balance",
					(arguments, execution) -> Mono.delay(Duration.ofMillis(300)).thenReturn("100"));
			TurnTool failing = FakeTool.of("rate", (arguments, execution) -> Mono.delay(Duration.ofMillis(200))
				.then(Mono.error(new IllegalStateException("no"))));
			return new TurnEngine(this.api).run(request(), List.of(slow, failing));
		})
			.expectNextCount(4)
			.expectNoEvent(Duration.ofMillis(300))
			.expectNextMatches((event) -> event instanceof ToolCallFinished finished
					&& finished.duration().equals(Duration.ofMillis(300)))
			.expectNextMatches(ToolCallStarted.class::isInstance)
			.expectNoEvent(Duration.ofMillis(200))
			.expectNextMatches((event) -> event instanceof ToolCallFailed failed
					&& failed.duration().equals(Duration.ofMillis(200)))
			.expectNextCount(4)
			.expectComplete()
			.verify(TIMEOUT);
	}

	@Test
	void toolsRunOnThreadsThatMayBeBlocked() {
		respondWithCalls(A).respond(Chunks.text("Done"));
		FakeTool tool = FakeTool.of("balance", (arguments, execution) -> Mono
			.just(Thread.currentThread().getName() + Schedulers.isInNonBlockingThread()));
		List<TurnEvent> events = new TurnEngine(this.api).run(request(), List.of(tool)).collectList().block(TIMEOUT);
		assertThat(last(events).messages().get(1).content()).startsWith("boundedElastic-").endsWith("false");
	}

	@Test
	void cancellingInterruptsAToolThatBlocks() throws InterruptedException {
		respondWithCalls(A);
		CountDownLatch started = new CountDownLatch(1);
		CountDownLatch interrupted = new CountDownLatch(1);
		FakeTool tool = FakeTool.of("balance", (arguments, execution) -> {
			started.countDown();
			try {
				new CountDownLatch(1).await();
			}
			catch (InterruptedException ex) {
				interrupted.countDown();
			}
			return Mono.empty();
		});
		Disposable turn = new TurnEngine(this.api).run(request(), List.of(tool)).subscribe();
		assertThat(started.await(5, TimeUnit.SECONDS)).isTrue();
		turn.dispose();
		assertThat(interrupted.await(5, TimeUnit.SECONDS)).isTrue();
		assertThat(this.api.requests()).hasSize(1);
	}

	@Test
	void listenersGetTheSameEventsInOrder() {
		respondWithCalls(A).respond(Chunks.text("Done"));
		List<TurnEvent> first = new ArrayList<>();
		List<TurnEvent> second = new ArrayList<>();
		List<TurnEvent> events = run(new TurnRequest(builder().build(), CallContext.empty(), 4, true, Map.of(),
				List.of(first::add, second::add)), FakeTool.returning("balance", "100"));
		assertThat(first).isEqualTo(events).isEqualTo(second);
	}

	@Test
	void listenerThatThrowsDoesNotBreakTheTurn() {
		this.api.respond(Chunks.text("Hi"));
		List<TurnEvent> heard = new ArrayList<>();
		TurnListener throwing = (event) -> {
			heard.add(event);
			throw new AssertionError("secret");
		};
		List<TurnEvent> behind = new ArrayList<>();
		List<TurnEvent> events = run(new TurnRequest(builder().build(), CallContext.empty(), 4, true, Map.of(),
				List.of(throwing, behind::add)));
		assertThat(events).hasSize(4).isEqualTo(heard).isEqualTo(behind);
	}

	@Test
	void manyRoundsDoNotNest() {
		int rounds = 2000;
		for (int i = 0; i < rounds; i++) {
			respondWithCalls(A);
		}
		this.api.respond(Chunks.text("Done"));
		List<TurnEvent> events = run(maxRounds(builder(), rounds), FakeTool.returning("balance", "100"));
		assertThat(last(events).round()).isEqualTo(rounds + 1);
	}

	@Test
	void roundWithoutAnyChoiceIsAnEmptyAnswer() {
		this.api.respond(Chunks.usage(1, 0, 0));
		List<TurnEvent> events = run(request());
		assertThat(last(events).messages()).containsExactly(ChatMessage.assistant(""));
		assertThat(names(events)).contains("RoundFinished 1 ANSWER");
	}

	@Test
	void eventsShowNoContents() {
		respondWithCalls(A).respond(Chunks.delta(new ChatMessageDelta(null, "secret", List.of()), "stop"));
		FakeTool tool = FakeTool.of("balance", (arguments, execution) -> Mono.error(new RuntimeException("secret")));
		assertThat(run(request(), tool))
			.allSatisfy((event) -> assertThat(event.toString()).contains("round=").doesNotContain("secret", "moment"));
	}

	private FakeElectronApi respondWithCalls(ToolCall... calls) {
		List<ChatCompletionChunk> chunks = new ArrayList<>(List.of(Chunks.role(), FILLER));
		Arrays.stream(calls).map(this::call).forEach(chunks::add);
		chunks.add(Chunks.finish("tool_calls"));
		chunks.add(Chunks.usage(10, 0, 5));
		return this.api.respond(chunks.toArray(ChatCompletionChunk[]::new));
	}

	private ChatCompletionChunk call(ToolCall call) {
		return Chunks.call(null, call.id(), call.function().name(), call.function().arguments());
	}

	private List<TurnEvent> run(TurnRequest request, TurnTool... tools) {
		return this.engine.run(request, List.of(tools)).collectList().block(TIMEOUT);
	}

	private static TurnRequest request() {
		return TurnRequest.of(builder().build());
	}

	private static TurnRequest maxRounds(ChatCompletionRequest.Builder builder, int maxRounds) {
		return new TurnRequest(builder.build(), CallContext.empty(), maxRounds, true, Collections.emptyMap(),
				Collections.emptyList());
	}

	private static ChatCompletionRequest.Builder builder() {
		return ChatCompletionRequest.builder().model("electron").messages(List.of(ChatMessage.user("Hi")));
	}

	private static TurnFinished last(List<TurnEvent> events) {
		return (TurnFinished) events.get(events.size() - 1);
	}

	private static List<String> names(List<TurnEvent> events) {
		return events.stream().map(TurnEngineTests::name).toList();
	}

	private static String name(TurnEvent event) {
		String name = event.getClass().getSimpleName() + " " + event.round();
		if (event instanceof TextReceived text) {
			return "'" + text.text() + "'";
		}
		if (event instanceof RoundFinished finished) {
			return name + " " + finished.kind();
		}
		if (event instanceof ToolCallStarted started) {
			return name + " " + started.call().id();
		}
		if (event instanceof ToolCallFinished finished) {
			return name + " " + finished.call().id() + "=" + finished.result();
		}
		if (event instanceof ToolCallFailed failed) {
			return name + " " + failed.call().id() + "=" + failed.result();
		}
		return name;
	}

}
