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

import org.springframework.util.Assert;

/**
 * Tokens that a request has used. Immutable.
 *
 * @param promptTokens the number of tokens of the prompt, at least 0
 * @param cachedTokens how many of the prompt's tokens came from the prefix cache
 * @param completionTokens the number of tokens of the answer, at least 0
 * @author The Electron Spring authors
 */
public record SimulatorUsage(int promptTokens, int cachedTokens, int completionTokens) {

	/**
	 * Create a new instance.
	 * @throws IllegalArgumentException if a number is negative or more tokens are cached
	 * than the prompt has
	 */
	public SimulatorUsage {
		Assert.isTrue(promptTokens >= 0, () -> "'promptTokens' must not be negative but is '" + promptTokens + "'");
		Assert.isTrue(completionTokens >= 0,
				() -> "'completionTokens' must not be negative but is '" + completionTokens + "'");
		Assert.isTrue(cachedTokens >= 0 && cachedTokens <= promptTokens,
				() -> "'cachedTokens' must be between 0 and 'promptTokens' but is '" + cachedTokens + "'");
	}

	/**
	 * Return the number of tokens of prompt and answer.
	 * @return the number of tokens
	 */
	public int totalTokens() {
		return this.promptTokens + this.completionTokens;
	}

}
