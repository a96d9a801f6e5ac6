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

import java.util.List;

import io.github.electronspring.protocol.ErrorDetail;

/**
 * The request breaks a rule of the service (400, 404 or 422), found by the service or by
 * this library before it was sent.
 *
 * @author The Electron Spring authors
 */
public final class ElectronInvalidRequestException extends ElectronApiException {

	private static final int BAD_REQUEST = 400;

	ElectronInvalidRequestException(String message, ApiError error) {
		super(message, error);
	}

	/**
	 * Create an exception for a request that is not sent.
	 * @param message what to change, as one sentence
	 * @param details what is wrong with the request, as the service would say it
	 */
	public ElectronInvalidRequestException(String message, List<ErrorDetail> details) {
		super(message, ApiError.unsent(BAD_REQUEST, "invalid_request_error", details));
	}

}
