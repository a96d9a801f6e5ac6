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

import java.util.Collections;
import java.util.function.Supplier;

import org.jspecify.annotations.Nullable;

/**
 * Checks an API key before it goes into a header, where a forbidden character would end
 * in an exception that holds the key.
 *
 * @author The Electron Spring authors
 */
final class ApiKeys {

	private ApiKeys() {
	}

	static String obtain(Supplier<String> apiKey) {
		try {
			return check(apiKey.get());
		}
		catch (ElectronException ex) {
			throw ex;
		}
		catch (RuntimeException ex) {
			throw new ElectronAuthenticationException("The API key could not be obtained: check what supplies it",
					unsent(), ex);
		}
	}

	static String check(@Nullable String apiKey) {
		if (apiKey == null || apiKey.isBlank()) {
			throw new ElectronAuthenticationException("The API key is missing: set 'electron.api-key'", unsent());
		}
		String key = apiKey.strip();
		if (!key.chars().allMatch((character) -> character > ' ' && character < 0x7F)) {
			throw new ElectronAuthenticationException(
					"The API key holds a character that no header may carry: check 'electron.api-key'", unsent());
		}
		return key;
	}

	private static ApiError unsent() {
		return ApiError.unsent(401, "authentication_error", Collections.emptyList());
	}

}
