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

import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

import tools.jackson.databind.JsonNode;

/**
 * Picks the tools of a request that have words in common with what the user said.
 *
 * @author The Electron Spring authors
 */
final class ToolPicker {

	private static final int NAME_SCORE = 2;

	private static final int MIN_SCORE = 2;

	private ToolPicker() {
	}

	/**
	 * Pick tools.
	 * @param request the request
	 * @param text what the user said
	 * @return the functions to call, empty for none
	 */
	static List<JsonNode> pick(JsonNode request, String text) {
		List<JsonNode> functions = new ArrayList<>();
		request.path("tools").forEach((tool) -> functions.add(tool.path("function")));
		JsonNode choice = request.path("tool_choice");
		if (functions.isEmpty() || "none".equals(Json.text(choice))) {
			return Collections.emptyList();
		}
		if (choice.isObject()) {
			String name = Json.text(choice.path("function").path("name"));
			return functions.stream().filter((function) -> name.equals(Json.text(function.path("name")))).toList();
		}
		List<JsonNode> matching = matching(functions, Words.of(text));
		return (matching.isEmpty() && "required".equals(Json.text(choice))) ? List.of(functions.get(0)) : matching;
	}

	private static List<JsonNode> matching(List<JsonNode> functions, Set<String> words) {
		List<JsonNode> sorted = new ArrayList<>(functions);
		sorted.sort(Comparator.comparingInt((JsonNode function) -> score(function, words)).reversed());
		Set<String> left = new HashSet<>(words);
		List<JsonNode> picked = new ArrayList<>();
		for (JsonNode function : sorted) {
			if (score(function, left) >= MIN_SCORE) {
				picked.add(function);
				left.removeAll(nameWords(function));
				left.removeAll(descriptionWords(function));
			}
		}
		return picked;
	}

	private static int score(JsonNode function, Set<String> words) {
		Set<String> name = nameWords(function);
		name.retainAll(words);
		Set<String> description = descriptionWords(function);
		description.retainAll(words);
		description.removeAll(name);
		return NAME_SCORE * name.size() + description.size();
	}

	private static Set<String> nameWords(JsonNode function) {
		return Words.of(Json.text(function.path("name")));
	}

	private static Set<String> descriptionWords(JsonNode function) {
		return Words.of(Json.text(function.path("description")));
	}

}
