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

package io.github.electronspring.protocol;

import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.json.JsonMapper;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link RequestValidation}.
 *
 * @author The Electron Spring authors
 */
class RequestValidationTests {

	static Stream<Arguments> invalid() {
		return Stream.of(invalid("no model", (b) -> b.model(null), "invalid_type", "model"),
				invalid("empty model", (b) -> b.model(""), "invalid_type", "model"),
				invalid("no messages", (b) -> b.messages(List.of()), "too_small", "messages"),
				invalid("201 messages", (b) -> b.messages(Collections.nCopies(201, ChatMessage.user("x"))), "too_big",
						"messages"),
				message("role", new ChatMessage("developer", "x", List.of(), null), "invalid_value", "role"),
				message("no content", new ChatMessage("user", null, List.of(), null), "custom", "content"),
				message("no content and no calls", ChatMessage.assistant(null, List.of()), "custom", "content"),
				message("calls of a user",
						new ChatMessage("user", null, List.of(ToolCall.function("c", "f", "")), null), "custom",
						"content"),
				message("no tool_call_id", new ChatMessage("tool", "x", List.of(), null), "custom", "tool_call_id"),
				message("empty tool_call_id", new ChatMessage("tool", "x", List.of(), ""), "custom", "tool_call_id"),
				message("no id",
						ChatMessage.assistant(null,
								List.of(ToolCall.function("c", "f", ""),
										new ToolCall(null, "function", new FunctionCall("f", "")))),
						"custom", "tool_calls", "1", "id"),
				invalid("temperature", (b) -> b.temperature(-0.1), "too_small", "temperature"),
				invalid("temperature", (b) -> b.temperature(2.1), "too_big", "temperature"),
				invalid("temperature", (b) -> b.temperature(Double.NaN), "invalid_type", "temperature"),
				invalid("temperature", (b) -> b.temperature(Double.POSITIVE_INFINITY), "too_big", "temperature"),
				invalid("top_p", (b) -> b.topP(-0.1), "too_small", "top_p"),
				invalid("top_p", (b) -> b.topP(1.1), "too_big", "top_p"),
				invalid("max_tokens", (b) -> b.maxTokens(0), "too_small", "max_tokens"),
				invalid("presence", (b) -> b.presencePenalty(-2.1), "too_small", "presence_penalty"),
				invalid("presence", (b) -> b.presencePenalty(2.1), "too_big", "presence_penalty"),
				invalid("frequency", (b) -> b.frequencyPenalty(-2.1), "too_small", "frequency_penalty"),
				invalid("frequency", (b) -> b.frequencyPenalty(2.1), "too_big", "frequency_penalty"),
				invalid("top_logprobs", (b) -> b.logprobs(true).topLogprobs(-1), "too_small", "top_logprobs"),
				invalid("top_logprobs", (b) -> b.logprobs(true).topLogprobs(21), "too_big", "top_logprobs"),
				invalid("no logprobs", (b) -> b.topLogprobs(1), "custom", "top_logprobs"),
				invalid("logprobs false", (b) -> b.logprobs(false).topLogprobs(1), "custom", "top_logprobs"),
				invalid("logit_bias", (b) -> b.logitBias(Map.of("7", Double.NaN)), "invalid_type", "logit_bias", "7"),
				invalid("logit_bias", (b) -> b.logitBias(Collections.singletonMap("7", null)), "invalid_type",
						"logit_bias", "7"),
				invalid("5 stops", (b) -> b.stop(List.of("1", "2", "3", "4", "5")), "too_big", "stop"),
				invalid("empty stop", (b) -> b.stop(List.of("a", "")), "too_small", "stop", "1"),
				invalid("format", (b) -> b.responseFormat(ResponseFormat.jsonSchema("{}")), "invalid_value",
						"response_format", "type"),
				invalid("65 tools", (b) -> b.tools(tools(65)), "too_big", "tools"),
				tool("illegal name", ToolDefinition.function("a b", null, null), "invalid_value", "function", "name"),
				tool("empty name", ToolDefinition.function("", null, null), "invalid_value", "function", "name"),
				tool("long name", ToolDefinition.function("a".repeat(65), null, null), "invalid_value", "function",
						"name"),
				tool("used name", ToolDefinition.function("t0", null, null), "custom", "function", "name"),
				tool("no function", new ToolDefinition("function", null), "invalid_value", "function", "name"),
				tool("no name", ToolDefinition.function(null, null, null), "invalid_value", "function", "name"),
				tool("type", new ToolDefinition("web", ToolDefinition.function("x", null, null).function()),
						"invalid_value", "type"),
				invalid("required without tools", (b) -> b.toolChoice(ToolChoice.REQUIRED), "custom", "tool_choice"),
				invalid("other tool", (b) -> b.tools(tools(1)).toolChoice(ToolChoice.function("x")), "custom",
						"tool_choice", "function", "name"),
				invalid("n", (b) -> b.n(2), "custom", "n"), invalid("n", (b) -> b.n(0), "too_small", "n"),
				invalid("extra n", (b) -> b.extraBody(Map.of("n", 3)), "custom", "n"),
				invalid("text n", (b) -> b.extraBody(Map.of("n", "3")), "custom", "n"),
				invalid("prompt_logprobs", (b) -> b.promptLogprobs(0), "custom", "prompt_logprobs"),
				invalid("extra prompt_logprobs", (b) -> b.extraBody(Map.of("prompt_logprobs", 1)), "custom",
						"prompt_logprobs"),
				invalid("own field", (b) -> b.extraBody(Map.of("top_p", 7)), "custom", "top_p"));
	}

	private static Arguments invalid(String name, UnaryOperator<ChatCompletionRequestBuilder> change, String code,
			String... path) {
		return Arguments.of(name, change, code, List.of(path));
	}

	private static Arguments message(String name, ChatMessage message, String code, String... path) {
		UnaryOperator<ChatCompletionRequestBuilder> change = (builder) -> builder
			.messages(List.of(ChatMessage.user("x"), message));
		return Arguments.of(name, change, code,
				Stream.concat(Stream.of("messages", "1"), Arrays.stream(path)).toList());
	}

	private static Arguments tool(String name, ToolDefinition tool, String code, String... path) {
		UnaryOperator<ChatCompletionRequestBuilder> change = (builder) -> builder
			.tools(Stream.concat(tools(2).stream(), Stream.of(tool)).toList());
		return Arguments.of(name, change, code, Stream.concat(Stream.of("tools", "2"), Arrays.stream(path)).toList());
	}

	@ParameterizedTest(name = "{0} {2} {3}")
	@MethodSource("invalid")
	void requestThatBreaksARuleIsRefused(String name, UnaryOperator<ChatCompletionRequestBuilder> change, String code,
			List<String> path) {
		assertThat(change.apply(request()).build().validate()).singleElement().satisfies((detail) -> {
			assertThat(detail.code()).isEqualTo(code);
			assertThat(detail.path()).isEqualTo(path);
			assertThat(detail.message()).isNotBlank().doesNotEndWith(".");
		});
	}

	static Stream<UnaryOperator<ChatCompletionRequestBuilder>> valid() {
		return Stream.of((b) -> b, (b) -> b.messages(Collections.nCopies(200, ChatMessage.user(""))),
				(b) -> b.messages(List.of(ChatMessage.system("s"), ChatMessage.assistant("a"),
						ChatMessage.assistant(null, List.of(ToolCall.function("c", "f", ""))),
						ChatMessage.tool("c", ""))),
				(b) -> b.temperature(0.0).topP(0.0).maxTokens(1).presencePenalty(-2.0).frequencyPenalty(-2.0),
				(b) -> b.temperature(2.0).topP(1.0).presencePenalty(2.0).frequencyPenalty(2.0),
				(b) -> b.logprobs(true).topLogprobs(0), (b) -> b.logprobs(true).topLogprobs(20),
				(b) -> b.logitBias(Map.of("7", -100.0)), (b) -> b.stop(List.of("1", "2", "3", "4")),
				(b) -> b.responseFormat(ResponseFormat.TEXT), (b) -> b.responseFormat(ResponseFormat.JSON_OBJECT),
				(b) -> b.tools(tools(64)).toolChoice(ToolChoice.function("t63")),
				(b) -> b.tools(List.of(ToolDefinition.function("aZ0_-" + "x".repeat(59), null, null)))
					.toolChoice(ToolChoice.REQUIRED),
				(b) -> b.toolChoice(ToolChoice.AUTO), (b) -> b.toolChoice(ToolChoice.NONE), (b) -> b.n(1),
				(b) -> b.extraBody(Map.of("n", 1, "service_tier", "flex")));
	}

	@ParameterizedTest
	@MethodSource("valid")
	void requestThatKeepsTheRulesIsAccepted(UnaryOperator<ChatCompletionRequestBuilder> change) {
		assertThat(change.apply(request()).build().validate()).isEmpty();
	}

	@Test
	void severalAnswersAreRefusedInTheWordsOfTheService() {
		assertThat(request().n(2).build().validate())
			.containsExactly(ErrorDetail.of("custom", "n > 1 is not supported", "n"));
	}

	@Test
	void promptLogprobsAreRefusedWhenTheyCameAsJson() {
		ChatCompletionRequest request = JsonMapper.shared()
			.readValue("""
					{"model":"electron","messages":[{"role":"user","content":"x"}],"prompt_logprobs":1}""",
					ChatCompletionRequest.class);
		assertThat(request.validate())
			.containsExactly(ErrorDetail.of("custom", "prompt_logprobs is not supported", "prompt_logprobs"));
	}

	@Test
	void allMistakesAreNamed() {
		assertThat(request().n(2).temperature(3.0).messages(List.of()).build().validate())
			.extracting((detail) -> detail.path().get(0))
			.containsExactly("messages", "temperature", "n");
	}

	private static ChatCompletionRequestBuilder request() {
		return ChatCompletionRequest.builder().model("electron").messages(List.of(ChatMessage.user("Hi")));
	}

	private static List<ToolDefinition> tools(int number) {
		return IntStream.range(0, number).mapToObj((i) -> ToolDefinition.function("t" + i, null, null)).toList();
	}

}
