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

package io.github.electronspring.voice;

import java.util.function.BiFunction;

import io.github.electronspring.protocol.ToolDefinition;
import io.github.electronspring.tool.ToolSpeech;
import io.github.electronspring.turn.ToolExecution;
import io.github.electronspring.turn.TurnTool;
import reactor.core.publisher.Mono;

import org.springframework.ai.tool.ToolCallback;
import org.springframework.ai.tool.definition.DefaultToolDefinition;

/**
 * A tool for tests, for Spring AI and for the turn engine.
 *
 * @param name the name
 * @param speech what is said while it runs
 * @param work what it does
 * @author The Electron Spring authors
 */
record VoiceTool(String name, ToolSpeech speech,
		BiFunction<String, ToolExecution, Mono<String>> work) implements ToolCallback, TurnTool {

	private static final String SCHEMA = "{\"type\":\"object\",\"properties\":{}}";

	@Override
	public org.springframework.ai.tool.definition.ToolDefinition getToolDefinition() {
		return DefaultToolDefinition.builder().name(this.name).description("A tool").inputSchema(SCHEMA).build();
	}

	@Override
	public ToolDefinition definition() {
		return ToolDefinition.function(this.name, "A tool", SCHEMA);
	}

	@Override
	public boolean interruptible() {
		return this.speech.cancelOnBargeIn();
	}

	@Override
	public Mono<String> call(String arguments, ToolExecution execution) {
		return this.work.apply(arguments, execution);
	}

	@Override
	public String call(String toolInput) {
		throw new IllegalStateException("The engine calls");
	}

}
