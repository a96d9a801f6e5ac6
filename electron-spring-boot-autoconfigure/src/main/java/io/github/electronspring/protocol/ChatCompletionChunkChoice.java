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

import com.fasterxml.jackson.annotation.JsonInclude;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.PropertyNamingStrategies.SnakeCaseStrategy;
import tools.jackson.databind.annotation.JsonDeserialize;
import tools.jackson.databind.annotation.JsonNaming;

/**
 * The piece of one answer in a {@link ChatCompletionChunk}. Immutable.
 *
 * @param index the index of the answer
 * @param delta what is new
 * @param finishReason why the answer ended, or {@code null} while it goes on
 * @param logprobs the log probabilities of the new tokens, if they were asked for
 * @author The Electron Spring authors
 */
@JsonNaming(SnakeCaseStrategy.class)
@JsonInclude(JsonInclude.Include.NON_NULL)
public record ChatCompletionChunkChoice(@JsonDeserialize(using = LenientIntDeserializer.class) int index,
		ChatMessageDelta delta, @JsonInclude(JsonInclude.Include.ALWAYS) @Nullable String finishReason,
		@Nullable Logprobs logprobs) {

	/**
	 * Create a choice. A missing delta is taken as an empty one, and an empty finish
	 * reason as none.
	 */
	@SuppressWarnings("NullAway") // Jackson passes null for what is missing
	public ChatCompletionChunkChoice {
		delta = (delta != null) ? delta : ChatMessageDelta.EMPTY;
		finishReason = (finishReason != null && !finishReason.isEmpty()) ? finishReason : null;
	}

	/**
	 * Return a text for logs: it holds no content.
	 */
	@Override
	public String toString() {
		return "ChatCompletionChunkChoice[index=%d, delta=%s, finishReason=%s]".formatted(this.index, this.delta,
				this.finishReason);
	}

}
