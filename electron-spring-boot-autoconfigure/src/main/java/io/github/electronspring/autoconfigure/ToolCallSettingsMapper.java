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

package io.github.electronspring.autoconfigure;

import java.util.HashMap;
import java.util.Map;

import io.github.electronspring.chat.ToolCallLimits;
import io.github.electronspring.chat.ToolCallSettings;
import org.jspecify.annotations.Nullable;

import org.springframework.ai.model.tool.DefaultToolCallingManager;
import org.springframework.ai.model.tool.autoconfigure.ToolCallingProperties;
import org.springframework.ai.tool.execution.DefaultToolExecutionExceptionProcessor;
import org.springframework.ai.tool.execution.ToolExecutionExceptionProcessor;
import org.springframework.ai.tool.observation.ToolCallingObservationConvention;

/**
 * Maps Spring AI's {@link ToolCallingProperties} to {@link ToolCallSettings}.
 *
 * @author The Electron Spring authors
 */
final class ToolCallSettingsMapper {

	private ToolCallSettingsMapper() {
	}

	static ToolCallSettings map(ToolCallingProperties properties, @Nullable ToolExecutionExceptionProcessor processor,
			@Nullable ToolCallingObservationConvention convention) {
		return new ToolCallSettings(limits(properties.getLimits()),
				exceptionProcessor(processor, properties.isThrowExceptionOnError()), convention);
	}

	private static ToolCallLimits limits(ToolCallingProperties.Limits limits) {
		Map<String, Integer> maxCallsByName = new HashMap<>(limits.getMaxCallsPerTool());
		limits.getExcludedTools().forEach((name) -> maxCallsByName.put(name, ToolCallLimits.UNLIMITED));
		return new ToolCallLimits(
				valueOr(limits.getMaxCallsPerToolDefault(), DefaultToolCallingManager.DEFAULT_MAX_CALLS_PER_TOOL),
				maxCallsByName,
				valueOr(limits.getMaxTotalToolCalls(), DefaultToolCallingManager.DEFAULT_MAX_TOTAL_TOOL_CALLS),
				limits.getOnLimitExceeded());
	}

	private static int valueOr(@Nullable Integer value, int defaultValue) {
		return (value != null) ? value : defaultValue;
	}

	// Spring AI's own processor is asked only for what it throws on purpose: it tells the
	// model names of classes, and would end the turn for each checked exception
	private static @Nullable ToolExecutionExceptionProcessor exceptionProcessor(
			@Nullable ToolExecutionExceptionProcessor processor, boolean throwExceptionOnError) {
		if (processor == null || processor.getClass() != DefaultToolExecutionExceptionProcessor.class
				|| throwExceptionOnError) {
			return processor;
		}
		return (exception) -> {
			if (exception.getCause() instanceof RuntimeException) {
				processor.process(exception);
			}
			return "";
		};
	}

}
