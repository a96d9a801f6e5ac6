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

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

import io.github.electronspring.api.CallContext;
import io.github.electronspring.protocol.ChatMessage;
import io.github.electronspring.protocol.Chunks;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import reactor.core.publisher.Mono;
import reactor.test.StepVerifier;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for what the model and the listeners learn of the outcome of a tool.
 *
 * @author The Electron Spring authors
 */
class ToolOutcomeTests extends AbstractTurnTests {

	static Stream<Arguments> outcomes() {
		return Stream.of(Arguments.of("value", Mono.just("100"), "100"),
				Arguments.of("record", Mono.just("{\"amount\":100}"), "{\"amount\":100}"),
				Arguments.of("blank", Mono.just(" "), " "),
				Arguments.of("empty text", Mono.just(""), "Tool 'balance' succeeded and returned nothing"),
				Arguments.of("nothing", Mono.empty(), "Tool 'balance' succeeded and returned nothing"),
				Arguments.of("exception", Mono.error(new IllegalStateException("closed")),
						"Tool 'balance' failed: closed"),
				Arguments.of("error", Mono.error(new AssertionError("broken")), "Tool 'balance' failed: broken"),
				Arguments.of("linkage error", Mono.error(new NoSuchMethodError("'void com.acme.Foo.bar()'")),
						"Tool 'balance' failed"));
	}

	@ParameterizedTest(name = "{0}")
	@MethodSource("outcomes")
	void modelIsToldTheOutcome(String name, Mono<String> outcome, String result) {
		respondWithCalls(A).respond(Chunks.text("Done"));
		run(request(), FakeTool.of("balance", (arguments, execution) -> outcome));
		assertThat(this.api.requests().get(1).messages()).last().isEqualTo(ChatMessage.tool("a", result));
	}

	@ParameterizedTest(name = "{0}")
	@MethodSource("outcomes")
	void errorThatIsThrownIsTheSame(String name, Mono<String> outcome, String result) {
		respondWithCalls(A).respond(Chunks.text("Done"));
		run(request(), FakeTool.of("balance", (arguments, execution) -> Mono.justOrEmpty(outcome.block())));
		assertThat(this.api.requests().get(1).messages()).last().isEqualTo(ChatMessage.tool("a", result));
	}

	@Test
	void longResultIsCutAndTheModelIsToldSo() {
		respondWithCalls(A).respond(Chunks.text("Done"));
		List<TurnEvent> events = run(request(), FakeTool.returning("balance", "x".repeat(5_000_000)));
		String result = last(events).messages().get(1).content();
		assertThat(result).startsWith("xxx").endsWith("x… (cut: these are the first 50000 of 5000000 characters)");
		assertThat(result.chars().filter((character) -> character == 'x')).hasSize(50_000);
		assertThat(events).filteredOn(ToolCallFinished.class::isInstance)
			.singleElement()
			.satisfies((event) -> assertThat(((ToolCallFinished) event).result()).isEqualTo(result));
	}

	@Test
	void longResultIsNotCutInsideACharacter() {
		String fits = "x".repeat(ToolTexts.MAX_LENGTH);
		assertThat(ToolTexts.result("t", fits)).isSameAs(fits);
		assertThat(ToolTexts.result("t", "x".repeat(ToolTexts.MAX_LENGTH - 1) + "😀"))
			.startsWith("x".repeat(ToolTexts.MAX_LENGTH - 1) + "… (cut: these are the first 49999 of 50001");
		assertThat(ToolTexts.result("t", "x".repeat(ToolTexts.MAX_LENGTH - 2) + "😀x"))
			.startsWith("x".repeat(ToolTexts.MAX_LENGTH - 2) + "😀… (cut: these are the first 50000 of 50001");
	}

	@Test
	void listenersHearOfEachEventInTheirOrderBeforeTheSubscriber() {
		respondWithCalls(A).respond(Chunks.text("Done"));
		List<String> heard = new ArrayList<>();
		List<TurnListener> listeners = List.of((event) -> heard.add("1 " + name(event)), (event) -> {
			throw new IllegalStateException("no");
		}, (event) -> heard.add("2 " + name(event)));
		TurnRequest request = new TurnRequest(builder().build(), CallContext.empty(), 4, true, Collections.emptyMap(),
				listeners);
		List<TurnEvent> events = this.engine.run(request, List.of(FakeTool.returning("balance", "100")))
			.doOnNext((event) -> heard.add("3 " + name(event)))
			.collectList()
			.block(TIMEOUT);
		for (int number = 1; number <= 3; number++) {
			String prefix = number + " ";
			assertThat(heard.stream().filter((line) -> line.startsWith(prefix)).map((line) -> line.substring(2)))
				.containsExactlyElementsOf(events.stream().map(AbstractTurnTests::name).toList());
		}
		for (TurnEvent event : events) {
			assertThat(heard).containsSubsequence("1 " + name(event), "2 " + name(event), "3 " + name(event));
		}
	}

	@Test
	void eventsOfToolsComeAsTheSubscriberAsksForThem() {
		respondWithCalls(A, C).respond(Chunks.text("Done"));
		FakeTool balance = FakeTool.of("balance", (arguments, execution) -> {
			execution.say("Working");
			return Mono.just("100");
		});
		StepVerifier.Step<String> step = StepVerifier
			.create(this.engine.run(request(), List.of(balance, FakeTool.returning("rate", "2")))
				.map(AbstractTurnTests::name), 0);
		for (String name : List.of("RoundStarted 1", "'One moment. '", "ToolCallsBegun 1", "ToolCallStarted 1 a",
				"ToolProgressed 1", "ToolCallFinished 1 a=100", "ToolCallStarted 1 c", "ToolCallFinished 1 c=2",
				"RoundFinished 1 FILLER", "RoundStarted 2", "'Done'", "RoundFinished 2 ANSWER", "TurnFinished 2")) {
			step = step.thenRequest(1).expectNext(name);
		}
		step.expectComplete().verify(TIMEOUT);
	}

	@Test
	void demandThatGrowsWhileEventsWaitIsMet() {
		respondWithCalls(A, C).respond(Chunks.text("Done"));
		StepVerifier
			.create(this.engine.run(request(),
					List.of(FakeTool.returning("balance", "1"), FakeTool.returning("rate", "2"))), 1)
			.expectNextCount(1)
			.thenRequest(2)
			.expectNextCount(2)
			.thenRequest(Long.MAX_VALUE)
			.expectNextCount(9)
			.expectComplete()
			.verify(TIMEOUT);
	}

	@Test
	void toolMayAnswerFromAnyThread() throws InterruptedException {
		respondWithCalls(A).respond(Chunks.text("Done"));
		CountDownLatch done = new CountDownLatch(1);
		FakeTool tool = FakeTool.of("balance",
				(arguments, execution) -> Mono.create((sink) -> new Thread(() -> sink.success("100")).start()));
		this.engine.run(request(), List.of(tool)).doOnComplete(done::countDown).subscribe();
		assertThat(done.await(5, TimeUnit.SECONDS)).isTrue();
		assertThat(this.api.requests()).hasSize(2);
	}

	@Test
	void toolThatTalksInALoopIsHeardAHundredTimes() {
		respondWithCalls(A).respond(Chunks.text("Done"));
		FakeTool tool = FakeTool.of("balance", (arguments, execution) -> {
			for (int i = 1; i <= 1000; i++) {
				execution.say("Text " + i);
			}
			return Mono.just("100");
		});
		assertThat(run(request(), tool)).filteredOn(ToolProgressed.class::isInstance)
			.hasSize(100)
			.last()
			.extracting("text")
			.isEqualTo("Text 100");
	}

}
