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
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

import io.github.electronspring.protocol.ChatCompletionChunk;
import io.github.electronspring.protocol.ChatCompletionRequest;
import io.github.electronspring.protocol.ChatMessage;
import io.github.electronspring.protocol.ToolDefinition;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.test.StepVerifier;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Tests for the streamed responses of {@link HttpElectronApi}: what survives, what is an
 * error, and demand.
 *
 * @author The Electron Spring authors
 */
class StreamedResponseTests {

	private static final Duration TIMEOUT = Duration.ofSeconds(20);

	private static final String DONE = "data: [DONE]\n\n";

	private static final ChatCompletionRequest REQUEST = ChatCompletionRequest.builder()
		.model("electron")
		.messages(List.of(ChatMessage.user("Hello")))
		.build();

	@ParameterizedTest
	@ValueSource(strings = { "data: [DONE] \n\n", "data: [DONE]", "data:[DONE]\r\n\r\n", "data: [DONE]\r",
			"data: {\"choices\": [{\"finish_reason\": \"stop\"}]}",
			"data: {\"choices\": [{\"finish_reason\": \"stop\"}]}\n\n",
			"data: {\"choices\": [{\"finish_reason\": \"stop\"}]}\n\ndata: {\"choices\": [], \"usa",
			"retry: soon\n\n: ping\n\ndata:\n\nevent: end\nid:\ndata: [DONE]\n\n",
			"data: {\"error\": null, \"choices\": null}\n\ndata: [DONE]\n\n" })
	void endsWell(String end) throws Exception {
		try (RawServer server = RawServer.streaming("\uFEFF", RawServer.text("a"), end)) {
			assertThat(texts(server)).containsExactly("a");
		}
	}

	@ParameterizedTest
	@ValueSource(strings = { "", "\n\n", ": ping\n\n", "data: {\"choices\": [{\"finish_reason\": \"\"}]}\n\n",
			"data: {\"choices\": [{\"finish_reason\": null}]}\n\n", "data: {\"usage\": {\"total_tokens\": 1}}\n\n",
			"data: {\"choi", "data: [DON", "<html>\n<body></body>\n</html>\n" })
	void whenStreamEndsTooEarlyFails(String end) throws Exception {
		try (RawServer server = RawServer.streaming(RawServer.text("a"), RawServer.text("b"), end)) {
			StepVerifier.create(api(server).stream(REQUEST).mapNotNull(ChatCompletionChunk::content))
				.expectNext("a", "b")
				.expectErrorSatisfies((ex) -> assertThat(ex).isInstanceOf(ElectronStreamException.class)
					.hasMessageStartingWith("The stream ended with neither a finish reason nor '[DONE]' after ")
					.extracting((error) -> ((ElectronStreamException) error).getReceivedChunks())
					.isEqualTo((end.startsWith("data: {\"choices") || end.startsWith("data: {\"usage")) ? 3 : 2))
				.verify(TIMEOUT);
		}
	}

	@ParameterizedTest
	@ValueSource(strings = { "", "\r\n", "<!DOCTYPE html>\n<html>data: [DONE]</html>", "null", "\uFEFF" })
	void whenBodyIsNoStreamFails(String body) throws Exception {
		try (RawServer server = RawServer.answering(RawServer.json("200 OK", body, "X-Request-Id: req-1"))) {
			assertThatExceptionOfType(ElectronStreamException.class).isThrownBy(() -> texts(server))
				.withMessage("The stream ended with neither a finish reason nor '[DONE]' after 0 chunks"
						+ " (request id 'req-1')");
			assertThatExceptionOfType(ElectronStreamException.class)
				.isThrownBy(() -> api(server).complete(REQUEST).block(TIMEOUT))
				.withMessageStartingWith("The response cannot be read: it ")
				.withMessageEndingWith("(request id 'req-1')");
		}
	}

	@ParameterizedTest
	@ValueSource(strings = { "{}", "{\"choices\": []}", "{\"choices\": [{\"message\": {\"content\": \"a\"}}]}",
			"{\n\"choices\": null}" })
	void whenBodyIsJsonWithoutErrorFails(String body) throws Exception {
		try (RawServer server = RawServer.answering(RawServer.json("200 OK", body))) {
			assertThatExceptionOfType(ElectronStreamException.class).isThrownBy(() -> texts(server))
				.withMessage("The service answered a streamed request with a body that is no stream");
		}
	}

	@Test
	void whenBodyOfWholeCompletionHoldsNoAnswerFails() throws Exception {
		for (String body : List.of("{}", "{\"choices\": []}", "{\"choices\": null, \"usage\": {}}", "[]")) {
			try (RawServer server = RawServer.answering(RawServer.json("200 OK", body))) {
				assertThatExceptionOfType(ElectronStreamException.class)
					.isThrownBy(() -> api(server).complete(REQUEST).block(TIMEOUT))
					.withMessage("The response cannot be read: it holds no answer");
			}
		}
	}

	@ParameterizedTest
	@ValueSource(strings = { "{\"error\": {\"message\": \"Out of memory.\", \"type\": \"server_error\"}}",
			"{\"error\": \"Out of memory\"}", "{\"object\": \"error\", \"message\": \"Out of memory\"}",
			"{\n \"id\": \"1\",\n \"choices\": [],\n \"error\": {\"message\": \"Out\\n of memory\"}\n}" })
	void whenErrorComesInsideSuccessFails(String error) throws Exception {
		String json = RawServer.json("200 OK", error, "X-Request-Id: req-1");
		try (RawServer server = RawServer.answering(json)) {
			String message = "The service failed though it answered with status 200: Out of memory (request id 'req-1')";
			assertThatExceptionOfType(ElectronStreamException.class).isThrownBy(() -> texts(server))
				.withMessage(message);
			assertThatExceptionOfType(ElectronStreamException.class)
				.isThrownBy(() -> api(server).complete(REQUEST).block(TIMEOUT))
				.withMessage(message)
				.satisfies((ex) -> assertThat(ex.getRequestId()).isEqualTo("req-1"));
		}
		String event = RawServer.event(error.replace("\n", ""));
		try (RawServer server = RawServer.streaming(RawServer.text("a"), event, RawServer.finish("stop"), DONE)) {
			StepVerifier.create(api(server).stream(REQUEST))
				.expectNextCount(1)
				.expectErrorMessage("The service failed in the middle of a response after 1 chunks: Out of memory")
				.verify(TIMEOUT);
		}
	}

	@Test
	void whenErrorInsideSuccessNamesRequestTakesIt() throws Exception {
		String error = "{\"error\": {\"message\": \"Out of memory\", \"request_id\": \"req-2\"}}";
		try (RawServer server = RawServer.streaming(RawServer.finish("stop"), RawServer.event(error), DONE)) {
			StepVerifier.create(api(server).stream(REQUEST))
				.expectNextCount(1)
				.expectErrorSatisfies((ex) -> assertThat(ElectronException.find(ex).getRequestId()).isEqualTo("req-2"))
				.verify(TIMEOUT);
		}
	}

	@Test
	void whenEventIsNotJsonFails() throws Exception {
		try (RawServer server = RawServer.streaming(RawServer.text("a"), "data: oops\n\n", DONE)) {
			StepVerifier.create(api(server).stream(REQUEST))
				.expectNextCount(1)
				.expectErrorMessage("The response cannot be read: event 2 is not valid JSON")
				.verify(TIMEOUT);
			assertThat(server.clientClosed().await(10, TimeUnit.SECONDS)).isTrue();
		}
	}

	@Test
	void whenLineIsTooLongFails() throws Exception {
		try (RawServer server = RawServer.streaming(RawServer.text("a"), RawServer.text("x".repeat(1024 * 1024)),
				DONE)) {
			StepVerifier.create(api(server).stream(REQUEST))
				.expectNextCount(1)
				.expectErrorMessage("The response cannot be read: event 2 is longer than 1048576 bytes")
				.verify(TIMEOUT);
		}
	}

	@Test
	void whenWholeCompletionIsTooLongFails() throws Exception {
		String body = "{\"choices\": [{\"message\": {\"content\": \"%s\"}}]}".formatted("x".repeat(16 * 1024 * 1024));
		try (RawServer server = RawServer.answering(RawServer.json("200 OK", body))) {
			assertThatExceptionOfType(ElectronStreamException.class)
				.isThrownBy(() -> api(server).complete(REQUEST).block(TIMEOUT))
				.withMessage("The response cannot be read: it is longer than 16777216 bytes");
		}
	}

	@ParameterizedTest
	@ValueSource(strings = { "reset", "close", "cut" })
	void whenConnectionBreaksFails(String how) throws Exception {
		CountDownLatch received = new CountDownLatch(1);
		RawServer[] holder = new RawServer[1];
		try (RawServer server = new RawServer((request, out) -> {
			out.write(RawServer.streamHead("X-Request-Id: req-1").getBytes(StandardCharsets.UTF_8));
			out.write(RawServer.chunk(RawServer.text("a")));
			if ("cut".equals(how)) {
				out.write("40\r\ndata: {".getBytes(StandardCharsets.UTF_8));
			}
			out.flush();
			received.await();
			if ("reset".equals(how)) {
				holder[0].reset();
			}
			out.close();
		})) {
			holder[0] = server;
			StepVerifier.create(api(server).stream(REQUEST).doOnNext((chunk) -> received.countDown()))
				.expectNextCount(1)
				.expectErrorSatisfies((ex) -> assertThat(ex).isInstanceOf(ElectronStreamException.class)
					.hasMessage("The connection was lost in the middle of a response after 1 chunks"
							+ " (request id 'req-1')")
					.hasCauseInstanceOf(IOException.class))
				.verify(TIMEOUT);
		}
	}

	@Test
	void whenConnectionBreaksBehindFinishReasonEndsWell() throws Exception {
		try (RawServer server = new RawServer((request, out) -> {
			out.write(RawServer.streamHead().getBytes(StandardCharsets.UTF_8));
			out.write(RawServer.chunk(RawServer.text("a") + RawServer.finish("stop")));
			out.close();
		})) {
			assertThat(texts(server)).containsExactly("a");
		}
	}

	@Test
	void whenToolsArePresentTextIsHandedOnAtOnce() throws Exception {
		CountDownLatch heard = new CountDownLatch(1);
		try (RawServer server = new RawServer((request, out) -> {
			out.write(RawServer.streamHead().getBytes(StandardCharsets.UTF_8));
			out.write(RawServer.chunk(RawServer.text("One moment")));
			out.flush();
			// The tool call is sent only when its filler has been heard
			heard.await();
			out.write(RawServer.chunk(RawServer.event("{\"choices\": [{\"delta\": {\"content\": \", please\", "
					+ "\"tool_calls\": [{\"index\": 0, \"id\": \"1\", \"function\": {\"name\": \"f\"}}]}}]}")));
			out.write(RawServer.chunk(RawServer.text("!") + RawServer.finish("tool_calls") + DONE));
			out.write(RawServer.lastChunk());
		})) {
			ChatCompletionRequest request = REQUEST.mutate()
				.tools(List.of(ToolDefinition.function("f", null, "{}")))
				.build();
			Flux<ChatCompletionChunk> stream = api(server).stream(request).doOnNext((chunk) -> heard.countDown());
			assertThat(stream.mapNotNull(ChatCompletionChunk::content).collectList().block(TIMEOUT))
				.containsExactly("One moment", ", please", "!");
		}
	}

	@Test
	void whenNothingMoreIsAskedForEmitsNothingMore() throws Exception {
		try (RawServer server = RawServer.streaming(RawServer.text("a") + RawServer.text("b"), RawServer.text("c"),
				RawServer.finish("stop"), DONE)) {
			StepVerifier.create(api(server).stream(REQUEST).mapNotNull(ChatCompletionChunk::content), 0)
				.expectSubscription()
				.expectNoEvent(Duration.ofMillis(50))
				.thenRequest(1)
				.expectNext("a")
				.expectNoEvent(Duration.ofMillis(50))
				.thenRequest(1)
				.expectNext("b")
				.thenRequest(2)
				.expectNext("c")
				.expectComplete()
				.verify(TIMEOUT);
		}
	}

	@Test
	void whenConsumerIsSlowServerIsHeldBack() throws Exception {
		long total = 64L * 1024 * 1024;
		AtomicLong written = new AtomicLong();
		byte[] event = RawServer.chunk(RawServer.text("x".repeat(16 * 1024)));
		try (RawServer server = new RawServer((request, out) -> {
			out.write(RawServer.streamHead().getBytes(StandardCharsets.UTF_8));
			while (written.addAndGet(event.length) < total) {
				out.write(event);
			}
		})) {
			StepVerifier.create(api(server).stream(REQUEST), 1)
				.expectNextCount(1)
				.then(() -> assertThat(whenStill(written)).isLessThan(total / 2))
				.thenRequest(1)
				.expectNextCount(1)
				.thenCancel()
				.verify(TIMEOUT);
			assertThat(server.clientClosed().await(10, TimeUnit.SECONDS)).isTrue();
		}
	}

	private static long whenStill(AtomicLong written) {
		return Flux.interval(Duration.ofMillis(50))
			.map((tick) -> written.get())
			.buffer(2, 1)
			.filter((two) -> two.get(0).equals(two.get(1)))
			.map((two) -> two.get(0))
			.next()
			.switchIfEmpty(Mono.error(IllegalStateException::new))
			.block(TIMEOUT);
	}

	private static List<String> texts(RawServer server) {
		return api(server).stream(REQUEST).mapNotNull(ChatCompletionChunk::content).collectList().block(TIMEOUT);
	}

	private static ElectronApi api(RawServer server) {
		return ElectronApi.builder().baseUrl(server.baseUrl()).apiKey("sk_test").build();
	}

}
