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
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import com.fasterxml.jackson.annotation.JsonAnyGetter;
import com.fasterxml.jackson.annotation.JsonAnySetter;
import com.fasterxml.jackson.annotation.JsonFormat;
import com.fasterxml.jackson.annotation.JsonInclude;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.PropertyNamingStrategies.SnakeCaseStrategy;
import tools.jackson.databind.annotation.JsonNaming;

/**
 * A request for a chat completion. Immutable; what is {@code null} or empty is not sent.
 *
 * @param model the model
 * @param messages the conversation, 1 to 200 messages
 * @param temperature how freely the model picks its words, 0 to 2
 * @param topP the share of probability that the model picks from, 0 to 1
 * @param maxTokens the most tokens of the output, at least 1
 * @param stream whether the response is streamed; set by the client
 * @param streamOptions options of a streamed response; set by the client
 * @param tools the tools that the model may call, at most 64
 * @param toolChoice whether and which tool the model shall call
 * @param responseFormat the form of the answer
 * @param stop texts at which the answer ends, at most 4
 * @param seed a seed for repeatable answers, best effort
 * @param logitBias a bias by token identifier
 * @param logprobs whether to return log probabilities
 * @param topLogprobs how many of the likeliest tokens to return at each place, 0 to 20;
 * needs {@code logprobs}
 * @param presencePenalty a penalty for tokens that have come, -2 to 2
 * @param frequencyPenalty a penalty for tokens that come often, -2 to 2
 * @param user an opaque identifier of the user
 * @param n the number of answers; more than 1 is refused
 * @param promptLogprobs always refused; here so that the mistake is named
 * @param extraBody further fields of the request body
 * @author The Electron Spring authors
 */
@JsonNaming(SnakeCaseStrategy.class)
@JsonInclude(JsonInclude.Include.NON_EMPTY)
public record ChatCompletionRequest(@Nullable String model, List<ChatMessage> messages, @Nullable Double temperature,
		@Nullable Double topP, @Nullable Integer maxTokens, @Nullable Boolean stream,
		@Nullable StreamOptions streamOptions, List<ToolDefinition> tools, @Nullable ToolChoice toolChoice,
		@Nullable ResponseFormat responseFormat,
		@JsonFormat(with = JsonFormat.Feature.ACCEPT_SINGLE_VALUE_AS_ARRAY) List<String> stop, @Nullable Long seed,
		Map<String, Double> logitBias, @Nullable Boolean logprobs, @Nullable Integer topLogprobs,
		@Nullable Double presencePenalty, @Nullable Double frequencyPenalty, @Nullable String user, @Nullable Integer n,
		@Nullable Object promptLogprobs, @JsonAnyGetter @JsonAnySetter Map<String, Object> extraBody) {

	private static final ChatCompletionRequest EMPTY = new ChatCompletionRequest(null, Collections.emptyList(), null,
			null, null, null, null, Collections.emptyList(), null, null, Collections.emptyList(), null,
			Collections.emptyMap(), null, null, null, null, null, null, null, Collections.emptyMap());

	/**
	 * Create a request. Missing lists and maps are taken as empty.
	 */
	@SuppressWarnings("NullAway") // Jackson passes null for what is missing
	public ChatCompletionRequest {
		messages = (messages != null) ? List.copyOf(messages) : Collections.emptyList();
		tools = (tools != null) ? List.copyOf(tools) : Collections.emptyList();
		stop = (stop != null) ? List.copyOf(stop) : Collections.emptyList();
		logitBias = (logitBias != null) ? Collections.unmodifiableMap(new LinkedHashMap<>(logitBias))
				: Collections.emptyMap();
		extraBody = (extraBody != null) ? Collections.unmodifiableMap(new LinkedHashMap<>(extraBody))
				: Collections.emptyMap();
	}

	/**
	 * Create a builder of a request.
	 * @return a builder
	 */
	public static ChatCompletionRequestBuilder builder() {
		return EMPTY.mutate();
	}

	/**
	 * Create a builder that has the values of this request.
	 * @return a builder
	 */
	public ChatCompletionRequestBuilder mutate() {
		return new ChatCompletionRequestBuilder(this);
	}

	/**
	 * Check this request against the rules of the service, as it goes out: what a dialect
	 * translates has to be translated before.
	 * @return what is wrong with it, in the words of the service; empty if nothing is
	 */
	public List<ErrorDetail> validate() {
		return RequestValidation.validate(this);
	}

	/**
	 * Return a text for logs: it holds no content.
	 */
	@Override
	public String toString() {
		return "ChatCompletionRequest[model=%s, messages=%d, tools=%d]".formatted(this.model, this.messages.size(),
				this.tools.size());
	}

}
