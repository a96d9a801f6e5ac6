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
 * The service could not be reached or did not answer in time: connection refused or
 * reset, a failure of TLS, or a deadline that passed.
 *
 * @author The Electron Spring authors
 */
public final class ElectronTransportException extends ElectronException {

	private final boolean retryable;

	ElectronTransportException(String message, @Nullable String requestId, boolean retryable,
			@Nullable Throwable cause) {
		super(message, requestId, cause);
		this.retryable = retryable;
	}

	/**
	 * Create an exception for a deadline that passed on this side.
	 * @param message which deadline, as one sentence
	 * @return the exception
	 */
	public static ElectronTransportException timedOut(String message) {
		return new ElectronTransportException(message, null, false, null);
	}

	@Override
	public boolean isRetryable() {
		return this.retryable;
	}

}
