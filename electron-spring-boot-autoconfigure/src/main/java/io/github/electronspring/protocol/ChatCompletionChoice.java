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
 * One answer of a {@link ChatCompletion}. Immutable.
 *
 * @param index the index of the answer
 * @param message what the model said and which tools it calls
 * @param finishReason why it ended: {@code stop}, {@code length}, {@code tool_calls} or
 * {@code content_filter}
 * @param logprobs the log probabilities of the tokens, if they were asked for
 * @author The Electron Spring authors
 */
@JsonNaming(SnakeCaseStrategy.class)
@JsonInclude(JsonInclude.Include.NON_NULL)
public record ChatCompletionChoice(@JsonDeserialize(using = LenientIntDeserializer.class) int index,
		ChatMessage message, @Nullable String finishReason, @Nullable Logprobs logprobs) {

	/**
	 * Create a choice. A missing message is taken as an empty one.
	 */
	@SuppressWarnings("NullAway") // Jackson passes null for what is missing
	public ChatCompletionChoice {
		message = (message != null) ? message : new ChatMessage(ChatMessage.ASSISTANT, null, null, null);
	}

}
