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

package io.github.electronspring.protocol;

import java.util.Collections;
import java.util.List;

import com.fasterxml.jackson.annotation.JsonInclude;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.PropertyNamingStrategies.SnakeCaseStrategy;
import tools.jackson.databind.annotation.JsonDeserialize;
import tools.jackson.databind.annotation.JsonNaming;

/**
 * A message of a conversation, as sent and as received. Immutable.
 *
 * @param role the role: {@code system}, {@code user}, {@code assistant} or {@code tool}
 * @param content the text, or {@code null} for an assistant message that only calls tools
 * @param toolCalls the tool calls of an assistant message, empty if there are none
 * @param toolCallId the identifier of the call that a tool message answers
 * @author The Electron Spring authors
 */
@JsonNaming(SnakeCaseStrategy.class)
@JsonInclude(JsonInclude.Include.NON_EMPTY)
public record ChatMessage(String role,
		@JsonInclude(JsonInclude.Include.ALWAYS) @JsonDeserialize(
				using = TextContentDeserializer.class) @Nullable String content,
		List<ToolCall> toolCalls, @Nullable String toolCallId) {

	/**
	 * The role of instructions.
	 */
	public static final String SYSTEM = "system";

	/**
	 * The role of the user's messages.
	 */
	public static final String USER = "user";

	/**
	 * The role of the model's messages.
	 */
	public static final String ASSISTANT = "assistant";

	/**
	 * The role of tool results.
	 */
	public static final String TOOL = "tool";

	/**
	 * Create a message. A missing role is taken as {@code assistant}, because fragments
	 * of the service leave it out.
	 */
	@SuppressWarnings("NullAway") // Jackson passes null for what is missing
	public ChatMessage {
		role = (role != null) ? role : ASSISTANT;
		toolCalls = (toolCalls != null) ? List.copyOf(toolCalls) : Collections.emptyList();
	}

	/**
	 * Create a system message.
	 * @param content the instructions
	 * @return the message
	 */
	public static ChatMessage system(String content) {
		return new ChatMessage(SYSTEM, content, Collections.emptyList(), null);
	}

	/**
	 * Create a user message.
	 * @param content what the user says
	 * @return the message
	 */
	public static ChatMessage user(String content) {
		return new ChatMessage(USER, content, Collections.emptyList(), null);
	}

	/**
	 * Create an assistant message without tool calls.
	 * @param content what the model said
	 * @return the message
	 */
	public static ChatMessage assistant(String content) {
		return new ChatMessage(ASSISTANT, content, Collections.emptyList(), null);
	}

	/**
	 * Create an assistant message with tool calls.
	 * @param content what the model said beside the calls, or {@code null}
	 * @param toolCalls the calls
	 * @return the message
	 */
	public static ChatMessage assistant(@Nullable String content, List<ToolCall> toolCalls) {
		return new ChatMessage(ASSISTANT, content, toolCalls, null);
	}

	/**
	 * Create the result of a tool call.
	 * @param toolCallId the identifier of the call
	 * @param content the result
	 * @return the message
	 */
	public static ChatMessage tool(String toolCallId, String content) {
		return new ChatMessage(TOOL, content, Collections.emptyList(), toolCallId);
	}

	/**
	 * Return a text for logs: it holds no content.
	 */
	@Override
	public String toString() {
		return "ChatMessage[role=%s, length=%s, toolCalls=%d]".formatted(this.role,
				(this.content != null) ? this.content.length() : null, this.toolCalls.size());
	}

}
