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

package io.github.electronspring.test.simulator;

import java.util.HashSet;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;

import tools.jackson.databind.JsonNode;

/**
 * Validates the tools of a request and the choice among them.
 *
 * @author The Electron Spring authors
 */
final class ToolsValidator {

	private static final int MAX_TOOLS = 64;

	private static final Pattern NAME = Pattern.compile("[a-zA-Z0-9_-]{1,64}");

	private static final Set<String> CHOICES = new TreeSet<>(Set.of("auto", "required", "none"));

	private static final Set<String> FUNCTION = Set.of("function");

	private ToolsValidator() {
	}

	static void validate(JsonNode request, Problems problems) {
		Set<String> names = new HashSet<>();
		JsonNode tools = request.path("tools");
		if (!Problems.isAbsent(tools)) {
			tools(tools, names, problems);
		}
		JsonNode choice = request.path("tool_choice");
		if (!Problems.isAbsent(choice)) {
			choice(choice, names, problems);
		}
	}

	private static void tools(JsonNode tools, Set<String> names, Problems problems) {
		if (!tools.isArray()) {
			problems.type("array", "tools");
			return;
		}
		if (tools.isEmpty()) {
			problems.add("too_small", "tools must have at least 1 entry, leave the field out", "tools");
		}
		if (tools.size() > MAX_TOOLS) {
			problems.add("too_big", "tools must have at most %d entries".formatted(MAX_TOOLS), "tools");
		}
		for (int i = 0; i < tools.size(); i++) {
			JsonNode tool = tools.get(i);
			problems.oneOf(tool.path("type"), FUNCTION, "tools", i, "type");
			JsonNode function = tool.path("function");
			String name = Json.text(function.path("name"));
			if (!NAME.matcher(name).matches()) {
				problems.add("invalid_string", "Expected a name of letters, digits, '_' and '-'", "tools", i,
						"function", "name");
			}
			else if (!names.add(name)) {
				problems.custom("Two tools have the name '%s'".formatted(name), "tools", i, "function", "name");
			}
			if (!Problems.isAbsent(function.path("description")) && !function.path("description").isString()) {
				problems.type("string", "tools", i, "function", "description");
			}
			if (!Problems.isAbsent(function.path("parameters")) && !function.path("parameters").isObject()) {
				problems.type("object", "tools", i, "function", "parameters");
			}
		}
	}

	private static void choice(JsonNode choice, Set<String> names, Problems problems) {
		if (!choice.isObject()) {
			problems.oneOf(choice, CHOICES, "tool_choice");
			if ("required".equals(Json.text(choice)) && names.isEmpty()) {
				problems.custom("tool_choice 'required' needs tools", "tool_choice");
			}
			return;
		}
		problems.oneOf(choice.path("type"), FUNCTION, "tool_choice", "type");
		String name = Json.text(choice.path("function").path("name"));
		if (!names.contains(name)) {
			problems.custom("No tool has the name '%s'".formatted(name), "tool_choice", "function", "name");
		}
	}

}
