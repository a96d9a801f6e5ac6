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

import java.util.Collections;
import java.util.HashMap;
import java.util.Map;

import io.github.electronspring.turn.ToolCallException;
import org.jspecify.annotations.Nullable;

import org.springframework.ai.model.tool.ToolCallLimitBehavior;
import org.springframework.ai.model.tool.ToolCallLimitExceededException;
import org.springframework.ai.model.tool.ToolExecutionResult;

/**
 * Counts the tool calls of a turn. Thread-safe: of calls that run at the same time the
 * last to come is one too many.
 *
 * @author The Electron Spring authors
 */
final class ToolCallBudget {

	private final ToolCallLimits limits;

	private final Map<String, Integer> calls = new HashMap<>();

	private int total;

	ToolCallBudget(ToolCallLimits limits) {
		this.limits = limits;
	}

	/**
	 * Count a call.
	 * @param name the name of the tool
	 * @return what the call fails with, or {@code null} if it may be made
	 */
	synchronized @Nullable ToolCallException count(String name) {
		this.total++;
		int count = this.calls.merge(name, 1, Integer::sum);
		int max = this.limits.maxCalls(name);
		if (isExceeded(count, max)) {
			return exceeded(name, max,
					"Not executed because tool '%s' may be called %d times in a turn; answer without it".formatted(name,
							max));
		}
		max = this.limits.maxTotalCalls();
		return isExceeded(this.total, max) ? exceeded(null, max,
				"Not executed because %d tools may be called in a turn; answer with what is known".formatted(max))
				: null;
	}

	private static boolean isExceeded(int count, int max) {
		return max != ToolCallLimits.UNLIMITED && count > max;
	}

	private ToolCallException exceeded(@Nullable String name, int max, String result) {
		if (this.limits.onLimitExceeded() == ToolCallLimitBehavior.RETURN_ERROR_RESPONSE) {
			return ToolCallException.told(result, null);
		}
		return ToolCallException.endingTurn(new ToolCallLimitExceededException(name, max,
				ToolExecutionResult.builder().conversationHistory(Collections.emptyList()).build()));
	}

}
