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

package io.github.electronspring.api;

import org.jspecify.annotations.Nullable;

/**
 * Base of all exceptions of this library that a request can end with. Its message is one
 * sentence that names what to change, with the request id if there is one, and never
 * holds the API key or the text of a message.
 *
 * @author The Electron Spring authors
 */
public abstract class ElectronException extends RuntimeException {

	private final @Nullable String requestId;

	ElectronException(String message, @Nullable String requestId, @Nullable Throwable cause) {
		super((requestId != null) ? message + " (request id '" + requestId + "')" : message, cause);
		this.requestId = requestId;
	}

	/**
	 * Return the identifier of the request, which support asks for.
	 * @return the identifier, or {@code null} if no response came
	 */
	public @Nullable String getRequestId() {
		return this.requestId;
	}

	/**
	 * Return whether sending the same request again may succeed.
	 * @return whether it may
	 */
	public boolean isRetryable() {
		return false;
	}

	/**
	 * Return whether the service may have seen the request. What is not sent takes no
	 * place in the plan and costs nothing.
	 * @return {@code false} if the request was refused on this side or no connection was
	 * made
	 */
	public boolean isSent() {
		return true;
	}

	/**
	 * Find the exception of this library in a chain of causes: frameworks wrap what a
	 * stream throws.
	 * @param throwable where to look, or {@code null}
	 * @return the first one found, or {@code null}
	 */
	public static @Nullable ElectronException find(@Nullable Throwable throwable) {
		Throwable candidate = throwable;
		for (int depth = 0; candidate != null && depth < 64; depth++) {
			if (candidate instanceof ElectronException found) {
				return found;
			}
			candidate = candidate.getCause();
		}
		return null;
	}

}
