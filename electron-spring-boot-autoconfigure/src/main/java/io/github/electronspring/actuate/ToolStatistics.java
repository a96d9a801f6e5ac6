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

package io.github.electronspring.actuate;

import java.util.Map;
import java.util.TreeMap;
import java.util.function.Predicate;

import io.github.electronspring.protocol.ToolCall;
import io.github.electronspring.turn.ToolCallFailed;
import io.github.electronspring.turn.ToolCallFinished;
import io.github.electronspring.turn.ToolCallStarted;
import io.github.electronspring.turn.TurnEvent;
import io.github.electronspring.turn.TurnListener;

import org.springframework.util.Assert;

/**
 * How the calls of tools ended since the start, for at most {@value #MAX_TOOLS} tools. A
 * name that the model has made up is never kept. Thread-safe.
 *
 * @author The Electron Spring authors
 */
public final class ToolStatistics implements TurnListener {

	static final int MAX_TOOLS = 200;

	private final Predicate<String> registered;

	private final Map<String, ToolCallsDescriptor> calls = new TreeMap<>();

	/**
	 * Create statistics.
	 * @param registered tells the names of the tools that the application has registered
	 */
	public ToolStatistics(Predicate<String> registered) {
		Assert.notNull(registered, "'registered' must not be null");
		this.registered = registered;
	}

	@Override
	public void onEvent(TurnEvent event) {
		if (event instanceof ToolCallStarted started) {
			add(started.call(), true, new ToolCallsDescriptor(1, 0, 0));
		}
		else if (event instanceof ToolCallFinished finished) {
			add(finished.call(), true, new ToolCallsDescriptor(0, 1, 0));
		}
		else if (event instanceof ToolCallFailed failed) {
			// The model may have made up the name
			add(failed.call(), false, new ToolCallsDescriptor(0, 0, 1));
		}
	}

	private void add(ToolCall call, boolean exists, ToolCallsDescriptor outcome) {
		String name = call.function().name();
		boolean mayBeAdded = exists || this.registered.test(name);
		synchronized (this.calls) {
			ToolCallsDescriptor before = this.calls.get(name);
			if (before != null) {
				this.calls.put(name, before.plus(outcome));
			}
			else if (mayBeAdded && this.calls.size() < MAX_TOOLS) {
				this.calls.put(name, outcome);
			}
		}
	}

	/**
	 * Return how the calls ended.
	 * @return the calls by the name of the tool
	 */
	Map<String, ToolCallsDescriptor> calls() {
		synchronized (this.calls) {
			return new TreeMap<>(this.calls);
		}
	}

}
