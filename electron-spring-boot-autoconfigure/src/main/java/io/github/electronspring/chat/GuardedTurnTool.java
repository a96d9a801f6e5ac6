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

import io.github.electronspring.protocol.ToolDefinition;
import io.github.electronspring.turn.ToolCallException;
import io.github.electronspring.turn.ToolExecution;
import io.github.electronspring.turn.TurnTool;
import io.micrometer.observation.ObservationRegistry;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

import org.springframework.ai.tool.ToolCallback;
import org.springframework.ai.tool.execution.ToolExecutionException;
import org.springframework.ai.tool.execution.ToolExecutionExceptionProcessor;

/**
 * A tool of a turn whose calls are counted and observed and whose failures are processed,
 * as Spring AI does with the tools that it calls.
 *
 * @author The Electron Spring authors
 */
final class GuardedTurnTool implements TurnTool {

	private final ToolCallback callback;

	private final TurnTool delegate;

	private final ToolCallSettings settings;

	private final ToolCallBudget budget;

	private final ObservationRegistry observationRegistry;

	GuardedTurnTool(ToolCallback callback, ToolCallSettings settings, ToolCallBudget budget,
			ObservationRegistry observationRegistry) {
		this.callback = callback;
		this.delegate = CallbackTurnTool.of(callback);
		this.settings = settings;
		this.budget = budget;
		this.observationRegistry = observationRegistry;
	}

	@Override
	public ToolDefinition definition() {
		return this.delegate.definition();
	}

	@Override
	public boolean returnDirect() {
		return this.delegate.returnDirect();
	}

	@Override
	public @Nullable Duration timeout() {
		return this.delegate.timeout();
	}

	@Override
	public boolean sequential() {
		return this.delegate.sequential();
	}

	@Override
	public boolean interruptible() {
		return this.delegate.interruptible();
	}

	@Override
	public Mono<String> call(String arguments, ToolExecution execution) {
		return Mono.defer(() -> {
			ToolCallException exceeded = this.budget.count(definition().function().name());
			if (exceeded != null) {
				return Mono.error(exceeded);
			}
			Mono<String> call = this.delegate.call(arguments, execution).onErrorMap(this::process);
			return this.observationRegistry.isNoop() ? call : ObservedToolCall.observe(call, this.callback, arguments,
					execution, this.settings.observationConvention(), this.observationRegistry);
		});
	}

	private Throwable process(Throwable failure) {
		ToolExecutionExceptionProcessor processor = this.settings.exceptionProcessor();
		if (processor == null) {
			return failure;
		}
		try {
			ToolExecutionException exception = new ToolExecutionException(this.callback.getToolDefinition(), failure);
			// Other people's code, whatever its signature says
			@Nullable String result = processor.process(exception);
			return ToolCallException.told((result != null) ? result : "", failure);
		}
		catch (RuntimeException ex) {
			return ToolCallException.endingTurn(ex);
		}
	}

}
