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
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Thinks up an answer by rules, without a model.
 *
 * @author The Electron Spring authors
 */
final class Answerer {

	private static final String[] ACKNOWLEDGE = { "acknowledge", "before using a tool", "before calling",
			"before you use", "before you call", "before any tool", "let the user know", "let the caller know",
			"let me check", "filler" };

	private final JsonNode request;

	private final String text;

	private final ToolResults results;

	Answerer(JsonNode request) {
		this.request = request;
		this.text = Messages.last(request, "user");
		this.results = new ToolResults(request);
	}

	Answer answer() {
		boolean forced = "required".equals(Json.text(this.request.path("tool_choice")))
				|| this.request.path("tool_choice").isObject();
		if (!this.results.areLast() || forced) {
			List<JsonNode> functions = ToolPicker.pick(this.request, this.text);
			if (!functions.isEmpty()) {
				return call(functions);
			}
		}
		JsonNode json = json();
		if (json != null) {
			return Answer.of(Json.string(json));
		}
		return Answer.of(this.results.areLast() ? this.results.phrase() : chat());
	}

	private Answer call(List<JsonNode> functions) {
		List<Answer.Call> calls = new ArrayList<>();
		Set<String> topics = new LinkedHashSet<>();
		for (JsonNode function : functions) {
			String name = Json.text(function.path("name"));
			topics.add("the " + String.join(" ", Words.of(name)));
			new ArgumentWriter(function.path("parameters"), this.text, Messages.all(this.request, "user")).write()
				.forEach((arguments) -> calls.add(new Answer.Call(name, arguments)));
		}
		boolean acknowledge = Words.containsAny(Messages.all(this.request, "system"), ACKNOWLEDGE);
		String filler = "Let me check %s for you.".formatted(String.join(" and ", topics));
		return new Answer(acknowledge ? filler : "", calls);
	}

	private @Nullable JsonNode json() {
		boolean jsonMode = "json_object".equals(Json.text(this.request.path("response_format").path("type")));
		JsonNode schema = PromptSchema.find(this.request);
		Values values = new Values(new ValueFinder(this.text), this.results.json(), "simulated");
		if (schema != null
				&& (jsonMode || Words.containsAny(Messages.all(this.request, "system") + this.text, "json"))) {
			JsonNode filled = new SchemaFiller(schema, values, false).fill(0);
			return (filled.isObject() || !jsonMode) ? filled : Json.object().set("items", filled);
		}
		return jsonMode ? jsonWithoutSchema() : null;
	}

	private ObjectNode jsonWithoutSchema() {
		ObjectNode json = Json.object();
		Map<String, String> capitals = Facts.capitals(this.text);
		if (Words.containsAny(this.text, "capital")) {
			(capitals.isEmpty() ? Facts.someCapitals() : capitals).forEach(json::put);
			return json;
		}
		if (this.results.areLast()) {
			return json.put("answer", this.results.phrase());
		}
		return json.put("simulator", true).put("answer", chat());
	}

	private String chat() {
		if (Words.containsAny(this.text, "story")) {
			return Story.tell();
		}
		Map<String, String> capitals = Facts.capitals(this.text);
		if (Words.containsAny(this.text, "capital") && !capitals.isEmpty()) {
			List<String> sentences = new ArrayList<>();
			capitals
				.forEach((country, capital) -> sentences.add("The capital of %s is %s.".formatted(country, capital)));
			return String.join(" ", sentences);
		}
		return "Hello, I am a simulator of Electron and not a language model, so this is all that I can say"
				+ " about your message of %d words."
					.formatted(this.text.isBlank() ? 0 : this.text.strip().split("\\s+").length);
	}

	/**
	 * Return the text cut at the first stop sequence.
	 * @param text the text
	 * @return the text to send
	 */
	String stopped(String text) {
		int end = text.length();
		for (String stop : stops()) {
			int index = stop.isEmpty() ? -1 : text.indexOf(stop);
			end = (index >= 0) ? Math.min(end, index) : end;
		}
		return text.substring(0, end);
	}

	private List<String> stops() {
		JsonNode stop = this.request.path("stop");
		if (stop.isString()) {
			return List.of(Json.text(stop));
		}
		if (!stop.isArray()) {
			return Collections.emptyList();
		}
		List<String> stops = new ArrayList<>();
		stop.forEach((one) -> stops.add(Json.text(one)));
		return stops;
	}

}
