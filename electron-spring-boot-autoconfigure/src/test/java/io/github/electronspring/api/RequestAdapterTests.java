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

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;
import java.util.stream.Stream;

import io.github.electronspring.protocol.ChatCompletionRequest;
import io.github.electronspring.protocol.ChatCompletionRequestBuilder;
import io.github.electronspring.protocol.ChatMessage;
import io.github.electronspring.protocol.ErrorDetail;
import io.github.electronspring.protocol.ResponseFormat;
import io.github.electronspring.protocol.StreamOptions;
import io.github.electronspring.protocol.ToolCall;
import io.github.electronspring.protocol.ToolChoice;
import io.github.electronspring.protocol.ToolDefinition;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import reactor.core.publisher.Mono;

import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Tests for {@link RequestAdapter}.
 *
 * @author The Electron Spring authors
 */
@ExtendWith(OutputCaptureExtension.class)
class RequestAdapterTests {

	private static final String SCHEMA = "{\"type\": \"object\"}";

	private static final List<ToolDefinition> TOOLS = List.of(ToolDefinition.function("f", null, "{}"));

	private static final ChatCompletionRequest REQUEST = ChatCompletionRequest.builder()
		.model("electron")
		.messages(List.of(ChatMessage.user("Hello")))
		.build();

	private final RequestAdapter electron = new RequestAdapter(Dialect.ELECTRON);

	private final RequestAdapter openAi = new RequestAdapter(Dialect.OPENAI);

	@Test
	void leavesPlainRequest() {
		assertThat(this.electron.adapt(REQUEST, false)).isEqualTo(REQUEST);
		assertThat(this.openAi.adapt(REQUEST, false)).isEqualTo(REQUEST);
	}

	@Test
	void setsStreamingInEitherDialect() {
		ChatCompletionRequest streamed = REQUEST.mutate().stream(true).streamOptions(new StreamOptions(true)).build();
		for (RequestAdapter adapter : List.of(this.electron, this.openAi)) {
			assertThat(adapter.adapt(REQUEST, true)).isEqualTo(streamed);
			assertThat(adapter.adapt(streamed, false)).isEqualTo(REQUEST);
		}
	}

	@Test
	void turnsMaxCompletionTokensIntoMaxTokens() {
		ChatCompletionRequest request = with(Map.of("max_completion_tokens", 7, "top_k", 5));
		assertThat(this.electron.adapt(request, false))
			.isEqualTo(REQUEST.mutate().maxTokens(7).extraBody(Map.of("top_k", 5)).build());
		assertThat(this.electron.adapt(request.mutate().maxTokens(3).build(), false).maxTokens()).isEqualTo(3);
		assertThat(this.openAi.adapt(request, false)).isEqualTo(request);
	}

	@Test
	void turnsMaxTokensIntoMaxCompletionTokensForOpenAi() {
		ChatCompletionRequest adapted = this.openAi.adapt(with(Map.of("store", true)).mutate().maxTokens(7).build(),
				false);
		assertThat(adapted.maxTokens()).isNull();
		assertThat(adapted.extraBody()).isEqualTo(Map.of("store", true, "max_completion_tokens", 7));
		ChatCompletionRequest both = with(Map.of("max_completion_tokens", 9)).mutate().maxTokens(7).build();
		assertThat(this.openAi.adapt(both, false).extraBody()).isEqualTo(Map.of("max_completion_tokens", 9));
	}

	@Test
	void turnsDeveloperIntoSystem() {
		List<ToolCall> calls = List.of(ToolCall.function("1", "f", "{}"));
		ChatCompletionRequest request = REQUEST.mutate()
			.messages(List.of(new ChatMessage("developer", "Be brief", null, null), ChatMessage.user("Hello"),
					ChatMessage.assistant("One moment", calls), ChatMessage.tool("1", "{}")))
			.build();
		List<ChatMessage> messages = this.electron.adapt(request, false).messages();
		assertThat(messages.get(0)).isEqualTo(ChatMessage.system("Be brief"));
		assertThat(messages.subList(1, 4)).isEqualTo(request.messages().subList(1, 4));
		assertThat(this.openAi.adapt(request, false).messages()).isEqualTo(request.messages());
	}

	@ParameterizedTest
	@ValueSource(strings = { "parallel_tool_calls", "service_tier", "store", "metadata", "reasoning_effort",
			"prediction", "modalities", "verbosity", "prompt_cache_key" })
	void dropsWhatElectronDoesNotKnowWithOneWarning(String field, CapturedOutput output) {
		ChatCompletionRequest request = with(Map.of(field, "x", "top_k", 5));
		for (int i = 0; i < 3; i++) {
			assertThat(this.electron.adapt(request, i == 1).extraBody()).isEqualTo(Map.of("top_k", 5));
		}
		String warning = "Electron does not know the request field '%s', it is not sent".formatted(field);
		assertThat(output.toString().split(warning, -1)).hasSize(2);
		assertThat(this.openAi.adapt(request, false).extraBody()).isEqualTo(request.extraBody());
	}

	@Test
	void putsSchemaIntoPromptAndAsksForJson() {
		ChatCompletionRequest request = REQUEST.mutate()
			.messages(List.of(ChatMessage.system("Be brief"), new ChatMessage("developer", "And kind", null, null),
					ChatMessage.user("Hello"), ChatMessage.system("Later")))
			.responseFormat(ResponseFormat.jsonSchema(SCHEMA))
			.build();
		ChatCompletionRequest adapted = this.electron.adapt(request, false);
		assertThat(adapted.responseFormat()).isEqualTo(ResponseFormat.JSON_OBJECT);
		assertThat(adapted.messages()).extracting(ChatMessage::role)
			.containsExactly("system", "system", "system", "user", "system");
		assertThat(adapted.messages().get(2).content()).contains("JSON").endsWith(SCHEMA);
		assertThat(this.openAi.adapt(request, false)).isEqualTo(request);
	}

	@Test
	void whenToolsMayBeCalledAsksForJsonInThePromptOnly() {
		ChatCompletionRequest request = REQUEST.mutate()
			.responseFormat(ResponseFormat.jsonSchema(SCHEMA))
			.tools(TOOLS)
			.build();
		for (ToolChoice choice : new ToolChoice[] { null, ToolChoice.AUTO, ToolChoice.REQUIRED,
				ToolChoice.function("f") }) {
			ChatCompletionRequest adapted = this.electron.adapt(request.mutate().toolChoice(choice).build(), false);
			assertThat(adapted.responseFormat()).isNull();
			assertThat(adapted.messages().get(0).content()).endsWith(SCHEMA);
		}
		ChatCompletionRequest adapted = this.electron.adapt(request.mutate().toolChoice(ToolChoice.NONE).build(),
				false);
		assertThat(adapted.responseFormat()).isEqualTo(ResponseFormat.JSON_OBJECT);
		assertThat(adapted.messages().get(0).content()).endsWith(SCHEMA);
	}

	@Test
	void leavesOtherFormats() {
		for (ResponseFormat format : List.of(ResponseFormat.TEXT, ResponseFormat.JSON_OBJECT)) {
			ChatCompletionRequest request = REQUEST.mutate().responseFormat(format).build();
			assertThat(this.electron.adapt(request, false)).isEqualTo(request);
		}
	}

	@ParameterizedTest(name = "{0}")
	@MethodSource
	void whatTheServiceWouldRefuseIsNotSent(String path, UnaryOperator<ChatCompletionRequestBuilder> mistake)
			throws Exception {
		ChatCompletionRequest request = mistake.apply(REQUEST.mutate()).build();
		try (RawServer server = RawServer.streaming("data: [DONE]\n\n")) {
			ElectronApi api = ElectronApi.builder().baseUrl(server.baseUrl()).apiKey("sk_test").build();
			for (Mono<?> call : List.of(api.complete(request), api.stream(request).then())) {
				assertThatExceptionOfType(ElectronInvalidRequestException.class)
					.isThrownBy(() -> call.block(Duration.ofSeconds(10)))
					.withMessageStartingWith("The request is not sent: '%s' ".formatted(path))
					.satisfies((ex) -> {
						assertThat(ex.getStatus()).isEqualTo(400);
						assertThat(ex.getType()).isEqualTo("invalid_request_error");
						assertThat(ex.getDetails()).extracting((detail) -> String.join(".", detail.path()))
							.containsExactly(path);
					});
			}
			assertThat(server.connections()).isZero();
		}
	}

	static Stream<Arguments> whatTheServiceWouldRefuseIsNotSent() {
		return Stream.of(refused("n", (builder) -> builder.n(2)),
				refused("n", (builder) -> builder.extraBody(Map.of("n", 2))),
				refused("prompt_logprobs", (builder) -> builder.promptLogprobs(1)),
				refused("messages", (builder) -> builder.messages(Collections.emptyList())),
				refused("messages", (builder) -> builder.messages(Collections.nCopies(201, ChatMessage.user("a")))),
				refused("messages.0.content",
						(builder) -> builder.messages(List.of(new ChatMessage("user", null, null, null)))),
				refused("tools", (builder) -> builder.tools(tools(65))),
				refused("stop", (builder) -> builder.stop(List.of("1", "2", "3", "4", "5"))),
				refused("temperature", (builder) -> builder.temperature(2.1)),
				refused("temperature", (builder) -> builder.temperature(-0.1)),
				refused("top_p", (builder) -> builder.topP(1.1)),
				refused("max_tokens", (builder) -> builder.maxTokens(0)),
				refused("max_tokens", (builder) -> builder.extraBody(Map.of("max_completion_tokens", 0))),
				refused("top_logprobs", (builder) -> builder.logprobs(true).topLogprobs(21)),
				refused("presence_penalty", (builder) -> builder.presencePenalty(-2.1)),
				refused("frequency_penalty", (builder) -> builder.frequencyPenalty(2.1)));
	}

	@Test
	void namesEachMistakeAsTheServiceDoes() throws Exception {
		String body = """
				{"error": {"message": "Invalid request", "type": "invalid_request_error", "request_id": "req-1",
				"details": [{"code": "custom", "message": "n > 1 is not supported", "path": ["n"]}]}}""";
		try (RawServer server = RawServer.answering(RawServer.json("400 Bad Request", body))) {
			ElectronApi api = ElectronApi.builder().baseUrl(server.baseUrl()).apiKey("sk_test").build();
			List<ElectronInvalidRequestException> both = new ArrayList<>();
			for (ChatCompletionRequest request : List.of(REQUEST, REQUEST.mutate().n(2).build())) {
				api.complete(request)
					.doOnError(ElectronInvalidRequestException.class, both::add)
					.onErrorComplete()
					.block(Duration.ofSeconds(10));
			}
			assertThat(server.requests()).hasSize(1);
			assertThat(both).extracting(ElectronApiException::getDetails)
				.containsOnly(List.of(ErrorDetail.of("custom", "n > 1 is not supported", "n")));
			assertThat(both).extracting(ElectronApiException::getType).containsOnly("invalid_request_error");
			assertThat(both).extracting(ElectronApiException::getStatus).containsOnly(400);
		}
	}

	@Test
	void whenThereAreSeveralMistakesNamesTheFirstAndCountsTheRest() {
		ChatCompletionRequest request = REQUEST.mutate().n(2).temperature(3.0).topP(2.0).build();
		assertThatExceptionOfType(ElectronInvalidRequestException.class)
			.isThrownBy(() -> this.electron.adapt(request, false))
			.withMessage("The request is not sent: 'temperature' temperature must be at most 2 and 2 more");
	}

	@Test
	void otherServicesHaveLimitsOfTheirOwn() {
		ChatCompletionRequest request = REQUEST.mutate()
			.messages(Collections.nCopies(201, ChatMessage.user("a")))
			.tools(tools(65))
			.build();
		assertThat(this.openAi.adapt(request, false)).isEqualTo(request);
		assertThatExceptionOfType(ElectronInvalidRequestException.class)
			.isThrownBy(() -> this.openAi.adapt(request.mutate().n(2).build(), false))
			.withMessage("The request is not sent: 'n' n > 1 is not supported");
	}

	@Test
	void whenRequestCannotBeWrittenFails() throws Exception {
		try (RawServer server = RawServer.streaming("data: [DONE]\n\n")) {
			ElectronApi api = ElectronApi.builder().baseUrl(server.baseUrl()).apiKey("sk_test").build();
			Map<String, Object> circle = new TreeMap<>();
			circle.put("circle", circle);
			assertThatExceptionOfType(ElectronInvalidRequestException.class)
				.isThrownBy(() -> api.complete(with(circle)).block(Duration.ofSeconds(10)))
				.withMessage("The request is not sent: it cannot be written as JSON, check its extra fields");
			assertThat(server.connections()).isZero();
		}
	}

	private static ChatCompletionRequest with(Map<String, Object> extraBody) {
		return REQUEST.mutate().extraBody(extraBody).build();
	}

	private static List<ToolDefinition> tools(int count) {
		return IntStream.range(0, count).mapToObj((i) -> ToolDefinition.function("f" + i, null, "{}")).toList();
	}

	private static Arguments refused(String path, UnaryOperator<ChatCompletionRequestBuilder> mistake) {
		return Arguments.of(path, mistake);
	}

}
