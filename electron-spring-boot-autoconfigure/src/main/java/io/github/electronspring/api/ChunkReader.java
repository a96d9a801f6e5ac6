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

package io.github.electronspring.api;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

import io.github.electronspring.protocol.ChatCompletionChunk;
import io.github.electronspring.protocol.ChatCompletionChunkChoice;
import io.github.electronspring.protocol.ChatMessageDelta;
import io.github.electronspring.protocol.FunctionCallDelta;
import io.github.electronspring.protocol.Logprobs;
import io.github.electronspring.protocol.PromptTokensDetails;
import io.github.electronspring.protocol.ToolCallDelta;
import io.github.electronspring.protocol.Usage;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.ObjectReader;
import tools.jackson.databind.json.JsonMapper;

/**
 * Reads a chunk from the bytes of an event, token by token: this is done once for each
 * token of an answer. What a service leaves out or adds is survived. Thread-safe.
 *
 * @author The Electron Spring authors
 */
final class ChunkReader {

	/** Up to here a floating-point number tells each integer. */
	private static final double LARGEST_INTEGER = 1L << 53;

	private final ObjectReader reader;

	private final String messageField;

	ChunkReader(JsonMapper mapper) {
		this(mapper, "delta");
	}

	/**
	 * Create a reader.
	 * @param mapper the mapper
	 * @param messageField the field of a choice that holds what the model says
	 */
	ChunkReader(JsonMapper mapper, String messageField) {
		this.reader = mapper.reader();
		this.messageField = messageField;
	}

	/**
	 * Read a chunk.
	 * @param bytes the array that holds the JSON text
	 * @param offset where it begins
	 * @param length its length
	 * @return the chunk
	 * @throws StreamErrorException if the chunk is an error
	 * @throws tools.jackson.core.JacksonException if it is not JSON
	 */
	ChatCompletionChunk read(byte[] bytes, int offset, int length) {
		try (JsonParser parser = this.reader.createParser(bytes, offset, length)) {
			String id = null;
			String object = null;
			Long created = null;
			String model = null;
			List<ChatCompletionChunkChoice> choices = Collections.emptyList();
			Usage usage = null;
			boolean hasValue = begin(parser);
			while (hasValue && parser.nextToken() == JsonToken.PROPERTY_NAME) {
				String name = parser.currentName();
				JsonToken value = parser.nextToken();
				switch (name) {
					case "id" -> id = text(parser, value);
					case "object" -> object = text(parser, value);
					case "created" -> created = integer(parser, value);
					case "model" -> model = text(parser, value);
					case "choices" -> choices = choices(parser, value);
					case "usage" -> usage = usage(parser, value);
					case "error" -> error(parser, value);
					default -> parser.skipChildren();
				}
			}
			if ("error".equals(object)) {
				throw new StreamErrorException(this.reader.readTree(bytes, offset, length));
			}
			return new ChatCompletionChunk(id, object, created, model, choices, usage);
		}
	}

	private boolean begin(JsonParser parser) {
		JsonToken first = parser.nextToken();
		if (first == JsonToken.START_OBJECT) {
			return true;
		}
		parser.skipChildren();
		return false;
	}

	private List<ChatCompletionChunkChoice> choices(JsonParser parser, JsonToken start) {
		if (start != JsonToken.START_ARRAY) {
			parser.skipChildren();
			return Collections.emptyList();
		}
		List<ChatCompletionChunkChoice> choices = Collections.emptyList();
		for (JsonToken item = parser.nextToken(); item != JsonToken.END_ARRAY; item = parser.nextToken()) {
			if (item == JsonToken.START_OBJECT) {
				choices = plus(choices, choice(parser));
			}
			else {
				parser.skipChildren();
			}
		}
		return choices;
	}

	private ChatCompletionChunkChoice choice(JsonParser parser) {
		int index = 0;
		ChatMessageDelta delta = ChatMessageDelta.EMPTY;
		String finishReason = null;
		Logprobs logprobs = null;
		while (parser.nextToken() == JsonToken.PROPERTY_NAME) {
			String name = parser.currentName();
			JsonToken value = parser.nextToken();
			switch (name) {
				case "index" -> index = number(parser, value);
				case "finish_reason" -> finishReason = text(parser, value);
				case "logprobs" -> logprobs = logprobs(parser, value);
				default -> {
					if (name.equals(this.messageField)) {
						delta = delta(parser, value);
					}
					else {
						parser.skipChildren();
					}
				}
			}
		}
		return new ChatCompletionChunkChoice(index, delta, finishReason, logprobs);
	}

	private ChatMessageDelta delta(JsonParser parser, JsonToken start) {
		if (start != JsonToken.START_OBJECT) {
			parser.skipChildren();
			return ChatMessageDelta.EMPTY;
		}
		String role = null;
		String content = null;
		List<ToolCallDelta> toolCalls = Collections.emptyList();
		while (parser.nextToken() == JsonToken.PROPERTY_NAME) {
			String name = parser.currentName();
			JsonToken value = parser.nextToken();
			switch (name) {
				case "role" -> role = text(parser, value);
				case "content" -> content = content(parser, value);
				case "tool_calls" -> toolCalls = toolCalls(parser, value);
				default -> parser.skipChildren();
			}
		}
		return new ChatMessageDelta(role, content, toolCalls);
	}

	private @Nullable String content(JsonParser parser, JsonToken value) {
		if (value != JsonToken.START_ARRAY) {
			return text(parser, value);
		}
		// Some servers send text parts, as they may be sent to them
		StringBuilder content = new StringBuilder();
		JsonNode parts = parser.readValueAsTree();
		for (JsonNode part : parts) {
			content.append(part.path("text").asString(""));
		}
		return content.isEmpty() ? null : content.toString();
	}

	private List<ToolCallDelta> toolCalls(JsonParser parser, JsonToken start) {
		if (start != JsonToken.START_ARRAY) {
			parser.skipChildren();
			return Collections.emptyList();
		}
		List<ToolCallDelta> calls = Collections.emptyList();
		for (JsonToken item = parser.nextToken(); item != JsonToken.END_ARRAY; item = parser.nextToken()) {
			if (item == JsonToken.START_OBJECT) {
				calls = plus(calls, toolCall(parser));
			}
			else {
				parser.skipChildren();
			}
		}
		return calls;
	}

	private ToolCallDelta toolCall(JsonParser parser) {
		Integer index = null;
		String id = null;
		String type = null;
		FunctionCallDelta function = null;
		while (parser.nextToken() == JsonToken.PROPERTY_NAME) {
			String name = parser.currentName();
			JsonToken value = parser.nextToken();
			switch (name) {
				case "index" -> index = index(parser, value);
				case "id" -> id = text(parser, value);
				case "type" -> type = text(parser, value);
				case "function" -> function = function(parser, value);
				default -> parser.skipChildren();
			}
		}
		return new ToolCallDelta(index, id, type, function);
	}

	private @Nullable FunctionCallDelta function(JsonParser parser, JsonToken start) {
		if (start != JsonToken.START_OBJECT) {
			parser.skipChildren();
			return null;
		}
		String functionName = null;
		String arguments = null;
		while (parser.nextToken() == JsonToken.PROPERTY_NAME) {
			String name = parser.currentName();
			JsonToken value = parser.nextToken();
			switch (name) {
				case "name" -> functionName = text(parser, value);
				// Some servers send the arguments as an object instead of its text
				case "arguments" ->
					arguments = value.isStructStart() ? parser.readValueAsTree().toString() : text(parser, value);
				default -> parser.skipChildren();
			}
		}
		return new FunctionCallDelta(functionName, arguments);
	}

	private void error(JsonParser parser, JsonToken value) {
		if (value != JsonToken.VALUE_NULL) {
			JsonNode error = parser.readValueAsTree();
			throw new StreamErrorException(error);
		}
	}

	private @Nullable String text(JsonParser parser, JsonToken value) {
		if (value.isStructStart()) {
			parser.skipChildren();
			return null;
		}
		return (value != JsonToken.VALUE_NULL) ? parser.getValueAsString() : null;
	}

	private @Nullable Integer index(JsonParser parser, JsonToken value) {
		Long number = integer(parser, value);
		return (number != null && number.intValue() == number) ? Integer.valueOf(number.intValue()) : null;
	}

	private int number(JsonParser parser, JsonToken value) {
		Integer number = index(parser, value);
		return (number != null) ? number : 0;
	}

	private @Nullable Long integer(JsonParser parser, JsonToken value) {
		if (value == JsonToken.VALUE_NUMBER_INT && parser.getNumberType() != JsonParser.NumberType.BIG_INTEGER) {
			return parser.getLongValue();
		}
		parser.skipChildren();
		if (!value.isNumeric() && value != JsonToken.VALUE_STRING) {
			return null;
		}
		double number = parser.getValueAsDouble(Double.NaN);
		return (Math.abs(number) <= LARGEST_INTEGER) ? Long.valueOf((long) number) : null;
	}

	private @Nullable Usage usage(JsonParser parser, JsonToken start) {
		if (start != JsonToken.START_OBJECT) {
			parser.skipChildren();
			return null;
		}
		int promptTokens = 0;
		int completionTokens = 0;
		int totalTokens = 0;
		PromptTokensDetails details = null;
		while (parser.nextToken() == JsonToken.PROPERTY_NAME) {
			String name = parser.currentName();
			JsonToken value = parser.nextToken();
			switch (name) {
				case "prompt_tokens" -> promptTokens = number(parser, value);
				case "completion_tokens" -> completionTokens = number(parser, value);
				case "total_tokens" -> totalTokens = number(parser, value);
				case "prompt_tokens_details" -> details = promptTokensDetails(parser, value);
				default -> parser.skipChildren();
			}
		}
		return new Usage(promptTokens, completionTokens, totalTokens, details);
	}

	private @Nullable PromptTokensDetails promptTokensDetails(JsonParser parser, JsonToken start) {
		if (start != JsonToken.START_OBJECT) {
			parser.skipChildren();
			return null;
		}
		int cachedTokens = 0;
		while (parser.nextToken() == JsonToken.PROPERTY_NAME) {
			String name = parser.currentName();
			JsonToken value = parser.nextToken();
			if ("cached_tokens".equals(name)) {
				cachedTokens = number(parser, value);
			}
			else {
				parser.skipChildren();
			}
		}
		return new PromptTokensDetails(cachedTokens);
	}

	private @Nullable Logprobs logprobs(JsonParser parser, JsonToken start) {
		if (start != JsonToken.START_OBJECT) {
			parser.skipChildren();
			return null;
		}
		JsonNode tree = parser.readValueAsTree();
		try {
			return this.reader.treeToValue(tree, Logprobs.class);
		}
		catch (JacksonException ex) {
			// Of another shape: no reason to lose the answer
			return null;
		}
	}

	private static <T> List<T> plus(List<T> list, T item) {
		if (list.isEmpty()) {
			return Collections.singletonList(item);
		}
		List<T> longer = (list instanceof ArrayList<T>) ? list : new ArrayList<>(list);
		longer.add(item);
		return longer;
	}

}
