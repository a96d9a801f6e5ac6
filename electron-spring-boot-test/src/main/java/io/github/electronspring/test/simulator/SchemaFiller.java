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
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;

import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * Makes JSON that satisfies a JSON schema, of values from elsewhere where they fit.
 *
 * @author The Electron Spring authors
 */
final class SchemaFiller {

	private static final int MAX_DEPTH = 8;

	private static final JsonNodeFactory nodes = JsonNodeFactory.instance;

	private final JsonNode root;

	private final Values values;

	private final boolean requiredOnly;

	/**
	 * Create a filler.
	 * @param root the schema that references point into
	 * @param values values to use
	 * @param requiredOnly whether optional fields are left out for which there is no
	 * value
	 */
	SchemaFiller(JsonNode root, Values values, boolean requiredOnly) {
		this.root = root;
		this.values = values;
		this.requiredOnly = requiredOnly;
	}

	/**
	 * Make JSON.
	 * @param row which of several values of one kind to use
	 * @return the JSON
	 */
	JsonNode fill(int row) {
		return fill(this.root, "", row, 0);
	}

	private JsonNode fill(JsonNode reference, String name, int row, int depth) {
		JsonNode schema = resolve(reference);
		if (schema.has("const")) {
			return schema.get("const");
		}
		if (schema.path("enum").isArray() && !schema.path("enum").isEmpty()) {
			JsonNode chosen = this.values.choose(schema.path("enum"));
			return (chosen != null) ? chosen : schema.path("enum").get(0);
		}
		for (String alternatives : new String[] { "anyOf", "oneOf", "allOf" }) {
			if (schema.path(alternatives).isArray() && !schema.has("properties")) {
				return fill(alternative(schema.path(alternatives)), name, row, depth);
			}
		}
		return switch (type(schema)) {
			case "object" -> object(schema, name, row, depth);
			case "array" -> array(schema, name, row, depth);
			case "integer", "number" -> number(schema, name, row);
			case "boolean" -> orElse(this.values.bool(name, row), nodes.booleanNode(true));
			case "null" -> nodes.nullNode();
			default -> string(schema, name, row);
		};
	}

	private ObjectNode object(JsonNode schema, String name, int row, int depth) {
		ObjectNode object = nodes.objectNode();
		Set<String> required = new TreeSet<>();
		schema.path("required").forEach((field) -> required.add(Json.text(field)));
		schema.path("properties").properties().forEach((property) -> {
			boolean wanted = required.contains(property.getKey()) || ((depth < MAX_DEPTH)
					&& (!this.requiredOnly || this.values.has(property.getKey(), resolve(property.getValue()), row)));
			if (wanted) {
				object.set(property.getKey(), fill(property.getValue(), property.getKey(), row, depth + 1));
			}
		});
		JsonNode others = schema.path("additionalProperties");
		if (others.isObject() && object.isEmpty() && depth < MAX_DEPTH) {
			this.values.keys().forEach((key) -> object.set(key, fill(others, key, row, depth + 1)));
		}
		return object;
	}

	private ArrayNode array(JsonNode schema, String name, int row, int depth) {
		ArrayNode array = nodes.arrayNode();
		JsonNode items = resolve(schema.path("items"));
		int min = schema.path("minItems").asInt(0);
		int max = schema.path("maxItems").asInt(Integer.MAX_VALUE);
		int wanted = (depth < MAX_DEPTH) ? this.values.rows(name, items) : 0;
		for (int i = 0; i < Math.min(max, Math.max(min, wanted)); i++) {
			array.add(fill(items, name, i, depth + 1));
		}
		return array;
	}

	private JsonNode number(JsonNode schema, String name, int row) {
		JsonNode found = this.values.number(name, row);
		boolean integer = "integer".equals(type(schema));
		double value = (found != null) ? found.doubleValue() : row + 1;
		double step = schema.path("multipleOf").asDouble(integer ? 1 : 0);
		double min = Math.max(schema.path("minimum").asDouble(Double.NEGATIVE_INFINITY),
				schema.path("exclusiveMinimum").asDouble(Double.NEGATIVE_INFINITY) + (integer ? 1 : 0.001));
		double max = Math.min(schema.path("maximum").asDouble(Double.POSITIVE_INFINITY),
				schema.path("exclusiveMaximum").asDouble(Double.POSITIVE_INFINITY) - (integer ? 1 : 0.001));
		value = Math.max(min, Math.min(max, value));
		if (step > 0) {
			value = (Math.floor(value / step) * step >= min) ? Math.floor(value / step) * step
					: Math.ceil(value / step) * step;
		}
		return integer ? nodes.numberNode((long) value) : nodes.numberNode(value);
	}

	private JsonNode string(JsonNode schema, String name, int row) {
		String format = Json.text(schema.path("format"));
		String value = switch (format) {
			case "date" -> "2026-01-15";
			case "date-time" -> "2026-01-15T10:00:00Z";
			case "time" -> "10:00:00Z";
			case "email" -> "someone@example.com";
			case "uri" -> "https://example.com";
			case "uuid" -> "00000000-0000-4000-8000-00000000000" + (row % 10);
			default -> this.values.string(name, Json.text(schema.path("description")), row);
		};
		int max = schema.path("maxLength").asInt(Integer.MAX_VALUE);
		int min = schema.path("minLength").asInt(0);
		String padded = value + "x".repeat(Math.max(0, min - value.length()));
		return nodes.stringNode(padded.substring(0, Math.min(max, padded.length())));
	}

	private JsonNode resolve(JsonNode schema) {
		JsonNode resolved = schema;
		for (int i = 0; i < MAX_DEPTH && resolved.path("$ref").isString(); i++) {
			String reference = Json.text(resolved.path("$ref"));
			resolved = reference.startsWith("#/") ? this.root.at(reference.substring(1))
					: (reference.equals("#") ? this.root : nodes.objectNode());
		}
		return resolved;
	}

	private static JsonNode alternative(JsonNode alternatives) {
		for (JsonNode alternative : alternatives) {
			if (!"null".equals(Json.text(alternative.path("type")))) {
				return alternative;
			}
		}
		return alternatives.path(0);
	}

	private static String type(JsonNode schema) {
		JsonNode type = schema.path("type");
		if (type.isArray()) {
			List<String> types = new ArrayList<>();
			type.forEach((one) -> types.add(Json.text(one)));
			types.remove("null");
			return types.isEmpty() ? "null" : types.get(0);
		}
		if (type.isString()) {
			return Json.text(type).toLowerCase(Locale.ROOT);
		}
		if (schema.has("properties") || schema.has("additionalProperties")) {
			return "object";
		}
		return schema.has("items") ? "array" : "string";
	}

	private static JsonNode orElse(@Nullable JsonNode value, JsonNode other) {
		return (value != null) ? value : other;
	}

}
