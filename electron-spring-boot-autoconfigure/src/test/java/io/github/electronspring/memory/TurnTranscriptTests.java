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

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.stream.IntStream;

import io.github.electronspring.api.FakeElectronApi;
import io.github.electronspring.protocol.ChatCompletion;
import io.github.electronspring.protocol.ChatCompletionChoice;
import io.github.electronspring.protocol.ChatCompletionRequest;
import io.github.electronspring.protocol.ChatMessage;
import io.github.electronspring.protocol.Chunks;
import io.github.electronspring.protocol.ToolCall;
import io.github.electronspring.protocol.Usage;
import io.github.electronspring.turn.RoundFinished;
import io.github.electronspring.turn.RoundStarted;
import io.github.electronspring.turn.SegmentKind;
import io.github.electronspring.turn.TextReceived;
import io.github.electronspring.turn.ToolCallFailed;
import io.github.electronspring.turn.ToolCallFinished;
import io.github.electronspring.turn.ToolCallStarted;
import io.github.electronspring.turn.TurnEngine;
import io.github.electronspring.turn.TurnEvent;
import io.github.electronspring.turn.TurnFinished;
import io.github.electronspring.turn.TurnRequest;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

/**
 * Tests for {@link TurnTranscript}.
 *
 * @author The Electron Spring authors
 */
class TurnTranscriptTests {

	private static final ToolCall BALANCE = ToolCall.function("c1", "balance", "{ \"id\" :1}");

	private static final ToolCall LIMIT = ToolCall.function("c2", "limit", "{}");

	private final TurnTranscript transcript = new TurnTranscript();

	private final List<RoundFinished> rounds = new ArrayList<>();

	@Test
	void beforeAnythingIsSaidThereAreNoMessages() {
		round(1);
		assertThat(this.transcript.messages()).isEmpty();
		assertThat(this.transcript.text()).isEmpty();
	}

	@Test
	void wholeTurnIsWhatTheEngineSays() {
		List<ChatMessage> messages = toolTurn();
		assertThat(this.transcript.messages()).isEqualTo(messages);
		assertThat(this.transcript.text()).isEqualTo("One moment. You have 5.");
	}

	@Test
	void resultsComeInTheOrderOfTheCalls() {
		round(1);
		started(BALANCE);
		started(LIMIT);
		result(LIMIT, "10");
		failed(BALANCE, "Tool 'balance' failed");
		finished(null, BALANCE, LIMIT);
		assertThat(this.transcript.messages()).containsExactly(ChatMessage.assistant(null, List.of(BALANCE, LIMIT)),
				ChatMessage.tool("c1", "Tool 'balance' failed"), ChatMessage.tool("c2", "10"));
	}

	@Test
	void callWithoutResultMayHaveBeenCarriedOut() {
		round(1);
		said("One moment. ");
		started(BALANCE);
		this.transcript.heard(12);
		assertThat(this.transcript.messages()).containsExactly(ChatMessage.assistant("One moment. ", List.of(BALANCE)),
				ChatMessage.tool("c1",
						"The caller interrupted before tool 'balance' had answered; it may have been carried out all"
								+ " the same, so do not say that it was cancelled"));
	}

	@Test
	void callThatWasNotStartedWasNotCarriedOut() {
		round(1);
		started(BALANCE);
		finished(null, BALANCE, LIMIT);
		result(BALANCE, "5");
		assertThat(this.transcript.messages()).containsExactly(ChatMessage.assistant(null, List
			.of(BALANCE, LIMIT)), ChatMessage.tool("c1", "5"), ChatMessage.tool("c2",
					"The turn ended before tool 'limit' was called; it was not carried out and can be called again"));
	}

	@Test
	void textBeyondWhatWasHeardIsCutInEveryRound() {
		List<ChatMessage> whole = toolTurn();
		String text = this.transcript.text();
		for (int end = 0; end <= text.length(); end++) {
			this.transcript.heard(end);
			String filler = text.substring(0, Math.min(end, 12));
			List<ChatMessage> expected = new ArrayList<>();
			expected.add(ChatMessage.assistant(filler.isEmpty() ? null : filler, List.of(BALANCE)));
			expected.add(ChatMessage.tool("c1", "5"));
			if (end > 12) {
				expected.add(ChatMessage.assistant(text.substring(12, end)));
			}
			assertThat(this.transcript.messages()).as("heard %d", end).isEqualTo(expected);
			assertThat(this.transcript.text()).isEqualTo(text);
		}
		this.transcript.heard(text.length() + 5);
		assertThat(this.transcript.messages()).isEqualTo(whole);
	}

	@Test
	void unheardMessageWithoutCallsIsDropped() {
		round(1);
		said("Hello");
		finished("Hello");
		this.transcript.heard(0);
		assertThat(this.transcript.messages()).isEmpty();
		assertThat(this.transcript.isEmpty()).isFalse();
		assertThat(this.transcript.isInterrupted()).isTrue();
	}

	@Test
	void cutIsNeverInsideASurrogatePair() {
		round(1);
		said("a\uD83D");
		said("\uDE00b");
		assertThat(IntStream.rangeClosed(0, 4).mapToObj((end) -> {
			this.transcript.heard(end);
			return this.transcript.messages().stream().map(ChatMessage::content).toList();
		})).containsExactly(Collections.emptyList(), List.of("a"), List.of("a"), List.of("a\uD83D\uDE00"),
				List.of("a\uD83D\uDE00b"));
	}

	@Test
	void callsLeftToTheCallerStayOpen() {
		round(1);
		finished("One moment", BALANCE);
		turnFinished(ChatMessage.assistant("One moment", List.of(BALANCE)));
		assertThat(this.transcript.messages()).containsExactly(ChatMessage.assistant("One moment", List.of(BALANCE)));
	}

	@Test
	void turnThatGoesOnAfterCallsOfTheCallerKeepsItsRounds() {
		callsLeftToTheCallerStayOpen();
		this.rounds.clear();
		round(1);
		said("You have 5");
		finished("You have 5");
		assertThat(this.transcript.messages()).containsExactly(ChatMessage.assistant("One moment", List.of(BALANCE)),
				ChatMessage.tool("c1", OpenCallTexts.ENDED.unanswered("balance")), ChatMessage.assistant("You have 5"));
	}

	@Test
	void turnThatBeginsAgainReplacesTheOneBefore() {
		round(1);
		said("Hello");
		finished("Hello");
		turnFinished(ChatMessage.assistant("Hello"));
		round(1);
		said("Again");
		assertThat(this.transcript.messages()).containsExactly(ChatMessage.assistant("Again"));
		assertThat(this.transcript.text()).isEqualTo("Again");
	}

	@Test
	void whatWasHeardBeforeTheModelIsAskedCounts() {
		this.transcript.heard(0);
		round(1);
		said("Hello");
		assertThat(this.transcript.messages()).isEmpty();
	}

	@Test
	void roundThatTheEngineLeavesOutIsNotInTheHistory() {
		round(1);
		said("no JSON");
		finished("no JSON");
		round(2);
		said("{}");
		finished("{}");
		ChatMessage last = this.rounds.get(1).message();
		this.transcript.onEvent(new TurnFinished(2, this.rounds, List.of(last), Usage.NONE, null));
		assertThat(this.transcript.messages()).containsExactly(last);
	}

	@Test
	void negativeOffsetIsRefused() {
		assertThatIllegalArgumentException().isThrownBy(() -> this.transcript.heard(-1))
			.withMessage("'end' must not be negative but is '-1'");
	}

	@Test
	void everyPrefixOfTheEventsGivesAHistoryThatTheEngineAccepts() {
		FakeElectronApi api = new FakeElectronApi();
		TurnEngine engine = new TurnEngine(api);
		List<TurnEvent> events = List.of(new RoundStarted(1), new TextReceived(1, "One ", Chunks.text("One ")),
				new ToolCallStarted(1, BALANCE), new ToolCallStarted(1, LIMIT),
				new ToolCallFinished(1, LIMIT, "10", Duration.ZERO), roundFinished("One ", BALANCE, LIMIT),
				new ToolCallFinished(1, BALANCE, "5", Duration.ZERO), new RoundStarted(2),
				new TextReceived(2, "Five", Chunks.text("Five")), roundFinished("Five"));
		for (TurnEvent event : events) {
			this.transcript.onEvent(event);
			List<ChatMessage> messages = new ArrayList<>(List.of(ChatMessage.user("Hi")));
			messages.addAll(this.transcript.messages());
			messages.add(ChatMessage.user("And now?"));
			api.respond(Chunks.text("Fine"), Chunks.finish("stop"));
			ChatCompletionRequest request = ChatCompletionRequest.builder()
				.model("electron")
				.messages(messages)
				.build();
			assertThat(engine.run(TurnRequest.of(request), Collections.emptyList()).blockLast(Duration.ofSeconds(5)))
				.isInstanceOf(TurnFinished.class);
		}
	}

	private List<ChatMessage> toolTurn() {
		round(1);
		said("One ");
		said("moment. ");
		started(BALANCE);
		finished("One moment. ", BALANCE);
		result(BALANCE, "5");
		round(2);
		said("You have 5.");
		finished("You have 5.");
		ChatMessage[] messages = { this.rounds.get(0).message(), ChatMessage.tool("c1", "5"),
				this.rounds.get(1).message() };
		this.transcript.onEvent(new TurnFinished(2, this.rounds, List.of(messages), Usage.NONE, null));
		return List.of(messages);
	}

	private void round(int round) {
		this.transcript.onEvent(new RoundStarted(round));
	}

	private void said(String text) {
		this.transcript.onEvent(new TextReceived(1, text, Chunks.text(text)));
	}

	private void started(ToolCall call) {
		this.transcript.onEvent(new ToolCallStarted(1, call));
	}

	private void result(ToolCall call, String result) {
		this.transcript.onEvent(new ToolCallFinished(1, call, result, Duration.ZERO));
	}

	private void failed(ToolCall call, String result) {
		this.transcript.onEvent(new ToolCallFailed(1, call, result, Duration.ZERO, null));
	}

	private void finished(String text, ToolCall... calls) {
		RoundFinished round = roundFinished(text, calls);
		this.rounds.add(round);
		this.transcript.onEvent(round);
	}

	private static RoundFinished roundFinished(String text, ToolCall... calls) {
		ChatCompletion completion = new ChatCompletion(null, null, null, null,
				List.of(new ChatCompletionChoice(0, ChatMessage.assistant(text, List.of(calls)), "stop", null)), null);
		return new RoundFinished(1, (calls.length > 0) ? SegmentKind.FILLER : SegmentKind.ANSWER, completion, null);
	}

	private void turnFinished(ChatMessage message) {
		this.transcript
			.onEvent(new TurnFinished(1, this.rounds, List.of(this.rounds.get(0).message()), Usage.NONE, null));
		assertThat(message).isEqualTo(this.rounds.get(0).message());
	}

}
