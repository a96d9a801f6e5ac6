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

import java.util.LinkedHashSet;
import java.util.Set;
import java.util.TreeSet;

import tools.jackson.databind.JsonNode;

/**
 * Validates the messages of a request, and that tool calls and their results belong
 * together.
 *
 * @author The Electron Spring authors
 */
final class MessagesValidator {

	private static final Set<String> ROLES = new TreeSet<>(Set.of("system", "user", "assistant", "tool"));

	private static final Set<String> FUNCTION = Set.of("function");

	private final JsonNode messages;

	private final Problems problems;

	private final Set<String> open = new LinkedHashSet<>();

	MessagesValidator(JsonNode messages, Problems problems) {
		this.messages = messages;
		this.problems = problems;
	}

	void validate() {
		for (int i = 0; i < this.messages.size(); i++) {
			JsonNode message = this.messages.get(i);
			if (!message.isObject()) {
				this.problems.type("object", "messages", i);
				continue;
			}
			this.problems.oneOf(message.path("role"), ROLES, "messages", i, "role");
			String role = Json.text(message.path("role"));
			if (!"tool".equals(role)) {
				unanswered(i);
			}
			content(message, role, i);
			switch (role) {
				case "assistant" -> toolCalls(message.path("tool_calls"), i);
				case "tool" -> toolResult(message.path("tool_call_id"), i);
				default -> {
				}
			}
		}
		unanswered(this.messages.size());
	}

	private void content(JsonNode message, String role, int i) {
		JsonNode content = message.path("content");
		if (content.isString()) {
			return;
		}
		if (content.isArray()) {
			parts(content, i);
			return;
		}
		boolean calls = "assistant".equals(role) && message.path("tool_calls").isArray();
		if (!Problems.isAbsent(content)) {
			this.problems.type("string", "messages", i, "content");
		}
		else if (!calls) {
			this.problems.type("string, null is allowed only beside tool_calls", "messages", i, "content");
		}
	}

	private void parts(JsonNode content, int i) {
		for (int part = 0; part < content.size(); part++) {
			if (!"text".equals(Json.text(content.get(part).path("type")))
					|| !content.get(part).path("text").isString()) {
				this.problems.custom("Only text is supported", "messages", i, "content", part);
			}
		}
	}

	private void toolCalls(JsonNode calls, int i) {
		if (Problems.isAbsent(calls)) {
			return;
		}
		if (!calls.isArray() || calls.isEmpty()) {
			this.problems.type("array with at least 1 entry", "messages", i, "tool_calls");
			return;
		}
		for (int c = 0; c < calls.size(); c++) {
			JsonNode call = calls.get(c);
			this.problems.oneOf(call.path("type"), FUNCTION, "messages", i, "tool_calls", c, "type");
			String id = Json.text(call.path("id"));
			if (id.isEmpty()) {
				this.problems.type("string", "messages", i, "tool_calls", c, "id");
			}
			else if (!this.open.add(id)) {
				this.problems.custom("Two tool calls have the id '%s'".formatted(id), "messages", i, "tool_calls", c,
						"id");
			}
			for (String name : new String[] { "name", "arguments" }) {
				if (!call.path("function").path(name).isString()) {
					this.problems.type("string", "messages", i, "tool_calls", c, "function", name);
				}
			}
		}
	}

	private void toolResult(JsonNode id, int i) {
		if (!id.isString()) {
			this.problems.custom("tool_call_id is required on tool messages", "messages", i, "tool_call_id");
		}
		else if (!this.open.remove(id.stringValue())) {
			this.problems.custom("No open tool call with the id '%s' comes before".formatted(id.stringValue()),
					"messages", i, "tool_call_id");
		}
	}

	private void unanswered(int i) {
		if (!this.open.isEmpty()) {
			this.problems.custom("Tool calls without a result: '%s'".formatted(String.join("', '", this.open)),
					"messages", i - 1);
			this.open.clear();
		}
	}

}
