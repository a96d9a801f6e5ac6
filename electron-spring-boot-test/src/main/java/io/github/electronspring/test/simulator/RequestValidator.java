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

package io.github.electronspring.test.simulator;

import java.util.Collections;
import java.util.Set;
import java.util.TreeSet;

import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * Validates a request as the service does.
 *
 * @author The Electron Spring authors
 */
final class RequestValidator {

	static final int CONTEXT_LENGTH = 32768;

	private static final int MAX_MESSAGES = 200;

	private static final int MAX_STOPS = 4;

	private static final Set<String> FORMATS = new TreeSet<>(Set.of("text", "json_object"));

	private RequestValidator() {
	}

	/**
	 * Validate a request.
	 * @param request the body of the request
	 * @return the error, or {@code null} if the request keeps the contract
	 */
	static @Nullable ApiError validate(@Nullable JsonNode request) {
		if (request == null || !request.isObject()) {
			return ApiError.of(400, ApiError.INVALID_REQUEST, "The request body is not a JSON object");
		}
		Problems problems = new Problems();
		unsupported(request, problems);
		model(request, problems);
		messages(request, problems);
		numbers(request, problems);
		others(request, problems);
		ToolsValidator.validate(request, problems);
		return problems.details().isEmpty() ? null : ApiError.invalid(problems.details());
	}

	/**
	 * Check that prompt and answer fit into the context.
	 * @param request the body of the request
	 * @param promptTokens the number of tokens of the prompt
	 * @return the error, or {@code null} if they fit
	 */
	static @Nullable ApiError validateLength(JsonNode request, int promptTokens) {
		int maxTokens = request.path("max_tokens").isInt() ? request.path("max_tokens").intValue() : 0;
		if ((long) promptTokens + maxTokens <= CONTEXT_LENGTH) {
			return null;
		}
		String message = "This model's maximum context length is %d tokens, however you requested %d tokens"
			.formatted(CONTEXT_LENGTH, (long) promptTokens + maxTokens)
				+ " (%d in the messages, %d in the completion)".formatted(promptTokens, maxTokens);
		return new ApiError(400, ApiError.INVALID_REQUEST, message, "context_length_exceeded", Collections.emptyList());
	}

	private static void unsupported(JsonNode request, Problems problems) {
		JsonNode n = request.path("n");
		if (n.isNumber() && n.doubleValue() > 1) {
			problems.custom("n > 1 is not supported", "n");
		}
		else {
			problems.integer(request, "n", 1, 1);
		}
		if (!Problems.isAbsent(request.path("prompt_logprobs"))) {
			problems.custom("prompt_logprobs is not supported", "prompt_logprobs");
		}
	}

	private static void model(JsonNode request, Problems problems) {
		JsonNode model = request.path("model");
		if (!model.isString()) {
			problems.type("string", "model");
		}
		else if (!"electron".equals(model.stringValue())) {
			problems.custom("Unknown model, expected 'electron'", "model");
		}
	}

	private static void messages(JsonNode request, Problems problems) {
		JsonNode messages = request.path("messages");
		if (!messages.isArray()) {
			problems.type("array", "messages");
		}
		else if (messages.isEmpty()) {
			problems.add("too_small", "messages must have at least 1 entry", "messages");
		}
		else if (messages.size() > MAX_MESSAGES) {
			problems.add("too_big", "messages must have at most %d entries".formatted(MAX_MESSAGES), "messages");
		}
		else {
			new MessagesValidator(messages, problems).validate();
		}
	}

	private static void numbers(JsonNode request, Problems problems) {
		problems.number(request, "temperature", 0, 2);
		problems.number(request, "top_p", 0, 1);
		problems.number(request, "presence_penalty", -2, 2);
		problems.number(request, "frequency_penalty", -2, 2);
		problems.integer(request, "max_tokens", 1, Integer.MAX_VALUE);
		problems.integer(request, "top_logprobs", 0, 20);
		problems.integer(request, "seed", Long.MIN_VALUE, Long.MAX_VALUE);
		problems.bool(request, "logprobs");
		if (!Problems.isAbsent(request.path("top_logprobs")) && !request.path("logprobs").asBoolean(false)) {
			problems.custom("top_logprobs needs logprobs to be true", "top_logprobs");
		}
	}

	private static void others(JsonNode request, Problems problems) {
		problems.bool(request, "stream");
		problems.string(request, "user");
		JsonNode streamOptions = request.path("stream_options");
		if (!Problems.isAbsent(streamOptions) && !streamOptions.isObject()) {
			problems.type("object", "stream_options");
		}
		else if (!Problems.isAbsent(streamOptions.path("include_usage"))
				&& !streamOptions.path("include_usage").isBoolean()) {
			problems.type("boolean", "stream_options", "include_usage");
		}
		stop(request.path("stop"), problems);
		logitBias(request.path("logit_bias"), problems);
		JsonNode format = request.path("response_format");
		if (!Problems.isAbsent(format)) {
			problems.oneOf(format.path("type"), FORMATS, "response_format", "type");
		}
	}

	private static void stop(JsonNode stop, Problems problems) {
		if (Problems.isAbsent(stop) || stop.isString()) {
			return;
		}
		if (!stop.isArray()) {
			problems.type("string or array", "stop");
			return;
		}
		if (stop.size() > MAX_STOPS) {
			problems.add("too_big", "stop must have at most %d entries".formatted(MAX_STOPS), "stop");
		}
		for (int i = 0; i < stop.size(); i++) {
			if (!stop.get(i).isString()) {
				problems.type("string", "stop", i);
			}
		}
	}

	private static void logitBias(JsonNode bias, Problems problems) {
		if (Problems.isAbsent(bias)) {
			return;
		}
		if (!bias.isObject()) {
			problems.type("object", "logit_bias");
			return;
		}
		bias.properties().forEach((entry) -> {
			if (!entry.getValue().isNumber()) {
				problems.type("number", "logit_bias", entry.getKey());
			}
		});
	}

}
