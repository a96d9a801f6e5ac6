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

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;

import io.github.electronspring.protocol.ToolDefinition;
import org.jspecify.annotations.Nullable;

import org.springframework.util.Assert;

/**
 * The tools of a turn by name, in a stable order: their definitions are part of the
 * cached prompt prefix. Immutable.
 *
 * @author The Electron Spring authors
 */
final class TurnTools {

	private final Map<String, TurnTool> tools = new TreeMap<>();

	TurnTools(List<TurnTool> tools) {
		for (TurnTool tool : tools) {
			String name = tool.definition().function().name();
			TurnTool other = this.tools.put(name, tool);
			Assert.isTrue(other == null, () -> "Several tools of the turn are named '%s'".formatted(name));
		}
	}

	@Nullable TurnTool find(String name) {
		return this.tools.get(name);
	}

	Set<String> names() {
		return this.tools.keySet();
	}

	/**
	 * Return definitions followed by those of the tools that are not among them.
	 * @param definitions the definitions that the request has
	 * @return all definitions
	 */
	List<ToolDefinition> appendTo(List<ToolDefinition> definitions) {
		Set<String> present = definitions.stream()
			.map((definition) -> definition.function().name())
			.collect(Collectors.toSet());
		List<ToolDefinition> all = new ArrayList<>(definitions);
		this.tools.forEach((name, tool) -> {
			if (!present.contains(name)) {
				all.add(tool.definition());
			}
		});
		return all;
	}

}
