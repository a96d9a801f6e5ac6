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
import java.util.Collections;
import java.util.Map;
import java.util.TreeMap;

import org.jspecify.annotations.Nullable;

/**
 * What a response tells beside its body. Immutable.
 *
 * @param provider the name of the provider that answered
 * @param status the HTTP status
 * @param requestId the identifier of the request, which support asks for, or {@code null}
 * @param rateLimit the headers about rate limits as they came, by name in lower case
 * @param attempts how many requests were sent, at least 1
 * @param waited how long the call waited for its place in the quota
 * @author The Electron Spring authors
 */
public record ResponseInfo(String provider, int status, @Nullable String requestId, Map<String, String> rateLimit,
		int attempts, Duration waited) {

	/**
	 * Create a response info.
	 */
	public ResponseInfo {
		rateLimit = Collections.unmodifiableMap(new TreeMap<>(rateLimit));
	}

	/**
	 * Return this info with another number of attempts.
	 * @param attempts how many requests were sent
	 * @return the info
	 */
	public ResponseInfo withAttempts(int attempts) {
		return new ResponseInfo(this.provider, this.status, this.requestId, this.rateLimit, attempts, this.waited);
	}

	/**
	 * Return this info with another time waited.
	 * @param waited how long the call waited for its place in the quota
	 * @return the info
	 */
	public ResponseInfo withWaited(Duration waited) {
		return new ResponseInfo(this.provider, this.status, this.requestId, this.rateLimit, this.attempts, waited);
	}

}
