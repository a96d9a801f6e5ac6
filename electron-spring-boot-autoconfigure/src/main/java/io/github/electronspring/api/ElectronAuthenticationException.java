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

/**
 * The API key is missing or invalid (401), found by the service or, if it is missing, by
 * this library before the request was sent.
 *
 * @author The Electron Spring authors
 */
public final class ElectronAuthenticationException extends ElectronApiException {

	ElectronAuthenticationException(String message, ApiError error) {
		super(message, error);
	}

	ElectronAuthenticationException(String message, ApiError error, Throwable cause) {
		super(message, error, cause);
	}

}
