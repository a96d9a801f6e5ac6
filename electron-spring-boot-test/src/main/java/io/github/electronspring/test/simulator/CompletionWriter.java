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

import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Writes the chunks of one answer, or the whole of it.
 *
 * @author The Electron Spring authors
 */
final class CompletionWriter {

	private final String id;

	private final long created;

	private final String model;

	CompletionWriter(SimulatorRequest request) {
		this.id = "chatcmpl-" + request.id();
		this.created = request.receivedAt().getEpochSecond();
		JsonNode json = request.jsonOrNull();
		String model = (json != null) ? Json.text(json.path("model")) : "";
		this.model = model.isEmpty() ? "electron" : model;
	}

	ObjectNode role() {
		return chunk(Json.object().put("role", "assistant"), null);
	}

	ObjectNode text(String content) {
		return chunk(Json.object().put("content", content), null);
	}

	ObjectNode toolCall(ScriptStep.ToolCallDelta delta) {
		ObjectNode json = Json.object();
		ObjectNode call = json.putArray("tool_calls").addObject().put("index", delta.index());
		if (delta.id() != null) {
			call.put("id", delta.id()).put("type", "function");
		}
		if (delta.name() != null || delta.arguments() != null) {
			ObjectNode function = call.putObject("function");
			if (delta.name() != null) {
				function.put("name", delta.name());
			}
			if (delta.arguments() != null) {
				function.put("arguments", delta.arguments());
			}
		}
		return chunk(json, null);
	}

	ObjectNode finish(String reason) {
		return chunk(Json.object(), reason);
	}

	ObjectNode chunk(JsonNode delta, @Nullable String finishReason) {
		ObjectNode chunk = base("chat.completion.chunk");
		ObjectNode choice = chunk.putArray("choices").addObject().put("index", 0);
		choice.set("delta", delta);
		choice.put("finish_reason", finishReason);
		return chunk;
	}

	ObjectNode usageChunk(SimulatorUsage usage) {
		ObjectNode chunk = base("chat.completion.chunk");
		chunk.putArray("choices");
		chunk.set("usage", usage(usage));
		return chunk;
	}

	ObjectNode completion(ObjectNode message, String finishReason, SimulatorUsage usage) {
		ObjectNode completion = base("chat.completion");
		ObjectNode choice = completion.putArray("choices").addObject().put("index", 0);
		choice.set("message", message);
		choice.put("finish_reason", finishReason);
		completion.set("usage", usage(usage));
		return completion;
	}

	private ObjectNode base(String object) {
		return Json.object()
			.put("id", this.id)
			.put("object", object)
			.put("created", this.created)
			.put("model", this.model);
	}

	private static ObjectNode usage(SimulatorUsage usage) {
		ObjectNode json = Json.object()
			.put("prompt_tokens", usage.promptTokens())
			.put("completion_tokens", usage.completionTokens())
			.put("total_tokens", usage.totalTokens());
		json.putObject("prompt_tokens_details").put("cached_tokens", usage.cachedTokens());
		return json;
	}

}
