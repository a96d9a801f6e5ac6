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

import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;

import io.github.electronspring.protocol.ChatCompletion;
import io.github.electronspring.protocol.ChatCompletionChunk;
import io.github.electronspring.protocol.ChatCompletionRequest;
import io.github.electronspring.protocol.ChatMessage;
import io.github.electronspring.protocol.ResponseFormat;
import io.github.electronspring.protocol.StreamOptions;
import io.github.electronspring.protocol.ToolCall;
import io.github.electronspring.protocol.ToolChoice;
import io.github.electronspring.protocol.ToolDefinition;
import io.github.electronspring.protocol.Usage;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.test.StepVerifier;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Tests for {@link HttpElectronApi}: requests, and responses that are well.
 *
 * @author The Electron Spring authors
 */
class HttpElectronApiTests {

	private static final Duration TIMEOUT = Duration.ofSeconds(20);

	private static final String COMPLETION = """
			{"id": "chatcmpl-1", "object": "chat.completion", "created": 1700000000, "model": "electron",
			"choices": [{"index": 0, "message": {"role": "assistant", "content": "नमस्ते"}, "finish_reason": "stop"}],
			"usage": {"prompt_tokens": 10, "completion_tokens": 5, "total_tokens": 15,
			"prompt_tokens_details": {"cached_tokens": 4}}}""";

	private static final String[] RESPONSE_HEADERS = { "X-Request-Id: req-1", "X-RateLimit-Remaining-Requests: 9",
			"X-RateLimit-Limit-Requests: 10", "RateLimit: limit=10", "Server: x" };

	private static final ChatCompletionRequest REQUEST = ChatCompletionRequest.builder()
		.model("electron")
		.messages(List.of(ChatMessage.user("Hello")))
		.build();

	@Test
	void completes() throws Exception {
		try (RawServer server = RawServer.answering(RawServer.json("200 OK", COMPLETION))) {
			ChatCompletion completion = api(server).complete(REQUEST).block(TIMEOUT);
			assertThat(completion.id()).isEqualTo("chatcmpl-1");
			assertThat(completion.created()).isEqualTo(1_700_000_000L);
			assertThat(completion.choice().message().content()).isEqualTo("नमस्ते");
			assertThat(completion.choice().finishReason()).isEqualTo("stop");
			assertThat(completion.usage()).isEqualTo(Usage.of(10, 4, 5));
		}
	}

	@Test
	void completesWithLittle() throws Exception {
		String completion = """
				{"choices": [{"message": {"content": null, "tool_calls": [{"id": "1", "function": {"name": "f"}},
				{"function": {"name": "g", "arguments": {"a": 1}}}, {}]}}, {"index": "1", "finish_reason": ""}],
				"error": null, "usage": {"prompt_tokens": "3"}, "unknown": [1]}""";
		try (RawServer server = RawServer.answering(RawServer.json("200 OK", completion))) {
			ChatCompletion read = api(server).complete(REQUEST).block(TIMEOUT);
			assertThat(read.choice().message().content()).isNull();
			assertThat(read.choice().message().role()).isEqualTo("assistant");
			assertThat(read.choice().message().toolCalls()).containsExactly(ToolCall.function("1", "f", ""),
					ToolCall.function(null, "g", "{\"a\":1}"), ToolCall.function(null, "", ""));
			assertThat(read.choices().get(1).index()).isEqualTo(1);
			assertThat(read.choices().get(1).finishReason()).isNull();
			assertThat(read.usage().promptTokens()).isEqualTo(3);
		}
	}

	@Test
	void streams() throws Exception {
		try (RawServer server = RawServer.streaming(
				RawServer.event("{\"id\": \"chatcmpl-1\", \"choices\": [{\"delta\": {\"role\": \"assistant\"}}]}"),
				RawServer.text("नम"), RawServer.text("स्ते"), RawServer.finish("stop"), RawServer.event("""
						{"choices": [], "usage": {"prompt_tokens": 10, "completion_tokens": 5, "total_tokens": 15}}"""),
				"data: [DONE]\n\n")) {
			List<ChatCompletionChunk> chunks = api(server).stream(REQUEST).collectList().block(TIMEOUT);
			assertThat(chunks).hasSize(5);
			assertThat(chunks).extracting(ChatCompletionChunk::content).containsExactly(null, "नम", "स्ते", null, null);
			assertThat(chunks.get(0).id()).isEqualTo("chatcmpl-1");
			assertThat(chunks.get(3).finishReason()).isEqualTo("stop");
			assertThat(chunks.get(4).usage().totalTokens()).isEqualTo(15);
		}
	}

	@Test
	void sendsRequestForWholeCompletion() throws Exception {
		try (RawServer server = RawServer.answering(RawServer.json("200 OK", COMPLETION))) {
			ChatCompletionRequest request = REQUEST.mutate()
				.stream(true)
				.streamOptions(new StreamOptions(true))
				.build();
			api(server).complete(request).block(TIMEOUT);
			assertThat(server.requests()).singleElement().satisfies((sent) -> {
				assertThat(sent).startsWith("POST /waves/v1/chat/completions HTTP/1.1\r\n");
				assertThat(headers(sent))
					.contains("authorization: bearer sk_test", "accept: application/json",
							"content-type: application/json", "host: " + URI.create(server.baseUrl()).getAuthority())
					.noneMatch((header) -> header.startsWith("accept-encoding"));
				assertThat(body(sent))
					.isEqualTo("{\"model\":\"electron\",\"messages\":[{\"role\":\"user\",\"content\":\"Hello\"}]}");
			});
		}
	}

	@Test
	void sendsRequestForStreamWithUsage() throws Exception {
		try (RawServer server = RawServer.streaming(RawServer.text("a"), "data: [DONE]\n\n")) {
			ChatCompletionRequest request = REQUEST.mutate()
				.stream(false)
				.streamOptions(new StreamOptions(false))
				.build();
			api(server).stream(request).blockLast(TIMEOUT);
			assertThat(server.requests()).singleElement().satisfies((sent) -> {
				assertThat(sent).startsWith("POST /waves/v1/chat/completions HTTP/1.1\r\n");
				assertThat(headers(sent)).contains("authorization: bearer sk_test", "accept: text/event-stream",
						"content-type: application/json");
				assertThat(body(sent)).isEqualTo(
						"{\"model\":\"electron\",\"messages\":[{\"role\":\"user\",\"content\":\"Hello\"}],\"stream\":true,"
								+ "\"stream_options\":{\"include_usage\":true}}");
			});
		}
	}

	@Test
	void sendsAllFieldsInStableBytes() throws Exception {
		String schema = "{\"type\": \"object\",\n \"properties\": {\"b\": {}, \"a\": {}}, \"x\": 1.50}";
		ChatCompletionRequest request = ChatCompletionRequest.builder()
			.model("electron")
			.messages(List.of(ChatMessage.system("é"),
					ChatMessage.assistant("One moment", List.of(ToolCall.function("call_1", "f", "{\"a\": 1.0}"))),
					ChatMessage.tool("call_1", "{}")))
			.temperature(0.5)
			.topP(0.9)
			.maxTokens(100)
			.tools(List.of(ToolDefinition.function("f", "Does f", schema), ToolDefinition.function("e", null, null)))
			.toolChoice(ToolChoice.function("f"))
			.responseFormat(ResponseFormat.TEXT)
			.stop(List.of("a", "b"))
			.seed(7L)
			.logitBias(Map.of("42", -1.5))
			.logprobs(true)
			.topLogprobs(3)
			.presencePenalty(0.25)
			.frequencyPenalty(-0.25)
			.user("u")
			.extraBody(Map.of("top_k", 5))
			.build();
		try (RawServer server = RawServer.answering(RawServer.json("200 OK", COMPLETION))) {
			api(server).complete(request).block(TIMEOUT);
			api(server).complete(request.mutate().build()).block(TIMEOUT);
			assertThat(body(server.requests().get(0))).isEqualTo("{\"model\":\"electron\",\"messages\":["
					+ "{\"role\":\"system\",\"content\":\"é\"},{\"role\":\"assistant\",\"content\":\"One moment\","
					+ "\"tool_calls\":[{\"id\":\"call_1\",\"type\":\"function\",\"function\":{\"name\":\"f\","
					+ "\"arguments\":\"{\\\"a\\\": 1.0}\"}}]},"
					+ "{\"role\":\"tool\",\"content\":\"{}\",\"tool_call_id\":\"call_1\"}],"
					+ "\"temperature\":0.5,\"top_p\":0.9,\"max_tokens\":100,\"tools\":[{\"type\":\"function\","
					+ "\"function\":{\"name\":\"f\",\"description\":\"Does f\",\"parameters\":" + schema + "}},"
					+ "{\"type\":\"function\",\"function\":{\"name\":\"e\"}}],"
					+ "\"tool_choice\":{\"type\":\"function\",\"function\":{\"name\":\"f\"}},"
					+ "\"response_format\":{\"type\":\"text\"},\"stop\":[\"a\",\"b\"],\"seed\":7,"
					+ "\"logit_bias\":{\"42\":-1.5},\"logprobs\":true,\"top_logprobs\":3,\"presence_penalty\":0.25,"
					+ "\"frequency_penalty\":-0.25,\"user\":\"u\",\"top_k\":5}");
			assertThat(body(server.requests().get(1))).isEqualTo(body(server.requests().get(0)));
		}
	}

	@Test
	void tellsResponseInfo() throws Exception {
		Map<String, String> rateLimit = Map.of("x-ratelimit-remaining-requests", "9", "x-ratelimit-limit-requests",
				"10", "ratelimit", "limit=10");
		List<ResponseInfo> infos = new CopyOnWriteArrayList<>();
		CallContext context = CallContext.empty().withResponseListener(infos::add);
		try (RawServer server = new RawServer((request, out) -> {
			if (request.contains("\"stream\":true")) {
				out.write((RawServer.streamHead(RESPONSE_HEADERS)).getBytes());
				out.write(RawServer.chunk(RawServer.text("a") + "data: [DONE]\n\n"));
				out.write(RawServer.lastChunk());
			}
			else {
				out.write(RawServer.json("200 OK", COMPLETION, RESPONSE_HEADERS).getBytes("UTF-8"));
			}
		})) {
			api(server).complete(REQUEST, context).block(TIMEOUT);
			ElectronApi.builder()
				.baseUrl(server.baseUrl())
				.apiKey("sk_test")
				.provider("second")
				.build()
				.stream(REQUEST, context)
				.blockLast(TIMEOUT);
			assertThat(infos).containsExactly(new ResponseInfo("electron", 200, "req-1", rateLimit, 1, Duration.ZERO),
					new ResponseInfo("second", 200, "req-1", rateLimit, 1, Duration.ZERO));
		}
	}

	@Test
	void tellsResponseInfoOfErrors() throws Exception {
		List<ResponseInfo> infos = new CopyOnWriteArrayList<>();
		CallContext context = CallContext.empty().withResponseListener(infos::add);
		try (RawServer server = RawServer
			.answering(RawServer.json("429 Too Many Requests", "{}", "X-Request-Id: req-2", "Retry-After: 3"))) {
			assertThatExceptionOfType(ElectronRateLimitException.class)
				.isThrownBy(() -> api(server).complete(REQUEST, context).block(TIMEOUT));
			assertThatExceptionOfType(ElectronRateLimitException.class)
				.isThrownBy(() -> api(server).stream(REQUEST, context).blockLast(TIMEOUT));
		}
		ResponseInfo expected = new ResponseInfo("electron", 429, "req-2", Map.of("retry-after", "3"), 1,
				Duration.ZERO);
		assertThat(infos).containsExactly(expected, expected);
	}

	@Test
	void whenKeyIsRotatedUsesTheNewOne() throws Exception {
		Iterator<String> keys = List.of("sk_1", "sk_2", " sk_3\n", "sk_4").iterator();
		try (RawServer server = RawServer.streaming(RawServer.text("a"), "data: [DONE]\n\n")) {
			ElectronApi api = ElectronApi.builder().baseUrl(server.baseUrl() + "/").apiKey(keys::next).build();
			Flux<ChatCompletionChunk> stream = api.stream(REQUEST);
			Mono<ChatCompletion> completion = api.complete(REQUEST).onErrorComplete();
			stream.blockLast(TIMEOUT);
			completion.block(TIMEOUT);
			completion.block(TIMEOUT);
			stream.blockLast(TIMEOUT);
			List<String> sent = new ArrayList<>();
			server.requests()
				.forEach((request) -> headers(request).stream()
					.filter((header) -> header.startsWith("authorization"))
					.forEach(sent::add));
			assertThat(sent).containsExactly("authorization: bearer sk_1", "authorization: bearer sk_2",
					"authorization: bearer sk_3", "authorization: bearer sk_4");
		}
	}

	@ParameterizedTest
	@ValueSource(strings = { "Content-Type: text/event-stream", "Content-Type: text/event-stream; charset=utf-8",
			"Content-Type: text/plain", "Content-Type: application/json", "Content-Type: text/html",
			"Content-Type: text/event-stream\r\nContent-Type: text/event-stream",
			"Content-Type: text/event-stream, text/event-stream", "Content-Type: rubbish", "Content-Type:",
			"X-Other: x" })
	void streamsWhateverTheContentType(String header) throws Exception {
		try (RawServer server = RawServer
			.answering(RawServer.head("200 OK", header, "Connection: close") + RawServer.text("a") + "data: [DONE]")) {
			assertThat(api(server).stream(REQUEST).mapNotNull(ChatCompletionChunk::content).blockLast(TIMEOUT))
				.isEqualTo("a");
		}
		try (RawServer server = RawServer
			.answering(RawServer.head("200 OK", header, "Connection: close") + COMPLETION)) {
			assertThat(api(server).complete(REQUEST).block(TIMEOUT).choice()).isNotNull();
		}
	}

	@Test
	void whenSubscribedAgainSendsNewRequestAndStartsClean() throws Exception {
		List<String> bodies = List.of(": x\n\ndata: {\"choices\": [{\"delta\": {\"content\": \"a\"}}]}\n\ndata: {\"cho",
				RawServer.text("b") + "data: [DONE]\n\n");
		try (RawServer server = new RawServer((request, out) -> {
			int number = request.contains("sk_1") ? 0 : 1;
			out.write(RawServer.streamHead().getBytes());
			out.write(RawServer.chunk(bodies.get(number)));
			out.write(RawServer.lastChunk());
		})) {
			Iterator<String> keys = List.of("sk_1", "sk_2").iterator();
			Flux<String> stream = ElectronApi.builder()
				.baseUrl(server.baseUrl())
				.apiKey(keys::next)
				.build()
				.stream(REQUEST)
				.mapNotNull(ChatCompletionChunk::content);
			assertThat(server.requests()).isEmpty();
			assertThat(stream.retry(1).collectList().block(TIMEOUT)).containsExactly("a", "b");
			assertThat(server.requests()).hasSize(2);
		}
	}

	private static List<String> headers(String request) {
		String head = request.substring(0, request.indexOf("\r\n\r\n"));
		return head.lines().skip(1).map((line) -> line.toLowerCase(Locale.ROOT)).toList();
	}

	private static String body(String request) {
		return request.substring(request.indexOf("\r\n\r\n") + 4);
	}

	@Test
	void whenSupplierOfTheKeyFailsSaysSo() {
		ElectronApi api = ElectronApi.builder().baseUrl("http://127.0.0.1:1").apiKey(() -> {
			throw new IllegalStateException("vault sealed");
		}).build();
		StepVerifier.create(api.stream(REQUEST))
			.expectErrorSatisfies((ex) -> assertThat(ex).isInstanceOf(ElectronAuthenticationException.class)
				.hasMessageContaining("could not be obtained")
				.hasRootCauseMessage("vault sealed"))
			.verify(Duration.ofSeconds(5));
	}

	private static ElectronApi api(RawServer server) {
		return ElectronApi.builder().baseUrl(server.baseUrl()).apiKey("sk_test").build();
	}

}
