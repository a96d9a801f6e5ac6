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
 * A whole response of the model. Immutable.
 *
 * @param id the identifier of the completion
 * @param object always {@code chat.completion}
 * @param created when it was made, in seconds since the epoch
 * @param model the model that made it
 * @param choices the answers, one with this service
 * @param usage the tokens used, or {@code null} if the service does not say
 * @author The Electron Spring authors
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record ChatCompletion(@Nullable String id, @Nullable String object, @Nullable Long created,
		@Nullable String model, List<ChatCompletionChoice> choices, @Nullable Usage usage) {

	/**
	 * Create a completion. Missing choices are taken as none.
	 */
	@SuppressWarnings("NullAway") // Jackson passes null for what is missing
	public ChatCompletion {
		choices = (choices != null) ? List.copyOf(choices) : Collections.emptyList();
	}

	/**
	 * Return the first choice.
	 * @return the choice, or {@code null} if there is none
	 */
	public @Nullable ChatCompletionChoice choice() {
		return this.choices.isEmpty() ? null : this.choices.get(0);
	}

}
