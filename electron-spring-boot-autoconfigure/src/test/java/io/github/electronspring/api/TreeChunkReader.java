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
import java.util.List;
import java.util.stream.Collectors;

import io.github.electronspring.protocol.ChatCompletionChunk;
import io.github.electronspring.protocol.ChatCompletionChunkChoice;
import io.github.electronspring.protocol.ChatMessageDelta;
import io.github.electronspring.protocol.FunctionCallDelta;
import io.github.electronspring.protocol.PromptTokensDetails;
import io.github.electronspring.protocol.ToolCallDelta;
import io.github.electronspring.protocol.Usage;
import tools.jackson.databind.JsonNode;

/**
 * What a {@link ChunkReader} must read, found in the simplest way: from a tree.
 *
 * @author The Electron Spring authors
 */
final class TreeChunkReader {

	private TreeChunkReader() {
	}

	static ChatCompletionChunk read(JsonNode chunk) {
		List<ChatCompletionChunkChoice> choices = new ArrayList<>();
		for (JsonNode choice : objects(chunk.path("choices"))) {
			choices.add(choice(choice));
		}
		Double created = number(chunk.path("created"));
		return new ChatCompletionChunk(text(chunk.path("id")), text(chunk.path("object")),
				(created != null) ? created.longValue() : null, text(chunk.path("model")), choices,
				usage(chunk.path("usage")));
	}

	private static ChatCompletionChunkChoice choice(JsonNode choice) {
		JsonNode delta = choice.path("delta");
		List<ToolCallDelta> calls = new ArrayList<>();
		for (JsonNode call : objects(delta.path("tool_calls"))) {
			Double index = number(call.path("index"));
			calls.add(new ToolCallDelta((index != null) ? index.intValue() : null, text(call.path("id")),
					text(call.path("type")), function(call.path("function"))));
		}
		return new ChatCompletionChunkChoice(integer(choice.path("index")),
				new ChatMessageDelta(text(delta.path("role")), content(delta.path("content")), calls),
				text(choice.path("finish_reason")), null);
	}

	private static String content(JsonNode content) {
		String text = content.valueStream().map((part) -> part.path("text").asString("")).collect(Collectors.joining());
		return (content.isArray() && !text.isEmpty()) ? text : text(content);
	}

	private static FunctionCallDelta function(JsonNode function) {
		if (!function.isObject()) {
			return null;
		}
		JsonNode arguments = function.path("arguments");
		return new FunctionCallDelta(text(function.path("name")),
				arguments.isContainer() ? arguments.toString() : text(arguments));
	}

	private static Usage usage(JsonNode usage) {
		if (!usage.isObject()) {
			return null;
		}
		JsonNode details = usage.path("prompt_tokens_details");
		return new Usage(integer(usage.path("prompt_tokens")), integer(usage.path("completion_tokens")),
				integer(usage.path("total_tokens")),
				details.isObject() ? new PromptTokensDetails(integer(details.path("cached_tokens"))) : null);
	}

	private static List<JsonNode> objects(JsonNode array) {
		List<JsonNode> objects = new ArrayList<>();
		if (array.isArray()) {
			array.forEach((item) -> {
				if (item.isObject()) {
					objects.add(item);
				}
			});
		}
		return objects;
	}

	private static String text(JsonNode node) {
		return (node.isValueNode() && !node.isNull()) ? node.asString() : null;
	}

	private static int integer(JsonNode node) {
		Double number = number(node);
		return (number != null) ? number.intValue() : 0;
	}

	private static Double number(JsonNode node) {
		return (node.isNumber() || node.isString() && node.asString().strip().matches("-?[0-9]+(\\.[0-9]+)?"))
				? Double.valueOf(node.asString().strip()) : null;
	}

}
