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

import org.jspecify.annotations.Nullable;

import org.springframework.ai.tool.execution.ToolExecutionExceptionProcessor;
import org.springframework.ai.tool.observation.ToolCallingObservationConvention;
import org.springframework.util.Assert;

/**
 * What Spring AI lets an application say about tool calls, for those that
 * {@link ElectronChatModel} makes itself. Immutable.
 *
 * @param limits how many calls a turn may have
 * @param exceptionProcessor what decides what the model is told of a failure (a blank
 * text stands for the engine's words), or throws to end the turn; {@code null} for the
 * engine's words
 * @param observationConvention the convention of observations, or {@code null} for Spring
 * AI's default
 * @author The Electron Spring authors
 */
public record ToolCallSettings(ToolCallLimits limits, @Nullable ToolExecutionExceptionProcessor exceptionProcessor,
		@Nullable ToolCallingObservationConvention observationConvention) {

	private static final ToolCallSettings DEFAULTS = new ToolCallSettings(ToolCallLimits.defaults(), null, null);

	/**
	 * Create settings.
	 */
	public ToolCallSettings {
		Assert.notNull(limits, "'limits' must not be null");
	}

	/**
	 * Return the defaults.
	 * @return the defaults
	 */
	public static ToolCallSettings defaults() {
		return DEFAULTS;
	}

}
