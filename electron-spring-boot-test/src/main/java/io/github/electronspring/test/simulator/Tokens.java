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

import com.knuddels.jtokkit.Encodings;
import com.knuddels.jtokkit.api.Encoding;
import com.knuddels.jtokkit.api.EncodingType;
import com.knuddels.jtokkit.api.IntArrayList;
import tools.jackson.databind.JsonNode;

/**
 * Counts tokens with a real tokenizer.
 *
 * @author The Electron Spring authors
 */
final class Tokens {

	private static final Encoding encoding = Encodings.newLazyEncodingRegistry().getEncoding(EncodingType.CL100K_BASE);

	private Tokens() {
	}

	/**
	 * Load the tables of the tokenizer, which takes a while.
	 */
	static void load() {
		encoding.countTokensOrdinary("a");
	}

	static int count(String text) {
		return text.isEmpty() ? 0 : encoding.countTokensOrdinary(text);
	}

	/**
	 * Return the tokens of a prompt. Tools come first: they are part of the prefix.
	 * @param request the request
	 * @return the tokens
	 */
	static IntArrayList prompt(JsonNode request) {
		StringBuilder prompt = new StringBuilder();
		JsonNode tools = request.path("tools");
		if (tools.isArray()) {
			prompt.append("<tools>").append(Json.string(tools));
		}
		for (JsonNode message : request.path("messages")) {
			prompt.append("\n<").append(Json.text(message.path("role"))).append(">");
			prompt.append(Messages.content(message));
			if (message.path("tool_calls").isArray()) {
				prompt.append(Json.string(message.path("tool_calls")));
			}
			prompt.append(Json.text(message.path("tool_call_id")));
		}
		return encoding.encodeOrdinary(prompt.toString());
	}

	/**
	 * Cut a text into its tokens, never inside a character.
	 * @param text the text
	 * @return the pieces, which together are the text
	 */
	static List<String> pieces(String text) {
		List<String> pieces = new ArrayList<>();
		IntArrayList pending = new IntArrayList();
		IntArrayList tokens = encoding.encodeOrdinary(text);
		for (int i = 0; i < tokens.size(); i++) {
			pending.add(tokens.get(i));
			String piece = encoding.decode(pending);
			if (!piece.contains("\uFFFD")) {
				pieces.add(piece);
				pending = new IntArrayList();
			}
		}
		if (!pending.isEmpty()) {
			pieces.add(encoding.decode(pending));
		}
		return pieces;
	}

}
