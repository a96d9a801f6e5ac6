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

import java.io.IOException;
import java.io.OutputStream;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

import io.github.electronspring.protocol.ChatCompletionChunk;
import io.github.electronspring.protocol.ChatCompletionRequest;
import io.github.electronspring.protocol.ChatMessage;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.reactivestreams.Subscription;
import reactor.core.Disposable;
import reactor.core.publisher.BaseSubscriber;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;
import reactor.netty.http.client.HttpClient;

import org.springframework.http.client.reactive.ReactorClientHttpConnector;
import org.springframework.web.reactive.function.client.WebClient;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for the connections that {@link HttpElectronApi} opens and closes.
 *
 * @author The Electron Spring authors
 */
class ConnectionReuseTests {

	private static final Duration TIMEOUT = Duration.ofSeconds(30);

	private static final ChatCompletionRequest REQUEST = ChatCompletionRequest.builder()
		.model("electron")
		.messages(List.of(ChatMessage.user("Hello")))
		.build();

	@ParameterizedTest
	@ValueSource(ints = { 0, 5, 50 })
	void sequentialStreamsOpenOneConnection(int bodyEndsAfter) throws Exception {
		AtomicInteger late = new AtomicInteger();
		try (RawServer server = new RawServer((request, out) -> {
			stream(out);
			long endMark = System.nanoTime();
			TimeUnit.MILLISECONDS.sleep(bodyEndsAfter);
			out.write(RawServer.lastChunk());
			if (System.nanoTime() - endMark > TimeUnit.MILLISECONDS.toNanos(bodyEndsAfter + 20)) {
				// A busy machine: the stream may have completed before this body has
				// ended
				late.incrementAndGet();
			}
		})) {
			ElectronApi api = api(server);
			// Each call is made in the very signal that completes the one before
			Flux<ChatCompletionChunk> calls = api.stream(REQUEST);
			for (int i = 1; i < 50; i++) {
				calls = calls.concatWith(api.stream(REQUEST));
			}
			assertThat(calls.mapNotNull(ChatCompletionChunk::content).count().block(TIMEOUT)).isEqualTo(50);
			assertThat(server.requests()).hasSize(50);
			assertThat(server.connections()).isBetween(1, 1 + late.get());
		}
	}

	@Test
	void sequentialWholeResponsesOpenOneConnection() throws Exception {
		String response = RawServer.json("200 OK", """
				{"choices": [{"message": {"role": "assistant", "content": "Hello"}, "finish_reason": "stop"}]}""");
		try (RawServer server = RawServer.answering(response)) {
			ElectronApi api = api(server);
			Mono<Void> calls = Mono.empty();
			for (int i = 0; i < 50; i++) {
				calls = calls.then(api.complete(REQUEST)).then();
			}
			calls.block(TIMEOUT);
			assertThat(server.requests()).hasSize(50);
			assertThat(server.connections()).isEqualTo(1);
		}
	}

	@Test
	void whenBodyStaysOpenBehindEndMarkStreamCompletes() throws Exception {
		Sinks.Empty<Void> closed = Sinks.empty();
		try (RawServer server = new RawServer((request, out) -> {
			stream(out);
			closed.asMono().block(TIMEOUT);
		})) {
			long start = System.nanoTime();
			api(server).stream(REQUEST).blockLast(TIMEOUT);
			assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(2));
			assertThat(server.clientClosed().await(10, TimeUnit.SECONDS)).isTrue();
			closed.tryEmitEmpty();
		}
	}

	@Test
	void whenServerHasClosedIdleConnectionNextCallSucceeds() throws Exception {
		try (RawServer server = new RawServer((request, out) -> {
			stream(out);
			out.write(RawServer.lastChunk());
			out.flush();
			out.close();
		})) {
			CountDownLatch closed = new CountDownLatch(1);
			HttpClient httpClient = HttpClients.create(Duration.ofSeconds(2))
				.doOnConnected(
						(connection) -> connection.channel().closeFuture().addListener((future) -> closed.countDown()));
			ElectronApi api = ElectronApi.builder()
				.baseUrl(server.baseUrl())
				.apiKey("sk_test")
				.webClientBuilder(WebClient.builder().clientConnector(new ReactorClientHttpConnector(httpClient)))
				.build();
			api.stream(REQUEST).blockLast(TIMEOUT);
			assertThat(closed.await(10, TimeUnit.SECONDS)).isTrue();
			assertThat(api.stream(REQUEST).blockLast(TIMEOUT)).isNotNull();
			assertThat(server.connections()).isEqualTo(2);
		}
	}

	@Test
	void whenCancelledClosesConnectionWithinASecond() throws Exception {
		Sinks.Empty<Void> closed = Sinks.empty();
		try (RawServer server = new RawServer((request, out) -> {
			out.write(RawServer.streamHead().getBytes());
			out.write(RawServer.chunk("data: {\"choices\": [{\"delta\": {\"content\": \"a\"}}]}\n\n"));
			out.flush();
			closed.asMono().block(TIMEOUT);
		})) {
			assertThat(api(server).stream(REQUEST).blockFirst(TIMEOUT)).isNotNull();
			assertThat(server.clientClosed().await(1, TimeUnit.SECONDS)).isTrue();
			closed.tryEmitEmpty();
		}
	}

	@ParameterizedTest
	@ValueSource(booleans = { true, false })
	void whenCancelledBetweenHeadAndBodyClosesConnection(boolean streamed) throws Exception {
		Sinks.Empty<Void> closed = Sinks.empty();
		CountDownLatch head = new CountDownLatch(1);
		try (RawServer server = new RawServer((request, out) -> {
			out.write(RawServer.streamHead().getBytes());
			out.flush();
			closed.asMono().block(TIMEOUT);
		})) {
			ElectronApi api = ElectronApi.builder()
				.baseUrl(server.baseUrl())
				.apiKey("sk_test")
				.webClientBuilder(
						WebClient.builder().filter((request, next) -> next.exchange(request).flatMap((response) -> {
							head.countDown();
							return Mono.never();
						})))
				.build();
			Disposable call = streamed ? api.stream(REQUEST).subscribe() : api.complete(REQUEST).subscribe();
			assertThat(head.await(10, TimeUnit.SECONDS)).isTrue();
			call.dispose();
			assertThat(server.clientClosed().await(1, TimeUnit.SECONDS)).isTrue();
			closed.tryEmitEmpty();
		}
	}

	@Test
	void whenCancelledBehindEndMarkKeepsConnection() throws Exception {
		try (RawServer server = new RawServer((request, out) -> {
			stream(out);
			TimeUnit.MILLISECONDS.sleep(20);
			out.write(RawServer.lastChunk());
		})) {
			ElectronApi api = api(server);
			Sinks.Empty<Void> ended = Sinks.empty();
			api.stream(REQUEST).subscribe(new BaseSubscriber<>() {

				@Override
				protected void hookOnSubscribe(Subscription subscription) {
					requestUnbounded();
				}

				@Override
				protected void hookOnNext(ChatCompletionChunk chunk) {
					if (chunk.finishReason() != null) {
						// Cut off after the whole event, as take() and next() do
						Mono.delay(Duration.ofMillis(5)).subscribe((tick) -> {
							cancel();
							ended.tryEmitEmpty();
						});
					}
				}

			});
			ended.asMono().block(TIMEOUT);
			Mono.delay(Duration.ofMillis(100)).then(api.stream(REQUEST).then()).block(TIMEOUT);
			assertThat(server.connections()).isEqualTo(1);
		}
	}

	private static void stream(OutputStream out) throws IOException {
		out.write(RawServer.streamHead().getBytes());
		out.write(RawServer.chunk("data: {\"choices\": [{\"delta\": {\"role\": \"assistant\"}}]}\n\n"));
		out.write(RawServer.chunk("data: {\"choices\": [{\"delta\": {\"content\": \"Hello\"}}]}\n\n"));
		out.write(RawServer
			.chunk("data: {\"choices\": [{\"delta\": {}, \"finish_reason\": \"stop\"}]}\n\ndata: [DONE]\n\n"));
		out.flush();
	}

	private static ElectronApi api(RawServer server) {
		return ElectronApi.builder().baseUrl(server.baseUrl()).apiKey("sk_test").build();
	}

}
