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
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

import io.github.electronspring.protocol.ChatCompletionRequest;
import io.github.electronspring.protocol.ChatCompletionRequestBuilder;
import io.github.electronspring.protocol.ResponseFormat;
import io.github.electronspring.protocol.ToolChoice;
import io.github.electronspring.turn.TurnListener;
import org.jspecify.annotations.Nullable;

import org.springframework.ai.chat.prompt.ChatOptions;
import org.springframework.ai.model.tool.DefaultToolCallingChatOptions;
import org.springframework.ai.model.tool.StructuredOutputChatOptions;
import org.springframework.ai.model.tool.ToolCallingChatOptions;
import org.springframework.ai.tool.ToolCallback;

/**
 * Builder of {@link ElectronChatOptions}. Not thread-safe; {@link #build()} copies its
 * values.
 *
 * @author The Electron Spring authors
 */
public final class ElectronChatOptionsBuilder extends DefaultToolCallingChatOptions.Builder<ElectronChatOptionsBuilder>
		implements StructuredOutputChatOptions.Builder<ElectronChatOptionsBuilder> {

	// What Spring AI's builder has no field for
	private ChatCompletionRequestBuilder wire = ChatCompletionRequest.builder();

	@Nullable String outputSchema;

	@Nullable Boolean repairOutput;

	@Nullable ToolExecutionMode toolExecution;

	@Nullable Set<String> toolNames;

	@Nullable Integer maxToolRounds;

	@Nullable Duration turnTimeout;

	@Nullable String conversationId;

	List<TurnListener> turnListeners = new ArrayList<>();

	ElectronChatOptionsBuilder() {
	}

	ElectronChatOptionsBuilder(ElectronChatOptions options) {
		wire(options.request());
		toolCallbacks(options.getToolCallbacks());
		toolContext(options.getToolContext());
		this.outputSchema = options.getOutputSchema();
		this.repairOutput = options.getRepairOutput();
		this.toolExecution = options.getToolExecution();
		this.toolNames = options.getToolNames();
		this.maxToolRounds = options.getMaxToolRounds();
		this.turnTimeout = options.getTurnTimeout();
		this.conversationId = options.getConversationId();
		this.turnListeners.addAll(options.getTurnListeners());
	}

	@Nullable List<ToolCallback> toolCallbacks() {
		return this.toolCallbacks;
	}

	@Nullable Map<String, Object> toolContext() {
		return this.toolContext;
	}

	void wire(ChatCompletionRequest request) {
		this.wire = request.mutate();
		model(request.model());
		temperature(request.temperature());
		topP(request.topP());
		maxTokens(request.maxTokens());
		presencePenalty(request.presencePenalty());
		frequencyPenalty(request.frequencyPenalty());
		stopSequences(request.stop().isEmpty() ? null : request.stop());
	}

	@Override
	public ElectronChatOptionsBuilder clone() {
		ElectronChatOptionsBuilder copy = super.clone();
		copy.wire = this.wire.build().mutate();
		copy.turnListeners = new ArrayList<>(this.turnListeners);
		return copy;
	}

	/**
	 * Ignore a value, with one warning: the service has no such parameter.
	 */
	@Override
	public ElectronChatOptionsBuilder topK(@Nullable Integer topK) {
		if (topK != null) {
			WarnOnce.warn("Ignoring 'topK': Electron has no such parameter, use 'topP' instead");
		}
		return this;
	}

	@Override
	public ElectronChatOptionsBuilder outputSchema(@Nullable String outputSchema) {
		this.outputSchema = outputSchema;
		return this;
	}

	/**
	 * Set a seed for repeatable answers, best effort.
	 * @param seed the value, or {@code null} for the default
	 * @return this builder
	 */
	public ElectronChatOptionsBuilder seed(@Nullable Long seed) {
		this.wire.seed(seed);
		return this;
	}

	/**
	 * Set whether log probabilities are returned, in the metadata of the generation under
	 * {@code logprobs}.
	 * @param logprobs the value, or {@code null} for the default
	 * @return this builder
	 */
	public ElectronChatOptionsBuilder logprobs(@Nullable Boolean logprobs) {
		this.wire.logprobs(logprobs);
		return this;
	}

	/**
	 * Set how many of the likeliest tokens are returned at each place, 0 to 20; needs
	 * {@code logprobs}.
	 * @param topLogprobs the value, or {@code null} for the default
	 * @return this builder
	 */
	public ElectronChatOptionsBuilder topLogprobs(@Nullable Integer topLogprobs) {
		this.wire.topLogprobs(topLogprobs);
		return this;
	}

	/**
	 * Set an opaque identifier of the user.
	 * @param user the value, or {@code null} for the default
	 * @return this builder
	 */
	public ElectronChatOptionsBuilder user(@Nullable String user) {
		this.wire.user(user);
		return this;
	}

	/**
	 * Set the number of answers; the service refuses more than 1.
	 * @param n the value, or {@code null} for the default
	 * @return this builder
	 */
	public ElectronChatOptionsBuilder n(@Nullable Integer n) {
		this.wire.n(n);
		return this;
	}

	/**
	 * Set the number of log probabilities of the prompt; the service refuses it.
	 * @param promptLogprobs the value, or {@code null} for the default
	 * @return this builder
	 */
	public ElectronChatOptionsBuilder promptLogprobs(@Nullable Integer promptLogprobs) {
		this.wire.promptLogprobs(promptLogprobs);
		return this;
	}

	/**
	 * Set whether and which tool the model shall call, by default {@code auto}.
	 * @param toolChoice the value, or {@code null} for the default
	 * @return this builder
	 */
	public ElectronChatOptionsBuilder toolChoice(@Nullable ToolChoice toolChoice) {
		this.wire.toolChoice(toolChoice);
		return this;
	}

	/**
	 * Set the form of the answer; an output schema wins over it.
	 * @param responseFormat the value, or {@code null} for the default
	 * @return this builder
	 */
	public ElectronChatOptionsBuilder responseFormat(@Nullable ResponseFormat responseFormat) {
		this.wire.responseFormat(responseFormat);
		return this;
	}

	/**
	 * Set who executes tools, by default {@link ToolExecutionMode#MODEL}.
	 * @param toolExecution the value, or {@code null} for the default
	 * @return this builder
	 */
	public ElectronChatOptionsBuilder toolExecution(@Nullable ToolExecutionMode toolExecution) {
		this.toolExecution = toolExecution;
		return this;
	}

	/**
	 * Set the most rounds that end in tool calls, after which one last request asks for
	 * an answer without tools.
	 * @param maxToolRounds the value, or {@code null} for the default
	 * @return this builder
	 */
	public ElectronChatOptionsBuilder maxToolRounds(@Nullable Integer maxToolRounds) {
		this.maxToolRounds = maxToolRounds;
		return this;
	}

	/**
	 * Set how long a turn may take with all its rounds and tools: then it stops and fails
	 * with an {@link io.github.electronspring.api.ElectronTransportException}.
	 * @param turnTimeout the value, or {@code null} for the default
	 * @return this builder
	 */
	public ElectronChatOptionsBuilder turnTimeout(@Nullable Duration turnTimeout) {
		this.turnTimeout = turnTimeout;
		return this;
	}

	/**
	 * Set the conversation that the call belongs to.
	 * @param conversationId the value, or {@code null} for the default
	 * @return this builder
	 */
	public ElectronChatOptionsBuilder conversationId(@Nullable String conversationId) {
		this.conversationId = conversationId;
		return this;
	}

	/**
	 * Set whether an answer that does not fit the output schema is asked for once more,
	 * by default {@code true}. An {@link ElectronChatClient} turns it off for calls that
	 * Spring AI validates itself; with other clients of Spring AI both are at work.
	 * @param repairOutput the value, or {@code null} for the default
	 * @return this builder
	 */
	public ElectronChatOptionsBuilder repairOutput(@Nullable Boolean repairOutput) {
		this.repairOutput = repairOutput;
		return this;
	}

	/**
	 * Set a bias by token identifier.
	 * @param logitBias the biases
	 * @return this builder
	 */
	public ElectronChatOptionsBuilder logitBias(Map<String, Double> logitBias) {
		this.wire.logitBias(new LinkedHashMap<>(logitBias));
		return this;
	}

	/**
	 * Set further fields of the request body.
	 * @param extraBody the fields
	 * @return this builder
	 */
	public ElectronChatOptionsBuilder extraBody(Map<String, Object> extraBody) {
		this.wire.extraBody(new LinkedHashMap<>(extraBody));
		return this;
	}

	/**
	 * Restrict the registered tools that the model may call. Tools given on the call are
	 * not restricted.
	 * @param toolNames the names, empty for none, or {@code null} for all registered
	 * tools
	 * @return this builder
	 */
	public ElectronChatOptionsBuilder toolNames(@Nullable Set<String> toolNames) {
		this.toolNames = toolNames;
		return this;
	}

	/**
	 * Add listeners of the events of the turn.
	 * @param turnListeners the listeners
	 * @return this builder
	 */
	public ElectronChatOptionsBuilder turnListeners(Collection<TurnListener> turnListeners) {
		this.turnListeners.addAll(turnListeners);
		return this;
	}

	/**
	 * Add listeners of the events of the turn.
	 * @param turnListeners the listeners
	 * @return this builder
	 */
	public ElectronChatOptionsBuilder turnListeners(TurnListener... turnListeners) {
		return turnListeners(Arrays.asList(turnListeners));
	}

	/**
	 * Add the values that another builder has set: single values win over those of this
	 * builder, while stop sequences, tool callbacks, listeners and the entries of maps
	 * come beside them. From the builder of another model only what Spring AI's portable
	 * interfaces offer is taken, without the name of the model.
	 */
	@Override
	public ElectronChatOptionsBuilder combineWith(ChatOptions.Builder<?> other) {
		if (!(other instanceof ElectronChatOptionsBuilder that)) {
			return combineWithForeign(other.build());
		}
		super.combineWith(that);
		this.wire = RequestParameters.merge(that.wire.build(), this.wire.build()).mutate();
		this.outputSchema = RequestParameters.first(that.outputSchema, this.outputSchema);
		this.repairOutput = RequestParameters.first(that.repairOutput, this.repairOutput);
		this.toolExecution = RequestParameters.first(that.toolExecution, this.toolExecution);
		this.toolNames = RequestParameters.first(that.toolNames, this.toolNames);
		this.maxToolRounds = RequestParameters.first(that.maxToolRounds, this.maxToolRounds);
		this.turnTimeout = RequestParameters.first(that.turnTimeout, this.turnTimeout);
		this.conversationId = RequestParameters.first(that.conversationId, this.conversationId);
		this.turnListeners.addAll(that.turnListeners);
		return distinct();
	}

	// Options made from those of the model come with all that the model has already
	private ElectronChatOptionsBuilder distinct() {
		this.stopSequences = distinct(this.stopSequences);
		this.toolCallbacks = distinct(this.toolCallbacks);
		this.turnListeners = new ArrayList<>(new LinkedHashSet<>(this.turnListeners));
		return this;
	}

	private static <T> @Nullable List<T> distinct(@Nullable List<T> list) {
		return (list != null) ? new ArrayList<>(new LinkedHashSet<>(list)) : null;
	}

	private ElectronChatOptionsBuilder combineWithForeign(ChatOptions that) {
		if (that.getModel() != null && !Objects.equals(that.getModel(), this.model)) {
			WarnOnce.warn("Ignoring the model '%s' of '%s': name a model of Electron in 'ElectronChatOptions'"
				.formatted(that.getModel(), that.getClass().getSimpleName()));
		}
		topK(that.getTopK());
		this.temperature = RequestParameters.first(that.getTemperature(), this.temperature);
		this.topP = RequestParameters.first(that.getTopP(), this.topP);
		this.maxTokens = RequestParameters.first(that.getMaxTokens(), this.maxTokens);
		this.presencePenalty = RequestParameters.first(that.getPresencePenalty(), this.presencePenalty);
		this.frequencyPenalty = RequestParameters.first(that.getFrequencyPenalty(), this.frequencyPenalty);
		if (that.getStopSequences() != null) {
			this.stopSequences = RequestParameters.concat(this.stopSequences, that.getStopSequences());
		}
		if (that instanceof ToolCallingChatOptions tools) {
			List<ToolCallback> callbacks = tools.getToolCallbacks();
			if (callbacks != null) {
				toolCallbacks(callbacks.toArray(ToolCallback[]::new));
			}
			if (tools.getToolContext() != null) {
				toolContext(tools.getToolContext());
			}
		}
		if (that instanceof StructuredOutputChatOptions structured) {
			this.outputSchema = RequestParameters.first(structured.getOutputSchema(), this.outputSchema);
		}
		return distinct();
	}

	@Override
	public ElectronChatOptions build() {
		ChatCompletionRequest request = this.wire.build()
			.mutate()
			.model(this.model)
			.temperature(this.temperature)
			.topP(this.topP)
			.maxTokens(this.maxTokens)
			.presencePenalty(this.presencePenalty)
			.frequencyPenalty(this.frequencyPenalty)
			.stop((this.stopSequences != null) ? this.stopSequences : Collections.emptyList())
			.build();
		return new ElectronChatOptions(this, request);
	}

}
