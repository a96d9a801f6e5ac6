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

package io.github.electronspring.api;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

import io.github.electronspring.protocol.ChatCompletionRequest;
import io.github.electronspring.protocol.ChatCompletionRequestBuilder;
import io.github.electronspring.protocol.ChatMessage;
import io.github.electronspring.protocol.ErrorDetail;
import io.github.electronspring.protocol.JsonSchemaFormat;
import io.github.electronspring.protocol.ResponseFormat;
import io.github.electronspring.protocol.StreamOptions;
import io.github.electronspring.protocol.ToolChoice;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;

/**
 * Turns a request into what the dialect of its service allows, and refuses what the
 * service would refuse. Thread-safe.
 *
 * @author The Electron Spring authors
 */
final class RequestAdapter {

	private static final Log logger = LogFactory.getLog(RequestAdapter.class);

	private static final Set<String> UNSUPPORTED = Set.of("parallel_tool_calls", "service_tier", "store", "metadata",
			"reasoning_effort", "prediction", "modalities", "verbosity", "prompt_cache_key");

	private static final String MAX_COMPLETION_TOKENS = "max_completion_tokens";

	private static final String SCHEMA_INSTRUCTION = "Give your final answer as one JSON object, without any other text, "
			+ "that satisfies this JSON Schema:\n";

	private final Dialect dialect;

	private final Set<String> warned = ConcurrentHashMap.newKeySet();

	RequestAdapter(Dialect dialect) {
		this.dialect = dialect;
	}

	ChatCompletionRequest adapt(ChatCompletionRequest request, boolean stream) {
		ChatCompletionRequestBuilder builder = request.mutate();
		builder.stream(stream ? true : null).streamOptions(stream ? new StreamOptions(true) : null);
		if (this.dialect == Dialect.ELECTRON) {
			toElectron(request, builder);
		}
		else {
			toOpenAi(request, builder);
		}
		ChatCompletionRequest adapted = builder.build();
		validate(adapted);
		return adapted;
	}

	private void toElectron(ChatCompletionRequest request, ChatCompletionRequestBuilder builder) {
		Map<String, Object> extraBody = new LinkedHashMap<>(request.extraBody());
		Object maxCompletionTokens = extraBody.remove(MAX_COMPLETION_TOKENS);
		if (maxCompletionTokens instanceof Number number && request.maxTokens() == null) {
			builder.maxTokens(number.intValue());
		}
		for (String field : UNSUPPORTED) {
			if (extraBody.remove(field) != null && this.warned.add(field)) {
				logger.warn("Electron does not know the request field '%s', it is not sent".formatted(field));
			}
		}
		builder.extraBody(extraBody);
		List<ChatMessage> messages = new ArrayList<>(request.messages().size() + 1);
		for (ChatMessage message : request.messages()) {
			messages.add("developer".equals(message.role())
					? new ChatMessage(ChatMessage.SYSTEM, message.content(), message.toolCalls(), message.toolCallId())
					: message);
		}
		ResponseFormat format = request.responseFormat();
		if (format != null && format.jsonSchema() != null) {
			addSchema(messages, format.jsonSchema());
			// JSON mode would silence what the model says beside a tool call
			boolean mayCallTools = !request.tools().isEmpty() && !ToolChoice.NONE.equals(request.toolChoice());
			builder.responseFormat(mayCallTools ? null : ResponseFormat.JSON_OBJECT);
		}
		builder.messages(messages);
	}

	private void addSchema(List<ChatMessage> messages, JsonSchemaFormat schema) {
		// Behind the leading system messages it is part of the prefix that stays the same
		int index = 0;
		while (index < messages.size() && ChatMessage.SYSTEM.equals(messages.get(index).role())) {
			index++;
		}
		messages.add(index, ChatMessage.system(SCHEMA_INSTRUCTION + schema.schema()));
	}

	private void toOpenAi(ChatCompletionRequest request, ChatCompletionRequestBuilder builder) {
		if (request.maxTokens() != null) {
			Map<String, Object> extraBody = new LinkedHashMap<>(request.extraBody());
			extraBody.putIfAbsent(MAX_COMPLETION_TOKENS, request.maxTokens());
			builder.maxTokens(null).extraBody(extraBody);
		}
	}

	private void validate(ChatCompletionRequest request) {
		List<ErrorDetail> details = request.validate();
		if (this.dialect != Dialect.ELECTRON) {
			// Other services have limits of their own; one answer is what this library
			// reads
			details = details.stream().filter((detail) -> detail.path().equals(List.of("n"))).toList();
		}
		if (!details.isEmpty()) {
			ErrorDetail first = details.get(0);
			throw new ElectronInvalidRequestException(
					"The request is not sent: '%s' %s%s".formatted(String.join(".", first.path()), first.message(),
							(details.size() > 1) ? " and %d more".formatted(details.size() - 1) : ""),
					details);
		}
	}

}
