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

import java.util.function.Function;

import org.springframework.ai.chat.model.ToolContext;
import org.springframework.ai.tool.ToolCallback;
import org.springframework.ai.tool.definition.ToolDefinition;
import org.springframework.ai.tool.metadata.ToolMetadata;

/**
 * Tools for tests.
 *
 * @author The Electron Spring authors
 */
final class TestTools {

	private TestTools() {
	}

	static ToolCallback returning(String name, String result) {
		return of(name, false, (context) -> result);
	}

	static ToolCallback direct(String name, String result) {
		return of(name, true, (context) -> result);
	}

	static ToolCallback of(String name, boolean returnDirect, Function<ToolContext, String> tool) {
		ToolDefinition definition = ToolDefinition.builder()
			.name(name)
			.description("The tool " + name)
			.inputSchema("{\n  \"type\" : \"object\"\n}")
			.build();
		ToolMetadata metadata = ToolMetadata.builder().returnDirect(returnDirect).build();
		return new ToolCallback() {

			@Override
			public ToolDefinition getToolDefinition() {
				return definition;
			}

			@Override
			public ToolMetadata getToolMetadata() {
				return metadata;
			}

			@Override
			public String call(String toolInput) {
				throw new IllegalStateException("Called without a context");
			}

			@Override
			public String call(String toolInput, ToolContext context) {
				return tool.apply(context);
			}

		};
	}

}
