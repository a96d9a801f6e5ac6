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

package io.github.electronspring.autoconfigure;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;

import javax.net.ssl.SSLException;

import io.github.electronspring.api.Timeouts;
import io.netty.channel.Channel;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.reactivestreams.Publisher;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;
import reactor.netty.DisposableServer;
import reactor.netty.http.server.HttpServer;
import reactor.netty.http.server.HttpServerRequest;
import reactor.netty.http.server.HttpServerResponse;
import reactor.test.StepVerifier;

import org.springframework.boot.http.client.HttpClientSettings;
import org.springframework.boot.http.client.HttpRedirects;
import org.springframework.boot.http.client.reactive.ClientHttpConnectorBuilder;
import org.springframework.boot.http.client.reactive.ReactorClientHttpConnectorBuilder;
import org.springframework.boot.ssl.DefaultSslBundleRegistry;
import org.springframework.boot.ssl.NoSuchSslBundleException;
import org.springframework.boot.ssl.SslBundle;
import org.springframework.boot.ssl.SslStoreBundle;
import org.springframework.http.HttpStatusCode;
import org.springframework.http.ResponseEntity;
import org.springframework.web.reactive.function.client.WebClient;
import org.springframework.web.reactive.function.client.WebClientRequestException;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.mockito.BDDMockito.then;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.spy;

/**
 * Tests for {@link ElectronHttpConnector}.
 *
 * @author The Electron Spring authors
 */
class ElectronHttpConnectorTests {

	private static final Duration TIMEOUT = Duration.ofSeconds(10);

	private final ElectronHttpProperties properties = new ElectronHttpProperties();

	private final List<DisposableServer> servers = new ArrayList<>();

	private final List<ElectronHttpConnector> connectors = new ArrayList<>();

	private final Set<Channel> channels = ConcurrentHashMap.newKeySet();

	@AfterEach
	void stop() {
		this.connectors.forEach(ElectronHttpConnector::destroy);
		this.servers.forEach(DisposableServer::disposeNow);
	}

	@Test
	void timeoutsAreTheDefaults() {
		assertThat(connector(HttpClientSettings.defaults()).getTimeouts()).isEqualTo(Timeouts.defaults());
	}

	@Test
	void timeoutsOfTheApplicationWinOverTheDefaults() {
		HttpClientSettings settings = HttpClientSettings.defaults()
			.withTimeouts(Duration.ofMillis(100), Duration.ofMillis(200));
		assertThat(connector(settings).getTimeouts()).isEqualTo(new Timeouts(Duration.ofMillis(100),
				Duration.ofMillis(200), Duration.ofMillis(200), Duration.ofMillis(200)));
	}

	@Test
	void timeoutsOfThePropertiesWin() {
		HttpClientSettings settings = HttpClientSettings.defaults()
			.withTimeouts(Duration.ofMillis(100), Duration.ofMillis(200));
		this.properties.setConnectTimeout(Duration.ofSeconds(1));
		this.properties.setFirstTokenTimeout(Duration.ofSeconds(2));
		this.properties.setIdleTimeout(Duration.ofSeconds(3));
		this.properties.setResponseTimeout(Duration.ofSeconds(4));
		assertThat(connector(settings).getTimeouts()).isEqualTo(new Timeouts(Duration.ofSeconds(1),
				Duration.ofSeconds(2), Duration.ofSeconds(3), Duration.ofSeconds(4)));
	}

	@Test
	void readTimeoutIsLeftToTheApi() {
		DisposableServer server = server(
				(request, response) -> response.sendString(Mono.just("late").delayElement(Duration.ofMillis(300))));
		HttpClientSettings settings = HttpClientSettings.defaults().withReadTimeout(Duration.ofMillis(50));
		assertThat(get(connector(settings), server).getBody()).isEqualTo("late");
	}

	@Test
	void responsesAreNotCompressed() {
		List<String> encodings = new CopyOnWriteArrayList<>();
		DisposableServer server = server((request, response) -> {
			encodings.addAll(request.requestHeaders().getAll("Accept-Encoding"));
			return response.sendString(Mono.just("ok"));
		});
		ReactorClientHttpConnectorBuilder compressing = ClientHttpConnectorBuilder.reactor()
			.withHttpClientCustomizer((client) -> client.compress(true));
		get(connector(HttpClientSettings.defaults(), compressing), server);
		assertThat(encodings).isEmpty();
	}

	@Test
	void redirectsAreNotFollowed() {
		DisposableServer server = server((request, response) -> request.uri().equals("/elsewhere")
				? response.sendString(Mono.just("ok")) : response.sendRedirect("/elsewhere"));
		HttpClientSettings settings = HttpClientSettings.defaults().withRedirects(HttpRedirects.FOLLOW);
		assertThat(get(connector(settings), server).getStatusCode()).isEqualTo(HttpStatusCode.valueOf(302));
	}

	@Test
	void connectionsAreNoMoreThanThePropertiesSay() {
		this.properties.setMaxConnections(1);
		DisposableServer server = server((request, response) -> response.sendString(Mono.just("ok")));
		WebClient client = client(connector(HttpClientSettings.defaults()), server);
		StepVerifier.create(Flux.range(0, 20).flatMap((i) -> client.get().retrieve().bodyToMono(String.class)).count())
			.expectNext(20L)
			.expectComplete()
			.verify(TIMEOUT);
		assertThat(this.channels).hasSize(1);
	}

	@Test
	void sixHundredRequestsRunAtTheSameTime() {
		int count = 600;
		AtomicInteger arrived = new AtomicInteger();
		Sinks.Empty<String> all = Sinks.empty();
		DisposableServer server = server((request, response) -> {
			if (arrived.incrementAndGet() == count) {
				all.tryEmitEmpty();
			}
			return response.sendString(all.asMono().defaultIfEmpty("ok"));
		});
		WebClient client = client(connector(HttpClientSettings.defaults()), server);
		StepVerifier
			.create(Flux.range(0, count)
				.flatMap((i) -> client.get().uri("/" + i).retrieve().bodyToMono(String.class), count)
				.count())
			.expectNext((long) count)
			.expectComplete()
			.verify(Duration.ofSeconds(30));
	}

	@Test
	void destroyClosesConnections() {
		DisposableServer server = server((request, response) -> response.sendString(Mono.just("ok")));
		ElectronHttpConnector connector = connector(HttpClientSettings.defaults());
		get(connector, server);
		connector.destroy();
		assertThat(this.channels)
			.allSatisfy((channel) -> assertThat(channel.closeFuture().await(TIMEOUT.toMillis())).isTrue());
	}

	@Test
	void requestsGoThroughTheProxy() {
		this.properties.getProxy().setHost("127.0.0.1");
		this.properties.getProxy().setUsername("me");
		this.properties.getProxy().setPassword("secret");
		List<String> seen = new CopyOnWriteArrayList<>();
		DisposableServer proxy = server((request, response) -> {
			seen.add(request.method() + " " + request.uri());
			seen.add(request.requestHeaders().get("Proxy-Authorization", ""));
			return response.status(403).send();
		});
		this.properties.getProxy().setPort(proxy.port());
		WebClient client = WebClient.builder()
			.clientConnector(connector(HttpClientSettings.defaults()).getConnector())
			.build();
		assertThatExceptionOfType(WebClientRequestException.class).isThrownBy(
				() -> client.get().uri("http://service.example.com/v1").retrieve().toBodilessEntity().block(TIMEOUT));
		assertThat(seen).containsExactly("CONNECT service.example.com:80", "Basic bWU6c2VjcmV0");
	}

	@Test
	void whenServerDoesNotSpeakTlsFailsWithSslException() {
		DisposableServer server = server((request, response) -> response.sendString(Mono.just("ok")));
		WebClient client = WebClient.builder()
			.clientConnector(connector(HttpClientSettings.defaults()).getConnector())
			.build();
		StepVerifier.create(client.get().uri("https://127.0.0.1:" + server.port()).retrieve().bodyToMono(String.class))
			.expectErrorSatisfies((ex) -> assertThat(ex).hasRootCauseInstanceOf(SSLException.class))
			.verify(TIMEOUT);
	}

	@Test
	void bundleOfTheApplicationIsUsed() {
		SslBundle bundle = spy(SslBundle.of(SslStoreBundle.NONE));
		connector(HttpClientSettings.ofSslBundle(bundle));
		then(bundle).should().getManagers();
	}

	@Test
	void bundleOfThePropertiesWins() {
		SslBundle bundle = spy(SslBundle.of(SslStoreBundle.NONE));
		SslBundle other = mock(SslBundle.class);
		this.properties.getSsl().setBundle("mine");
		new ElectronHttpConnector(this.properties, HttpClientSettings.ofSslBundle(other),
				ClientHttpConnectorBuilder.reactor(), new DefaultSslBundleRegistry("mine", bundle))
			.destroy();
		then(bundle).should().getManagers();
		then(other).shouldHaveNoInteractions();
	}

	@Test
	void whenBundleIsUnknownThrowsException() {
		this.properties.getSsl().setBundle("mine");
		assertThatExceptionOfType(NoSuchSslBundleException.class)
			.isThrownBy(() -> new ElectronHttpConnector(this.properties, HttpClientSettings.defaults(),
					ClientHttpConnectorBuilder.reactor(), new DefaultSslBundleRegistry()));
	}

	@Test
	void whenThereAreNoBundlesThrowsException() {
		this.properties.getSsl().setBundle("mine");
		assertThatIllegalStateException().isThrownBy(() -> connector(HttpClientSettings.defaults()))
			.withMessageContaining("'electron.http.ssl.bundle'");
	}

	private ElectronHttpConnector connector(HttpClientSettings settings) {
		return connector(settings, ClientHttpConnectorBuilder.reactor());
	}

	private ElectronHttpConnector connector(HttpClientSettings settings, ReactorClientHttpConnectorBuilder builder) {
		ElectronHttpConnector connector = new ElectronHttpConnector(this.properties, settings, builder, null);
		this.connectors.add(connector);
		return connector;
	}

	private ResponseEntity<String> get(ElectronHttpConnector connector, DisposableServer server) {
		ResponseEntity<String> response = client(connector, server).get()
			.retrieve()
			.toEntity(String.class)
			.block(TIMEOUT);
		assertThat(response).isNotNull();
		return response;
	}

	private static WebClient client(ElectronHttpConnector connector, DisposableServer server) {
		return WebClient.builder()
			.baseUrl("http://127.0.0.1:" + server.port())
			.clientConnector(connector.getConnector())
			.build();
	}

	private DisposableServer server(Handler handler) {
		DisposableServer server = HttpServer.create()
			.host("127.0.0.1")
			.port(0)
			.doOnConnection((connection) -> this.channels.add(connection.channel()))
			.handle(handler::handle)
			.bindNow();
		this.servers.add(server);
		return server;
	}

	interface Handler {

		Publisher<Void> handle(HttpServerRequest request, HttpServerResponse response);

	}

}
