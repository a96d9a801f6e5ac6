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
import java.util.Map;

import org.springframework.ai.model.tool.DefaultToolCallingManager;
import org.springframework.ai.model.tool.ToolCallLimitBehavior;
import org.springframework.util.Assert;

/**
 * How many tool calls a turn may have, counted as Spring AI does. Immutable.
 *
 * @param maxCalls the most calls of one tool, at least 1, or {@link #UNLIMITED}
 * @param maxCallsByName the same for tools that have a limit of their own, by name
 * @param maxTotalCalls the most calls of all tools together, at least 1, or
 * {@link #UNLIMITED}
 * @param onLimitExceeded whether the model is told of a call too many or the turn fails
 * @author The Electron Spring authors
 */
public record ToolCallLimits(int maxCalls, Map<String, Integer> maxCallsByName, int maxTotalCalls,
		ToolCallLimitBehavior onLimitExceeded) {

	/**
	 * Stands for no limit.
	 */
	public static final int UNLIMITED = -1;

	private static final ToolCallLimits DEFAULTS = new ToolCallLimits(
			DefaultToolCallingManager.DEFAULT_MAX_CALLS_PER_TOOL, Collections.emptyMap(),
			DefaultToolCallingManager.DEFAULT_MAX_TOTAL_TOOL_CALLS, ToolCallLimitBehavior.THROW);

	/**
	 * Create limits.
	 * @throws IllegalArgumentException if a number is out of range
	 */
	public ToolCallLimits {
		check("maxCalls", maxCalls);
		check("maxTotalCalls", maxTotalCalls);
		maxCallsByName.forEach((name, max) -> check("maxCallsByName." + name, max));
		Assert.notNull(onLimitExceeded, "'onLimitExceeded' must not be null");
		maxCallsByName = Map.copyOf(maxCallsByName);
	}

	private static void check(String name, int max) {
		Assert.isTrue(max == UNLIMITED || max > 0,
				() -> "'%s' must be at least 1, or -1 for no limit, but is '%d'".formatted(name, max));
	}

	/**
	 * Return Spring AI's defaults.
	 * @return the defaults
	 */
	public static ToolCallLimits defaults() {
		return DEFAULTS;
	}

	int maxCalls(String name) {
		return this.maxCallsByName.getOrDefault(name, this.maxCalls);
	}

}
