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

import io.github.electronspring.protocol.ToolDefinition;
import io.github.electronspring.turn.ToolExecution;
import io.github.electronspring.turn.TurnTool;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

import org.springframework.ai.chat.model.ToolContext;
import org.springframework.ai.tool.ToolCallback;
import org.springframework.ai.tool.execution.ToolExecutionException;
import org.springframework.util.ConcurrentLruCache;
import org.springframework.util.StringUtils;

/**
 * A tool of Spring AI as the turn engine sees it.
 *
 * @author The Electron Spring authors
 */
final class CallbackTurnTool implements TurnTool {

	private static final int CACHED_SCHEMAS = 256;

	// Spring AI's schemas are indented, and each space is paid for in every round
	private static final ConcurrentLruCache<String, String> COMPACT_SCHEMAS = new ConcurrentLruCache<>(CACHED_SCHEMAS,
			(schema) -> JsonMapper.shared().readTree(schema).toString());

	private final ToolCallback callback;

	private final ToolDefinition definition;

	private CallbackTurnTool(ToolCallback callback) {
		this.callback = callback;
		org.springframework.ai.tool.definition.ToolDefinition source = callback.getToolDefinition();
		this.definition = ToolDefinition.function(source.name(), source.description(),
				compact(source.name(), source.inputSchema()));
	}

	static TurnTool of(ToolCallback callback) {
		return (callback instanceof TurnTool tool) ? tool : new CallbackTurnTool(callback);
	}

	private static @Nullable String compact(String name, @Nullable String schema) {
		if (!StringUtils.hasText(schema)) {
			return null;
		}
		try {
			return COMPACT_SCHEMAS.get(schema);
		}
		catch (JacksonException ex) {
			throw new IllegalArgumentException("The input schema of the tool '%s' is not JSON".formatted(name), ex);
		}
	}

	@Override
	public ToolDefinition definition() {
		return this.definition;
	}

	@Override
	public boolean returnDirect() {
		return this.callback.getToolMetadata().returnDirect();
	}

	@Override
	public Mono<String> call(String arguments, ToolExecution execution) {
		return Mono.defer(() -> callBack(arguments, execution));
	}

	private Mono<String> callBack(String arguments, ToolExecution execution) {
		try {
			return Mono.justOrEmpty(this.callback.call(arguments, new ToolContext(execution.context())));
		}
		catch (ToolExecutionException ex) {
			return Mono.error((ex.getCause() instanceof Exception cause) ? cause : ex);
		}
		catch (LinkageError | StackOverflowError ex) {
			// Reactor would rethrow these on the worker thread and the turn would hang
			return Mono.error(ex);
		}
	}

}
