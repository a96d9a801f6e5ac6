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

import java.util.List;
import java.util.stream.Collectors;

import com.networknt.schema.Error;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaException;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.json.JsonReadFeature;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import org.springframework.util.ConcurrentLruCache;

/**
 * The arguments of a tool call, checked against the schema of the tool.
 *
 * @param json the arguments as JSON text; as they came, if they cannot be read
 * @param problem what is wrong with them, in words for the model, or {@code null}
 * @author The Electron Spring authors
 */
record ToolArguments(String json, @Nullable String problem) {

	private static final JsonMapper STRICT = JsonMapper.builder()
		.enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
		.build();

	private static final JsonMapper TOLERANT = JsonMapper.builder()
		.enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
		.enable(JsonReadFeature.ALLOW_SINGLE_QUOTES, JsonReadFeature.ALLOW_UNQUOTED_PROPERTY_NAMES,
				JsonReadFeature.ALLOW_TRAILING_COMMA, JsonReadFeature.ALLOW_UNESCAPED_CONTROL_CHARS,
				JsonReadFeature.ALLOW_LEADING_PLUS_SIGN_FOR_NUMBERS)
		.build();

	private static final SchemaRegistry REGISTRY = SchemaRegistry
		.withDefaultDialect(SpecificationVersion.DRAFT_2020_12);

	private static final ConcurrentLruCache<String, Schema> SCHEMAS = new ConcurrentLruCache<>(256,
			(schema) -> REGISTRY.getSchema(STRICT.readTree(schema)));

	/**
	 * Load what a check needs, the texts of problems included.
	 */
	static void load() {
		problem("{\"type\":\"object\",\"required\":[\"id\"]}", STRICT.createObjectNode());
	}

	/**
	 * Check arguments.
	 * @param tool the tool
	 * @param text the arguments as the model wrote them
	 * @return the arguments and what is wrong with them
	 */
	static ToolArguments check(TurnTool tool, String text) {
		if (text.isBlank()) {
			return check(tool, "{}");
		}
		JsonNode node = read(STRICT, text);
		String json = text;
		if (node == null) {
			node = read(TOLERANT, text);
			json = (node != null) ? node.toString() : text;
		}
		if (node == null || !node.isObject()) {
			return new ToolArguments(text, "they are not a JSON object");
		}
		return new ToolArguments(json, problem(tool.definition().function().parameters(), node));
	}

	static boolean isEmptyObject(String text) {
		String stripped = text.strip();
		return stripped.startsWith("{") && stripped.endsWith("}")
				&& stripped.substring(1, stripped.length() - 1).isBlank();
	}

	private static @Nullable JsonNode read(JsonMapper mapper, String text) {
		try {
			return mapper.readTree(text);
		}
		catch (JacksonException ex) {
			return null;
		}
	}

	private static @Nullable String problem(@Nullable String schema, JsonNode node) {
		if (schema == null || schema.isBlank()) {
			return null;
		}
		try {
			List<Error> errors = SCHEMAS.get(schema).validate(node);
			return errors.isEmpty() ? null : errors.stream().map(Error::toString).collect(Collectors.joining("; "));
		}
		catch (SchemaException | JacksonException ex) {
			// A schema that cannot be read is for the tool to make sense of
			return null;
		}
	}

}
