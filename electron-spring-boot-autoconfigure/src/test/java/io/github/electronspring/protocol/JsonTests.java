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
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Tests for the JSON form of the records.
 *
 * @author The Electron Spring authors
 */
class JsonTests {

	private final JsonMapper mapper = JsonMapper.builder().build();

	static Stream<Arguments> wholeRecords() {
		return Stream.of(Arguments.of(ChatCompletionRequest.class, """
				{"model":"electron","messages":[{"role":"system","content":"Be brief"},
				{"role":"assistant","content":null,"tool_calls":[{"id":"c1","type":"function",
				"function":{"name":"f","arguments":"{ }"}}]},
				{"role":"tool","content":"42","tool_call_id":"c1"}],
				"temperature":0.5,"top_p":0.9,"max_tokens":10,"stream":true,"stream_options":{"include_usage":true},
				"tools":[{"type":"function","function":{"name":"f","description":"d",
				"parameters":{"type":"object"},"strict":true}}],"tool_choice":"auto",
				"response_format":{"type":"json_schema","json_schema":{"name":"response","schema":{"a":1},
				"strict":true}},"stop":["a","b"],"seed":1,"logit_bias":{"7":-1.5},"logprobs":true,"top_logprobs":2,
				"presence_penalty":-1.0,"frequency_penalty":1.0,"user":"u","n":1,"prompt_logprobs":3,
				"service_tier":"flex","nested":{"x":[1,null]}}"""), Arguments.of(ChatCompletion.class, """
				{"id":"i","object":"chat.completion","created":1,"model":"electron","choices":[{"index":0,
				"message":{"role":"assistant","content":"Hi"},"finish_reason":"stop","logprobs":{"content":[
				{"token":"Hi","logprob":-0.5,"bytes":[72,105],"top_logprobs":[{"token":"Ho","logprob":-2.0,
				"top_logprobs":[]}]}]}}],
				"usage":{"prompt_tokens":3,"completion_tokens":2,"total_tokens":5,
				"prompt_tokens_details":{"cached_tokens":1}}}"""), Arguments.of(ChatCompletionChunk.class, """
				{"id":"i","object":"chat.completion.chunk","created":1,"model":"electron","choices":[{"index":0,
				"delta":{"role":"assistant","content":"","tool_calls":[{"index":1,"id":"c","type":"function",
				"function":{"name":"f","arguments":"{"}}]},"finish_reason":null}]}"""),
				Arguments.of(ErrorDetail.class, """
						{"code":"too_big","message":"m","path":["messages","3"]}"""));
	}

	@ParameterizedTest
	@MethodSource("wholeRecords")
	void recordIsReadAndWrittenWithTheNamesOfTheWire(Class<?> type, String json) {
		Object value = this.mapper.readValue(json, type);
		assertThat(this.mapper.readTree(this.mapper.writeValueAsString(value))).isEqualTo(this.mapper.readTree(json));
	}

	@ParameterizedTest
	@ValueSource(classes = { ChatCompletion.class, ChatCompletionChunk.class, ChatCompletionChoice.class,
			ChatCompletionChunkChoice.class, ChatMessage.class, ChatMessageDelta.class, ToolCall.class,
			ToolCallDelta.class, FunctionCall.class, FunctionCallDelta.class, Usage.class, PromptTokensDetails.class,
			Logprobs.class, TokenLogprob.class, ErrorDetail.class, StreamOptions.class, ResponseFormat.class,
			ToolDefinition.class, FunctionDefinition.class })
	void recordWithNothingButAnUnknownFieldIsRead(Class<?> type) {
		assertThat(this.mapper.readValue("{\"x_unknown\":{\"a\":[1]}}", type)).isNotNull();
	}

	@Test
	void minimalRequestSendsNothingElse() {
		ChatCompletionRequest request = ChatCompletionRequest.builder()
			.model("electron")
			.messages(List.of(ChatMessage.user("Hi")))
			.build();
		assertThat(this.mapper.writeValueAsString(request))
			.isEqualTo("{\"model\":\"electron\",\"messages\":[{\"role\":\"user\",\"content\":\"Hi\"}]}");
	}

	@Test
	void explicitNullsAreLeftOutLikeMissingFields() {
		ChatCompletionRequest request = this.mapper.readValue("""
				{"model":"electron","messages":null,"tools":null,"stop":null,"logit_bias":null,"stream":null}""",
				ChatCompletionRequest.class);
		assertThat(this.mapper.writeValueAsString(request)).isEqualTo("{\"model\":\"electron\"}");
	}

	@Test
	void stopMayBeOneText() {
		assertThat(this.mapper.readValue("{\"stop\":\"END\"}", ChatCompletionRequest.class).stop())
			.containsExactly("END");
	}

	@ParameterizedTest
	@ValueSource(strings = { "\"auto\"", "\"required\"", "\"none\"",
			"{\"type\":\"function\",\"function\":{\"name\":\"f\"}}" })
	void toolChoiceKeepsItsForm(String json) {
		ToolChoice choice = this.mapper.readValue(json, ToolChoice.class);
		assertThat(this.mapper.writeValueAsString(choice)).isEqualTo(json);
	}

	@ParameterizedTest
	@ValueSource(strings = { "\"any\"", "{\"type\":\"function\"}", "{\"function\":{\"name\":1}}", "7" })
	void unknownToolChoiceIsRefused(String json) {
		assertThatExceptionOfType(JacksonException.class)
			.isThrownBy(() -> this.mapper.readValue(json, ToolChoice.class))
			.withMessageContaining("Invalid tool choice");
	}

	@Test
	void toolSchemaGoesOutByteForByte() {
		String schema = "{ \"type\" : \"object\",\n \"x\": 1.50 }";
		ToolDefinition tool = ToolDefinition.function("f", "d", schema);
		assertThat(this.mapper.writeValueAsString(tool))
			.isEqualTo("{\"type\":\"function\",\"function\":{\"name\":\"f\",\"description\":\"d\",\"parameters\":%s}}"
				.formatted(schema));
	}

	@ParameterizedTest
	@ValueSource(strings = { "", " " })
	void blankToolSchemaIsLeftOut(String schema) {
		assertThat(this.mapper.writeValueAsString(ToolDefinition.function("f", null, schema)))
			.isEqualTo("{\"type\":\"function\",\"function\":{\"name\":\"f\"}}");
	}

	@Test
	void contentMayBeAnArrayOfTextParts() {
		ChatMessage message = this.mapper.readValue("""
				{"role":"user","content":[{"type":"text","text":"a"},{"text":"b"},"c",{"type":"text"}]}""",
				ChatMessage.class);
		assertThat(message.content()).isEqualTo("abc");
	}

	@Test
	void contentMayBeNull() {
		assertThat(this.mapper.readValue("{\"role\":\"assistant\",\"content\":null}", ChatMessage.class).content())
			.isNull();
		assertThat(this.mapper.readValue("{\"role\":\"assistant\"}", ChatMessage.class).content()).isNull();
	}

	@Test
	void contentOfOtherKindsIsRefused() {
		assertThatExceptionOfType(JacksonException.class).isThrownBy(() -> this.mapper.readValue("""
				{"role":"user","content":[{"type":"image_url","image_url":{"url":"x"}}]}""", ChatMessage.class))
			.withMessageContaining("Content part of type 'image_url' is not supported, only text is");
		assertThatExceptionOfType(JacksonException.class)
			.isThrownBy(() -> this.mapper.readValue("{\"content\":{\"a\":1}}", ChatMessage.class))
			.withMessageContaining("Content must be a string or an array of text parts");
	}

	@Test
	void numbersMayBeStringsNullOrFractions() {
		ChatCompletionChunk chunk = this.mapper.readValue("""
				{"created":"12","choices":[{"index":"0","logprobs":{"content":[{"token":"a","logprob":"-0.5"}]}}],
				"usage":{"prompt_tokens":"3","completion_tokens":2.0,"total_tokens":null,
				"prompt_tokens_details":{"cached_tokens":"1"}}}""", ChatCompletionChunk.class);
		assertThat(chunk.created()).isEqualTo(12);
		assertThat(chunk.choice()).isNotNull();
		assertThat(chunk.choice().logprobs().content().get(0).logprob()).isEqualTo(-0.5);
		assertThat(chunk.usage().promptTokens()).isEqualTo(3);
		assertThat(chunk.usage().completionTokens()).isEqualTo(2);
		assertThat(chunk.usage().totalTokens()).isZero();
		assertThat(chunk.usage().cachedTokens()).isEqualTo(1);
	}

	@ParameterizedTest
	@ValueSource(strings = { "null", "{}", "[]", "\"\"", "\"x\"" })
	void countThatIsNoNumberIsZero(String json) {
		assertThat(this.mapper.readValue("{\"prompt_tokens\":%s,\"total_tokens\":7}".formatted(json), Usage.class))
			.isEqualTo(new Usage(0, 0, 7, null));
	}

	@ParameterizedTest
	@ValueSource(
			strings = { "{}", "{\"include_usage\":null}", "{\"include_usage\":\"x\"}", "{\"include_usage\":false}" })
	void missingOptionIsFalse(String json) {
		assertThat(this.mapper.readValue(json, StreamOptions.class).includeUsage()).isFalse();
	}

	@Test
	void unfinishedPiecesAreRead() {
		ChatCompletionChunk chunk = this.mapper.readValue("""
				{"choices":[{"delta":null,"finish_reason":""},{"index":1,"delta":{"content":[{"text":"x"}],
				"tool_calls":null}}],"usage":null,"error":null}""", ChatCompletionChunk.class);
		assertThat(chunk.choice().delta()).isEqualTo(ChatMessageDelta.EMPTY);
		assertThat(chunk.finishReason()).isNull();
		assertThat(chunk.content()).isNull();
		assertThat(chunk.choices().get(1).delta().content()).isEqualTo("x");
		assertThat(this.mapper.readValue("{\"choices\":null}", ChatCompletionChunk.class).choices()).isEmpty();
	}

	@Test
	void missingPartsOfACompletionAreEmpty() {
		ChatCompletion completion = this.mapper.readValue("{\"choices\":[{}]}", ChatCompletion.class);
		assertThat(completion.choice().message()).isEqualTo(ChatMessage.assistant(null, List.of()));
		assertThat(completion.choice().index()).isZero();
		assertThat(this.mapper.readValue("{}", ToolCall.class))
			.isEqualTo(new ToolCall(null, "function", new FunctionCall("", "")));
		assertThat(this.mapper.readValue("{}", ChatCompletion.class).choice()).isNull();
	}

	@Test
	void pathMayHoldNumbers() {
		assertThat(this.mapper.readValue("{\"path\":[\"messages\",3]}", ErrorDetail.class).path())
			.isEqualTo(Arrays.asList("messages", "3"));
	}

	@Test
	void extraFieldsGoOutAsTheyAre() {
		ChatCompletionRequest request = ChatCompletionRequest.builder()
			.extraBody(Map.of("service_tier", Map.of("a", List.of(1))))
			.build();
		assertThat(this.mapper.writeValueAsString(request)).isEqualTo("{\"service_tier\":{\"a\":[1]}}");
		assertThat(this.mapper.readValue("{\"x\":null,\"y\":2}", ChatCompletionRequest.class).extraBody()).hasSize(2)
			.containsEntry("x", null)
			.containsEntry("y", 2);
	}

	@Test
	void textForLogsHoldsNoContent() {
		String secret = "secret";
		ToolCall call = ToolCall.function("c", "f", secret);
		assertThat(List.of(ChatMessage.user(secret), ChatMessage.assistant(secret, List.of(call)), call,
				Chunks.text(secret), Chunks.call(0, "c", "f", secret), new ChatMessageDelta(null, secret, List.of()),
				ChatCompletionRequest.builder().messages(List.of(ChatMessage.user(secret))).build()))
			.allSatisfy((value) -> assertThat(value.toString()).doesNotContain(secret).hasSizeGreaterThan(10));
	}

}
