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
import io.github.electronspring.api.ResponseInfo;
import io.github.electronspring.protocol.ChatCompletionRequest;
import io.github.electronspring.protocol.ChatCompletionRequestBuilder;
import io.github.electronspring.protocol.ChatMessage;
import io.github.electronspring.protocol.Chunks;
import io.github.electronspring.protocol.ResponseFormat;
import io.github.electronspring.protocol.ToolChoice;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Mono;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

/**
 * Tests for the requests and rounds of {@link TurnEngine}.
 *
 * @author The Electron Spring authors
 */
class TurnRoundsTests extends AbstractTurnTests {

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
	void negativeRoundsAreRefused() {
		assertThatIllegalArgumentException().isThrownBy(() -> maxRounds(builder(), -1))
			.withMessage("'maxRounds' must not be negative but is '-1'");
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
		ChatCompletionRequestBuilder json = builder().responseFormat(ResponseFormat.JSON_OBJECT);
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
	void manyRoundsDoNotNest() {
		int rounds = 99;
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
	void eachRoundHasItsOwnResults() {
		respondWithCalls(A);
		respondWithCalls(B, A).respond(Chunks.text("Done"));
		AtomicInteger number = new AtomicInteger();
		FakeTool counting = FakeTool.of("balance",
				(arguments, execution) -> Mono.just("#" + number.incrementAndGet() + " " + execution.round()));
		List<TurnEvent> events = run(request(), counting, FakeTool.returning("rate", "2"));
		assertThat(last(events).messages()).filteredOn((message) -> message.role().equals(ChatMessage.TOOL))
			.containsExactly(ChatMessage.tool("a", "#1 1"), ChatMessage.tool("b", "2"), ChatMessage.tool("a", "#2 2"));
	}

}
