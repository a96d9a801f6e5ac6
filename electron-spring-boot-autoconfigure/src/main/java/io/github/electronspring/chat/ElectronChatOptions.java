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

import java.time.Duration;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

import io.github.electronspring.protocol.ChatCompletionRequest;
import io.github.electronspring.protocol.ResponseFormat;
import io.github.electronspring.protocol.ToolChoice;
import io.github.electronspring.turn.TurnListener;
import org.jspecify.annotations.Nullable;

import org.springframework.ai.chat.prompt.ChatOptions;
import org.springframework.ai.model.tool.StructuredOutputChatOptions;
import org.springframework.ai.model.tool.ToolCallingChatOptions;
import org.springframework.ai.tool.ToolCallback;
import org.springframework.util.Assert;
import org.springframework.util.CollectionUtils;

/**
 * Options of a call of {@link ElectronChatModel}. What is {@code null} is taken from the
 * options of the model, and what those leave open from the service. Immutable.
 *
 * @author The Electron Spring authors
 */
public final class ElectronChatOptions implements ToolCallingChatOptions, StructuredOutputChatOptions {

	private final ChatCompletionRequest request;

	private final @Nullable List<ToolCallback> toolCallbacks;

	private final @Nullable Map<String, Object> toolContext;

	private final @Nullable String outputSchema;

	private final @Nullable Boolean repairOutput;

	private final @Nullable ToolExecutionMode toolExecution;

	private final @Nullable Set<String> toolNames;

	private final @Nullable Integer maxToolRounds;

	private final @Nullable Duration turnTimeout;

	private final @Nullable String conversationId;

	private final List<TurnListener> turnListeners;

	ElectronChatOptions(ElectronChatOptionsBuilder builder, ChatCompletionRequest request) {
		this.request = request;
		this.toolCallbacks = (builder.toolCallbacks() != null) ? List.copyOf(builder.toolCallbacks()) : null;
		this.toolContext = (builder.toolContext() != null) ? Map.copyOf(builder.toolContext()) : null;
		this.outputSchema = builder.outputSchema;
		this.repairOutput = builder.repairOutput;
		this.toolExecution = builder.toolExecution;
		this.toolNames = (builder.toolNames != null)
				? Collections.unmodifiableSet(new LinkedHashSet<>(builder.toolNames)) : null;
		this.maxToolRounds = builder.maxToolRounds;
		this.turnTimeout = builder.turnTimeout;
		Assert.isTrue(this.turnTimeout == null || this.turnTimeout.compareTo(Duration.ZERO) > 0,
				() -> "'turnTimeout' must be longer than 0 but is '%s'".formatted(this.turnTimeout));
		this.conversationId = builder.conversationId;
		this.turnListeners = List.copyOf(builder.turnListeners);
	}

	/**
	 * Create a builder of options.
	 * @return a builder
	 */
	public static ElectronChatOptionsBuilder builder() {
		return new ElectronChatOptionsBuilder();
	}

	@Override
	public ElectronChatOptionsBuilder mutate() {
		return new ElectronChatOptionsBuilder(this);
	}

	@Override
	public @Nullable String getModel() {
		return this.request.model();
	}

	@Override
	public @Nullable Double getTemperature() {
		return this.request.temperature();
	}

	@Override
	public @Nullable Double getTopP() {
		return this.request.topP();
	}

	/**
	 * Return {@code null}: the service has no such parameter.
	 * @return {@code null}
	 */
	@Override
	public @Nullable Integer getTopK() {
		return null;
	}

	@Override
	public @Nullable Integer getMaxTokens() {
		return this.request.maxTokens();
	}

	@Override
	public @Nullable Double getFrequencyPenalty() {
		return this.request.frequencyPenalty();
	}

	@Override
	public @Nullable Double getPresencePenalty() {
		return this.request.presencePenalty();
	}

	@Override
	public @Nullable List<String> getStopSequences() {
		return this.request.stop().isEmpty() ? null : this.request.stop();
	}

	@Override
	public @Nullable List<ToolCallback> getToolCallbacks() {
		return this.toolCallbacks;
	}

	@Override
	public @Nullable Map<String, Object> getToolContext() {
		return this.toolContext;
	}

	@Override
	public @Nullable String getOutputSchema() {
		return this.outputSchema;
	}

	/**
	 * Return the seed for repeatable answers.
	 * @return the value, or {@code null} if it is not set
	 */
	public @Nullable Long getSeed() {
		return this.request.seed();
	}

	/**
	 * Return whether log probabilities are returned.
	 * @return the value, or {@code null} if it is not set
	 */
	public @Nullable Boolean getLogprobs() {
		return this.request.logprobs();
	}

	/**
	 * Return how many of the likeliest tokens are returned at each place.
	 * @return the value, or {@code null} if it is not set
	 */
	public @Nullable Integer getTopLogprobs() {
		return this.request.topLogprobs();
	}

	/**
	 * Return the opaque identifier of the user.
	 * @return the value, or {@code null} if it is not set
	 */
	public @Nullable String getUser() {
		return this.request.user();
	}

	/**
	 * Return the number of answers.
	 * @return the value, or {@code null} if it is not set
	 */
	public @Nullable Integer getN() {
		return this.request.n();
	}

	/**
	 * Return the number of log probabilities of the prompt.
	 * @return the value, or {@code null} if it is not set
	 */
	public @Nullable Integer getPromptLogprobs() {
		return (Integer) this.request.promptLogprobs();
	}

	/**
	 * Return whether and which tool the model shall call.
	 * @return the value, or {@code null} if it is not set
	 */
	public @Nullable ToolChoice getToolChoice() {
		return this.request.toolChoice();
	}

	/**
	 * Return the form of the answer.
	 * @return the value, or {@code null} if it is not set
	 */
	public @Nullable ResponseFormat getResponseFormat() {
		return this.request.responseFormat();
	}

	/**
	 * Return who executes tools.
	 * @return the value, or {@code null} if it is not set
	 */
	public @Nullable ToolExecutionMode getToolExecution() {
		return this.toolExecution;
	}

	/**
	 * Return the most rounds that end in tool calls.
	 * @return the value, or {@code null} if it is not set
	 */
	public @Nullable Integer getMaxToolRounds() {
		return this.maxToolRounds;
	}

	/**
	 * Return how long a turn may take, all its rounds and tools together.
	 * @return the value, or {@code null} if it is not set
	 */
	public @Nullable Duration getTurnTimeout() {
		return this.turnTimeout;
	}

	/**
	 * Return the conversation that the call belongs to.
	 * @return the value, or {@code null} if it is not set
	 */
	public @Nullable String getConversationId() {
		return this.conversationId;
	}

	/**
	 * Return whether an answer that does not fit the output schema is asked for again.
	 * @return the value, or {@code null} if it is not set
	 */
	public @Nullable Boolean getRepairOutput() {
		return this.repairOutput;
	}

	/**
	 * Return the bias by token identifier.
	 * @return the biases, empty if there are none
	 */
	public Map<String, Double> getLogitBias() {
		return this.request.logitBias();
	}

	/**
	 * Return further fields of the request body.
	 * @return the fields, empty if there are none
	 */
	public Map<String, Object> getExtraBody() {
		return this.request.extraBody();
	}

	/**
	 * Return the names of the registered tools that the model may call. Tools given on
	 * the call are not restricted.
	 * @return the names, or {@code null} for all registered tools
	 */
	public @Nullable Set<String> getToolNames() {
		return this.toolNames;
	}

	/**
	 * Return what learns of the events of the turn.
	 * @return the listeners, empty if there are none
	 */
	public List<TurnListener> getTurnListeners() {
		return this.turnListeners;
	}

	/**
	 * Return the parameters of the wire as a request without messages.
	 * @return the request
	 */
	ChatCompletionRequest request() {
		return this.request;
	}

	/**
	 * Return the options of a call, with defaults where it leaves them open. Doing so
	 * twice changes nothing more.
	 * @param options the options of the call, ours or those of another model
	 * @param defaults the options of the model
	 * @return the options
	 */
	static ElectronChatOptions resolve(@Nullable ChatOptions options, ElectronChatOptions defaults) {
		if (options == null || options == defaults) {
			return defaults;
		}
		if (options instanceof ElectronChatOptions electronOptions) {
			return electronOptions.orElse(defaults);
		}
		return builder().model(defaults.getModel()).combineWith(options.mutate()).build().orElse(defaults);
	}

	private ElectronChatOptions orElse(ElectronChatOptions defaults) {
		ElectronChatOptionsBuilder builder = mutate();
		builder.wire(RequestParameters.merge(this.request, defaults.request));
		builder.toolCallbacks(ToolCallingChatOptions.mergeToolCallbacks(this.toolCallbacks, defaults.toolCallbacks));
		builder.toolContext(ToolCallingChatOptions.mergeToolContext(this.toolContext, defaults.toolContext));
		builder.outputSchema = RequestParameters.first(this.outputSchema, defaults.outputSchema);
		builder.repairOutput = RequestParameters.first(this.repairOutput, defaults.repairOutput);
		builder.toolExecution = RequestParameters.first(this.toolExecution, defaults.toolExecution);
		builder.toolNames = RequestParameters.first(this.toolNames, defaults.toolNames);
		builder.maxToolRounds = RequestParameters.first(this.maxToolRounds, defaults.maxToolRounds);
		builder.turnTimeout = RequestParameters.first(this.turnTimeout, defaults.turnTimeout);
		builder.conversationId = RequestParameters.first(this.conversationId, defaults.conversationId);
		if (this.turnListeners.isEmpty()) {
			builder.turnListeners(defaults.turnListeners);
		}
		return builder.build();
	}

	@Override
	public boolean equals(@Nullable Object other) {
		return this == other || other instanceof ElectronChatOptions that && values().equals(that.values());
	}

	@Override
	public int hashCode() {
		return values().hashCode();
	}

	private List<Object> values() {
		return List.of(this.request, Objects.requireNonNullElse(this.toolCallbacks, Collections.emptyList()),
				Objects.requireNonNullElse(this.toolContext, Collections.emptyMap()),
				Objects.requireNonNullElse(this.outputSchema, ""), String.valueOf(this.repairOutput),
				String.valueOf(this.toolExecution), (this.toolNames != null) ? this.toolNames : "",
				String.valueOf(this.maxToolRounds), String.valueOf(this.turnTimeout),
				Objects.requireNonNullElse(this.conversationId, ""), this.turnListeners);
	}

	/**
	 * Return a text for logs: it holds no content, no user and no values of the tool
	 * context or of further fields.
	 */
	@Override
	public String toString() {
		Map<String, Object> parts = new LinkedHashMap<>();
		parts.put("model", String.valueOf(getModel()));
		parts.put("temperature", String.valueOf(getTemperature()));
		parts.put("topP", String.valueOf(getTopP()));
		parts.put("maxTokens", String.valueOf(getMaxTokens()));
		parts.put("presencePenalty", String.valueOf(getPresencePenalty()));
		parts.put("frequencyPenalty", String.valueOf(getFrequencyPenalty()));
		parts.put("seed", String.valueOf(getSeed()));
		parts.put("stopSequences", this.request.stop().size());
		parts.put("toolChoice", String.valueOf(getToolChoice()));
		parts.put("toolExecution", String.valueOf(this.toolExecution));
		parts.put("toolNames", String.valueOf(this.toolNames));
		parts.put("toolCallbacks", CollectionUtils.isEmpty(this.toolCallbacks) ? 0 : this.toolCallbacks.size());
		parts.put("toolContext", (this.toolContext != null) ? this.toolContext.keySet() : Collections.emptySet());
		parts.put("extraBody", getExtraBody().keySet());
		parts.put("outputSchema", this.outputSchema != null);
		return "ElectronChatOptions" + parts;
	}

}
