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

import java.util.Arrays;
import java.util.List;

import io.github.electronspring.chat.MessageMapper;
import io.github.electronspring.protocol.ChatMessage;
import io.github.electronspring.protocol.ToolCall;
import org.junit.jupiter.api.Test;

import org.springframework.ai.chat.messages.Message;
import org.springframework.ai.chat.messages.ToolResponseMessage;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link ToolMessages}.
 *
 * @author The Electron Spring authors
 */
class ToolMessagesTests {

	private static final ChatMessage CALLS = ChatMessage.assistant(null,
			List.of(ToolCall.function("a", "balance", "{}"), ToolCall.function("b", "limit", "{}")));

	private static final ChatMessage MADE_UP = ChatMessage.tool("b", OpenCallTexts.ENDED.unanswered("limit"));

	private static final ChatMessage A = ChatMessage.tool("a", "5");

	private static final ChatMessage B = ChatMessage.tool("b", "10");

	private static final ChatMessage HURRY = ChatMessage.user("Hurry");

	@Test
	void pairedHistoryStaysAsItIs() {
		assertThat(paired(HURRY, CALLS, B, A, HURRY, CALLS, A, B)).containsExactly(HURRY, CALLS, B, A, HURRY, CALLS, A,
				B);
	}

	@Test
	void missingResultsAreMadeUpRightBehindTheirCall() {
		assertThat(paired(CALLS, A, HURRY)).containsExactly(CALLS, A, MADE_UP, HURRY);
		assertThat(paired(CALLS, A)).containsExactly(CALLS, A, MADE_UP);
		assertThat(paired(CALLS, A, CALLS, A, B)).containsExactly(CALLS, A, MADE_UP, CALLS, A, B);
	}

	@Test
	void resultsWithoutAnOpenCallAreLeftOut() {
		assertThat(paired(A, HURRY)).containsExactly(HURRY);
		assertThat(paired(CALLS, A, A, B, HURRY, B)).containsExactly(CALLS, A, B, HURRY);
		assertThat(paired(CALLS, A, HURRY, B)).containsExactly(CALLS, A, MADE_UP, HURRY);
	}

	@Test
	void resultsOfOneMessageAreToldApart() {
		List<Message> messages = List.of(MessageMapper.fromWire(List.of(CALLS)).get(0),
				ToolResponseMessage.builder()
					.responses(List.of(new ToolResponseMessage.ToolResponse("c", "balance", "1"),
							new ToolResponseMessage.ToolResponse("b", "limit", "10"),
							new ToolResponseMessage.ToolResponse("a", "balance", "5")))
					.build());
		assertThat(MessageMapper.toWire(ToolMessages.paired(messages))).containsExactly(CALLS, B, A);
	}

	private static List<ChatMessage> paired(ChatMessage... messages) {
		return MessageMapper.toWire(ToolMessages.paired(MessageMapper.fromWire(Arrays.asList(messages))));
	}

}
