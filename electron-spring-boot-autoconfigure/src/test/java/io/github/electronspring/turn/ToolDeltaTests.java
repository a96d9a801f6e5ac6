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

import java.util.List;

import io.github.electronspring.protocol.ChatCompletionChunk;
import io.github.electronspring.protocol.ChatMessage;
import io.github.electronspring.protocol.Chunks;
import io.github.electronspring.protocol.ToolCall;
import io.github.electronspring.protocol.ToolDeltaCase;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link TurnEngine} with tool calls as servers send them.
 *
 * @author The Electron Spring authors
 */
class ToolDeltaTests extends AbstractTurnTests {

	private static final String CASES = "io.github.electronspring.protocol.ToolDeltaCase#all";

	@ParameterizedTest
	@MethodSource(CASES)
	void eachCallIsMadeOnceAndAnswered(ToolDeltaCase given) {
		this.api.respond(given.chunks().toArray(ChatCompletionChunk[]::new)).respond(Chunks.text("Done"));
		FakeTool balance = FakeTool.returning("balance", "100");
		FakeTool rate = FakeTool.returning("rate", "2");
		List<TurnEvent> events = run(request(), balance, rate);
		assertThat(balance.calls()).extracting(String::strip).containsExactly("{\"id\":1}");
		assertThat(rate.calls()).isEqualTo((given.calls() == 2) ? List.of("{\"of\":\"EUR\"}") : List.of());
		List<ChatMessage> messages = this.api.requests().get(1).messages();
		List<ToolCall> calls = messages.get(1).toolCalls();
		assertThat(String.valueOf(messages.get(1).content()).replace("null", "")).isEqualTo(given.content());
		assertThat(calls).extracting((call) -> call.function().name())
			.isEqualTo(List.of("balance", "rate").subList(0, given.calls()));
		assertThat(messages.subList(2, messages.size())).extracting(ChatMessage::toolCallId)
			.isEqualTo(calls.stream().map(ToolCall::id).toList())
			.doesNotHaveDuplicates()
			.doesNotContainNull();
		assertThat(messages.subList(2, messages.size())).extracting(ChatMessage::content)
			.isEqualTo(List.of("100", "2").subList(0, given.calls()));
		assertThat(last(events).round()).isEqualTo(2);
	}

}
