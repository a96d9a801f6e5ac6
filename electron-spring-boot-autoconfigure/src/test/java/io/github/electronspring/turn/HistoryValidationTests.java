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
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.stream.Stream;

import io.github.electronspring.api.ElectronInvalidRequestException;
import io.github.electronspring.protocol.ChatMessage;
import io.github.electronspring.protocol.Chunks;
import io.github.electronspring.protocol.ToolCall;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import reactor.test.StepVerifier;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatNoException;

/**
 * Tests for {@link HistoryValidation}.
 *
 * @author The Electron Spring authors
 */
class HistoryValidationTests extends AbstractTurnTests {

	private static final ChatMessage USER = ChatMessage.user("Hi");

	private static final ChatMessage CALLS = ChatMessage.assistant("One moment", List.of(A, B));

	private static final ChatMessage RESULT_A = ChatMessage.tool("a", "1");

	private static final ChatMessage RESULT_B = ChatMessage.tool("b", "2");

	static Stream<Arguments> refused() {
		ChatMessage withoutId = ChatMessage.assistant("", List.of(new ToolCall(null, "function", A.function())));
		ChatMessage repeated = ChatMessage.assistant("", List.of(A, A));
		return Stream.of(
				refused("Message 1 has a tool call 'a' without a result after it", "messages/1/tool_calls", USER,
						CALLS),
				refused("Message 1 has a tool call 'b' without a result after it", "messages/1/tool_calls", USER, CALLS,
						RESULT_A),
				refused("Message 1 has a tool call 'b' without a result after it", "messages/1/tool_calls", USER, CALLS,
						RESULT_A, USER, RESULT_B),
				refused("Message 1 has a tool call 'a' without a result after it", "messages/1/tool_calls", USER, CALLS,
						CALLS, RESULT_A, RESULT_B),
				refused("Message 0 is the result of a tool call 'a' that is not open before it",
						"messages/0/tool_call_id", RESULT_A),
				refused("Message 4 is the result of a tool call 'a' that is not open before it",
						"messages/4/tool_call_id", USER, CALLS, RESULT_A, RESULT_B, RESULT_A),
				refused("Message 2 is the result of a tool call 'x' that is not open before it",
						"messages/2/tool_call_id", USER, CALLS, ChatMessage.tool("x", "1")),
				refused("Message 1 is the result of a tool call 'null' that is not open before it",
						"messages/1/tool_call_id", USER,
						new ChatMessage(ChatMessage.TOOL, "1", Collections.emptyList(), null)),
				refused("Message 0 has a tool call without an id", "messages/0/tool_calls", withoutId,
						ChatMessage.tool("null", "1")),
				refused("Message 0 has several tool calls with the id 'a'", "messages/0/tool_calls", repeated,
						RESULT_A));
	}

	private static Arguments refused(String message, String path, ChatMessage... messages) {
		return Arguments.of(message, path, List.of(messages));
	}

	@ParameterizedTest
	@MethodSource("refused")
	void historyThatTheServiceWouldRefuseIsNotSent(String message, String path, List<ChatMessage> messages) {
		List<TurnEvent> events = new ArrayList<>();
		StepVerifier
			.create(this.engine.run(TurnRequest.of(builder().messages(messages).build()), Collections.emptyList())
				.doOnNext(events::add))
			.thenConsumeWhile((event) -> true)
			.expectErrorSatisfies(
					(ex) -> assertThat(ex).isInstanceOfSatisfying(ElectronInvalidRequestException.class, (refused) -> {
						assertThat(refused).hasMessageContaining(message);
						assertThat(refused.getDetails()).singleElement()
							.satisfies((detail) -> assertThat(String.join("/", detail.path())).isEqualTo(path));
					}))
			.verify(TIMEOUT);
		assertThat(this.api.requests()).isEmpty();
		assertThat(events).noneMatch(TurnFinished.class::isInstance);
	}

	@Test
	void resultsMayComeInAnyOrderAndIdsMayComeAgainLater() {
		assertThatNoException().isThrownBy(() -> HistoryValidation
			.validate(List.of(USER, CALLS, RESULT_B, RESULT_A, CALLS, RESULT_A, RESULT_B, USER)));
	}

	@Test
	void twoHundredMessagesAreSentAndOneMoreIsNot() {
		this.api.respond(Chunks.text("Hi"));
		assertThat(run(history(200))).isNotEmpty();
		StepVerifier.create(this.engine.run(history(201), Collections.emptyList()))
			.thenConsumeWhile((event) -> true)
			.expectErrorMessage(
					"The turn has 201 messages, of which the service takes 200: use a chat memory that trims")
			.verify(TIMEOUT);
		assertThat(this.api.requests()).hasSize(1);
	}

	@Test
	void messagesOfTheTurnCountToo() {
		respondWithCalls(A);
		FakeTool tool = FakeTool.returning("balance", "100");
		StepVerifier.create(this.engine.run(history(199), List.of(tool)))
			.thenConsumeWhile((event) -> true)
			.expectError(ElectronInvalidRequestException.class)
			.verify(TIMEOUT);
		assertThat(this.api.requests()).hasSize(1);
		assertThat(tool.calls()).hasSize(1);
	}

	private static TurnRequest history(int size) {
		ChatMessage[] messages = new ChatMessage[size];
		Arrays.fill(messages, USER);
		return TurnRequest.of(builder().messages(List.of(messages)).build());
	}

}
