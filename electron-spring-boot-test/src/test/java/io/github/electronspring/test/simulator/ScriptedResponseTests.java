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

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.Socket;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

/**
 * Tests for {@link ScriptedResponse}, played by an {@link ElectronSimulator}.
 *
 * @author The Electron Spring authors
 */
class ScriptedResponseTests {

	private final ElectronSimulator simulator = ElectronSimulator.start();

	private final TestClient client = new TestClient(this.simulator);

	@AfterEach
	void close() {
		this.simulator.close();
	}

	@Test
	void textIsPlayedAsCompletion() {
		this.simulator.enqueue(ElectronScript.text("Hel", "lo"));
		HttpResponse<String> response = this.client.post(TestClient.ask("Hi"));
		assertThat(response.statusCode()).isEqualTo(200);
		assertThat(response.headers().firstValue("Content-Type")).hasValue("application/json");
		JsonNode json = TestClient.json(response.body());
		assertThat(json.path("object").asString()).isEqualTo("chat.completion");
		assertThat(json.path("id").asString()).startsWith("chatcmpl-");
		assertThat(json.at("/choices/0/message/role").asString()).isEqualTo("assistant");
		assertThat(json.at("/choices/0/message/content").asString()).isEqualTo("Hello");
		assertThat(json.at("/choices/0/message").has("tool_calls")).isFalse();
		assertThat(json.at("/choices/0/finish_reason").asString()).isEqualTo("stop");
		assertThat(json.at("/usage/total_tokens").asInt())
			.isEqualTo(json.at("/usage/prompt_tokens").asInt() + json.at("/usage/completion_tokens").asInt());
		assertThat(json.at("/usage/prompt_tokens_details/cached_tokens").asInt()).isZero();
	}

	@Test
	void textIsPlayedAsStream() {
		this.simulator.enqueue(ElectronScript.text("Hel", "lo"));
		HttpResponse<String> response = this.client.post(TestClient.askStreamed("Hi"));
		assertThat(response.headers().firstValue("Content-Type")).hasValue("text/event-stream");
		assertThat(response.body()).endsWith("data: [DONE]\n\n");
		List<String> events = TestClient.data(response.body());
		assertThat(events).hasSize(6);
		JsonNode first = TestClient.json(events.get(0));
		assertThat(first.path("object").asString()).isEqualTo("chat.completion.chunk");
		assertThat(first.at("/choices/0/delta").toString()).isEqualTo("{\"role\":\"assistant\"}");
		assertThat(first.at("/choices/0/finish_reason").isNull()).isTrue();
		assertThat(TestClient.json(events.get(1)).at("/choices/0/delta").toString()).isEqualTo("{\"content\":\"Hel\"}");
		assertThat(TestClient.json(events.get(3)).at("/choices/0/finish_reason").asString()).isEqualTo("stop");
		JsonNode usage = TestClient.json(events.get(4));
		assertThat(usage.path("choices").isEmpty()).isTrue();
		assertThat(usage.at("/usage/completion_tokens").asInt()).isPositive();
	}

	@Test
	void usageIsLeftOutOfStreamUnlessAskedFor() {
		this.simulator.enqueue(ElectronScript.text("Hello"));
		String body = this.client.post(TestClient.ask("Hi").replaceFirst("\\{", "{\"stream\":true,")).body();
		assertThat(body).doesNotContain("\"usage\"");
	}

	@Test
	void toolCallsAreStreamedInThePiecesOfTheScript() {
		this.simulator.enqueue(ElectronScript.round()
			.text("Let me check")
			.toolCall("call_1", "balance", "{\"acc", "ount\":1}")
			.toolCall("call_2", "rate"));
		List<JsonNode> chunks = this.client.chunks(TestClient.askStreamed("Hi"));
		assertThat(chunks).extracting((chunk) -> chunk.at("/choices/0/delta").toString())
			.containsSubsequence("{\"content\":\"Let me check\"}",
					"{\"tool_calls\":[{\"index\":0,\"id\":\"call_1\",\"type\":\"function\",\"function\":{\"name\":\"balance\",\"arguments\":\"\"}}]}",
					"{\"tool_calls\":[{\"index\":0,\"function\":{\"arguments\":\"{\\\"acc\"}}]}",
					"{\"tool_calls\":[{\"index\":0,\"function\":{\"arguments\":\"ount\\\":1}\"}}]}",
					"{\"tool_calls\":[{\"index\":1,\"id\":\"call_2\",\"type\":\"function\",\"function\":{\"name\":\"rate\",\"arguments\":\"\"}}]}");
		assertThat(chunks).extracting((chunk) -> chunk.at("/choices/0/finish_reason").asString(""))
			.contains("tool_calls");
	}

	@Test
	void toolCallsAreMergedIntoACompletion() {
		this.simulator.enqueue(ElectronScript.toolCall("call_1", "balance", "{\"acc", "ount\":1}"));
		JsonNode json = TestClient.json(this.client.post(TestClient.ask("Hi")).body());
		assertThat(json.at("/choices/0/message/content").isNull()).isTrue();
		assertThat(json.at("/choices/0/message/tool_calls/0").toString()).isEqualTo(
				"{\"id\":\"call_1\",\"type\":\"function\",\"function\":{\"name\":\"balance\",\"arguments\":\"{\\\"account\\\":1}\"}}");
		assertThat(json.at("/choices/0/finish_reason").asString()).isEqualTo("tool_calls");
	}

	@Test
	void toolCallDeltasLeaveOutWhatTheScriptLeavesOut() {
		this.simulator.enqueue(ElectronScript.round()
			.toolCallDelta(3, null, null, "{")
			.toolCallDelta(3, "a", null, null)
			.toolCallDelta(3, null, "b", null));
		assertThat(this.client.events(TestClient.askStreamed("Hi")).toString())
			.contains("{\"index\":3,\"function\":{\"arguments\":\"{\"}}")
			.contains("{\"index\":3,\"id\":\"a\",\"type\":\"function\"}")
			.contains("{\"index\":3,\"function\":{\"name\":\"b\"}}");
	}

	@Test
	void scriptSaysFinishReasonAndUsage() {
		ElectronScript script = ElectronScript.text("Hello").finish("length").usage(100, 64, 7);
		this.simulator.enqueue(script, script);
		List<JsonNode> chunks = this.client.chunks(TestClient.askStreamed("Hi"));
		JsonNode completion = TestClient.json(this.client.post(TestClient.ask("Hi")).body());
		assertThat(chunks.get(chunks.size() - 1).path("usage")).isEqualTo(completion.path("usage"));
		assertThat(completion.path("usage").toString()).isEqualTo(
				"{\"prompt_tokens\":100,\"completion_tokens\":7,\"total_tokens\":107,\"prompt_tokens_details\":{\"cached_tokens\":64}}");
		assertThat(completion.at("/choices/0/finish_reason").asString()).isEqualTo("length");
		this.simulator.awaitIdle(TestClient.TIMEOUT);
		assertThat(this.simulator.usages()).containsOnly(new SimulatorUsage(100, 64, 7)).hasSize(2);
	}

	@Test
	void nothingIsAddedToARawStream() {
		this.simulator.enqueue(ElectronScript.raw().comment("ping").data("{}").text("x").bytes("id: 1\n").data("y"));
		String body = this.client.post(TestClient.ask("Hi")).body();
		assertThat(body).startsWith(": ping\n\ndata: {}\n\ndata: {\"id\"").endsWith("}\n\nid: 1\ndata: y\n\n");
	}

	@Test
	void partsOfARoundCanBeLeftOut() {
		this.simulator.enqueue(ElectronScript.text("x").withoutRole().withoutFinish().withoutUsage().withoutDone());
		List<String> events = this.client.events(TestClient.askStreamed("Hi"));
		assertThat(events).singleElement().asString().contains("\"content\":\"x\"");
	}

	@Test
	void completionIsPlayedAsItIs() {
		this.simulator.enqueue(ElectronScript.json("{\"a\":1}"));
		HttpResponse<String> response = this.client.post(TestClient.ask("Hi"));
		assertThat(response.body()).isEqualTo("{\"a\":1}");
		assertThat(response.headers().firstValue("Content-Type")).hasValue("application/json");
	}

	@ParameterizedTest
	@ValueSource(ints = { 400, 401, 403, 404, 429, 500, 502, 503 })
	void errorsHaveTheDocumentedEnvelope(int status) {
		this.simulator.enqueue(ElectronScript.error(status));
		HttpResponse<String> response = this.client.post(TestClient.askStreamed("Hi"));
		assertThat(response.statusCode()).isEqualTo(status);
		JsonNode error = TestClient.json(response.body()).path("error");
		assertThat(error.path("message").asString()).isNotEmpty();
		assertThat(error.path("type").asString()).isNotEmpty();
		assertThat(response.headers().firstValue("X-Request-Id")).hasValue(error.path("request_id").asString());
		assertThat(response.headers().firstValue("Retry-After")).isEmpty();
	}

	@Test
	void errorsCanHaveAnyBodyAndHeaders() {
		this.simulator.enqueue(ElectronScript.error(429, "rate_limit_error", "slow down").header("Retry-After", "2"),
				ElectronScript.response(502, "<html>").contentType("text/html").withoutHeader("X-Request-Id"));
		HttpResponse<String> limited = this.client.post(TestClient.ask("Hi"));
		assertThat(limited.headers().firstValue("Retry-After")).hasValue("2");
		assertThat(limited.body()).contains("slow down");
		HttpResponse<String> html = this.client.post(TestClient.ask("Hi"));
		assertThat(html.body()).isEqualTo("<html>");
		assertThat(html.headers().firstValue("Content-Type")).hasValue("text/html");
		assertThat(html.headers().firstValue("X-Request-Id")).isEmpty();
	}

	@Test
	void errorInsideASuccessfulResponse() {
		ElectronScript script = ElectronScript.text("x").errorInside("server_error", "broken");
		this.simulator.enqueue(script, script);
		List<String> events = this.client.events(TestClient.askStreamed("Hi"));
		assertThat(events).hasSize(3);
		assertThat(events.get(2)).startsWith("{\"error\":{\"message\":\"broken\",\"type\":\"server_error\"");
		HttpResponse<String> whole = this.client.post(TestClient.ask("Hi"));
		assertThat(whole.statusCode()).isEqualTo(200);
		assertThat(whole.body()).startsWith("{\"error\":");
	}

	@Test
	void resetComesAfterTheEventsBeforeIt() throws IOException {
		this.simulator.enqueue(ElectronScript.text("a", "b").reset());
		try (Socket socket = this.client.open(TestClient.askStreamed("Hi"))) {
			TestClient.head(socket);
			TestClient.chunk(socket);
			assertThat(TestClient.chunk(socket)).asString(StandardCharsets.UTF_8).contains("\"a\"");
			assertThat(TestClient.chunk(socket)).asString(StandardCharsets.UTF_8).contains("\"b\"");
			assertThatExceptionOfType(IOException.class).isThrownBy(() -> TestClient.chunk(socket))
				.withMessageContaining("reset");
		}
		this.simulator.awaitIdle(TestClient.TIMEOUT);
		assertThat(this.simulator.disconnects()).isZero();
	}

	@Test
	void disconnectEndsTheStreamWithoutItsLastChunk() throws IOException {
		this.simulator.enqueue(ElectronScript.text("a").disconnect());
		try (Socket socket = this.client.open(TestClient.askStreamed("Hi"))) {
			String all = new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
			assertThat(all).contains("\"a\"").doesNotEndWith("0\r\n\r\n").doesNotContain("[DONE]");
		}
	}

	@Test
	void faultFallsInsideACompletion() throws IOException {
		this.simulator.enqueue(ElectronScript.text("Hello").disconnect());
		try (Socket socket = this.client.open(TestClient.ask("Hi"))) {
			assertThat(TestClient.head(socket)).containsIgnoringCase("content-length: ");
			String body = new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
			assertThat(body).startsWith("{\"id\"").doesNotEndWith("}");
		}
	}

	@Test
	void stallLastsUntilTheClientGoes() throws IOException {
		this.simulator.enqueue(ElectronScript.text("a").stall());
		try (Socket socket = this.client.open(TestClient.askStreamed("Hi"))) {
			TestClient.head(socket);
			TestClient.chunk(socket);
			TestClient.chunk(socket);
			assertThat(this.simulator.inFlight()).isOne();
			assertThat(this.simulator.disconnects()).isZero();
		}
		this.simulator.awaitDisconnect(Duration.ofSeconds(1));
		assertThat(this.simulator.inFlight()).isZero();
		assertThat(this.simulator.disconnects()).isOne();
		assertThat(this.simulator.usages()).singleElement()
			.extracting(SimulatorUsage::completionTokens)
			.isEqualTo(Tokens.count("a"));
	}

	@Test
	void stallBeforeTheFirstEventSendsHeaders() throws IOException {
		this.simulator.enqueue(ElectronScript.raw().stall());
		try (Socket socket = this.client.open(TestClient.askStreamed("Hi"))) {
			assertThat(TestClient.head(socket)).startsWith("HTTP/1.1 200 OK\r\n");
		}
		this.simulator.awaitDisconnect(Duration.ofSeconds(1));
	}

	@Test
	void eachEventIsAPacketAndAPauseSeparatesThem() throws IOException {
		this.simulator.enqueue(ElectronScript.text("a").pause(Duration.ofMillis(150)).text("b"));
		try (Socket socket = this.client.open(TestClient.askStreamed("Hi"))) {
			TestClient.head(socket);
			TestClient.chunk(socket);
			TestClient.chunk(socket);
			long start = System.nanoTime();
			assertThat(TestClient.chunk(socket)).asString(StandardCharsets.UTF_8).contains("\"b\"");
			assertThat(Duration.ofNanos(System.nanoTime() - start)).isBetween(Duration.ofMillis(100),
					Duration.ofSeconds(5));
		}
	}

	@Test
	void heldEventsGoOutInOnePacket() throws IOException {
		this.simulator.enqueue(ElectronScript.round().hold().text("a", "b").flush().text("c"));
		try (Socket socket = this.client.open(TestClient.askStreamed("Hi"))) {
			TestClient.head(socket);
			TestClient.chunk(socket);
			String packet = new String(TestClient.chunk(socket), StandardCharsets.UTF_8);
			assertThat(TestClient.data(packet)).hasSize(2);
		}
	}

	@Test
	void bytesAreCutInsideCharacters() throws IOException {
		String text = "नमस्ते 🙂";
		this.simulator.enqueue(ElectronScript.text(text).splitEvery(1));
		ByteArrayOutputStream all = new ByteArrayOutputStream();
		try (Socket socket = this.client.open(TestClient.askStreamed("Hi"))) {
			TestClient.head(socket);
			List<byte[]> chunks = TestClient.allChunks(socket);
			assertThat(chunks).allMatch((chunk) -> chunk.length == 1);
			chunks.forEach(all::writeBytes);
		}
		assertThat(all.toString(StandardCharsets.UTF_8)).contains(text);
	}

	@Test
	void lineEndsAndByteOrderMark() {
		this.simulator.enqueue(ElectronScript.text("a").lineEnd("\r\n").byteOrderMark());
		String body = this.client.post(TestClient.askStreamed("Hi")).body();
		assertThat(body).startsWith("\uFEFFdata: ").endsWith("data: [DONE]\r\n\r\n").doesNotContain("}\n");
	}

	@Test
	void bodyCanEndLateAfterDone() throws IOException {
		this.simulator.enqueue(ElectronScript.text("a").done().pause(Duration.ofMillis(150)));
		try (Socket socket = this.client.open(TestClient.askStreamed("Hi"))) {
			TestClient.head(socket);
			byte[] chunk = TestClient.chunk(socket);
			while (!new String(chunk, StandardCharsets.UTF_8).contains("[DONE]")) {
				chunk = TestClient.chunk(socket);
			}
			long start = System.nanoTime();
			assertThat(TestClient.chunk(socket)).isNull();
			assertThat(Duration.ofNanos(System.nanoTime() - start)).isBetween(Duration.ofMillis(100),
					Duration.ofSeconds(5));
		}
		assertThat(this.simulator.disconnects()).isZero();
	}

	@Test
	void connectionCanStayOpenBehindDone() throws IOException {
		this.simulator.enqueue(ElectronScript.text("a").done().stall());
		try (Socket socket = this.client.open(TestClient.askStreamed("Hi"))) {
			TestClient.head(socket);
			byte[] chunk = TestClient.chunk(socket);
			while (!new String(chunk, StandardCharsets.UTF_8).contains("[DONE]")) {
				chunk = TestClient.chunk(socket);
			}
			assertThat(this.simulator.inFlight()).isOne();
		}
		this.simulator.awaitDisconnect(Duration.ofSeconds(1));
	}

	@Test
	void connectionCanBeClosedAfterAResponseThatEndedWell() throws IOException {
		this.simulator.enqueue(ElectronScript.text("a").closeConnectionAfter(Duration.ofMillis(20)));
		try (Socket socket = this.client.open(TestClient.askStreamed("Hi"))) {
			assertThat(TestClient.head(socket)).doesNotContainIgnoringCase("connection: close");
			assertThat(TestClient.allChunks(socket)).isNotEmpty();
			assertThat(socket.getInputStream().read()).isEqualTo(-1);
		}
		assertThat(this.simulator.disconnects()).isZero();
	}

	@Test
	void headersCanBeSlow() throws IOException {
		this.simulator.enqueue(ElectronScript.text("a").headersAfter(Duration.ofMillis(150)));
		long start = System.nanoTime();
		try (Socket socket = this.client.open(TestClient.askStreamed("Hi"))) {
			TestClient.head(socket);
			assertThat(Duration.ofNanos(System.nanoTime() - start)).isGreaterThan(Duration.ofMillis(140));
		}
	}

	@Test
	void pauseDelaysAWholeCompletion() {
		this.simulator.enqueue(ElectronScript.text("a").pause(Duration.ofMillis(150)));
		long start = System.nanoTime();
		this.client.post(TestClient.ask("Hi"));
		assertThat(Duration.ofNanos(System.nanoTime() - start)).isGreaterThan(Duration.ofMillis(140));
	}

	@Test
	void lineCanBeOversized() {
		this.simulator.enqueue(ElectronScript.round().oversizedLine(2_000_000));
		assertThat(this.client.events(TestClient.askStreamed("Hi"))).anyMatch((data) -> data.length() == 2_000_000);
	}

	@Test
	void anyDeltaCanBeSent() {
		this.simulator.enqueue(ElectronScript.round().delta("{\"content\":null,\"tool_calls\":[]}"));
		assertThat(this.client.events(TestClient.askStreamed("Hi")).get(1))
			.contains("\"delta\":{\"content\":null,\"tool_calls\":[]}");
	}

	@Test
	void responsesAreImmutable() {
		ScriptedResponse hello = ElectronScript.text("Hello");
		hello.reset().splitEvery(1).status(500);
		assertThatIllegalArgumentException().isThrownBy(() -> hello.splitEvery(0)).withMessageContaining("'0'");
		this.simulator.enqueue(hello);
		assertThat(this.client.post(TestClient.ask("Hi")).statusCode()).isEqualTo(200);
	}

}
