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

import io.github.electronspring.api.ElectronApi;
import reactor.core.publisher.Flux;

import org.springframework.util.Assert;

/**
 * Runs turns: sends a request, executes the tools that the model calls, sends the
 * results, and so on until the model answers. Thread-safe; the state of a turn belongs to
 * its subscription.
 *
 * @author The Electron Spring authors
 */
public final class TurnEngine {

	private final ElectronApi api;

	/**
	 * Create an engine.
	 * @param api where requests go
	 */
	public TurnEngine(ElectronApi api) {
		Assert.notNull(api, "'api' must not be null");
		this.api = api;
	}

	/**
	 * Run a turn. Cancelling the subscription stops the request, the tools and further
	 * rounds.
	 * @param request what the turn begins with
	 * @param tools the tools that the model may call
	 * @return the events of the turn
	 */
	public Flux<TurnEvent> run(TurnRequest request, List<TurnTool> tools) {
		return Flux.error(new IllegalStateException("" + this.api));
	}

}
