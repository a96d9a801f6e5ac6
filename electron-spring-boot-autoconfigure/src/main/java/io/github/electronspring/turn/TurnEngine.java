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

import java.util.List;
import java.util.concurrent.atomic.LongAdder;

import io.github.electronspring.api.ElectronApi;
import reactor.core.CoreSubscriber;
import reactor.core.publisher.Flux;
import reactor.util.context.Context;

import org.springframework.util.Assert;

/**
 * Runs turns: sends a request, starts each tool that the model calls as soon as its
 * arguments are complete, while the model still speaks, sends the results, and so on
 * until the model answers. Thread-safe; the state of a turn belongs to its subscription.
 *
 * @author The Electron Spring authors
 */
public final class TurnEngine {

	private final ElectronApi api;

	private final TurnSettings settings;

	private final ArgumentChecks argumentChecks;

	private final LongAdder lateResults = new LongAdder();

	/**
	 * Create an engine with default settings.
	 * @param api where requests go
	 */
	public TurnEngine(ElectronApi api) {
		this(api, TurnSettings.defaults());
	}

	/**
	 * Create an engine.
	 * @param api where requests go
	 * @param settings how tools are run
	 */
	public TurnEngine(ElectronApi api, TurnSettings settings) {
		this(api, settings, ArgumentChecks.SHARED);
	}

	TurnEngine(ElectronApi api, TurnSettings settings, ArgumentChecks argumentChecks) {
		Assert.notNull(api, "'api' must not be null");
		Assert.notNull(settings, "'settings' must not be null");
		this.api = api;
		this.settings = settings;
		this.argumentChecks = argumentChecks;
	}

	/**
	 * Return how many results of tools came after their time and were dropped.
	 * @return the number since this engine was made
	 */
	public long lateResults() {
		return this.lateResults.sum();
	}

	/**
	 * Run a turn. Cancelling the subscription stops the request, the tools and further
	 * rounds. What a tool throws goes to the model; what a request fails with ends the
	 * turn with an {@link io.github.electronspring.api.ElectronException}.
	 * <p>
	 * The tools follow those that the request has, sorted by name; of two definitions
	 * with the same name that of the request goes out. A {@link TurnRequest} says what
	 * else the engine changes.
	 * @param request what the turn begins with
	 * @param tools the tools that the model may call
	 * @return the events of the turn
	 * @throws IllegalArgumentException if two tools have the same name
	 */
	public Flux<TurnEvent> run(TurnRequest request, List<TurnTool> tools) {
		Assert.notNull(request, "'request' must not be null");
		TurnTools turnTools = new TurnTools(tools);
		return new Flux<>() {

			@Override
			public void subscribe(CoreSubscriber<? super TurnEvent> actual) {
				Context context = actual.currentContext();
				context = context.put(TurnLogContextAccessor.KEY,
						TurnLogContext.of(request.callContext().conversationId(), context));
				ToolCalls.Factory toolCalls = new ToolCalls.Factory(request, turnTools, TurnEngine.this.settings,
						TurnEngine.this.settings.contextSnapshotFactory().captureAll(context),
						TurnEngine.this.argumentChecks, TurnEngine.this.lateResults);
				if (!tools.isEmpty() && request.executeTools()) {
					TurnEngine.this.argumentChecks.prepare();
				}
				new Turn(actual, context, TurnEngine.this.api, request, turnTools, toolCalls).start();
			}

		};
	}

}
