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

package io.github.electronspring.chat;

import java.time.Duration;
import java.util.Map;

import org.jspecify.annotations.Nullable;

import org.springframework.ai.chat.metadata.EmptyRateLimit;
import org.springframework.ai.chat.metadata.RateLimit;

/**
 * The rate limit that response headers tell. What they leave out is 0.
 *
 * @param getRequestsLimit the most requests
 * @param getRequestsRemaining how many requests are left
 * @param getRequestsReset until when the requests are counted anew
 * @param getTokensLimit the most tokens
 * @param getTokensRemaining how many tokens are left
 * @param getTokensReset until when the tokens are counted anew
 * @author The Electron Spring authors
 */
record HeaderRateLimit(Long getRequestsLimit, Long getRequestsRemaining, Duration getRequestsReset, Long getTokensLimit,
		Long getTokensRemaining, Duration getTokensReset) implements RateLimit {

	private static final String PREFIX = "x-ratelimit-";

	static RateLimit of(Map<String, String> headers) {
		try {
			if (headers.keySet().stream().noneMatch((name) -> name.startsWith(PREFIX))) {
				return new EmptyRateLimit();
			}
			return new HeaderRateLimit(number(headers.get(PREFIX + "limit-requests")),
					number(headers.get(PREFIX + "remaining-requests")),
					duration(headers.get(PREFIX + "reset-requests")), number(headers.get(PREFIX + "limit-tokens")),
					number(headers.get(PREFIX + "remaining-tokens")), duration(headers.get(PREFIX + "reset-tokens")));
		}
		catch (RuntimeException ex) {
			return new EmptyRateLimit();
		}
	}

	private static Long number(@Nullable String value) {
		return (value != null) ? Long.parseLong(value.trim()) : 0L;
	}

	// Such as '1h2m3.5s', '6m0s', '20ms' or a plain number of seconds
	private static Duration duration(@Nullable String value) {
		if (value == null) {
			return Duration.ZERO;
		}
		String text = value.trim();
		if (text.endsWith("ms")) {
			return Duration.ofNanos((long) (Double.parseDouble(text.substring(0, text.length() - 2)) * 1_000_000));
		}
		return Character.isDigit(text.charAt(text.length() - 1)) ? Duration.parse("PT" + text + "S")
				: Duration.parse("PT" + text);
	}

}
