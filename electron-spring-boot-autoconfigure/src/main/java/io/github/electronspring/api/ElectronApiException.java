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

import java.time.Duration;
import java.util.List;

import io.github.electronspring.protocol.ErrorDetail;
import org.jspecify.annotations.Nullable;

/**
 * The service answered with an error.
 *
 * @author The Electron Spring authors
 */
public class ElectronApiException extends ElectronException {

	private final int status;

	private final @Nullable String type;

	private final transient List<ErrorDetail> details;

	private final @Nullable Duration retryAfter;

	private final boolean sent;

	ElectronApiException(String message, ApiError error) {
		this(message, error, null);
	}

	ElectronApiException(String message, ApiError error, @Nullable Throwable cause) {
		super(message, error.requestId(), cause);
		this.status = error.status();
		this.type = error.type();
		this.details = List.copyOf(error.details());
		this.retryAfter = error.retryAfter();
		this.sent = error.sent();
	}

	/**
	 * Return the HTTP status.
	 * @return the status
	 */
	public int getStatus() {
		return this.status;
	}

	/**
	 * Return the type of the error, for example {@code invalid_request_error}.
	 * @return the type, or {@code null} if the service does not say
	 */
	public @Nullable String getType() {
		return this.type;
	}

	/**
	 * Return what is wrong with the request.
	 * @return the details, empty if the service gives none
	 */
	public List<ErrorDetail> getDetails() {
		return this.details;
	}

	/**
	 * Return how long the service asks to wait before the next request.
	 * @return the time, or {@code null} if the service does not say
	 */
	public @Nullable Duration getRetryAfter() {
		return this.retryAfter;
	}

	@Override
	public boolean isSent() {
		return this.sent;
	}

}
