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

package io.github.electronspring.chat;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

import io.github.electronspring.api.ElectronInvalidRequestException;
import io.github.electronspring.protocol.ChatMessage;
import io.github.electronspring.protocol.ErrorDetail;
import io.github.electronspring.protocol.ToolCall;
import org.jspecify.annotations.Nullable;

import org.springframework.ai.chat.messages.AssistantMessage;
import org.springframework.ai.chat.messages.Message;
import org.springframework.ai.chat.messages.SystemMessage;
import org.springframework.ai.chat.messages.ToolResponseMessage;
import org.springframework.ai.chat.messages.UserMessage;
import org.springframework.ai.content.MediaContent;
import org.springframework.util.StringUtils;

/**
 * Maps messages of Spring AI to those of the wire and back. Thread-safe.
 *
 * @author The Electron Spring authors
 */
public final class MessageMapper {

	private MessageMapper() {
	}

	/**
	 * Map messages of Spring AI to those of the wire. A message with the results of
	 * several tool calls becomes one message for each.
	 * @param messages the messages of Spring AI
	 * @return the messages as they are sent
	 * @throws ElectronInvalidRequestException if a message holds images or audio
	 */
	public static List<ChatMessage> toWire(List<Message> messages) {
		List<ChatMessage> wire = new ArrayList<>(messages.size());
		for (Message message : messages) {
			if (message instanceof MediaContent content && !content.getMedia().isEmpty()) {
				throw mediaRefused(content, wire.size());
			}
			if (message instanceof ToolResponseMessage toolMessage) {
				toolMessage.getResponses()
					.forEach((response) -> wire.add(ChatMessage.tool(response.id(), response.responseData())));
			}
			else {
				wire.add(toWire(message));
			}
		}
		return wire;
	}

	private static ChatMessage toWire(Message message) {
		String text = (message.getText() != null) ? message.getText() : "";
		return switch (message.getMessageType()) {
			case SYSTEM -> ChatMessage.system(text);
			case USER -> ChatMessage.user(text);
			case ASSISTANT -> toWire((AssistantMessage) message, text);
			case TOOL ->
				throw new IllegalArgumentException("Message of type 'TOOL' must be a ToolResponseMessage but is '%s'"
					.formatted(message.getClass().getName()));
		};
	}

	private static ChatMessage toWire(AssistantMessage message, String text) {
		if (!message.hasToolCalls()) {
			return ChatMessage.assistant(text);
		}
		List<ToolCall> calls = message.getToolCalls()
			.stream()
			.map((call) -> ToolCall.function(call.id(), call.name(), call.arguments()))
			.toList();
		return ChatMessage.assistant(StringUtils.hasLength(text) ? text : null, calls);
	}

	private static ElectronInvalidRequestException mediaRefused(MediaContent content, int index) {
		String message = "Message %d holds '%s', but Electron takes text only: remove images and audio".formatted(index,
				content.getMedia().iterator().next().getMimeType());
		return new ElectronInvalidRequestException(message, List
			.of(ErrorDetail.of("custom", "images and audio are not supported", "messages", "" + index, "content")));
	}

	/**
	 * Map messages of the wire to those of Spring AI, one to one. Mapped back they are
	 * the same, but for an assistant message without a text, whose text may be empty in
	 * place of {@code null}.
	 * @param wire the messages as sent or received
	 * @return the messages of Spring AI
	 */
	public static List<Message> fromWire(List<ChatMessage> wire) {
		Map<String, String> toolNames = new HashMap<>();
		List<Message> messages = new ArrayList<>(wire.size());
		for (ChatMessage message : wire) {
			message.toolCalls().forEach((call) -> toolNames.put(String.valueOf(call.id()), call.function().name()));
			messages.add(fromWire(message, toolNames));
		}
		return messages;
	}

	private static Message fromWire(ChatMessage message, Map<String, String> toolNames) {
		String text = (message.content() != null) ? message.content() : "";
		return switch (message.role()) {
			case ChatMessage.SYSTEM -> new SystemMessage(text);
			case ChatMessage.TOOL -> toolResponse(message.toolCallId(), text, toolNames);
			case ChatMessage.ASSISTANT -> assistantMessage(message);
			default -> new UserMessage(text);
		};
	}

	private static Message toolResponse(@Nullable String id, String text, Map<String, String> toolNames) {
		String callId = (id != null) ? id : "";
		return ToolResponseMessage.builder()
			.responses(List.of(new ToolResponseMessage.ToolResponse(callId, toolNames.getOrDefault(callId, ""), text)))
			.build();
	}

	/**
	 * Return a message of the model with its tool calls.
	 * @param message the message of the wire
	 * @return the message, whose text is empty where the model said nothing
	 */
	static AssistantMessage assistantMessage(ChatMessage message) {
		List<AssistantMessage.ToolCall> calls = message.toolCalls()
			.stream()
			.map((call) -> new AssistantMessage.ToolCall((call.id() != null) ? call.id() : "", call.type(),
					call.function().name(), call.function().arguments()))
			.toList();
		return AssistantMessage.builder()
			.content((message.content() != null) ? message.content() : "")
			.toolCalls(calls)
			.build();
	}

}
