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

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import io.github.electronspring.api.ElectronInvalidRequestException;
import io.github.electronspring.protocol.ChatMessage;
import io.github.electronspring.protocol.ErrorDetail;
import io.github.electronspring.protocol.ToolCall;

/**
 * Checks that every tool call of a history has exactly one result, which the service
 * demands. It refuses and does not mend.
 *
 * @author The Electron Spring authors
 */
final class HistoryValidation {

	private static final int MAX_MESSAGES = 200;

	private HistoryValidation() {
	}

	/**
	 * Check a history.
	 * @param messages the messages
	 * @throws ElectronInvalidRequestException if a call is not answered exactly once, or
	 * if there are too many messages
	 */
	static void validate(List<ChatMessage> messages) {
		if (messages.size() > MAX_MESSAGES) {
			throw invalid("The turn has %d messages, of which the service takes %d: use a chat memory that trims"
				.formatted(messages.size(), MAX_MESSAGES), "too_big", "messages");
		}
		Map<String, Integer> open = new LinkedHashMap<>();
		for (int i = 0; i < messages.size(); i++) {
			ChatMessage message = messages.get(i);
			if (ChatMessage.TOOL.equals(message.role())) {
				if (message.toolCallId() == null || open.remove(message.toolCallId()) == null) {
					throw invalid("Message %d is the result of a tool call '%s' that is not open before it".formatted(i,
							message.toolCallId()), "custom", "messages", String.valueOf(i), "tool_call_id");
				}
			}
			else {
				requireAnswered(open);
				open(message, i, open);
			}
		}
		requireAnswered(open);
	}

	private static void open(ChatMessage message, int index, Map<String, Integer> open) {
		for (ToolCall call : message.toolCalls()) {
			if (call.id() == null) {
				throw invalidCalls("Message %d has a tool call without an id".formatted(index), index);
			}
			if (open.put(call.id(), index) != null) {
				throw invalidCalls("Message %d has several tool calls with the id '%s'".formatted(index, call.id()),
						index);
			}
		}
	}

	private static void requireAnswered(Map<String, Integer> open) {
		open.forEach((id, index) -> {
			throw invalidCalls("Message %d has a tool call '%s' without a result after it".formatted(index, id), index);
		});
	}

	private static ElectronInvalidRequestException invalidCalls(String message, int index) {
		return invalid(message, "custom", "messages", String.valueOf(index), "tool_calls");
	}

	private static ElectronInvalidRequestException invalid(String message, String code, String... path) {
		return new ElectronInvalidRequestException(message, List.of(ErrorDetail.of(code, message, path)));
	}

}
