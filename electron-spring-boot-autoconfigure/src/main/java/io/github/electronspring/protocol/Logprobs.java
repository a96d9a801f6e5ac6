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

/**
 * The log probabilities of the tokens of an answer or of a piece of one. Immutable.
 *
 * @param content the tokens of the content
 * @author The Electron Spring authors
 */
public record Logprobs(List<TokenLogprob> content) {

	/**
	 * Create log probabilities. Missing content is taken as none.
	 */
	@SuppressWarnings("NullAway") // Jackson passes null for what is missing
	public Logprobs {
		content = (content != null) ? List.copyOf(content) : Collections.emptyList();
	}

	/**
	 * Return a text for logs: it holds no content.
	 */
	@Override
	public String toString() {
		return "Logprobs[tokens=%d]".formatted(this.content.size());
	}

}
