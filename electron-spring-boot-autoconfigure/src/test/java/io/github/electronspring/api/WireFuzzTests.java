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

import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.stream.IntStream;

import com.code_intelligence.jazzer.api.FuzzedDataProvider;
import com.code_intelligence.jazzer.junit.FuzzTest;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

import org.springframework.http.HttpHeaders;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for what reads bytes that a service sends, with inputs that Jazzer has found. A
 * normal run replays those; with {@code JAZZER_FUZZ=1} in the environment and one method
 * selected Jazzer looks for more.
 *
 * @author The Electron Spring authors
 */
class WireFuzzTests {

	private static final String KEY = "sk_secret_0123456789";

	private static final int LIMIT = 64;

	private final ChunkReader chunkReader = new ChunkReader(JsonMapper.shared());

	private final Clock clock = Clock.fixed(Instant.parse("2026-11-20T12:00:00Z"), ZoneOffset.UTC);

	private final ErrorResponses errorResponses = new ErrorResponses(this.clock, "electron");

	@FuzzTest(maxDuration = "2m")
	void eventsAreTheSameHoweverBytesAreCut(FuzzedDataProvider data) {
		int[] cuts = data.consumeInts(data.consumeInt(0, 8));
		byte[] bytes = data.consumeRemainingAsBytes();
		int[] sorted = IntStream.of(cuts).map((cut) -> Math.floorMod(cut, bytes.length + 1)).sorted().toArray();
		assertThat(RecordedEvents.of(bytes, LIMIT, sorted)).isEqualTo(RecordedEvents.of(bytes, LIMIT));
	}

	@FuzzTest(maxDuration = "2m")
	void chunksAreReadOrRefused(byte[] bytes) {
		try {
			assertThat(this.chunkReader.read(bytes, 0, bytes.length)).isNotNull();
		}
		catch (JacksonException | StreamErrorException ex) {
			// Documented
		}
	}

	@FuzzTest(maxDuration = "2m")
	void errorResponsesAreAlwaysRead(FuzzedDataProvider data) {
		int status = data.consumeInt(300, 599);
		HttpHeaders headers = new HttpHeaders();
		if (data.consumeBoolean()) {
			headers.set("X-Request-Id", data.consumeAsciiString(20));
		}
		byte[] body = data.consumeRemainingAsBytes();
		ElectronApiException ex = this.errorResponses.toException(status, headers, body, KEY);
		assertThat(ex.getStatus()).isEqualTo(status);
		assertThat(ex.getMessage()).hasSizeLessThan(1000).doesNotContain(KEY, "\n", "\r");
		assertThat(ex.getDetails().toString()).doesNotContain(KEY);
	}

	@FuzzTest(maxDuration = "2m")
	void retryAfterIsReadOrLeft(byte[] bytes) {
		String text = new String(bytes, StandardCharsets.UTF_8);
		int middle = text.length() / 2;
		for (String[] values : Arrays.asList(new String[] { text, "" },
				new String[] { text.substring(0, middle), text.substring(middle) })) {
			HttpHeaders headers = new HttpHeaders();
			headers.set("Retry-After", values[0]);
			headers.set("Retry-After-Ms", values[1]);
			Duration duration = RetryAfter.parse(headers, this.clock);
			if (duration != null) {
				assertThat(duration).isBetween(Duration.ZERO, Duration.ofDays(1));
			}
		}
	}

}
