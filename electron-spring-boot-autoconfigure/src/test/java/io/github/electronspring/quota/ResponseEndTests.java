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

package io.github.electronspring.quota;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

import io.github.electronspring.api.ElectronApi;
import io.github.electronspring.api.RawServer;
import io.github.electronspring.protocol.ChatCompletionRequest;
import io.github.electronspring.protocol.ChatMessage;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Flux;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for requests in flight whose body goes on behind the end mark, over a socket.
 *
 * @author The Electron Spring authors
 */
class ResponseEndTests {

	private static final Duration TIMEOUT = Duration.ofSeconds(30);

	private static final ChatCompletionRequest REQUEST = ChatCompletionRequest.builder()
		.model("electron")
		.messages(List.of(ChatMessage.user("Hi")))
		.build();

	private final AtomicInteger inFlight = new AtomicInteger();

	private final AtomicInteger mostInFlight = new AtomicInteger();

	private final RequestQuota quota = RequestQuota
		.local(QuotaSettings.of(Plan.custom(Integer.MAX_VALUE, 1)).withMargin(Duration.ofMillis(50)));

	@Test
	void streamThatHasCompletedIsInFlightUntilItsBodyEnds() throws Exception {
		try (RawServer server = endingBodiesAfter(1000)) {
			ElectronApi api = api(server);
			api.stream(REQUEST).blockLast(TIMEOUT);
			assertThat(this.inFlight).hasValue(1);
			assertThat(this.quota.usage().inFlight()).isOne();
			api.stream(REQUEST).blockLast(TIMEOUT);
			awaitNoneInFlight();
			assertThat(this.mostInFlight).hasValue(1);
			assertThat(server.requests()).hasSize(2);
		}
	}

	@Test
	void streamThatIsCancelledBehindItsEndMarkIsInFlightUntilItsBodyEnds() throws Exception {
		try (RawServer server = endingBodiesAfter(1000)) {
			ElectronApi api = api(server);
			// Comes in one piece with the end mark, which is read before it is delivered
			api.stream(REQUEST).takeUntil((chunk) -> chunk.finishReason() != null).blockLast(TIMEOUT);
			assertThat(this.inFlight).hasValue(1);
			assertThat(this.quota.usage().inFlight()).isOne();
			api.stream(REQUEST).blockLast(TIMEOUT);
			awaitNoneInFlight();
			assertThat(this.mostInFlight).hasValue(1);
			assertThat(server.connections()).isOne();
		}
	}

	@Test
	void bodyThatDoesNotEndGivesThePermitBackWhenItsConnectionIsClosed() throws Exception {
		try (RawServer server = endingBodiesAfter(TIMEOUT.toMillis())) {
			api(server).stream(REQUEST).blockLast(TIMEOUT);
			assertThat(this.quota.usage().inFlight()).isOne();
			assertThat(server.clientClosed().await(10, TimeUnit.SECONDS)).isTrue();
			awaitNoneInFlight();
		}
	}

	@Test
	void callersThatWaitForEachOtherUseOneConnection() throws Exception {
		try (RawServer server = endingBodiesAfter(0)) {
			ElectronApi api = api(server);
			Flux.range(0, 20).flatMap((number) -> api.stream(REQUEST).then(), 20).blockLast(TIMEOUT);
			assertThat(this.mostInFlight).hasValue(1);
			assertThat(server.requests()).hasSize(20);
			assertThat(server.connections()).isOne();
			awaitNoneInFlight();
		}
	}

	private RawServer endingBodiesAfter(long millis) {
		return new RawServer((request, out) -> {
			this.mostInFlight.accumulateAndGet(this.inFlight.incrementAndGet(), Math::max);
			stream(out);
			TimeUnit.MILLISECONDS.sleep(millis);
			this.inFlight.decrementAndGet();
			out.write(RawServer.lastChunk());
		});
	}

	private static void stream(OutputStream out) throws IOException {
		out.write(RawServer.streamHead().getBytes(StandardCharsets.US_ASCII));
		out.write(RawServer.chunk(RawServer.text("Hi")));
		out.write(RawServer.chunk(RawServer.finish("stop") + RawServer.event("[DONE]")));
		out.flush();
	}

	private ElectronApi api(RawServer server) {
		return this.quota.limit(ElectronApi.builder().baseUrl(server.baseUrl()).apiKey("sk_test").build());
	}

	private void awaitNoneInFlight() {
		Flux.interval(Duration.ofMillis(5))
			.takeUntil((tick) -> this.quota.usage().inFlight() == 0)
			.blockLast(Duration.ofSeconds(10));
	}

}
