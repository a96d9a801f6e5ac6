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

package io.github.electronspring.turn;

import org.jspecify.annotations.Nullable;

import org.springframework.util.Assert;

/**
 * What a {@link TurnTool} fails with when it decides itself what comes of the failure:
 * what the model is told, or the end of the turn. Any other exception is told to the
 * model in the engine's words.
 *
 * @author The Electron Spring authors
 */
public final class ToolCallException extends RuntimeException {

	private final @Nullable String result;

	private ToolCallException(@Nullable String result, @Nullable Throwable cause) {
		super((result != null) ? "The tool failed" : "The tool ends the turn", cause);
		this.result = result;
	}

	/**
	 * Create an exception that the model is told of.
	 * @param result what the model is told; blank for the engine's words
	 * @param cause what failed, or {@code null} if the tool was not called
	 * @return the exception
	 */
	public static ToolCallException told(String result, @Nullable Throwable cause) {
		Assert.notNull(result, "'result' must not be null");
		return new ToolCallException(result, cause);
	}

	/**
	 * Create an exception that ends the turn.
	 * @param cause what the turn fails with
	 * @return the exception
	 */
	public static ToolCallException endingTurn(Throwable cause) {
		Assert.notNull(cause, "'cause' must not be null");
		return new ToolCallException(null, cause);
	}

	/**
	 * Return what the model is told.
	 * @return the text, blank for the engine's words, or {@code null} if the turn ends
	 */
	public @Nullable String getResult() {
		return this.result;
	}

}
