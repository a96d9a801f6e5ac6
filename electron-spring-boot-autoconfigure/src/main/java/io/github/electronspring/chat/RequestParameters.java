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

package io.github.electronspring.chat;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import io.github.electronspring.protocol.ChatCompletionRequest;
import org.jspecify.annotations.Nullable;

/**
 * Merges parameters of requests.
 *
 * @author The Electron Spring authors
 */
final class RequestParameters {

	private RequestParameters() {
	}

	/**
	 * Return the parameters that are set in either request, without messages and tools.
	 * @param preferred the request whose values win
	 * @param other the request that fills gaps
	 * @return the merged parameters
	 */
	static ChatCompletionRequest merge(ChatCompletionRequest preferred, ChatCompletionRequest other) {
		List<String> stop = preferred.stop().isEmpty() ? other.stop() : preferred.stop();
		return ChatCompletionRequest.builder()
			.model(first(preferred.model(), other.model()))
			.temperature(first(preferred.temperature(), other.temperature()))
			.topP(first(preferred.topP(), other.topP()))
			.maxTokens(first(preferred.maxTokens(), other.maxTokens()))
			.toolChoice(first(preferred.toolChoice(), other.toolChoice()))
			.responseFormat(first(preferred.responseFormat(), other.responseFormat()))
			.stop(stop)
			.seed(first(preferred.seed(), other.seed()))
			.logitBias(merge(preferred.logitBias(), other.logitBias()))
			.logprobs(first(preferred.logprobs(), other.logprobs()))
			.topLogprobs(first(preferred.topLogprobs(), other.topLogprobs()))
			.presencePenalty(first(preferred.presencePenalty(), other.presencePenalty()))
			.frequencyPenalty(first(preferred.frequencyPenalty(), other.frequencyPenalty()))
			.user(first(preferred.user(), other.user()))
			.n(first(preferred.n(), other.n()))
			.promptLogprobs(first(preferred.promptLogprobs(), other.promptLogprobs()))
			.extraBody(merge(preferred.extraBody(), other.extraBody()))
			.build();
	}

	static <T> @Nullable T first(@Nullable T preferred, @Nullable T other) {
		return (preferred != null) ? preferred : other;
	}

	static <T> List<T> concat(@Nullable List<T> first, List<T> second) {
		List<T> all = (first != null) ? new ArrayList<>(first) : new ArrayList<>();
		all.addAll(second);
		return all;
	}

	private static <T> Map<String, T> merge(Map<String, T> preferred, Map<String, T> other) {
		Map<String, T> merged = new LinkedHashMap<>(other);
		merged.putAll(preferred);
		return merged;
	}

}
