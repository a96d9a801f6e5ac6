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
import tools.jackson.databind.JsonNode;

/**
 * Finds the JSON schema that a prompt asks the answer to satisfy.
 *
 * @author The Electron Spring authors
 */
final class PromptSchema {

	private PromptSchema() {
	}

	/**
	 * Find a schema in the messages of a request.
	 * @param request the request
	 * @return the last schema, or {@code null} if there is none
	 */
	static @Nullable JsonNode find(JsonNode request) {
		JsonNode schema = null;
		for (String role : new String[] { "user", "system" }) {
			String text = Messages.all(request, role);
			for (int start = text.indexOf('{'); start >= 0; start = text.indexOf('{', start + 1)) {
				int end = end(text, start);
				JsonNode json = (end > 0) ? Json.tryParse(text.substring(start, end).getBytes(StandardCharsets.UTF_8))
						: null;
				if (json != null && isSchema(json)) {
					schema = json;
					start = end - 1;
				}
			}
		}
		return schema;
	}

	private static boolean isSchema(JsonNode json) {
		return json.has("$schema") || json.has("$ref") || json.path("properties").isObject()
				|| (json.path("type").isString() && (json.has("items") || json.has("additionalProperties")));
	}

	private static int end(String text, int start) {
		int depth = 0;
		boolean quoted = false;
		for (int i = start; i < text.length(); i++) {
			char c = text.charAt(i);
			if (quoted && c == '\\') {
				i++;
			}
			else if (c == '"') {
				quoted = !quoted;
			}
			else if (!quoted && c == '{') {
				depth++;
			}
			else if (!quoted && c == '}' && --depth == 0) {
				return i + 1;
			}
		}
		return -1;
	}

}
