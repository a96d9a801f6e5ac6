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

package io.github.electronspring.resilience;

import java.time.Duration;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

import io.github.electronspring.api.CallContext;
import io.github.electronspring.api.ElectronApi;
import io.github.electronspring.api.ElectronException;
import io.github.electronspring.api.RawServer;
import io.github.electronspring.api.ResponseInfo;
import io.github.electronspring.protocol.ChatCompletionChunk;
import io.github.electronspring.protocol.ChatCompletionRequest;
import io.github.electronspring.protocol.ChatMessage;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import reactor.core.publisher.Mono;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

/**
 * Tests for {@link RetryingElectronApi} over real connections.
 *
 * @author The Electron Spring authors
 */
class RetryOverHttpTests {

	private static final Duration TIMEOUT = Duration.ofSeconds(20);

	private static final ChatCompletionRequest REQUEST = ChatCompletionRequest.builder()
		.model("electron")
		.messages(List.of(ChatMessage.user("Hello")))
		.build();

	private static final String COMPLETION = RawServer.json("200 OK", """
			{"choices": [{"message": {"role": "assistant", "content": "Hello"}, "finish_reason": "stop"}]}""",
			"X-Request-Id: req-last");

	private final List<ResponseInfo> infos = new CopyOnWriteArrayList<>();

	private final CallContext context = CallContext.empty().withResponseListener(this.infos::add);

	@ParameterizedTest
	@ValueSource(strings = { "seconds", "date" })
	void waitsAsLongAsTheServiceAsks(String form) throws Exception {
		List<Long> times = new CopyOnWriteArrayList<>();
		try (RawServer server = new RawServer((request, out) -> {
			times.add(System.currentTimeMillis());
			if (times.size() == 1) {
				String date = DateTimeFormatter.RFC_1123_DATE_TIME
					.format(ZonedDateTime.now(ZoneOffset.UTC).plusSeconds(2));
				out.write(RawServer
					.json("429 Too Many Requests", "{}", "Retry-After: " + ("date".equals(form) ? date : "1"))
					.getBytes());
			}
			else {
				out.write(COMPLETION.getBytes());
			}
		})) {
			assertThat(api(server).complete(REQUEST, this.context).block(TIMEOUT)).isNotNull();
			assertThat(times).hasSize(2);
			// A date has no more than seconds, and timers may be some milliseconds early
			assertThat(times.get(1) - times.get(0)).isBetween(990L, 5000L);
			assertThat(this.infos).extracting(ResponseInfo::status).containsExactly(429, 200);
			assertThat(this.infos).extracting(ResponseInfo::attempts).containsExactly(1, 2);
		}
	}

	@ParameterizedTest
	@ValueSource(booleans = { true, false })
	void connectionThatHadGoneStaleIsNotSeen(boolean streamed) throws Exception {
		List<String> requests = new CopyOnWriteArrayList<>();
		try (RawServer server = new RawServer((request, out) -> {
			requests.add(request);
			if (requests.size() == 2) {
				out.close();
			}
			else if (request.contains("\"stream\":true")) {
				out.write((RawServer.head("200 OK", "Content-Type: text/event-stream", "Connection: close")
						+ RawServer.text("Hello") + RawServer.finish("stop") + "data: [DONE]\n\n")
					.getBytes());
				out.flush();
				out.close();
			}
			else {
				out.write(COMPLETION.getBytes());
			}
		})) {
			ElectronApi api = api(server);
			api.complete(REQUEST).block(TIMEOUT);
			Mono<?> call = streamed
					? api.stream(REQUEST, this.context).mapNotNull(ChatCompletionChunk::content).collectList()
					: api.complete(REQUEST, this.context);
			assertThat(call.block(TIMEOUT)).isNotNull();
			assertThat(requests).hasSize(3);
			assertThat(this.infos).extracting(ResponseInfo::attempts).containsExactly(2);
		}
	}

	@Test
	void requestIdsOfAllAttemptsAreKept() throws Exception {
		List<String> requests = new CopyOnWriteArrayList<>();
		try (RawServer server = new RawServer((request, out) -> {
			requests.add(request);
			out.write(
					RawServer.json("503 Unavailable", "{}", "X-Request-Id: req-" + requests.size(), "Retry-After-Ms: 1")
						.getBytes());
		})) {
			ElectronApi api = api(server);
			ElectronException ex = catchThrowableOfType(ElectronException.class,
					() -> api.stream(REQUEST).blockLast(TIMEOUT));
			assertThat(requests).hasSize(5);
			assertThat(ex.getRequestId()).isEqualTo("req-5");
			assertThat(ex.getSuppressed()).filteredOn(ElectronException.class::isInstance)
				.extracting((earlier) -> ((ElectronException) earlier).getRequestId())
				.containsExactly("req-1", "req-2", "req-3", "req-4");
		}
	}

	private static ElectronApi api(RawServer server) {
		return new RetryingElectronApi(ElectronApi.builder().baseUrl(server.baseUrl()).apiKey("sk_test").build(),
				"electron", RetrySettings.defaults().withBudget(TIMEOUT), ResilienceListener.none());
	}

}
