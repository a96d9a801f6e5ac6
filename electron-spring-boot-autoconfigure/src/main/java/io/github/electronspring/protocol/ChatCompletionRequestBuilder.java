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

import java.util.List;
import java.util.Map;

import org.jspecify.annotations.Nullable;

/**
 * Builder of a {@link ChatCompletionRequest}. Not thread-safe.
 *
 * @author The Electron Spring authors
 */
public final class ChatCompletionRequestBuilder {

	private @Nullable String model;

	private List<ChatMessage> messages;

	private @Nullable Double temperature;

	private @Nullable Double topP;

	private @Nullable Integer maxTokens;

	private @Nullable Boolean stream;

	private @Nullable StreamOptions streamOptions;

	private List<ToolDefinition> tools;

	private @Nullable ToolChoice toolChoice;

	private @Nullable ResponseFormat responseFormat;

	private List<String> stop;

	private @Nullable Long seed;

	private Map<String, Double> logitBias;

	private @Nullable Boolean logprobs;

	private @Nullable Integer topLogprobs;

	private @Nullable Double presencePenalty;

	private @Nullable Double frequencyPenalty;

	private @Nullable String user;

	private @Nullable Integer n;

	private @Nullable Object promptLogprobs;

	private Map<String, Object> extraBody;

	ChatCompletionRequestBuilder(ChatCompletionRequest request) {
		this.model = request.model();
		this.messages = request.messages();
		this.temperature = request.temperature();
		this.topP = request.topP();
		this.maxTokens = request.maxTokens();
		this.stream = request.stream();
		this.streamOptions = request.streamOptions();
		this.tools = request.tools();
		this.toolChoice = request.toolChoice();
		this.responseFormat = request.responseFormat();
		this.stop = request.stop();
		this.seed = request.seed();
		this.logitBias = request.logitBias();
		this.logprobs = request.logprobs();
		this.topLogprobs = request.topLogprobs();
		this.presencePenalty = request.presencePenalty();
		this.frequencyPenalty = request.frequencyPenalty();
		this.user = request.user();
		this.n = request.n();
		this.promptLogprobs = request.promptLogprobs();
		this.extraBody = request.extraBody();
	}

	/**
	 * Set the model.
	 * @param model the value
	 * @return this builder
	 */
	public ChatCompletionRequestBuilder model(@Nullable String model) {
		this.model = model;
		return this;
	}

	/**
	 * Set the conversation, 1 to 200 messages.
	 * @param messages the value
	 * @return this builder
	 */
	public ChatCompletionRequestBuilder messages(List<ChatMessage> messages) {
		this.messages = messages;
		return this;
	}

	/**
	 * Set how freely the model picks its words, 0 to 2.
	 * @param temperature the value
	 * @return this builder
	 */
	public ChatCompletionRequestBuilder temperature(@Nullable Double temperature) {
		this.temperature = temperature;
		return this;
	}

	/**
	 * Set the share of probability that the model picks from, 0 to 1.
	 * @param topP the value
	 * @return this builder
	 */
	public ChatCompletionRequestBuilder topP(@Nullable Double topP) {
		this.topP = topP;
		return this;
	}

	/**
	 * Set the most tokens of the output, at least 1.
	 * @param maxTokens the value
	 * @return this builder
	 */
	public ChatCompletionRequestBuilder maxTokens(@Nullable Integer maxTokens) {
		this.maxTokens = maxTokens;
		return this;
	}

	/**
	 * Set whether the response is streamed; set by the client.
	 * @param stream the value
	 * @return this builder
	 */
	public ChatCompletionRequestBuilder stream(@Nullable Boolean stream) {
		this.stream = stream;
		return this;
	}

	/**
	 * Set options of a streamed response; set by the client.
	 * @param streamOptions the value
	 * @return this builder
	 */
	public ChatCompletionRequestBuilder streamOptions(@Nullable StreamOptions streamOptions) {
		this.streamOptions = streamOptions;
		return this;
	}

	/**
	 * Set the tools that the model may call, at most 64.
	 * @param tools the value
	 * @return this builder
	 */
	public ChatCompletionRequestBuilder tools(List<ToolDefinition> tools) {
		this.tools = tools;
		return this;
	}

	/**
	 * Set whether and which tool the model shall call.
	 * @param toolChoice the value
	 * @return this builder
	 */
	public ChatCompletionRequestBuilder toolChoice(@Nullable ToolChoice toolChoice) {
		this.toolChoice = toolChoice;
		return this;
	}

	/**
	 * Set the form of the answer.
	 * @param responseFormat the value
	 * @return this builder
	 */
	public ChatCompletionRequestBuilder responseFormat(@Nullable ResponseFormat responseFormat) {
		this.responseFormat = responseFormat;
		return this;
	}

	/**
	 * Set texts at which the answer ends, at most 4.
	 * @param stop the value
	 * @return this builder
	 */
	public ChatCompletionRequestBuilder stop(List<String> stop) {
		this.stop = stop;
		return this;
	}

	/**
	 * Set a seed for repeatable answers, best effort.
	 * @param seed the value
	 * @return this builder
	 */
	public ChatCompletionRequestBuilder seed(@Nullable Long seed) {
		this.seed = seed;
		return this;
	}

	/**
	 * Set a bias by token identifier.
	 * @param logitBias the value
	 * @return this builder
	 */
	public ChatCompletionRequestBuilder logitBias(Map<String, Double> logitBias) {
		this.logitBias = logitBias;
		return this;
	}

	/**
	 * Set whether to return log probabilities.
	 * @param logprobs the value
	 * @return this builder
	 */
	public ChatCompletionRequestBuilder logprobs(@Nullable Boolean logprobs) {
		this.logprobs = logprobs;
		return this;
	}

	/**
	 * Set how many of the likeliest tokens to return at each place, 0 to 20; needs
	 * {@code logprobs}.
	 * @param topLogprobs the value
	 * @return this builder
	 */
	public ChatCompletionRequestBuilder topLogprobs(@Nullable Integer topLogprobs) {
		this.topLogprobs = topLogprobs;
		return this;
	}

	/**
	 * Set a penalty for tokens that have come, -2 to 2.
	 * @param presencePenalty the value
	 * @return this builder
	 */
	public ChatCompletionRequestBuilder presencePenalty(@Nullable Double presencePenalty) {
		this.presencePenalty = presencePenalty;
		return this;
	}

	/**
	 * Set a penalty for tokens that come often, -2 to 2.
	 * @param frequencyPenalty the value
	 * @return this builder
	 */
	public ChatCompletionRequestBuilder frequencyPenalty(@Nullable Double frequencyPenalty) {
		this.frequencyPenalty = frequencyPenalty;
		return this;
	}

	/**
	 * Set an opaque identifier of the user.
	 * @param user the value
	 * @return this builder
	 */
	public ChatCompletionRequestBuilder user(@Nullable String user) {
		this.user = user;
		return this;
	}

	/**
	 * Set the number of answers; more than 1 is refused.
	 * @param n the value
	 * @return this builder
	 */
	public ChatCompletionRequestBuilder n(@Nullable Integer n) {
		this.n = n;
		return this;
	}

	/**
	 * Set what is always refused; here so that the mistake is named.
	 * @param promptLogprobs the value
	 * @return this builder
	 */
	public ChatCompletionRequestBuilder promptLogprobs(@Nullable Object promptLogprobs) {
		this.promptLogprobs = promptLogprobs;
		return this;
	}

	/**
	 * Set further fields of the request body.
	 * @param extraBody the value
	 * @return this builder
	 */
	public ChatCompletionRequestBuilder extraBody(Map<String, Object> extraBody) {
		this.extraBody = extraBody;
		return this;
	}

	/**
	 * Build the request.
	 * @return the request
	 */
	public ChatCompletionRequest build() {
		return new ChatCompletionRequest(this.model, this.messages, this.temperature, this.topP, this.maxTokens,
				this.stream, this.streamOptions, this.tools, this.toolChoice, this.responseFormat, this.stop, this.seed,
				this.logitBias, this.logprobs, this.topLogprobs, this.presencePenalty, this.frequencyPenalty, this.user,
				this.n, this.promptLogprobs, this.extraBody);
	}

}
