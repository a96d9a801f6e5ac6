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
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;

import io.github.electronspring.api.CallContext;
import io.github.electronspring.protocol.ChatMessage;
import io.github.electronspring.protocol.ChatMessageDelta;
import io.github.electronspring.protocol.Chunks;
import io.github.electronspring.protocol.Usage;
import org.junit.jupiter.api.Test;
import reactor.core.Disposable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.test.StepVerifier;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

/**
 * Tests for {@link TurnEngine}.
 *
 * @author The Electron Spring authors
 */
class TurnEngineTests extends AbstractTurnTests {

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
		assertThat(names(events)).containsExactly("RoundStarted 1", "'One moment. '", "ToolCallStarted 1 a",
				"ToolCallStarted 1 b", "RoundFinished 1 FILLER", "ToolCallFinished 1 a=100", "ToolCallFinished 1 b=2",
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
			.thenRequest(998)
			.expectNextCount(998)
			.then(() -> assertThat(tool.calls()).isEmpty())
			.thenRequest(2)
			.expectNextMatches(ToolCallsBegun.class::isInstance)
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
		respondWithCalls(A, C);
		AtomicInteger cancelled = new AtomicInteger();
		FakeTool slow = FakeTool.of("balance",
				(arguments, execution) -> Mono.<String>never().doOnCancel(cancelled::incrementAndGet));
		FakeTool next = FakeTool.of("rate",
				(arguments, execution) -> Mono.<String>never().doOnCancel(cancelled::incrementAndGet));
		Disposable turn = this.engine.run(request(), List.of(slow, next)).subscribe();
		assertThat(slow.calls()).hasSize(1);
		turn.dispose();
		assertThat(cancelled).hasValue(2);
		assertThat(next.calls()).hasSize(1);
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
			.expectNextCount(8)
			.expectErrorMessage("broken")
			.verify(TIMEOUT);
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
	void eventsShowNoContents() {
		respondWithCalls(A).respond(Chunks.delta(new ChatMessageDelta(null, "secret", List.of()), "stop"));
		FakeTool tool = FakeTool.of("balance", (arguments, execution) -> Mono.error(new RuntimeException("secret")));
		assertThat(run(request(), tool))
			.allSatisfy((event) -> assertThat(event.toString()).contains("round=").doesNotContain("secret", "moment"));
	}

	@Test
	void whatIsMissingIsRefused() {
		assertThatIllegalArgumentException().isThrownBy(() -> new TurnEngine(null))
			.withMessage("'api' must not be null");
		assertThatIllegalArgumentException().isThrownBy(() -> new TurnEngine(this.api, null))
			.withMessage("'settings' must not be null");
		assertThatIllegalArgumentException().isThrownBy(() -> this.engine.run(null, List.of()))
			.withMessage("'request' must not be null");
	}

}
