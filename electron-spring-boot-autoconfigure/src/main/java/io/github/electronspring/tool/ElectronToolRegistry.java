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

package io.github.electronspring.tool;

import java.util.List;
import java.util.Set;
import java.util.SortedMap;

import org.jspecify.annotations.Nullable;

import org.springframework.ai.tool.ToolCallback;
import org.springframework.beans.factory.SmartInitializingSingleton;
import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;
import org.springframework.util.Assert;

/**
 * The methods with {@link ElectronTool @ElectronTool} of all beans. They are found by the
 * types of the beans, none of which is created for it; a bean whose type is known only
 * once it is created is not found before. When the application starts the methods are
 * checked; schemas are made at first use. Thread-safe.
 *
 * @author The Electron Spring authors
 */
public final class ElectronToolRegistry implements SmartInitializingSingleton {

	private final ToolMethodScanner scanner;

	private volatile @Nullable SortedMap<String, ElectronToolCallback> tools;

	/**
	 * Create a registry.
	 * @param beanFactory the bean factory whose beans have the methods
	 */
	public ElectronToolRegistry(ConfigurableListableBeanFactory beanFactory) {
		Assert.notNull(beanFactory, "'beanFactory' must not be null");
		this.scanner = new ToolMethodScanner(beanFactory);
	}

	/**
	 * Find and check the methods.
	 * @throws InvalidElectronToolException if one cannot be a tool
	 */
	@Override
	public void afterSingletonsInstantiated() {
		this.tools = this.scanner.scan();
	}

	/**
	 * Return the tools.
	 * @return the tools, sorted by name
	 * @throws InvalidElectronToolException if a method cannot be a tool
	 */
	public List<ToolCallback> getToolCallbacks() {
		return List.copyOf(tools().values());
	}

	/**
	 * Return the tool of a name.
	 * @param name the name
	 * @return the tool, or {@code null} if there is none
	 * @throws InvalidElectronToolException if a method cannot be a tool
	 */
	public @Nullable ToolCallback getToolCallback(String name) {
		return tools().get(name);
	}

	/**
	 * Return what is said to the caller while a tool runs.
	 * @param name the name of the tool
	 * @return what is said, the default if there is no such tool
	 * @throws InvalidElectronToolException if a method cannot be a tool
	 */
	public ToolSpeech getSpeech(String name) {
		ElectronToolCallback tool = tools().get(name);
		return (tool != null) ? tool.getSpeech() : ToolSpeech.DEFAULT;
	}

	/**
	 * Return the names of the tools.
	 * @return the names, sorted
	 * @throws InvalidElectronToolException if a method cannot be a tool
	 */
	public Set<String> getToolNames() {
		return tools().keySet();
	}

	private SortedMap<String, ElectronToolCallback> tools() {
		SortedMap<String, ElectronToolCallback> tools = this.tools;
		if (tools == null) {
			tools = this.scanner.scan();
			this.tools = tools;
		}
		return tools;
	}

}
