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
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

import io.github.electronspring.api.CallContext;
import io.github.electronspring.protocol.ChatMessage;
import io.github.electronspring.protocol.Chunks;
import io.github.electronspring.protocol.ToolCall;
import io.github.electronspring.protocol.ToolDefinition;
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
 * Tests for how {@link TurnEngine} executes tools.
 *
 * @author The Electron Spring authors
 */
class TurnToolsTests extends AbstractTurnTests {

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
	void toolLearnsOfItsCall() {
		respondWithCalls(A, ToolCall.function("n", "none", " ")).respond(Chunks.text("Done"));
		List<ToolExecution> executions = new ArrayList<>();
		Instant deadline = Instant.now().plusSeconds(60);
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
		assertThat(names(events)).contains("ToolCallFailed 1 x=Unknown tool 'weather'; the tools are balance, rate",
				"ToolCallFinished 1 a=100");
		assertThat(last(events).messages()).extracting(ChatMessage::toolCallId).startsWith(null, "x", "a");
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
	void toolsRunAtTheSameTimeAndTheirTimeIsTaken() {
		respondWithCalls(A, C).respond(Chunks.text("Done"));
		StepVerifier.withVirtualTime(() -> {
			TurnTool slow = FakeTool.of("balance",
					(arguments, execution) -> Mono.delay(Duration.ofMillis(300)).thenReturn("100"));
			TurnTool failing = FakeTool.of("rate", (arguments, execution) -> Mono.delay(Duration.ofMillis(200))
				.then(Mono.error(new IllegalStateException("no"))));
			return this.engine.run(request(), List.of(slow, failing));
		})
			.expectNextCount(6)
			.expectNoEvent(Duration.ofMillis(200))
			.expectNextMatches((event) -> event instanceof ToolCallFailed failed
					&& failed.duration().equals(Duration.ofMillis(200)))
			.expectNoEvent(Duration.ofMillis(100))
			.expectNextMatches((event) -> event instanceof ToolCallFinished finished
					&& finished.duration().equals(Duration.ofMillis(300)))
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
		assertThat(last(events).messages().get(1).content()).startsWith("electron-tool-").endsWith("false");
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

}
