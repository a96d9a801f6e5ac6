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

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import org.springframework.ai.chat.metadata.EmptyRateLimit;
import org.springframework.ai.chat.metadata.RateLimit;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link HeaderRateLimit}.
 *
 * @author The Electron Spring authors
 */
class HeaderRateLimitTests {

	@Test
	void headersAreRead() {
		RateLimit limit = HeaderRateLimit.of(Map.of("x-ratelimit-limit-requests", "10",
				"x-ratelimit-remaining-requests", "9", "x-ratelimit-reset-requests", "6s", "x-ratelimit-limit-tokens",
				"1000", "x-ratelimit-remaining-tokens", "999"));
		assertThat(limit).isEqualTo(new HeaderRateLimit(10L, 9L, Duration.ofSeconds(6), 1000L, 999L, Duration.ZERO));
	}

	@ParameterizedTest
	@CsvSource({ "6s,PT6S", "6m0s,PT6M", "1h2m3.5s,PT1H2M3.5S", "20ms,PT0.02S", "12,PT12S", "0.5,PT0.5S" })
	void resetIsRead(String value, Duration expected) {
		assertThat(HeaderRateLimit.of(Map.of("x-ratelimit-reset-tokens", value)).getTokensReset()).isEqualTo(expected);
	}

	@ParameterizedTest
	@CsvSource({ "x-ratelimit-limit-requests,many", "x-ratelimit-reset-requests,soon", "retry-after,3",
			"x-ratelimit-reset-requests,''" })
	void whatCannotBeReadIsNoLimit(String name, String value) {
		assertThat(HeaderRateLimit.of(Map.of(name, value))).isInstanceOf(EmptyRateLimit.class);
	}

}
