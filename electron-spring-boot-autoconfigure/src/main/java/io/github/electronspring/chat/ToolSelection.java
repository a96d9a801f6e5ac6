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

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Supplier;

import io.github.electronspring.turn.TurnTool;
import io.micrometer.observation.ObservationRegistry;
import org.jspecify.annotations.Nullable;

import org.springframework.ai.model.tool.ToolCallingChatOptions;
import org.springframework.ai.tool.ToolCallback;

/**
 * The tools of a call: those it brings itself, which win, and registered ones. They are
 * sorted by name, because their definitions are part of the cached prompt prefix.
 *
 * @param callbacks the tools
 * @author The Electron Spring authors
 */
record ToolSelection(List<ToolCallback> callbacks) {

	static ToolSelection of(ElectronChatOptions options, Supplier<List<ToolCallback>> registered) {
		Map<String, ToolCallback> byName = new TreeMap<>();
		Set<String> wanted = options.getToolNames();
		if (wanted == null || !wanted.isEmpty()) {
			addRegistered(byName, registered.get(), wanted);
		}
		List<ToolCallback> own = options.getToolCallbacks();
		if (own != null) {
			ToolCallingChatOptions.validateToolCallbacks(own);
			own.forEach((callback) -> byName.put(name(callback), callback));
		}
		if (wanted != null) {
			wanted.forEach((name) -> checkKnown(name, byName.keySet()));
		}
		return new ToolSelection(List.copyOf(byName.values()));
	}

	private static void addRegistered(Map<String, ToolCallback> byName, List<ToolCallback> registered,
			@Nullable Set<String> wanted) {
		for (ToolCallback callback : registered) {
			if (wanted == null || wanted.contains(name(callback))) {
				byName.put(name(callback), callback);
			}
		}
	}

	private static void checkKnown(String name, Set<String> known) {
		if (!known.contains(name)) {
			throw new IllegalArgumentException(
					"The tool '%s' of the option 'toolNames' is neither registered nor given on the call"
						.formatted(name));
		}
	}

	private static String name(ToolCallback callback) {
		return callback.getToolDefinition().name();
	}

	/**
	 * Return the tools of one turn, whose calls are counted together.
	 * @param settings what is said about tool calls
	 * @param observationRegistry the registry of their observations
	 * @return the tools
	 */
	List<TurnTool> turnTools(ToolCallSettings settings, ObservationRegistry observationRegistry) {
		ToolCallBudget budget = new ToolCallBudget(settings.limits());
		List<TurnTool> tools = new ArrayList<>(this.callbacks.size());
		for (ToolCallback callback : this.callbacks) {
			tools.add(new GuardedTurnTool(callback, settings, budget, observationRegistry));
		}
		return tools;
	}

}
