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

import com.fasterxml.jackson.annotation.JsonInclude;
import org.jspecify.annotations.Nullable;

/**
 * A piece of a streamed response. Immutable.
 *
 * @param id the identifier of the completion
 * @param object always {@code chat.completion.chunk}
 * @param created when it was made, in seconds since the epoch
 * @param model the model that made it
 * @param choices the pieces, at most one with this service; none on a chunk with usage
 * only
 * @param usage the tokens used so far, or {@code null}
 * @author The Electron Spring authors
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record ChatCompletionChunk(@Nullable String id, @Nullable String object, @Nullable Long created,
		@Nullable String model, List<ChatCompletionChunkChoice> choices, @Nullable Usage usage) {

	/**
	 * Create a chunk. Missing choices are taken as none.
	 */
	@SuppressWarnings("NullAway") // Jackson passes null for what is missing
	public ChatCompletionChunk {
		choices = (choices != null) ? choices : Collections.emptyList();
	}

	/**
	 * Return the piece of the first answer, whose index is 0.
	 * @return the choice, or {@code null} if there is none
	 */
	public @Nullable ChatCompletionChunkChoice choice() {
		// Once or more for each token: without an iterator
		for (int i = 0; i < this.choices.size(); i++) {
			ChatCompletionChunkChoice choice = this.choices.get(i);
			if (choice.index() == 0) {
				return choice;
			}
		}
		return null;
	}

	/**
	 * Return the text of the first choice.
	 * @return the text, or {@code null} if there is none
	 */
	public @Nullable String content() {
		ChatCompletionChunkChoice choice = choice();
		return (choice != null) ? choice.delta().content() : null;
	}

	/**
	 * Return why the first choice ended.
	 * @return the reason, or {@code null} if it goes on
	 */
	public @Nullable String finishReason() {
		ChatCompletionChunkChoice choice = choice();
		return (choice != null) ? choice.finishReason() : null;
	}

	/**
	 * Return a text for logs: it holds no content.
	 */
	@Override
	public String toString() {
		return "ChatCompletionChunk[id=%s, choices=%d, finishReason=%s, usage=%s]".formatted(this.id,
				this.choices.size(), finishReason(), this.usage);
	}

}
