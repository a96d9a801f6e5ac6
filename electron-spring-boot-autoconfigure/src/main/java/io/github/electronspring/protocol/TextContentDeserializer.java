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

package io.github.electronspring.protocol;

import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.databind.DeserializationContext;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.ValueDeserializer;

/**
 * Reads message content that is a string or an array of text parts.
 *
 * @author The Electron Spring authors
 */
class TextContentDeserializer extends ValueDeserializer<String> {

	@Override
	public @Nullable String deserialize(JsonParser parser, DeserializationContext context) {
		if (parser.currentToken().isScalarValue()) {
			return parser.getValueAsString();
		}
		if (parser.currentToken() != JsonToken.START_ARRAY) {
			context.reportInputMismatch(this, "Content must be a string or an array of text parts");
		}
		StringBuilder text = new StringBuilder();
		for (JsonNode part : context.readTree(parser)) {
			String type = part.path("type").asString("text");
			if (!"text".equals(type)) {
				context.reportInputMismatch(this, "Content part of type '%s' is not supported, only text is", type);
			}
			text.append(part.isString() ? part.asString() : part.path("text").asString(""));
		}
		return text.toString();
	}

}
