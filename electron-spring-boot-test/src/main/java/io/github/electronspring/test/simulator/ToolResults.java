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
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * The results of the tools that the last user message led to.
 *
 * @author The Electron Spring authors
 */
final class ToolResults {

	private static final Pattern FAILURE = Pattern.compile("^(?:Tool '[^']*' failed|Error\\b)",
			Pattern.CASE_INSENSITIVE);

	private final List<Result> results = new ArrayList<>();

	private final boolean last;

	ToolResults(JsonNode request) {
		Map<String, JsonNode> calls = new HashMap<>();
		String role = "";
		for (JsonNode message : request.path("messages")) {
			role = Json.text(message.path("role"));
			if ("user".equals(role)) {
				this.results.clear();
			}
			message.path("tool_calls").forEach((call) -> calls.put(Json.text(call.path("id")), call.path("function")));
			if ("tool".equals(role)) {
				this.results.add(result(calls.get(Json.text(message.path("tool_call_id"))), Messages.content(message)));
			}
		}
		this.last = "tool".equals(role);
	}

	/**
	 * Return whether the request ends with results, so that it is time to answer.
	 * @return whether results are last
	 */
	boolean areLast() {
		return this.last;
	}

	/**
	 * Return the results that are JSON.
	 * @return the results
	 */
	List<JsonNode> json() {
		List<JsonNode> json = new ArrayList<>();
		this.results.forEach((result) -> {
			if (result.json() != null) {
				json.add(result.json());
			}
		});
		return json;
	}

	/**
	 * Phrase the results as an answer.
	 * @return the answer
	 */
	String phrase() {
		List<String> sentences = new ArrayList<>();
		for (Result result : this.results) {
			String about = result.about().isEmpty() ? "Here is the %s".formatted(result.topic())
					: "Here is the %s for %s".formatted(result.topic(), result.about());
			if (result.json() == null && FAILURE.matcher(result.content()).find()) {
				sentences.add("I am sorry, the %s did not work.".formatted(result.topic()));
				continue;
			}
			String content = (result.json() != null) ? phrase(result.json()) : result.content().strip();
			sentences.add(content.isEmpty() ? "The %s is done.".formatted(result.topic())
					: about + ": " + content + (content.endsWith(".") ? "" : "."));
		}
		return String.join(" ", sentences);
	}

	private static String phrase(JsonNode json) {
		if (!json.isContainer()) {
			return json.asString("");
		}
		List<String> parts = new ArrayList<>();
		if (json.isArray()) {
			json.forEach((item) -> parts.add(phrase(item)));
			return String.join("; ", parts);
		}
		json.properties()
			.forEach((entry) -> parts
				.add("%s %s".formatted(String.join(" ", words(entry.getKey())), phrase(entry.getValue()))));
		return String.join(", ", parts);
	}

	private static List<String> words(String name) {
		List<String> words = new ArrayList<>(Words.of(name));
		return words.isEmpty() ? List.of(name) : words;
	}

	private static Result result(@Nullable JsonNode function, String content) {
		JsonNode json = Json.tryParse(content.getBytes(StandardCharsets.UTF_8));
		if (function == null) {
			return new Result("result", "", content, json);
		}
		JsonNode arguments = Json.tryParse(Json.text(function.path("arguments")).getBytes(StandardCharsets.UTF_8));
		List<String> about = new ArrayList<>();
		if (arguments != null) {
			arguments.forEach((value) -> {
				if (value.isValueNode() && !value.isNull()) {
					about.add(value.asString(""));
				}
			});
		}
		return new Result(String.join(" ", words(Json.text(function.path("name")))), String.join(", ", about), content,
				json);
	}

	/**
	 * The result of one call.
	 *
	 * @param topic what the tool is about
	 * @param about what it was asked
	 * @param content the result
	 * @param json the result as JSON, or {@code null} if it is none
	 */
	private record Result(String topic, String about, String content, @Nullable JsonNode json) {

	}

}
