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
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;

import io.github.electronspring.api.CallContext;
import io.github.electronspring.api.ElectronApi;
import io.github.electronspring.protocol.ChatCompletionRequest;
import io.github.electronspring.protocol.ChatCompletionRequestBuilder;
import io.github.electronspring.protocol.ResponseFormat;
import io.github.electronspring.turn.TurnEngine;
import io.github.electronspring.turn.TurnListener;
import io.github.electronspring.turn.TurnRequest;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;

import org.springframework.ai.chat.model.ChatModel;
import org.springframework.ai.chat.model.ChatResponse;
import org.springframework.ai.chat.prompt.Prompt;
import org.springframework.ai.tool.ToolCallback;
import org.springframework.util.Assert;
import org.springframework.util.ConcurrentLruCache;

/**
 * Spring AI's chat model on Electron. It executes the tools that the model calls itself,
 * round by round, so that its responses have no open tool calls, unless
 * {@link ToolExecutionMode#CALLER} is asked for. Beside the tools of the call it offers
 * the registered ones. What Spring AI has no place for is in the metadata under the names
 * of {@link ElectronMetadata}.
 * <p>
 * {@link #stream(Prompt)} hands on text as it comes, that of fillers included; usage,
 * cost and finish reason come with its last response. {@link #call(Prompt)} returns the
 * answer of the last round. Both fail with
 * {@link io.github.electronspring.api.ElectronException}s. Thread-safe; the state of a
 * turn belongs to its subscription.
 *
 * @author The Electron Spring authors
 */
public final class ElectronChatModel implements ChatModel {

	/**
	 * The name of the default model.
	 */
	public static final String DEFAULT_MODEL = "electron";

	static final String DEFAULT_PROVIDER = "electron";

	private static final int CACHED_SCHEMAS = 64;

	private final ElectronChatModelBuilder settings;

	private final ElectronChatOptions options;

	private final TurnEngine engine;

	private final ResponseMapper mapper;

	private final ConcurrentLruCache<String, StructuredOutput> outputs = new ConcurrentLruCache<>(CACHED_SCHEMAS,
			StructuredOutput::of);

	ElectronChatModel(ElectronChatModelBuilder settings) {
		this.settings = settings;
		this.options = ElectronChatOptions.resolve(settings.options,
				ElectronChatOptions.builder().model(DEFAULT_MODEL).build());
		ElectronApi api = settings.observationRegistry.isNoop() ? settings.api
				: new ObservedElectronApi(settings.api, settings.observationRegistry, settings.observationConvention);
		this.engine = new TurnEngine(api, settings.turnSettings);
		this.mapper = new ResponseMapper(settings.prices);
	}

	/**
	 * Create a builder of a model.
	 * @param api where requests go
	 * @return a builder
	 */
	public static ElectronChatModelBuilder builder(ElectronApi api) {
		return new ElectronChatModelBuilder(api);
	}

	/**
	 * Create a builder that has the settings of this model.
	 * @return a builder
	 */
	public ElectronChatModelBuilder mutate() {
		return new ElectronChatModelBuilder(this.settings);
	}

	/**
	 * Return how many results came after the time of their tool and were dropped. Those
	 * that come after the end of a turn that was cancelled or ran out of time are not
	 * counted.
	 * @return the number since this model was made
	 */
	public long getLateToolResults() {
		return this.engine.lateResults();
	}

	@Override
	public ElectronChatOptions getOptions() {
		return this.options;
	}

	/**
	 * Run a turn and wait for its answer.
	 * @param prompt the prompt
	 * @return the answer of the last round
	 * @throws IllegalStateException if the thread is one that must not wait
	 * @throws io.github.electronspring.api.ElectronException if the turn fails
	 */
	@Override
	public ChatResponse call(Prompt prompt) {
		Assert.notNull(prompt, "'prompt' must not be null");
		if (Schedulers.isInNonBlockingThread()) {
			throw new IllegalStateException(
					"'call()' would block the event loop thread '%s': use 'stream()' or move to a thread of your own"
						.formatted(Thread.currentThread().getName()));
		}
		// The observation of this thread becomes the parent of those of the turn
		ChatResponse response = Mono.defer(() -> turn(prompt, false).call(this.engine, this.mapper))
			.contextCapture()
			.block();
		Assert.state(response != null, "The turn ended without a response");
		return response;
	}

	/**
	 * Run a turn and hand on its text as it comes. Cancelling the subscription ends the
	 * turn.
	 * @param prompt the prompt
	 * @return the pieces of the turn, the last one with usage and finish reason
	 */
	@Override
	public Flux<ChatResponse> stream(Prompt prompt) {
		Assert.notNull(prompt, "'prompt' must not be null");
		Flux<ChatResponse> turn = Flux.defer(() -> turn(prompt, true).stream(this.engine, this.mapper));
		return !this.settings.registeredToolsMayBlock ? turn : Flux.defer(
				() -> Schedulers.isInNonBlockingThread() ? turn.subscribeOn(Schedulers.boundedElastic(), false) : turn);
	}

	private ChatTurn turn(Prompt prompt, boolean streaming) {
		ElectronChatOptions callOptions = ElectronChatOptions.resolve(prompt.getOptions(), this.options);
		ToolSelection tools = ToolSelection.of(callOptions, this.settings.registeredTools);
		StructuredOutput output = output(callOptions.getOutputSchema());
		ChatCompletionRequestBuilder request = callOptions.request()
			.mutate()
			.messages(MessageMapper.toWire(prompt.getInstructions()));
		if (tools.callbacks().isEmpty()) {
			request.toolChoice(null);
		}
		if (output != null) {
			request.responseFormat(ResponseFormat.jsonSchema(output.requestSchema()));
		}
		return new ChatTurn(turnRequest(request.build(), callOptions, tools, streaming),
				tools.turnTools(this.settings.toolCallSettings, this.settings.observationRegistry), output,
				!Boolean.FALSE.equals(callOptions.getRepairOutput()), this.settings.turnInterceptors);
	}

	private @Nullable StructuredOutput output(@Nullable String schema) {
		return (schema != null && !schema.isBlank()) ? this.outputs.get(schema) : null;
	}

	private TurnRequest turnRequest(ChatCompletionRequest request, ElectronChatOptions callOptions, ToolSelection tools,
			boolean streaming) {
		CallContext context = CallContext.empty().withConversationId(callOptions.getConversationId());
		if (!this.settings.observationRegistry.isNoop()) {
			List<ToolCallback> callbacks = tools.callbacks();
			context = new ObservedCall(callOptions.mutate().toolCallbacks(callbacks).build(), streaming).addTo(context);
		}
		Duration timeout = callOptions.getTurnTimeout();
		if (timeout != null) {
			context = context.withDeadline(Instant.now().plus(timeout));
		}
		Integer maxRounds = callOptions.getMaxToolRounds();
		Map<String, Object> toolContext = callOptions.getToolContext();
		List<TurnListener> listeners = new ArrayList<>(this.settings.turnListeners);
		listeners.addAll(callOptions.getTurnListeners());
		return new TurnRequest(request, context, (maxRounds != null) ? maxRounds : this.settings.maxToolRounds,
				callOptions.getToolExecution() != ToolExecutionMode.CALLER,
				(toolContext != null) ? toolContext : Collections.emptyMap(), listeners);
	}

}
