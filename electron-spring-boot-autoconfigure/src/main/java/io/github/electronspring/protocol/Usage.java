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
 * The tokens that a request used. Immutable.
 *
 * @param promptTokens the tokens of the input
 * @param completionTokens the tokens of the output
 * @param totalTokens the sum of both
 * @param promptTokensDetails how many of the input tokens came from the cache, or
 * {@code null} if the service does not say
 * @author The Electron Spring authors
 */
@JsonNaming(SnakeCaseStrategy.class)
@JsonInclude(JsonInclude.Include.NON_NULL)
public record Usage(@JsonDeserialize(using = LenientIntDeserializer.class) int promptTokens,
		@JsonDeserialize(using = LenientIntDeserializer.class) int completionTokens,
		@JsonDeserialize(using = LenientIntDeserializer.class) int totalTokens,
		@Nullable PromptTokensDetails promptTokensDetails) {

	/**
	 * No tokens.
	 */
	public static final Usage NONE = new Usage(0, 0, 0, null);

	/**
	 * Create a usage.
	 * @param promptTokens the tokens of the input
	 * @param cachedTokens the tokens of the input that came from the cache
	 * @param completionTokens the tokens of the output
	 * @return the usage
	 */
	public static Usage of(int promptTokens, int cachedTokens, int completionTokens) {
		return new Usage(promptTokens, completionTokens, promptTokens + completionTokens,
				new PromptTokensDetails(cachedTokens));
	}

	/**
	 * Return how many of the input tokens came from the cache.
	 * @return the number, 0 if the service does not say
	 */
	public int cachedTokens() {
		return (this.promptTokensDetails != null) ? this.promptTokensDetails.cachedTokens() : 0;
	}

	/**
	 * Return the sum of this usage and another.
	 * @param other the usage to add
	 * @return the sum
	 */
	public Usage plus(Usage other) {
		return new Usage(this.promptTokens + other.promptTokens, this.completionTokens + other.completionTokens,
				this.totalTokens + other.totalTokens, new PromptTokensDetails(cachedTokens() + other.cachedTokens()));
	}

}
