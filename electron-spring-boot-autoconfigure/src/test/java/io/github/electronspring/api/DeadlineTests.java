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

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

import io.github.electronspring.protocol.ChatCompletionChunk;
import io.github.electronspring.protocol.ChatCompletionRequest;
import io.github.electronspring.protocol.ChatMessage;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;
import reactor.test.StepVerifier;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Tests for the deadlines of {@link HttpElectronApi}.
 *
 * @author The Electron Spring authors
 */
class DeadlineTests {

	private static final Duration TIMEOUT = Duration.ofSeconds(20);

	private static final Duration SHORT = Duration.ofMillis(150);

	private static final String ROLE = RawServer.event("{\"choices\": [{\"delta\": {\"role\": \"assistant\"}}]}");

	private static final String END = RawServer.finish("stop") + "data: [DONE]\n\n";

	private static final ChatCompletionRequest REQUEST = ChatCompletionRequest.builder()
		.model("electron")
		.messages(List.of(ChatMessage.user("Hello")))
		.build();

	private final CountDownLatch over = new CountDownLatch(1);

	@Test
	void whenConnectionIsNotAcceptedFails() throws Exception {
		List<SocketChannel> channels = new ArrayList<>();
		// A full queue of connections that nobody accepts leaves further ones unanswered
		try (ServerSocket server = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
			for (int i = 0; i < 8; i++) {
				SocketChannel channel = SocketChannel.open();
				channel.configureBlocking(false);
				channel.connect(new InetSocketAddress(server.getInetAddress(), server.getLocalPort()));
				channels.add(channel);
			}
			String baseUrl = "http://127.0.0.1:%d/v1".formatted(server.getLocalPort());
			ElectronApi api = api(baseUrl, Timeouts.defaults().withConnect(SHORT));
			String message = "No connection to '%s/chat/completions' within 150ms ('electron.http.connect-timeout')"
				.formatted(baseUrl);
			for (Mono<?> call : List.of(api.complete(REQUEST), api.stream(REQUEST).then())) {
				assertThatExceptionOfType(ElectronTransportException.class).isThrownBy(() -> call.block(TIMEOUT))
					.withMessage(message)
					.matches(ElectronException::isRetryable);
			}
		}
		finally {
			for (SocketChannel channel : channels) {
				channel.close();
			}
		}
	}

	@Test
	void whenConnectionIsRefusedFails() throws Exception {
		int port;
		try (ServerSocket server = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
			port = server.getLocalPort();
		}
		ElectronApi api = api("http://127.0.0.1:" + port, Timeouts.defaults());
		assertThatExceptionOfType(ElectronTransportException.class)
			.isThrownBy(() -> api.complete(REQUEST).block(TIMEOUT))
			.withMessage(("No connection to 'http://127.0.0.1:%d/chat/completions': check 'electron.base-url' and that "
					+ "the service can be reached")
				.formatted(port))
			.matches(ElectronException::isRetryable);
	}

	@Test
	void whenServerSpeaksNoTlsFails() throws Exception {
		try (ServerSocket server = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
			Mono.fromCallable(() -> {
				server.accept().getOutputStream().write("HTTP/1.1 400 Bad Request\r\n\r\n".getBytes());
				return null;
			}).subscribeOn(Schedulers.boundedElastic()).subscribe();
			ElectronApi api = api("https://127.0.0.1:" + server.getLocalPort(), Timeouts.defaults());
			assertThatExceptionOfType(ElectronTransportException.class)
				.isThrownBy(() -> api.complete(REQUEST).block(TIMEOUT))
				.withMessageContaining("check its certificate and 'electron.http.ssl.bundle'")
				.matches((ex) -> !ex.isRetryable());
		}
	}

	@Test
	void whenConnectionIsResetBeforeResponseFails() throws Exception {
		RawServer[] holder = new RawServer[1];
		try (RawServer server = new RawServer((request, out) -> holder[0].reset())) {
			holder[0] = server;
			ElectronApi api = api(server.baseUrl(), Timeouts.defaults());
			for (Mono<?> call : List.of(api.complete(REQUEST), api.stream(REQUEST).then())) {
				assertThatExceptionOfType(ElectronTransportException.class).isThrownBy(() -> call.block(TIMEOUT))
					.withMessageMatching("The request to '.*' failed before a response came \\(\\w+\\)")
					.matches(ElectronException::isRetryable);
			}
			assertThat(server.requests()).hasSize(2);
		}
	}

	@ParameterizedTest
	@ValueSource(strings = { "nothing", "headers", "role", "pings", "empty chunks" })
	void whenNoFirstTokenComesFails(String what) throws Exception {
		try (RawServer server = new RawServer((request, out) -> {
			if (!"nothing".equals(what)) {
				out.write(RawServer.streamHead().getBytes(StandardCharsets.UTF_8));
			}
			if ("role".equals(what)) {
				out.write(RawServer.chunk(ROLE));
			}
			out.flush();
			while (!this.over.await(10, TimeUnit.MILLISECONDS)) {
				if ("pings".equals(what)) {
					out.write(RawServer.chunk(": ping\n\n"));
				}
				if ("empty chunks".equals(what)) {
					out.write(RawServer.chunk(RawServer.text("")));
				}
			}
		})) {
			Timeouts timeouts = Timeouts.defaults().withFirstToken(SHORT);
			// One at a time, so that asking again does not count as a sign of life
			StepVerifier.create(api(server, timeouts).stream(REQUEST).limitRate(1).ignoreElements())
				.expectErrorSatisfies((ex) -> assertThat(ex).isInstanceOf(ElectronTransportException.class)
					.hasMessageMatching("No first token came within 150ms \\('electron.http.first-token-timeout'\\), "
							+ "after \\d+ chunks from '" + server.baseUrl() + "/chat/completions'"))
				.verify(TIMEOUT);
			this.over.countDown();
			assertThat(server.clientClosed().await(10, TimeUnit.SECONDS)).isTrue();
		}
	}

	@ParameterizedTest
	@ValueSource(strings = { "silence", "pings", "pings with data" })
	void whenNoFurtherChunkComesFails(String what) throws Exception {
		try (RawServer server = new RawServer((request, out) -> {
			out.write(RawServer.streamHead("X-Request-Id: req-1").getBytes(StandardCharsets.UTF_8));
			out.write(RawServer.chunk(RawServer.text("a")));
			out.flush();
			while (!this.over.await(10, TimeUnit.MILLISECONDS)) {
				if ("pings".equals(what)) {
					out.write(RawServer.chunk(": ping\n\n"));
				}
				if ("pings with data".equals(what)) {
					out.write(RawServer.chunk("event: ping\ndata: {\"type\": \"ping\"}\n\n"));
				}
			}
		})) {
			Flux<ChatCompletionChunk> stream = api(server, Timeouts.defaults().withIdle(SHORT)).stream(REQUEST);
			StepVerifier.create(stream.filter((chunk) -> !chunk.choices().isEmpty()))
				.expectNextCount(1)
				.expectErrorSatisfies((ex) -> assertThat(ex).hasMessageMatching(
						"No chunk came for 150ms \\('electron.http.idle-timeout'\\), after \\d+ chunks from '"
								+ server.baseUrl() + "/chat/completions' \\(request id 'req-1'\\)"))
				.verify(TIMEOUT);
			this.over.countDown();
			assertThat(server.clientClosed().await(10, TimeUnit.SECONDS)).isTrue();
		}
	}

	@Test
	void whenWholeResponseTakesTooLongFails() throws Exception {
		try (RawServer server = new RawServer((request, out) -> {
			out.write(RawServer.head("200 OK", "Content-Length: 100").getBytes(StandardCharsets.UTF_8));
			out.flush();
			this.over.await();
		})) {
			ElectronApi api = api(server, Timeouts.defaults().withResponse(SHORT));
			assertThatExceptionOfType(ElectronTransportException.class)
				.isThrownBy(() -> api.complete(REQUEST).block(TIMEOUT))
				.withMessage("No whole response came within 150ms ('electron.http.response-timeout') at '%s'"
					.formatted(server.baseUrl() + "/chat/completions"))
				.matches((ex) -> !ex.isRetryable());
			this.over.countDown();
			assertThat(server.clientClosed().await(10, TimeUnit.SECONDS)).isTrue();
		}
	}

	@Test
	void whenDeadlineOfCallerPassesAtOnceNoSignalComesBeforeTheSubscription() throws Exception {
		try (RawServer server = new RawServer((request, out) -> this.over.await())) {
			ElectronApi api = api(server, Timeouts.defaults());
			for (int i = 0; i < 200; i++) {
				CallContext context = CallContext.empty().withDeadline(Instant.now().plusNanos(i * 5_000));
				StepVerifier.create(api.stream(REQUEST, context))
					.expectSubscription()
					.expectError(ElectronTransportException.class)
					.verify(TIMEOUT);
			}
			this.over.countDown();
		}
	}

	@ParameterizedTest
	@ValueSource(booleans = { true, false })
	void whenDeadlineOfCallerPassesFails(boolean begun) throws Exception {
		try (RawServer server = new RawServer((request, out) -> {
			out.write(RawServer.streamHead().getBytes(StandardCharsets.UTF_8));
			out.write(RawServer.chunk(begun ? RawServer.text("a") : ROLE));
			out.flush();
			this.over.await();
		})) {
			ElectronApi api = api(server, Timeouts.defaults());
			// The first request of all takes longer than the deadline
			api.stream(REQUEST).blockFirst(TIMEOUT);
			Instant deadline = Instant.now().plusSeconds(1);
			StepVerifier.create(api.stream(REQUEST, CallContext.empty().withDeadline(deadline)))
				.expectNextCount(1)
				.expectErrorMessage(
						"The caller's deadline passed ('electron.chat.turn-timeout', or that of its 'CallContext'), after 1 chunks from '%s/chat/completions'"
							.formatted(server.baseUrl()))
				.verify(TIMEOUT);
			CallContext context = CallContext.empty().withDeadline(Instant.now().plus(SHORT));
			assertThatExceptionOfType(ElectronTransportException.class)
				.isThrownBy(() -> api.complete(REQUEST, context).block(TIMEOUT))
				.withMessage(
						"The caller's deadline passed ('electron.chat.turn-timeout', or that of its 'CallContext') at '%s/chat/completions'"
							.formatted(server.baseUrl()));
			this.over.countDown();
		}
	}

	@Test
	void whenDeadlineOfCallerHasPassedSendsNothing() throws Exception {
		try (RawServer server = RawServer.streaming(RawServer.text("a"), "data: [DONE]\n\n")) {
			ElectronApi api = api(server, Timeouts.defaults());
			for (Instant deadline : List.of(Instant.MIN, Instant.now().minusMillis(1))) {
				CallContext context = CallContext.empty().withDeadline(deadline);
				for (Mono<?> call : List.of(api.complete(REQUEST, context), api.stream(REQUEST, context).then())) {
					assertThatExceptionOfType(ElectronTransportException.class).isThrownBy(() -> call.block(TIMEOUT))
						.withMessageStartingWith(
								"The caller's deadline passed ('electron.chat.turn-timeout', or that of its 'CallContext') at '");
				}
			}
			assertThat(server.requests()).isEmpty();
			api.stream(REQUEST, CallContext.empty().withDeadline(Instant.MAX)).blockLast(TIMEOUT);
			assertThat(server.requests()).hasSize(1);
		}
	}

	@Test
	void whenCallerPausesNoDeadlineOfTheServiceCounts() throws Exception {
		try (RawServer server = RawServer.streaming(ROLE, RawServer.text("a"), RawServer.text("b"), END)) {
			Timeouts timeouts = Timeouts.defaults().withFirstToken(SHORT).withIdle(SHORT);
			StepVerifier.create(api(server, timeouts).stream(REQUEST), 0)
				.thenAwait(SHORT.multipliedBy(2))
				.thenRequest(1)
				.expectNextCount(1)
				.thenAwait(SHORT.multipliedBy(2))
				.thenRequest(1)
				.expectNextCount(1)
				.thenAwait(SHORT.multipliedBy(2))
				.thenRequest(1)
				.expectNextCount(1)
				.thenAwait(SHORT.multipliedBy(2))
				.thenRequest(10)
				.expectNextCount(1)
				.expectComplete()
				.verify(TIMEOUT);
		}
	}

	@Test
	void whenCallerBlocksNoDeadlineOfTheServiceCounts() throws Exception {
		try (RawServer server = RawServer.streaming(ROLE, RawServer.text("a"), RawServer.text("b"), END)) {
			Timeouts timeouts = Timeouts.defaults().withFirstToken(SHORT).withIdle(SHORT);
			Flux<ChatCompletionChunk> stream = api(server, timeouts).stream(REQUEST).doOnNext((chunk) -> pause());
			StepVerifier.create(stream).expectNextCount(4).expectComplete().verify(TIMEOUT);
		}
	}

	@Test
	void whenCallerAsksLateServiceHasItsWholeTime() throws Exception {
		CountDownLatch asked = new CountDownLatch(1);
		try (RawServer server = new RawServer((request, out) -> {
			out.write(RawServer.streamHead().getBytes(StandardCharsets.UTF_8));
			out.flush();
			asked.await();
			this.over.await(200, TimeUnit.MILLISECONDS);
			out.write(RawServer.chunk(RawServer.text("a") + END));
			out.write(RawServer.lastChunk());
		})) {
			Timeouts timeouts = Timeouts.defaults().withFirstToken(Duration.ofMillis(400));
			StepVerifier.create(api(server, timeouts).stream(REQUEST), 0)
				.thenAwait(Duration.ofMillis(780))
				.then(asked::countDown)
				.thenRequest(10)
				.expectNextCount(2)
				.expectComplete()
				.verify(TIMEOUT);
		}
	}

	@Test
	void whenCallerPausesBehindFinishReasonUsageIsNotLost() throws Exception {
		try (RawServer server = RawServer.streaming(RawServer.finish("stop"),
				RawServer.event("{\"usage\": {\"total_tokens\": 1}}"), "data: [DONE]\n\n")) {
			StepVerifier.create(api(server, Timeouts.defaults()).stream(REQUEST), 1)
				.expectNextCount(1)
				.thenAwait(StreamWatch.FINISH_GRACE.plusMillis(200))
				.thenRequest(1)
				.assertNext((chunk) -> assertThat(chunk.usage()).isNotNull())
				.expectComplete()
				.verify(TIMEOUT);
		}
	}

	@Test
	void whenCallerAsksForJustAllChunksEndsWell() throws Exception {
		try (RawServer server = RawServer.streaming(RawServer.text("a"), RawServer.finish("stop"),
				RawServer.event("{\"usage\": {\"total_tokens\": 1}}"), "data: [DONE]\n\n")) {
			StepVerifier.create(api(server, Timeouts.defaults()).stream(REQUEST), 3)
				.expectNextCount(3)
				.expectComplete()
				.verify(StreamWatch.FINISH_GRACE.dividedBy(2));
		}
	}

	@Test
	void whenNothingFollowsFinishReasonEndsWell() throws Exception {
		try (RawServer server = new RawServer((request, out) -> {
			out.write(RawServer.streamHead().getBytes(StandardCharsets.UTF_8));
			out.write(RawServer.chunk(RawServer.text("a") + RawServer.finish("stop") + "data: [DONE]"));
			out.flush();
			this.over.await();
		})) {
			StepVerifier.create(api(server, Timeouts.defaults().withIdle(SHORT)).stream(REQUEST))
				.expectNextCount(2)
				.expectComplete()
				.verify(TIMEOUT);
			assertThat(server.clientClosed().await(10, TimeUnit.SECONDS)).isTrue();
			this.over.countDown();
		}
	}

	private void pause() {
		try {
			this.over.await(SHORT.toMillis() * 2, TimeUnit.MILLISECONDS);
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
		}
	}

	private static ElectronApi api(RawServer server, Timeouts timeouts) {
		return api(server.baseUrl(), timeouts);
	}

	private static ElectronApi api(String baseUrl, Timeouts timeouts) {
		return ElectronApi.builder().baseUrl(baseUrl).apiKey("sk_test").timeouts(timeouts).build();
	}

}
