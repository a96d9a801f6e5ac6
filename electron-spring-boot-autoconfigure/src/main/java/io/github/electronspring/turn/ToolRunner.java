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

package io.github.electronspring.turn;

import java.time.Duration;
import java.util.concurrent.TimeUnit;

import io.github.electronspring.protocol.ToolCall;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Scheduler;

/**
 * Executes tool calls. Each ends with one event that holds its result.
 *
 * @author The Electron Spring authors
 */
final class ToolRunner {

	private static final String NO_ARGUMENTS = "{}";

	private final TurnRequest request;

	private final TurnTools tools;

	private final Scheduler scheduler;

	ToolRunner(TurnRequest request, TurnTools tools, Scheduler scheduler) {
		this.request = request;
		this.tools = tools;
		this.scheduler = scheduler;
	}

	Flux<TurnEvent> run(int round, ToolCall call) {
		String name = call.function().name();
		TurnTool tool = this.tools.find(name);
		if (tool == null) {
			String result = ToolTexts.unknown(name, this.tools.names());
			return Flux.just(new ToolCallFailed(round, call, result, Duration.ZERO, null));
		}
		return Flux.concat(Mono.just(new ToolCallStarted(round, call)), Mono.defer(() -> execute(round, call, tool)));
	}

	private Mono<TurnEvent> execute(int round, ToolCall call, TurnTool tool) {
		String name = call.function().name();
		long start = now();
		return Mono.defer(() -> call(round, call, tool))
			.subscribeOn(this.scheduler)
			.filter((result) -> !result.isEmpty())
			.defaultIfEmpty(ToolTexts.nothing(name))
			.<TurnEvent>map((result) -> new ToolCallFinished(round, call, result, since(start)))
			.onErrorResume(
					(ex) -> Mono.just(new ToolCallFailed(round, call, ToolTexts.failed(name, ex), since(start), ex)));
	}

	private Mono<String> call(int round, ToolCall call, TurnTool tool) {
		String arguments = call.function().arguments();
		ToolExecution execution = new CallExecution((call.id() != null) ? call.id() : "", round,
				this.request.deadline(), this.request.toolContext());
		try {
			return tool.call(arguments.isBlank() ? NO_ARGUMENTS : arguments, execution);
		}
		catch (LinkageError | StackOverflowError ex) {
			// Reactor would rethrow these on the worker thread and the turn would hang
			return Mono.error(ex);
		}
	}

	private long now() {
		return this.scheduler.now(TimeUnit.NANOSECONDS);
	}

	private Duration since(long start) {
		return Duration.ofNanos(Math.max(0, now() - start));
	}

}
