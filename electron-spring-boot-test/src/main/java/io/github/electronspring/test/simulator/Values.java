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
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Map;

import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;

/**
 * Values that fill fields: from results of tools, from what the user said, and from the
 * little that the simulator knows.
 *
 * @author The Electron Spring authors
 */
final class Values {

	private static final int DEFAULT_ROWS = 3;

	private final ValueFinder finder;

	private final List<JsonNode> results;

	private final Map<String, String> capitals;

	private final String fallback;

	/**
	 * Create values.
	 * @param finder what the user said
	 * @param results results of tools
	 * @param fallback what stands before the name of a field that nothing is known about
	 */
	Values(ValueFinder finder, List<JsonNode> results, String fallback) {
		this.finder = finder;
		this.results = results;
		this.fallback = fallback;
		boolean asked = Words.containsAny(finder.text(), "capital");
		Map<String, String> named = Facts.capitals(finder.text());
		this.capitals = (asked && named.isEmpty()) ? Facts.someCapitals() : named;
	}

	/**
	 * Return whether there is a value for a field, so that one need not be made up.
	 * @param name the name of the field
	 * @param schema its schema
	 * @param row which of several values
	 * @return whether there is one
	 */
	boolean has(String name, JsonNode schema, int row) {
		if (schema.path("enum").isArray()) {
			return choose(schema.path("enum")) != null;
		}
		if ("string".equals(Json.text(schema.path("type")))) {
			return !candidates(name, Json.text(schema.path("description"))).isEmpty();
		}
		return false;
	}

	@Nullable JsonNode choose(JsonNode alternatives) {
		String text = this.finder.text().toLowerCase(Locale.ROOT);
		for (JsonNode alternative : alternatives) {
			String value = alternative.asString("").toLowerCase(Locale.ROOT);
			if (!value.isEmpty() && text.contains(value.replace('_', ' '))) {
				return alternative;
			}
		}
		return null;
	}

	String string(String name, String description, int row) {
		JsonNode known = known(name, row);
		if (known != null && known.isValueNode()) {
			return known.asString("");
		}
		List<String> candidates = candidates(name, description);
		if (!candidates.isEmpty()) {
			return candidates.get(Math.min(row, candidates.size() - 1));
		}
		if (!name.isEmpty() && Words.containsAny(name, "query", "question", "text", "message", "prompt")) {
			return this.finder.text().strip();
		}
		return this.fallback.isEmpty() ? "unknown" : this.fallback + " " + (name.isEmpty() ? "text" : name);
	}

	/**
	 * Return the texts that suit a field.
	 * @param name the name of the field
	 * @param description its description
	 * @return the texts, empty if there is none
	 */
	List<String> candidates(String name, String description) {
		if (!this.capitals.isEmpty() && Words.containsAny(name, "capital")) {
			return new ArrayList<>(this.capitals.values());
		}
		if (!this.capitals.isEmpty() && Words.containsAny(name, "country", "countries")) {
			return new ArrayList<>(this.capitals.keySet());
		}
		if (this.capitals.containsKey(name)) {
			return List.of(this.capitals.get(name));
		}
		return this.finder.strings(name, description);
	}

	@Nullable JsonNode number(String name, int row) {
		JsonNode known = known(name, row);
		if (known != null && known.isNumber()) {
			return known;
		}
		List<String> numbers = this.finder.numbers();
		return numbers.isEmpty() ? null : JsonNodeFactory.instance
			.numberNode(Double.parseDouble(numbers.get(Math.min(row, numbers.size() - 1))));
	}

	@Nullable JsonNode bool(String name, int row) {
		JsonNode known = known(name, row);
		return (known != null && known.isBoolean()) ? known : null;
	}

	/**
	 * Return how many items an array has.
	 * @param name the name of the array
	 * @param items the schema of its items
	 * @return the number of items
	 */
	int rows(String name, JsonNode items) {
		if (!this.capitals.isEmpty()) {
			return this.capitals.size();
		}
		int candidates = items.has("properties") ? 0 : candidates(name, "").size();
		return (candidates > 0) ? candidates : (this.fallback.isEmpty() ? 1 : DEFAULT_ROWS);
	}

	/**
	 * Return the keys of an object that may have any.
	 * @return the keys
	 */
	Collection<String> keys() {
		return this.capitals.isEmpty() ? List.of("key") : this.capitals.keySet();
	}

	private @Nullable JsonNode known(String name, int row) {
		List<JsonNode> found = new ArrayList<>();
		this.results.forEach((result) -> found.addAll(result.findValues(name)));
		return found.isEmpty() ? null : found.get(Math.min(row, found.size() - 1));
	}

}
