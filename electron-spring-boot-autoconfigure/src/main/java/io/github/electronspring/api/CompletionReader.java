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

import io.github.electronspring.protocol.ChatCompletion;
import io.github.electronspring.protocol.ChatCompletionChoice;
import io.github.electronspring.protocol.ChatCompletionChunk;
import io.github.electronspring.protocol.ChatCompletionChunkChoice;
import io.github.electronspring.protocol.ChatMessage;
import io.github.electronspring.protocol.ChatMessageDelta;
import io.github.electronspring.protocol.FunctionCall;
import io.github.electronspring.protocol.FunctionCallDelta;
import io.github.electronspring.protocol.ToolCall;
import io.github.electronspring.protocol.ToolCallDelta;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;

/**
 * Reads a whole completion with the leniency of a {@link ChunkReader}, because it has the
 * shape of a chunk. Thread-safe.
 *
 * @author The Electron Spring authors
 */
final class CompletionReader {

	private final ChunkReader reader;

	CompletionReader(JsonMapper mapper) {
		this.reader = new ChunkReader(mapper, "message");
	}

	/**
	 * Read a completion.
	 * @param body the JSON text
	 * @return the completion
	 * @throws StreamErrorException if the body is an error
	 * @throws tools.jackson.core.JacksonException if it is not JSON
	 */
	ChatCompletion read(byte[] body) {
		ChatCompletionChunk chunk = this.reader.read(body, 0, body.length);
		List<ChatCompletionChoice> choices = new ArrayList<>();
		for (ChatCompletionChunkChoice choice : chunk.choices()) {
			choices.add(new ChatCompletionChoice(choice.index(), message(choice.delta()), choice.finishReason(),
					choice.logprobs()));
		}
		return new ChatCompletion(chunk.id(), chunk.object(), chunk.created(), chunk.model(), choices, chunk.usage());
	}

	private static ChatMessage message(ChatMessageDelta delta) {
		List<ToolCall> calls = delta.toolCalls().stream().map(CompletionReader::toolCall).toList();
		String role = (delta.role() != null) ? delta.role() : ChatMessage.ASSISTANT;
		return new ChatMessage(role, delta.content(), calls, null);
	}

	private static ToolCall toolCall(ToolCallDelta call) {
		FunctionCallDelta function = call.function();
		return new ToolCall(call.id(), (call.type() != null) ? call.type() : "function", (function != null)
				? new FunctionCall(text(function.name()), text(function.arguments())) : new FunctionCall("", ""));
	}

	private static String text(@Nullable String text) {
		return (text != null) ? text : "";
	}

}
