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
 * What an error response says, or would say.
 *
 * @param status the HTTP status
 * @param type the type of the error
 * @param details what is wrong with the request
 * @param requestId the identifier of the request
 * @param retryAfter how long to wait
 * @param sent whether the service may have seen the request
 * @author The Electron Spring authors
 */
record ApiError(int status, @Nullable String type, List<ErrorDetail> details, @Nullable String requestId,
		@Nullable Duration retryAfter, boolean sent) {

	/**
	 * Return an error that this library finds itself, in the words of the service.
	 * @param status the HTTP status
	 * @param type the type of the error
	 * @param details what is wrong with the request
	 * @return the error
	 */
	static ApiError unsent(int status, String type, List<ErrorDetail> details) {
		return new ApiError(status, type, details, null, null, false);
	}

}
