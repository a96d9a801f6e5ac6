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
import tools.jackson.databind.PropertyNamingStrategies.SnakeCaseStrategy;
import tools.jackson.databind.annotation.JsonDeserialize;
import tools.jackson.databind.annotation.JsonNaming;

/**
 * The log probability of one token. Immutable.
 *
 * @param token the token
 * @param logprob its log probability
 * @param bytes its bytes in UTF-8, or {@code null} if the service does not say
 * @param topLogprobs the likeliest tokens at this place
 * @author The Electron Spring authors
 */
@JsonNaming(SnakeCaseStrategy.class)
@JsonInclude(JsonInclude.Include.NON_NULL)
public record TokenLogprob(@Nullable String token,
		@JsonDeserialize(using = LenientDoubleDeserializer.class) double logprob, @Nullable List<Integer> bytes,
		List<TokenLogprob> topLogprobs) {

	/**
	 * Create a log probability. Missing top tokens are taken as none.
	 */
	@SuppressWarnings("NullAway") // Jackson passes null for what is missing
	public TokenLogprob {
		topLogprobs = (topLogprobs != null) ? List.copyOf(topLogprobs) : Collections.emptyList();
	}

}
