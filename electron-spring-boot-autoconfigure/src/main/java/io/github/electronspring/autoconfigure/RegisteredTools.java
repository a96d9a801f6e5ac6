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

package io.github.electronspring.autoconfigure;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;

import org.springframework.ai.tool.ToolCallback;
import org.springframework.ai.tool.ToolCallbackProvider;
import org.springframework.util.Assert;
import org.springframework.util.function.SingletonSupplier;

/**
 * The tools that join every request. Beans are looked up once, at first use, so that no
 * connection to another server is opened before. Providers are asked again for each turn:
 * the tools of a server come and go, and providers that ask one keep its answer until it
 * says that they have changed. Thread-safe.
 *
 * @author The Electron Spring authors
 */
final class RegisteredTools {

	private final Supplier<List<ToolCallback>> annotated;

	private final SingletonSupplier<List<ToolCallback>> callbacks;

	private final SingletonSupplier<List<ToolCallbackProvider>> providers;

	RegisteredTools(Supplier<List<ToolCallback>> annotated, Supplier<List<ToolCallback>> callbacks,
			Supplier<List<ToolCallbackProvider>> providers) {
		this.annotated = annotated;
		this.callbacks = SingletonSupplier.of(callbacks);
		this.providers = SingletonSupplier.of(providers);
	}

	List<ToolCallback> get() {
		Map<String, ToolCallback> tools = new LinkedHashMap<>();
		this.annotated.get().forEach((tool) -> add(tool, tools));
		this.callbacks.obtain().forEach((tool) -> add(tool, tools));
		for (ToolCallbackProvider provider : this.providers.obtain()) {
			for (ToolCallback tool : provider.getToolCallbacks()) {
				add(tool, tools);
			}
		}
		return new ArrayList<>(tools.values());
	}

	private static void add(ToolCallback tool, Map<String, ToolCallback> tools) {
		String name = tool.getToolDefinition().name();
		ToolCallback other = tools.put(name, tool);
		Assert.state(other == null || other == tool,
				() -> ("Several tools are named '%s': rename one of them, or set 'electron.tools.include-callbacks' "
						+ "to 'false'")
					.formatted(name));
	}

}
