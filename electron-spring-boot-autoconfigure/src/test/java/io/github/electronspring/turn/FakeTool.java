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
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.BiFunction;

import io.github.electronspring.protocol.ToolDefinition;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

/**
 * {@link TurnTool} for tests.
 *
 * @author The Electron Spring authors
 */
class FakeTool implements TurnTool {

	private final ToolDefinition definition;

	private final boolean returnDirect;

	private final BiFunction<String, ToolExecution, Mono<String>> function;

	private @Nullable Duration timeout;

	private boolean sequential;

	private boolean interruptible = true;

	private final List<String> calls = new CopyOnWriteArrayList<>();

	FakeTool(String name, boolean returnDirect, BiFunction<String, ToolExecution, Mono<String>> function) {
		this.definition = ToolDefinition.function(name, "Tool " + name, "{}");
		this.returnDirect = returnDirect;
		this.function = function;
	}

	static FakeTool returning(String name, String result) {
		return new FakeTool(name, false, (arguments, execution) -> Mono.just(result));
	}

	static FakeTool returningDirectly(String name, String result) {
		return new FakeTool(name, true, (arguments, execution) -> Mono.just(result));
	}

	static FakeTool of(String name, BiFunction<String, ToolExecution, Mono<String>> function) {
		return new FakeTool(name, false, function);
	}

	FakeTool timeout(Duration timeout) {
		this.timeout = timeout;
		return this;
	}

	FakeTool alone() {
		this.sequential = true;
		return this;
	}

	FakeTool uninterruptible() {
		this.interruptible = false;
		return this;
	}

	List<String> calls() {
		return this.calls;
	}

	@Override
	public ToolDefinition definition() {
		return this.definition;
	}

	@Override
	public boolean returnDirect() {
		return this.returnDirect;
	}

	@Override
	public @Nullable Duration timeout() {
		return this.timeout;
	}

	@Override
	public boolean sequential() {
		return this.sequential;
	}

	@Override
	public boolean interruptible() {
		return this.interruptible;
	}

	@Override
	public Mono<String> call(String arguments, ToolExecution execution) {
		this.calls.add(arguments);
		return this.function.apply(arguments, execution);
	}

}
