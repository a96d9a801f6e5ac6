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

package io.github.electronspring.test.simulator;

import java.util.Collections;
import java.util.Set;

import org.jspecify.annotations.Nullable;

/**
 * The API keys that the simulator knows.
 *
 * @param accepted the keys it accepts, empty for any that starts with {@code sk_}
 * @param withoutAccess keys that are valid, but whose plan has no access
 * @author The Electron Spring authors
 */
record ApiKeys(Set<String> accepted, Set<String> withoutAccess) {

	static final String PREFIX = "sk_";

	static final ApiKeys ANY = new ApiKeys(Collections.emptySet(), Collections.emptySet());

	private static final String BEARER = "bearer ";

	/**
	 * Return the key of a request.
	 * @param authorization the value of the header, or {@code null}
	 * @return the key, empty if there is none
	 */
	static String read(@Nullable String authorization) {
		if (authorization == null || !authorization.regionMatches(true, 0, BEARER, 0, BEARER.length())) {
			return "";
		}
		return authorization.substring(BEARER.length()).trim();
	}

	/**
	 * Check a key.
	 * @param key the key, empty if the request has none
	 * @return the error, or {@code null} if the key may be used
	 */
	@Nullable ApiError check(String key) {
		if (key.isEmpty()) {
			return ApiError.of(401, "authentication_error", "Missing API key");
		}
		if (this.withoutAccess.contains(key)) {
			return ApiError.ofStatus(403);
		}
		boolean valid = this.accepted.isEmpty() ? key.startsWith(PREFIX) : this.accepted.contains(key);
		return valid ? null : ApiError.ofStatus(401);
	}

	@Override
	public String toString() {
		return "ApiKeys";
	}

}
