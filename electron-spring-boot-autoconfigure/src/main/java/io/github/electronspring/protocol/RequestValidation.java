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

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;

import org.jspecify.annotations.Nullable;

/**
 * The rules of the service for requests. What breaks one is named with the codes and the
 * paths that the service uses. Made anew for each request.
 *
 * @author The Electron Spring authors
 */
final class RequestValidation {

	private static final int MAX_MESSAGES = 200;

	private static final int MAX_TOOLS = 64;

	private static final int MAX_STOPS = 4;

	private static final int MAX_TOP_LOGPROBS = 20;

	private static final Pattern TOOL_NAME = Pattern.compile("[a-zA-Z0-9_-]{1,64}");

	private static final Set<String> ROLES = Set.of(ChatMessage.SYSTEM, ChatMessage.USER, ChatMessage.ASSISTANT,
			ChatMessage.TOOL);

	/**
	 * Fields that have a setting of their own: beside it, the extra body would send them
	 * twice or unchecked.
	 */
	private static final Set<String> OWN_FIELDS = Set.of("model", "messages", "temperature", "top_p", "max_tokens",
			"stream", "stream_options", "tools", "tool_choice", "response_format", "stop", "seed", "logit_bias",
			"logprobs", "top_logprobs", "presence_penalty", "frequency_penalty", "user");

	private final ChatCompletionRequest request;

	private final List<ErrorDetail> details = new ArrayList<>();

	private RequestValidation(ChatCompletionRequest request) {
		this.request = request;
	}

	static List<ErrorDetail> validate(ChatCompletionRequest request) {
		RequestValidation validation = new RequestValidation(request);
		validation.checkMessages();
		validation.checkNumbers();
		validation.checkTexts();
		validation.checkTools();
		validation.checkUnsupported();
		return List.copyOf(validation.details);
	}

	private void checkMessages() {
		List<ChatMessage> messages = this.request.messages();
		if (messages.isEmpty()) {
			add("too_small", "messages must contain at least 1 message", "messages");
		}
		if (messages.size() > MAX_MESSAGES) {
			add("too_big", "messages must contain at most 200 messages but there are " + messages.size(), "messages");
		}
		for (int i = 0; i < messages.size(); i++) {
			checkMessage(messages.get(i), String.valueOf(i));
		}
	}

	private void checkMessage(ChatMessage message, String index) {
		if (!ROLES.contains(message.role())) {
			add("invalid_value", "role must be one of system, user, assistant and tool", "messages", index, "role");
		}
		boolean callsTools = ChatMessage.ASSISTANT.equals(message.role()) && !message.toolCalls().isEmpty();
		if (message.content() == null && !callsTools) {
			add("custom", "content is required except on an assistant message with tool_calls", "messages", index,
					"content");
		}
		if (ChatMessage.TOOL.equals(message.role()) && isEmpty(message.toolCallId())) {
			add("custom", "tool_call_id is required on a tool message", "messages", index, "tool_call_id");
		}
		for (int i = 0; i < message.toolCalls().size(); i++) {
			if (isEmpty(message.toolCalls().get(i).id())) {
				add("custom", "id is required on a tool call", "messages", index, "tool_calls", String.valueOf(i),
						"id");
			}
		}
	}

	private void checkNumbers() {
		checkRange(this.request.temperature(), 0, 2, "temperature");
		checkRange(this.request.topP(), 0, 1, "top_p");
		checkRange(this.request.presencePenalty(), -2, 2, "presence_penalty");
		checkRange(this.request.frequencyPenalty(), -2, 2, "frequency_penalty");
		checkRange(this.request.maxTokens(), 1, Integer.MAX_VALUE, "max_tokens");
		checkRange(this.request.topLogprobs(), 0, MAX_TOP_LOGPROBS, "top_logprobs");
		if (this.request.topLogprobs() != null && !Boolean.TRUE.equals(this.request.logprobs())) {
			add("custom", "top_logprobs needs logprobs to be true", "top_logprobs");
		}
		this.request.logitBias().forEach((token, bias) -> {
			if (bias == null || !Double.isFinite(bias)) {
				add("invalid_type", "logit_bias must be a number", "logit_bias", token);
			}
		});
	}

	private void checkRange(@Nullable Number value, int min, int max, String name) {
		if (value == null) {
			return;
		}
		double number = value.doubleValue();
		if (Double.isNaN(number)) {
			add("invalid_type", name + " must be a number", name);
		}
		else if (number < min) {
			add("too_small", name + " must be at least " + min, name);
		}
		else if (number > max) {
			add("too_big", name + " must be at most " + max, name);
		}
	}

	private void checkTexts() {
		if (isEmpty(this.request.model())) {
			add("invalid_type", "model is required", "model");
		}
		List<String> stop = this.request.stop();
		if (stop.size() > MAX_STOPS) {
			add("too_big", "stop must contain at most 4 texts but there are " + stop.size(), "stop");
		}
		for (int i = 0; i < stop.size(); i++) {
			if (stop.get(i).isEmpty()) {
				add("too_small", "stop must not contain an empty text", "stop", String.valueOf(i));
			}
		}
		ResponseFormat format = this.request.responseFormat();
		if (format != null && !"text".equals(format.type()) && !"json_object".equals(format.type())) {
			add("invalid_value", "type must be one of text and json_object", "response_format", "type");
		}
	}

	private void checkTools() {
		List<ToolDefinition> tools = this.request.tools();
		if (tools.size() > MAX_TOOLS) {
			add("too_big", "tools must contain at most 64 tools but there are " + tools.size(), "tools");
		}
		Set<String> names = new HashSet<>();
		for (int i = 0; i < tools.size(); i++) {
			checkTool(tools.get(i), String.valueOf(i), names);
		}
		ToolChoice choice = this.request.toolChoice();
		if (choice == null) {
			return;
		}
		if (choice.functionName() != null && !names.contains(choice.functionName())) {
			add("custom", "tool_choice must name one of tools", "tool_choice", "function", "name");
		}
		if (ToolChoice.REQUIRED.equals(choice) && tools.isEmpty()) {
			add("custom", "tool_choice required needs tools", "tool_choice");
		}
	}

	@SuppressWarnings("NullAway") // Jackson leaves null for what is missing
	private void checkTool(ToolDefinition tool, String index, Set<String> names) {
		if (!"function".equals(tool.type())) {
			add("invalid_value", "type must be function", "tools", index, "type");
		}
		String name = (tool.function() != null) ? tool.function().name() : null;
		if (name == null || !TOOL_NAME.matcher(name).matches()) {
			add("invalid_value", "name must be 1 to 64 letters, digits, '_' or '-'", "tools", index, "function",
					"name");
		}
		else if (!names.add(name)) {
			add("custom", "name must not be used by several tools", "tools", index, "function", "name");
		}
	}

	private void checkUnsupported() {
		Object n = (this.request.n() != null) ? this.request.n() : this.request.extraBody().get("n");
		if (n instanceof Number number && number.intValue() < 1) {
			add("too_small", "n must be at least 1", "n");
		}
		else if (n != null && !Integer.valueOf(1).equals(n)) {
			add("custom", "n > 1 is not supported", "n");
		}
		if (this.request.promptLogprobs() != null || this.request.extraBody().get("prompt_logprobs") != null) {
			add("custom", "prompt_logprobs is not supported", "prompt_logprobs");
		}
		this.request.extraBody()
			.keySet()
			.stream()
			.filter(OWN_FIELDS::contains)
			.sorted()
			.forEach((name) -> add("custom", name + " has a setting of its own and must not be an extra field", name));
	}

	private void add(String code, String message, String... path) {
		this.details.add(ErrorDetail.of(code, message, path));
	}

	private static boolean isEmpty(@Nullable String text) {
		return text == null || text.isEmpty();
	}

}
