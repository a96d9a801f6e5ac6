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

import java.math.BigDecimal;
import java.time.Clock;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;

import org.jspecify.annotations.Nullable;

import org.springframework.http.HttpHeaders;

/**
 * Reads how long a service asks to wait: milliseconds ({@code Retry-After-Ms}), seconds
 * or a date (<a href="https://www.rfc-editor.org/rfc/rfc9110#field.retry-after">RFC
 * 9110</a>).
 *
 * @author The Electron Spring authors
 */
final class RetryAfter {

	private static final Duration LONGEST = Duration.ofDays(1);

	private RetryAfter() {
	}

	/**
	 * Read the time to wait.
	 * @param headers the headers of the response
	 * @param clock the clock that a date is compared with
	 * @return the time, at most a day; {@code null} if there is none or it cannot be read
	 */
	static @Nullable Duration parse(HttpHeaders headers, Clock clock) {
		Duration milliseconds = number(headers.getFirst("Retry-After-Ms"), 1);
		if (milliseconds != null) {
			return milliseconds;
		}
		String value = headers.getFirst(HttpHeaders.RETRY_AFTER);
		Duration seconds = number(value, 1000);
		return (seconds != null) ? seconds : date(value, clock);
	}

	private static @Nullable Duration number(@Nullable String value, int milliseconds) {
		if (value == null || value.length() > 20) {
			return null;
		}
		try {
			BigDecimal amount = new BigDecimal(value.strip()).multiply(BigDecimal.valueOf(milliseconds));
			if (amount.compareTo(BigDecimal.valueOf(LONGEST.toMillis())) >= 0) {
				return LONGEST;
			}
			return limited(Duration.ofMillis(amount.longValue()));
		}
		catch (NumberFormatException ex) {
			return null;
		}
	}

	private static @Nullable Duration date(@Nullable String value, Clock clock) {
		if (value == null) {
			return null;
		}
		try {
			ZonedDateTime date = ZonedDateTime.parse(value.strip(), DateTimeFormatter.RFC_1123_DATE_TIME);
			return limited(Duration.between(clock.instant(), date));
		}
		catch (DateTimeException ex) {
			return null;
		}
	}

	private static Duration limited(Duration duration) {
		if (duration.isNegative()) {
			return Duration.ZERO;
		}
		return (duration.compareTo(LONGEST) < 0) ? duration : LONGEST;
	}

}
