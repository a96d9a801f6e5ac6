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

import java.util.concurrent.atomic.AtomicBoolean;

import io.github.electronspring.turn.ToolCallException;
import io.github.electronspring.turn.ToolExecution;
import io.micrometer.observation.Observation;
import io.micrometer.observation.ObservationRegistry;
import io.micrometer.observation.contextpropagation.ObservationThreadLocalAccessor;
import org.jspecify.annotations.Nullable;
import org.reactivestreams.Publisher;
import reactor.core.publisher.Mono;
import reactor.util.context.ContextView;

import org.springframework.ai.tool.ToolCallback;
import org.springframework.ai.tool.observation.DefaultToolCallingObservationConvention;
import org.springframework.ai.tool.observation.ToolCallingObservationContext;
import org.springframework.ai.tool.observation.ToolCallingObservationConvention;
import org.springframework.ai.tool.observation.ToolCallingObservationDocumentation;

/**
 * Observes a tool call as Spring AI does. The observation of the caller is the parent,
 * and what the tool observes itself has this one as its parent. Cancellation may come
 * from another thread than the result.
 *
 * @author The Electron Spring authors
 */
final class ObservedToolCall {

	private static final ToolCallingObservationConvention DEFAULT_CONVENTION = new DefaultToolCallingObservationConvention();

	private final ToolExecution execution;

	private final ToolCallingObservationContext context;

	private final Observation observation;

	private final AtomicBoolean stopped = new AtomicBoolean();

	private ObservedToolCall(ToolExecution execution, ToolCallingObservationContext context, Observation observation) {
		this.execution = execution;
		this.context = context;
		this.observation = observation;
	}

	static Mono<String> observe(Mono<String> call, ToolCallback callback, String arguments, ToolExecution execution,
			@Nullable ToolCallingObservationConvention convention, ObservationRegistry registry) {
		return Mono.deferContextual((view) -> {
			ToolCallingObservationContext context = ToolCallingObservationContext.builder()
				.toolDefinition(callback.getToolDefinition())
				.toolMetadata(callback.getToolMetadata())
				.toolCallId(execution.callId())
				.toolCallArguments(arguments)
				.build();
			Observation observation = ToolCallingObservationDocumentation.TOOL_CALL.observation(convention,
					DEFAULT_CONVENTION, () -> context, registry);
			start(observation, view, registry);
			return new ObservedToolCall(execution, context, observation).observe(call);
		});
	}

	private static void start(Observation observation, ContextView view, ObservationRegistry registry) {
		Observation parent = view.getOrDefault(ObservationThreadLocalAccessor.KEY, registry.getCurrentObservation());
		if (parent == null) {
			observation.start();
		}
		else {
			observation.parentObservation(parent);
			// Tracing takes the parent of a span from the current scope
			parent.scoped((Runnable) observation::start);
		}
	}

	private Mono<String> observe(Mono<String> call) {
		Publisher<String> inScope = (subscriber) -> this.observation
			.scoped((Runnable) () -> call.subscribe(subscriber));
		return Mono.fromDirect(inScope)
			.doOnSuccess((result) -> stop((result != null) ? result : ""))
			.doOnError(this::fail)
			.doOnCancel(() -> stop(null))
			.contextWrite((context) -> context.put(ObservationThreadLocalAccessor.KEY, this.observation));
	}

	private void fail(Throwable failure) {
		Throwable cause = failure;
		String result = null;
		if (failure instanceof ToolCallException exception && exception.getCause() != null) {
			cause = exception.getCause();
			result = exception.getResult();
		}
		// A tool that was stopped may throw because of that
		if (!this.stopped.get() && !this.execution.isCancelled()) {
			this.observation.error(cause);
		}
		stop(result);
	}

	private void stop(@Nullable String result) {
		if (this.stopped.compareAndSet(false, true)) {
			this.context.setToolCallResult(result);
			this.observation.stop();
		}
	}

}
