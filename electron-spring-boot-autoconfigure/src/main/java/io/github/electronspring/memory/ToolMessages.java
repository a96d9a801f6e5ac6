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

import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

import org.jspecify.annotations.Nullable;

import org.springframework.ai.chat.messages.AssistantMessage;
import org.springframework.ai.chat.messages.Message;
import org.springframework.ai.chat.messages.SystemMessage;
import org.springframework.ai.chat.messages.ToolResponseMessage;
import org.springframework.util.StringUtils;

/**
 * Tool calls and their results in a history of Spring AI's messages.
 *
 * @author The Electron Spring authors
 */
final class ToolMessages {

	private ToolMessages() {
	}

	/**
	 * Return whether a history has tool calls or results.
	 * @param messages the history
	 * @return whether it has
	 */
	static boolean areIn(List<Message> messages) {
		return messages.stream()
			.anyMatch((message) -> message instanceof ToolResponseMessage || !calls(message).isEmpty());
	}

	/**
	 * Return what can be kept without tool messages: of a message with calls what was
	 * said beside them.
	 * @param messages the history
	 * @return the history without calls and results
	 */
	static List<Message> without(List<Message> messages) {
		List<Message> plain = new ArrayList<>(messages.size());
		for (Message message : messages) {
			if (calls(message).isEmpty()) {
				if (!(message instanceof ToolResponseMessage)) {
					plain.add(message);
				}
			}
			else if (StringUtils.hasLength(message.getText())) {
				plain.add(new AssistantMessage(message.getText()));
			}
		}
		return plain;
	}

	/**
	 * Return messages in which each call has exactly one result right behind it, as the
	 * service demands: one that is missing is made up, always in the same words, and one
	 * whose call is not open is left out. Turns at the same time make such histories.
	 * @param messages the messages
	 * @return the messages as they can be sent
	 */
	static List<Message> paired(List<Message> messages) {
		List<Message> paired = new ArrayList<>(messages.size());
		Map<String, AssistantMessage.ToolCall> open = new LinkedHashMap<>();
		for (Message message : messages) {
			if (message instanceof ToolResponseMessage results) {
				List<ToolResponseMessage.ToolResponse> due = results.getResponses()
					.stream()
					.filter((response) -> open.remove(response.id()) != null)
					.toList();
				if (!due.isEmpty()) {
					paired.add(ToolResponseMessage.builder().responses(due).build());
				}
				continue;
			}
			answer(open, paired);
			paired.add(message);
			calls(message).forEach((call) -> open.put(call.id(), call));
		}
		answer(open, paired);
		return paired;
	}

	private static void answer(Map<String, AssistantMessage.ToolCall> open, List<Message> messages) {
		open.values().forEach((call) -> messages.add(result(call)));
		open.clear();
	}

	private static Message result(AssistantMessage.ToolCall call) {
		return ToolResponseMessage.builder()
			.responses(List.of(new ToolResponseMessage.ToolResponse(call.id(), call.name(),
					OpenCallTexts.ENDED.unanswered(call.name()))))
			.build();
	}

	/**
	 * Return the ids of the calls and results in a history.
	 * @param messages the history
	 * @return the ids of the calls, and those of the results with a mark before them
	 */
	static Set<String> ids(List<Message> messages) {
		Set<String> ids = new HashSet<>();
		messages.forEach((message) -> {
			calls(message).forEach((call) -> ids.add(call.id()));
			responses(message).forEach((response) -> ids.add("result of " + response.id()));
		});
		return ids;
	}

	/**
	 * Return how many messages go out to the service: each result is one.
	 * @param messages the messages
	 * @return their number
	 */
	static int sentSize(List<Message> messages) {
		return messages.stream().mapToInt((message) -> Math.max(1, responses(message).size())).sum();
	}

	/**
	 * Return whether a history ends with messages, as far as they go out to the service.
	 * @param history the history
	 * @param end the messages
	 * @return whether it ends with them
	 */
	static boolean endsWith(List<Message> history, List<Message> end) {
		int start = history.size() - end.size();
		if (start < 0) {
			return false;
		}
		for (int i = 0; i < end.size(); i++) {
			if (!isSame(history.get(start + i), end.get(i))) {
				return false;
			}
		}
		return true;
	}

	// A repository may add metadata to messages
	private static boolean isSame(Message first, Message second) {
		return first.getMessageType() == second.getMessageType()
				&& Objects.requireNonNullElse(first.getText(), "")
					.equals(Objects.requireNonNullElse(second.getText(), ""))
				&& calls(first).equals(calls(second)) && results(first).equals(results(second));
	}

	private static Map<String, @Nullable String> results(Message message) {
		Map<String, @Nullable String> results = new HashMap<>();
		responses(message).forEach((response) -> results.put(response.id(), response.responseData()));
		return results;
	}

	static List<AssistantMessage.ToolCall> calls(Message message) {
		return (message instanceof AssistantMessage assistant) ? assistant.getToolCalls() : Collections.emptyList();
	}

	static List<ToolResponseMessage.ToolResponse> responses(Message message) {
		return (message instanceof ToolResponseMessage tool) ? tool.getResponses() : Collections.emptyList();
	}

	/**
	 * Return the messages that are no instructions.
	 * @param messages the messages
	 * @return those without the ones of the system
	 */
	static List<Message> withoutSystem(List<Message> messages) {
		return messages.stream().filter((message) -> !(message instanceof SystemMessage)).toList();
	}

}
