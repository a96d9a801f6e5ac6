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

import tools.jackson.databind.JsonNode;

/**
 * Reads the messages of a request.
 *
 * @author The Electron Spring authors
 */
final class Messages {

	private Messages() {
	}

	/**
	 * Return the text of a message.
	 * @param message the message, whose content is a string or an array of text parts
	 * @return the text, empty if there is none
	 */
	static String content(JsonNode message) {
		JsonNode content = message.path("content");
		if (!content.isArray()) {
			return Json.text(content);
		}
		StringBuilder text = new StringBuilder();
		content.forEach((part) -> text.append(Json.text(part.path("text"))));
		return text.toString();
	}

	/**
	 * Return the text of the last message with the given role.
	 * @param request the request
	 * @param role the role
	 * @return the text, empty if there is no such message
	 */
	static String last(JsonNode request, String role) {
		String text = "";
		for (JsonNode message : request.path("messages")) {
			if (role.equals(Json.text(message.path("role")))) {
				text = content(message);
			}
		}
		return text;
	}

	/**
	 * Return the text of all messages with the given role.
	 * @param request the request
	 * @param role the role
	 * @return the texts, each on a line of its own
	 */
	static String all(JsonNode request, String role) {
		StringBuilder text = new StringBuilder();
		for (JsonNode message : request.path("messages")) {
			if (role.equals(Json.text(message.path("role")))) {
				text.append(content(message)).append('\n');
			}
		}
		return text.toString();
	}

}
