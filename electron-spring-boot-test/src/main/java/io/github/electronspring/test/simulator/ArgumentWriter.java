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
import java.util.List;

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Writes the arguments of calls of one tool: several if the user named several things
 * that the tool takes only one of.
 *
 * @author The Electron Spring authors
 */
final class ArgumentWriter {

	private final JsonNode schema;

	private final String text;

	private final String allText;

	/**
	 * Create a writer.
	 * @param schema the schema of the arguments
	 * @param text what the user said last
	 * @param allText all that the user said, for what is not in the last message
	 */
	ArgumentWriter(JsonNode schema, String text, String allText) {
		this.schema = schema;
		this.text = text;
		this.allText = allText;
	}

	List<ObjectNode> write() {
		Values values = new Values(new ValueFinder(this.text), Collections.emptyList(), "");
		int calls = calls(values);
		if (calls == 0) {
			values = new Values(new ValueFinder(this.allText), Collections.emptyList(), "");
		}
		List<ObjectNode> all = new ArrayList<>();
		for (int row = 0; row < Math.max(1, calls); row++) {
			JsonNode arguments = new SchemaFiller(this.schema, values, true).fill(row);
			all.add((arguments instanceof ObjectNode object) ? object : Json.object());
		}
		return all;
	}

	/**
	 * Return how many values the message has for the first required text.
	 * @param values the values in the message
	 * @return the number of values
	 */
	private int calls(Values values) {
		for (JsonNode required : this.schema.path("required")) {
			JsonNode property = this.schema.path("properties").path(Json.text(required));
			if ("string".equals(Json.text(property.path("type"))) && !property.has("enum")) {
				return values.candidates(Json.text(required), Json.text(property.path("description"))).size();
			}
		}
		return 1;
	}

}
