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

import java.util.Collections;
import java.util.List;

import org.jspecify.annotations.Nullable;

/**
 * Chunks for tests.
 *
 * @author The Electron Spring authors
 */
public final class Chunks {

	private Chunks() {
	}

	public static ChatCompletionChunk role() {
		return delta(new ChatMessageDelta("assistant", "", Collections.emptyList()), null);
	}

	public static ChatCompletionChunk text(String text) {
		return delta(new ChatMessageDelta(null, text, Collections.emptyList()), null);
	}

	public static ChatCompletionChunk call(@Nullable Integer index, @Nullable String id, @Nullable String name,
			@Nullable String arguments) {
		return calls(new ToolCallDelta(index, id, "function", new FunctionCallDelta(name, arguments)));
	}

	public static ChatCompletionChunk calls(ToolCallDelta... calls) {
		return delta(new ChatMessageDelta(null, null, List.of(calls)), null);
	}

	public static ChatCompletionChunk finish(String reason) {
		return delta(ChatMessageDelta.EMPTY, reason);
	}

	public static ChatCompletionChunk usage(int promptTokens, int cachedTokens, int completionTokens) {
		return new ChatCompletionChunk("chatcmpl-1", null, 1L, "electron", Collections.emptyList(),
				Usage.of(promptTokens, cachedTokens, completionTokens));
	}

	public static ChatCompletionChunk delta(ChatMessageDelta delta, @Nullable String finishReason) {
		return new ChatCompletionChunk("chatcmpl-1", "chat.completion.chunk", 1L, "electron",
				List.of(new ChatCompletionChunkChoice(0, delta, finishReason, null)), null);
	}

}
