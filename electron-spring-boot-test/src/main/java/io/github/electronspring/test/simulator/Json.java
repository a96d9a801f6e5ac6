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

import java.nio.charset.StandardCharsets;

import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * The simulator's own reading and writing of JSON.
 *
 * @author The Electron Spring authors
 */
final class Json {

	private static final JsonMapper mapper = JsonMapper.builder().build();

	private Json() {
	}

	/**
	 * Load what the first use needs, which takes a lock: not to be done by event loops.
	 */
	static void load() {
		parse(string(object()));
	}

	static ObjectNode object() {
		return mapper.createObjectNode();
	}

	static JsonNode parse(String json) {
		return mapper.readTree(json);
	}

	static @Nullable JsonNode tryParse(byte[] json) {
		try {
			JsonNode node = mapper.readTree(json);
			return node.isMissingNode() ? null : node;
		}
		catch (JacksonException ex) {
			return null;
		}
	}

	static byte[] bytes(JsonNode node) {
		return string(node).getBytes(StandardCharsets.UTF_8);
	}

	static String string(JsonNode node) {
		return mapper.writeValueAsString(node);
	}

	/**
	 * Return the text of a string node.
	 * @param node the node
	 * @return the text, empty for any other node
	 */
	static String text(JsonNode node) {
		return node.isString() ? node.stringValue() : "";
	}

}
