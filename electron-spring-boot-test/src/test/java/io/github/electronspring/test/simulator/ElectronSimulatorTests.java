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

package io.github.electronspring.test.simulator;

import java.io.IOException;
import java.net.Socket;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.IntStream;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIOException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

/**
 * Tests for {@link ElectronSimulator}.
 *
 * @author The Electron Spring authors
 */
class ElectronSimulatorTests {

	private final ElectronSimulator simulator = ElectronSimulator.start();

	private final TestClient client = new TestClient(this.simulator);

	@AfterEach
	void close() {
		this.simulator.close();
	}

	@Test
	void scriptsArePlayedInOrder() {
		for (int i = 0; i < 5; i++) {
			this.simulator.enqueue(ElectronScript.text("answer " + i));
		}
		for (int i = 0; i < 5; i++) {
			assertThat(this.client.post(TestClient.ask("Hi")).body()).contains("answer " + i);
		}
		assertThat(this.simulator.scriptsLeft()).isZero();
	}

	@Test
	void eachScriptIsPlayedOnceToConcurrentRequests() {
		IntStream.range(0, 20).forEach((i) -> this.simulator.enqueue(ElectronScript.text("answer-%d!".formatted(i))));
		Set<String> answers = ConcurrentHashMap.newKeySet();
		IntStream.range(0, 20)
			.parallel()
			.forEach((i) -> answers.add(TestClient.json(this.client.post(TestClient.ask("Hi")).body())
				.at("/choices/0/message/content")
				.asString()));
		assertThat(answers).hasSize(20);
	}

	@Test
	void requestWithoutScriptFailsClearly() {
		HttpResponse<String> response = this.client.post(TestClient.ask("Hi"));
		assertThat(response.statusCode()).isEqualTo(501);
		assertThat(TestClient.json(response.body()).at("/error/message").asString()).isEqualTo(
				"No scripted response is left for request number '1': call 'ElectronSimulator.enqueue(...)' once more or turn on 'freeRunning'");
	}

	@Test
	void requestsAreReadBack() {
		this.simulator.enqueue(ElectronScript.text("x"));
		HttpResponse<String> response = this.client.post(TestClient.ask("Grüße"));
		SimulatorRequest request = this.simulator.lastRequest();
		assertThat(this.simulator.requests()).containsExactly(request);
		assertThat(request.id()).isEqualTo(response.headers().firstValue("X-Request-Id").orElseThrow());
		assertThat(request.method()).isEqualTo("POST");
		assertThat(request.path()).isEqualTo("/waves/v1/chat/completions");
		assertThat(request.header("authorization")).isEqualTo("Bearer " + this.simulator.apiKey());
		assertThat(request.header("none")).isNull();
		assertThat(request.headers()).containsKey("Content-Length");
		assertThat(request.body()).isEqualTo(TestClient.ask("Grüße"));
		assertThat(request.bytes()).asString(StandardCharsets.UTF_8).isEqualTo(request.body());
		assertThat(request.message(0).path("content").asString()).isEqualTo("Grüße");
		assertThat(request.message(-1)).isEqualTo(request.message(0));
		assertThat(request.isStream()).isFalse();
		assertThat(request.toString()).doesNotContain("sk_").doesNotContain("Grüße");
		assertThatIllegalStateException().isThrownBy(() -> request.message(1))
			.withMessageContaining("has no message '1' but 1 messages");
	}

	@Test
	void requestThatIsNoJsonIsReadBack() {
		this.client.post("{");
		assertThat(this.simulator.lastRequest().body()).isEqualTo("{");
		assertThatIllegalStateException().isThrownBy(() -> this.simulator.lastRequest().json())
			.withMessageContaining("is not JSON");
	}

	@Test
	void connectionsAreCounted() throws IOException {
		assertThat(this.simulator.connections()).isZero();
		this.simulator.enqueue(ElectronScript.text("a"), ElectronScript.text("b"), ElectronScript.text("c"));
		try (Socket socket = this.client.open(TestClient.askStreamed("Hi"))) {
			TestClient.head(socket);
			TestClient.allChunks(socket);
			this.client.write(socket, TestClient.askStreamed("Hi"));
			TestClient.head(socket);
			TestClient.allChunks(socket);
		}
		assertThat(this.simulator.connections()).isOne();
		this.client.post(TestClient.ask("Hi"));
		assertThat(this.simulator.connections()).isEqualTo(2);
		List<SimulatorRequest> requests = this.simulator.requests();
		assertThat(requests.get(0).connectionId()).isEqualTo(requests.get(1).connectionId())
			.isNotEqualTo(requests.get(2).connectionId());
	}

	@Test
	void eachDisconnectIsAwaitedOnce() throws IOException {
		this.simulator.enqueue(ElectronScript.text("a").stall());
		this.client.open(TestClient.askStreamed("Hi")).close();
		this.simulator.awaitRequests(1, TestClient.TIMEOUT);
		this.simulator.awaitDisconnect(Duration.ofSeconds(1));
		assertThatExceptionOfType(AssertionError.class)
			.isThrownBy(() -> this.simulator.awaitDisconnect(Duration.ofMillis(50)))
			.withMessage("No client went away within 'PT0.05S': '1' requests, '0' of them in flight");
	}

	@Test
	void awaitingFailsWithWhatWasSeen() throws IOException {
		assertThatExceptionOfType(AssertionError.class)
			.isThrownBy(() -> this.simulator.awaitRequests(1, Duration.ofMillis(10)))
			.withMessage("Only '0' of '1' requests arrived within 'PT0.01S'");
		assertThatIllegalStateException().isThrownBy(this.simulator::lastRequest);
		this.simulator.enqueue(ElectronScript.raw().stall());
		try (Socket socket = this.client.open(TestClient.askStreamed("Hi"))) {
			TestClient.head(socket);
			assertThatExceptionOfType(AssertionError.class)
				.isThrownBy(() -> this.simulator.awaitIdle(Duration.ofMillis(10)))
				.withMessage("'1' requests are in flight after 'PT0.01S'");
		}
	}

	@Test
	void prefixOfEarlierRequestsOfTheSameKeyIsCached() {
		String prompt = "The quick brown fox jumps over the lazy dog. ".repeat(40);
		IntStream.range(0, 4).forEach((i) -> this.simulator.enqueue(ElectronScript.text("x")));
		assertThat(cached(prompt + "one", "sk_a")).isZero();
		int cached = cached(prompt + "two", "sk_a");
		assertThat(cached).isGreaterThan(300).isLessThan(420).matches((tokens) -> tokens % PrefixCache.BLOCK == 0);
		assertThat(cached("But " + prompt, "sk_a")).isZero();
		assertThat(cached(prompt + "one", "sk_b")).isZero();
	}

	@Test
	void toolsArePartOfThePrefix() {
		String prompt = "The quick brown fox jumps over the lazy dog. ".repeat(40);
		this.simulator.enqueue(ElectronScript.text("x"), ElectronScript.text("x"), ElectronScript.text("x"));
		String tool = "{\"tools\":[{\"type\":\"function\",\"function\":{\"name\":\"%s\"}}],";
		this.client.post(TestClient.ask(prompt).replaceFirst("\\{", tool.formatted("a")));
		this.client.post(TestClient.ask(prompt).replaceFirst("\\{", tool.formatted("b")));
		this.client.post(TestClient.ask(prompt).replaceFirst("\\{", tool.formatted("b")));
		this.simulator.awaitIdle(TestClient.TIMEOUT);
		assertThat(this.simulator.usages().get(1).cachedTokens()).isZero();
		assertThat(this.simulator.usages().get(2).cachedTokens()).isPositive();
	}

	@Test
	void resetStartsAfresh() throws IOException {
		this.simulator.enqueue(ElectronScript.text("a").stall(), ElectronScript.text("b"));
		this.simulator.setFreeRunning(true);
		try (Socket socket = this.client.open(TestClient.askStreamed("Hi"))) {
			TestClient.head(socket);
			this.simulator.reset();
			socket.getInputStream().readAllBytes();
		}
		assertThat(this.simulator.requests()).isEmpty();
		assertThat(this.simulator.usages()).isEmpty();
		assertThat(this.simulator.connections()).isZero();
		assertThat(this.simulator.inFlight()).isZero();
		assertThat(this.client.post(TestClient.ask("Hi")).statusCode()).isEqualTo(501);
	}

	@Test
	void closeEndsEverything() throws IOException {
		this.simulator.enqueue(ElectronScript.text("a").stall());
		try (Socket socket = this.client.open(TestClient.askStreamed("Hi"))) {
			TestClient.head(socket);
			int port = this.simulator.port();
			this.simulator.close();
			this.simulator.close();
			assertThat(socket.getInputStream().readAllBytes()).isNotNull();
			assertThatIOException().isThrownBy(() -> new Socket("127.0.0.1", port));
		}
	}

	private int cached(String text, String key) {
		return TestClient.json(this.client.post(TestClient.ask(text), key).body())
			.at("/usage/prompt_tokens_details/cached_tokens")
			.asInt();
	}

	@ParameterizedTest
	@ValueSource(booleans = { true, false })
	void responseThatDoesNotComeResetsTheConnection(boolean streamed) throws IOException {
		this.simulator.enqueue(ElectronScript.noResponse());
		try (Socket socket = this.client.open(streamed ? TestClient.askStreamed("Hi") : TestClient.ask("Hi"))) {
			assertThatExceptionOfType(IOException.class).isThrownBy(() -> socket.getInputStream().read())
				.withMessageContaining("reset");
		}
		this.simulator.awaitIdle(TestClient.TIMEOUT);
		assertThat(this.simulator.requests()).hasSize(1);
		assertThat(this.simulator.disconnects()).isZero();
	}

}
