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

import java.io.EOFException;
import java.io.IOException;
import java.io.OutputStream;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.NoRouteToHostException;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketException;
import java.net.UnknownHostException;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.SocketChannel;
import java.security.cert.CertificateException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;

import javax.net.ssl.SSLException;
import javax.net.ssl.SSLHandshakeException;
import javax.net.ssl.SSLPeerUnverifiedException;
import javax.net.ssl.SSLProtocolException;

import io.github.electronspring.protocol.ChatCompletionRequest;
import io.github.electronspring.protocol.ChatMessage;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import reactor.core.Disposable;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;
import reactor.netty.channel.AbortedException;
import reactor.netty.http.client.HttpClient;
import reactor.netty.resources.ConnectionProvider;
import reactor.netty.tcp.SslProvider;

import org.springframework.http.client.reactive.ReactorClientHttpConnector;
import org.springframework.web.reactive.function.client.WebClient;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

/**
 * Tests for what a failure tells about its connection: whether the request was sent, and
 * whether the connection had gone stale.
 *
 * @author The Electron Spring authors
 */
class ConnectionFailureTests {

	private static final Duration TIMEOUT = Duration.ofSeconds(20);

	private static final String COMPLETION = RawServer.json("200 OK", """
			{"choices": [{"message": {"role": "assistant", "content": "Hello"}, "finish_reason": "stop"}]}""");

	private static final ChatCompletionRequest REQUEST = ChatCompletionRequest.builder()
		.model("electron")
		.messages(List.of(ChatMessage.user("Hello")))
		.build();

	@ParameterizedTest
	@CsvSource({ "close,false", "close,true", "reset,false", "reset,true" })
	void whenKeptConnectionIsLostAsTheRequestArrivesItHadGoneStale(String how, boolean streamed) throws Exception {
		try (Closing server = new Closing(how, 2)) {
			ElectronApi api = api(server.server.baseUrl());
			api.complete(REQUEST).block(TIMEOUT);
			ElectronTransportException ex = failure(api, streamed);
			assertThat(ex.isStaleConnection()).isTrue();
			assertThat(ex.isRetryable()).isTrue();
			assertThat(ex.isSent()).isTrue();
			assertThat(ex)
				.hasMessage("A kept connection to '%s/chat/completions' had gone stale: the service closed it before "
						+ "a response came", server.server.baseUrl());
			assertThat(server.server.connections()).isEqualTo(1);
			assertThat(server.server.requests()).hasSize(2);
			assertThat(api.complete(REQUEST).block(TIMEOUT)).isNotNull();
			assertThat(server.server.connections()).isEqualTo(2);
		}
	}

	@ParameterizedTest
	@CsvSource({ "close,false", "close,true", "reset,false", "reset,true" })
	void whenNewConnectionIsLostItHadNotGoneStale(String how, boolean streamed) throws Exception {
		try (Closing server = new Closing(how, 1)) {
			ElectronTransportException ex = failure(api(server.server.baseUrl()), streamed);
			assertThat(ex.isStaleConnection()).isFalse();
			assertThat(ex.isRetryable()).isTrue();
			assertThat(ex.isSent()).isTrue();
			assertThat(ex).hasMessageContaining("failed before a response came");
		}
	}

	@Test
	void whenKeptConnectionIsLostInAResponseItHadNotGoneStale() throws Exception {
		AtomicInteger requests = new AtomicInteger();
		try (RawServer server = new RawServer((request, out) -> {
			if (requests.incrementAndGet() == 2) {
				out.write(RawServer.streamHead().getBytes());
				out.flush();
				out.close();
			}
			else {
				out.write(COMPLETION.getBytes());
			}
		})) {
			ElectronApi api = api(server.baseUrl());
			api.complete(REQUEST).block(TIMEOUT);
			ElectronStreamException ex = catchThrowableOfType(ElectronStreamException.class,
					() -> api.stream(REQUEST).blockLast(TIMEOUT));
			assertThat(ex.isSent()).isTrue();
		}
	}

	@Test
	void failuresOfClosedChannelsAreLostConnections() {
		for (Throwable cause : List.of(AbortedException.beforeSend(), new SSLException("SSLEngine closed already"),
				new IOException("Broken pipe"))) {
			ElectronException ex = TransportFailures.unanswered(cause, endpoint(), ConnectionUse.KEPT);
			assertThat(ex).isInstanceOfSatisfying(ElectronTransportException.class,
					(stale) -> assertThat(stale.isStaleConnection()).isTrue());
			assertThat(ex).cause().isSameAs(cause);
		}
		assertThat(TransportFailures.unanswered(AbortedException.beforeSend(), endpoint(), ConnectionUse.NEW)
			.isRetryable()).isTrue();
		assertThat(TransportFailures.unanswered(new IllegalStateException(), endpoint(), ConnectionUse.KEPT))
			.isInstanceOfSatisfying(ElectronTransportException.class,
					(ex) -> assertThat(ex.isStaleConnection() || ex.isRetryable()).isFalse());
	}

	@Test
	void whenConnectionIsRefusedRequestIsNotSent() throws Exception {
		int port;
		try (ServerSocket server = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
			port = server.getLocalPort();
		}
		assertThat(failure(api("http://127.0.0.1:" + port), true).isSent()).isFalse();
	}

	@Test
	void whenHostIsUnknownRequestIsNotSent() {
		ElectronException ex = TransportFailures.unanswered(new UnknownHostException("x"), endpoint(),
				ConnectionUse.NONE);
		assertThat(ex.isSent()).isFalse();
	}

	@Test
	void whenConnectionIsNotAcceptedRequestIsNotSent() throws Exception {
		List<SocketChannel> channels = new ArrayList<>();
		// A full queue of connections that nobody accepts leaves further ones unanswered
		try (ServerSocket server = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
			for (int i = 0; i < 8; i++) {
				SocketChannel channel = SocketChannel.open();
				channel.configureBlocking(false);
				channel.connect(new InetSocketAddress(server.getInetAddress(), server.getLocalPort()));
				channels.add(channel);
			}
			ElectronApi api = ElectronApi.builder()
				.baseUrl("http://127.0.0.1:" + server.getLocalPort())
				.apiKey("sk_test")
				.timeouts(Timeouts.defaults().withConnect(Duration.ofMillis(150)))
				.build();
			assertThat(failure(api, true)).hasMessageContaining("electron.http.connect-timeout")
				.matches((ex) -> !ex.isSent());
		}
		finally {
			for (SocketChannel channel : channels) {
				channel.close();
			}
		}
	}

	@Test
	void whenServerSpeaksNoTlsRequestIsNotSent() throws Exception {
		try (ServerSocket server = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
			Mono.fromCallable(() -> {
				server.accept().getOutputStream().write("HTTP/1.1 400 Bad Request\r\n\r\n".getBytes());
				return null;
			}).subscribeOn(Schedulers.boundedElastic()).subscribe();
			assertThat(failure(api("https://127.0.0.1:" + server.getLocalPort()), true))
				.hasMessageContaining("electron.http.ssl.bundle")
				.matches((ex) -> !ex.isSent());
		}
	}

	@ParameterizedTest
	@ValueSource(strings = { "close", "reset" })
	void whenConnectionIsLostInTheHandshakeAnotherTryMaySucceed(String how) throws Exception {
		try (ServerSocket server = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
			Mono.fromCallable(() -> {
				try (Socket socket = server.accept()) {
					socket.getInputStream().read(new byte[16 * 1024]);
					socket.setSoLinger("reset".equals(how), 0);
				}
				return null;
			}).subscribeOn(Schedulers.boundedElastic()).subscribe();
			assertThat(failure(api("https://127.0.0.1:" + server.getLocalPort()), true))
				.hasMessageContaining("was lost before the request was sent")
				.matches((ex) -> !ex.isSent() && ex.isRetryable() && ex.isConnectFailure());
		}
	}

	@Test
	void whenServerDoesNotAnswerTheHandshakeAnotherTryMaySucceed() throws Exception {
		try (ServerSocket server = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
			HttpClient client = HttpClient.create()
				.secure((ssl) -> ssl.sslContext(SslProvider.defaultClientProvider().getSslContext())
					.handshakeTimeout(Duration.ofMillis(150)));
			ElectronApi api = ElectronApi.builder()
				.baseUrl("https://127.0.0.1:" + server.getLocalPort())
				.apiKey("sk_test")
				.webClientBuilder(WebClient.builder().clientConnector(new ReactorClientHttpConnector(client)))
				.build();
			assertThat(failure(api, true)).matches((ex) -> !ex.isSent() && ex.isRetryable() && ex.isConnectFailure());
		}
	}

	@Test
	void whenAllConnectionsAreInUseRequestIsNotSent() throws Exception {
		ConnectionProvider pool = ConnectionProvider.builder("full")
			.maxConnections(1)
			.pendingAcquireTimeout(Duration.ofMillis(150))
			.build();
		try (RawServer server = new RawServer((request, out) -> {
		})) {
			ElectronApi api = ElectronApi.builder()
				.baseUrl(server.baseUrl())
				.apiKey("sk_test")
				.webClientBuilder(
						WebClient.builder().clientConnector(new ReactorClientHttpConnector(HttpClients.create(pool))))
				.build();
			Disposable first = api.stream(REQUEST).subscribe();
			assertThat(failure(api, true)).hasMessageContaining("electron.http.max-connections")
				.matches((ex) -> !ex.isSent() && !ex.isRetryable() && !ex.isConnectFailure());
			first.dispose();
		}
		finally {
			pool.disposeLater().block(TIMEOUT);
		}
	}

	@Test
	void failuresWithoutAConnectionAreNotSent() {
		for (Throwable cause : List.of(new NoRouteToHostException("x"), new SocketException("x"),
				AbortedException.beforeSend(), new ClosedChannelException(), new SSLException(new EOFException()))) {
			assertThat(unanswered(cause, ConnectionUse.NONE)).as("%s", cause)
				.matches((ex) -> !ex.isSent() && ex.isRetryable() && ex.isConnectFailure());
		}
		assertThat(unanswered(new IllegalStateException(), ConnectionUse.NONE))
			.matches((ex) -> !ex.isSent() && !ex.isRetryable() && !ex.isConnectFailure());
	}

	@Test
	void whenServiceRefusesTheHandshakeAnotherTryWillNotSucceed() {
		for (Throwable cause : List.of(new SSLHandshakeException("Received fatal alert: handshake_failure"),
				new SSLProtocolException("x"), new SSLException("x", new CertificateException(new IOException())),
				new SSLPeerUnverifiedException("x"))) {
			assertThat(unanswered(cause, ConnectionUse.NONE)).as("%s", cause)
				.hasMessageContaining("electron.http.ssl.bundle")
				.matches((ex) -> !ex.isSent() && !ex.isRetryable() && ex.isConnectFailure());
		}
	}

	@Test
	void failureOfTlsBehindTheHandshakeIsNoneOfIt() {
		assertThat(unanswered(new SSLException("SSLEngine closed already"), ConnectionUse.NEW))
			.matches((ex) -> ex.isSent() && ex.isRetryable() && !ex.isConnectFailure());
		assertThat(unanswered(new SSLHandshakeException("Received fatal alert: bad_certificate"), ConnectionUse.NEW))
			.matches((ex) -> ex.isSent() && !ex.isRetryable());
	}

	@Test
	void whenTheHttpClientTellsNothingOnlyAFailureToConnectIsNotSent() {
		assertThat(unanswered(new ConnectException(), ConnectionUse.UNKNOWN).isSent()).isFalse();
		assertThat(unanswered(new SSLException("x"), ConnectionUse.UNKNOWN).isSent()).isFalse();
		assertThat(unanswered(new SocketException("reset"), ConnectionUse.UNKNOWN))
			.matches((ex) -> ex.isSent() && ex.isRetryable());
	}

	@Test
	void whatIsRefusedOnThisSideIsNotSent() throws Exception {
		try (RawServer server = RawServer.answering(COMPLETION)) {
			ElectronApi api = api(server.baseUrl());
			ElectronApi keyless = ElectronApi.builder().baseUrl(server.baseUrl()).apiKey(" ").build();
			CallContext late = CallContext.empty().withDeadline(Instant.now().minusSeconds(1));
			for (Mono<?> call : List.of(api.complete(REQUEST.mutate().n(2).build()),
					api.stream(REQUEST.mutate().n(2).build()).then(), keyless.complete(REQUEST),
					keyless.stream(REQUEST).then(), api.complete(REQUEST, late), api.stream(REQUEST, late).then())) {
				assertThat(catchThrowableOfType(ElectronException.class, () -> call.block(TIMEOUT)).isSent()).isFalse();
			}
			assertThat(server.requests()).isEmpty();
		}
	}

	@ParameterizedTest
	@ValueSource(ints = { 400, 401, 403, 404, 422, 429, 500, 502, 503 })
	void whenServiceAnswersWithAnErrorRequestIsSent(int status) throws Exception {
		try (RawServer server = RawServer.answering(RawServer.json(status + " Wrong", "{}"))) {
			ElectronApi api = api(server.baseUrl());
			ElectronException ex = catchThrowableOfType(ElectronException.class,
					() -> api.complete(REQUEST).block(TIMEOUT));
			assertThat(ex.isSent()).isTrue();
		}
	}

	@ParameterizedTest
	@ValueSource(booleans = { true, false })
	void whenServiceDoesNotAnswerInTimeRequestIsSent(boolean streamed) throws Exception {
		try (RawServer server = new RawServer((request, out) -> {
		})) {
			Timeouts timeouts = Timeouts.defaults()
				.withFirstToken(Duration.ofMillis(150))
				.withResponse(Duration.ofMillis(150));
			ElectronApi api = ElectronApi.builder()
				.baseUrl(server.baseUrl())
				.apiKey("sk_test")
				.timeouts(timeouts)
				.build();
			assertThat(failure(api, streamed).isSent()).isTrue();
		}
	}

	private static ElectronTransportException failure(ElectronApi api, boolean streamed) {
		Mono<?> call = streamed ? api.stream(REQUEST).then() : api.complete(REQUEST);
		return catchThrowableOfType(ElectronTransportException.class, () -> call.block(TIMEOUT));
	}

	private static ElectronTransportException unanswered(Throwable cause, ConnectionUse connection) {
		return (ElectronTransportException) TransportFailures.unanswered(cause, endpoint(), connection);
	}

	private static HttpEndpoint endpoint() {
		return new HttpEndpoint(WebClient.create(), BaseUrl.endpoint("https://unknown.invalid"), "electron",
				Timeouts.defaults(), new ErrorResponses(Clock.systemUTC(), "electron"));
	}

	private static ElectronApi api(String baseUrl) {
		return ElectronApi.builder().baseUrl(baseUrl).apiKey("sk_test").build();
	}

	/**
	 * A server that closes the connection exactly when a certain request arrives.
	 */
	private static final class Closing implements AutoCloseable {

		private final AtomicInteger requests = new AtomicInteger();

		private final RawServer server = new RawServer(this::handle);

		private final String how;

		private final int closedRequest;

		private Closing(String how, int closedRequest) {
			this.how = how;
			this.closedRequest = closedRequest;
		}

		private void handle(String request, OutputStream out) throws IOException {
			if (this.requests.incrementAndGet() != this.closedRequest) {
				out.write(COMPLETION.getBytes());
			}
			else if ("reset".equals(this.how)) {
				this.server.reset();
			}
			else {
				out.close();
			}
		}

		@Override
		public void close() throws IOException {
			this.server.close();
		}

	}

}
