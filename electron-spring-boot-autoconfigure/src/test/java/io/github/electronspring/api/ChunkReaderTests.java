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

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.function.Supplier;

import io.github.electronspring.protocol.ChatCompletionChunk;
import io.github.electronspring.protocol.ChatCompletionChunkChoice;
import io.github.electronspring.protocol.ChatMessageDelta;
import io.github.electronspring.protocol.ToolCallDelta;
import io.github.electronspring.protocol.Usage;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.tuple;

/**
 * Tests for {@link ChunkReader}.
 *
 * @author The Electron Spring authors
 */
class ChunkReaderTests {

	private static final JsonMapper MAPPER = JsonMapper.builder().build();

	private final ChunkReader reader = new ChunkReader(MAPPER);

	@Test
	void readsAllFields() {
		ChatCompletionChunk chunk = read("""
				{"id": "chatcmpl-1", "object": "chat.completion.chunk", "created": 1700000000, "model": "electron",
				"choices": [{"index": 0, "delta": {"role": "assistant", "content": "नमस्ते 🎉", "tool_calls": [
				{"index": 2, "id": "call_1", "type": "function", "function": {"name": "f", "arguments": "{\\"a\\""}},
				{"index": 3, "function": {"arguments": ":1}"}}]}, "finish_reason": "tool_calls",
				"logprobs": {"content": [{"token": "न", "logprob": -0.5, "bytes": [1], "top_logprobs": []}]}}],
				"usage": {"prompt_tokens": 10, "completion_tokens": 5, "total_tokens": 15,
				"prompt_tokens_details": {"cached_tokens": 4}}}""");
		assertThat(chunk.id()).isEqualTo("chatcmpl-1");
		assertThat(chunk.object()).isEqualTo("chat.completion.chunk");
		assertThat(chunk.created()).isEqualTo(1_700_000_000L);
		assertThat(chunk.model()).isEqualTo("electron");
		assertThat(chunk.content()).isEqualTo("नमस्ते 🎉");
		assertThat(chunk.finishReason()).isEqualTo("tool_calls");
		assertThat(chunk.usage()).isEqualTo(Usage.of(10, 4, 5));
		ChatCompletionChunkChoice choice = chunk.choice();
		assertThat(choice.index()).isZero();
		assertThat(choice.delta().role()).isEqualTo("assistant");
		assertThat(choice.logprobs().content()).singleElement()
			.satisfies((token) -> assertThat(token.logprob()).isEqualTo(-0.5));
		assertThat(choice.delta().toolCalls()).extracting(ToolCallDelta::index, ToolCallDelta::id)
			.containsExactly(tuple(2, "call_1"), tuple(3, null));
		assertThat(choice.delta().toolCalls().get(0).function().name()).isEqualTo("f");
		assertThat(choice.delta().toolCalls().get(0).function().arguments()).isEqualTo("{\"a\"");
		assertThat(choice.delta().toolCalls().get(1).function().arguments()).isEqualTo(":1}");
	}

	@ParameterizedTest
	@ValueSource(strings = { "{}", "{\"choices\": null}", "{\"choices\": []}", "{\"choices\": {}}", "{\"choices\": 1}",
			"{\"choices\": [null, 1, \"a\", []]}", "{\"error\": null}", "{\"usage\": null}", "{\"usage\": []}",
			"{\"usage\": 1}", "{\"a\": {\"choices\": [{}], \"error\": 1}}", "null", "1", "\"text\"", "[]",
			"[{\"error\": 1}]", "[[1], {\"a\": [2]}]", "true", " ",
			"{\"id\": null, \"created\": null, \"model\": null}",
			"{\"id\": {}, \"created\": [], \"model\": [[]], \"object\": {\"a\": {}}}" })
	void whenNothingIsThereReadsEmptyChunk(String json) {
		assertThat(read(json)).isEqualTo(new ChatCompletionChunk(null, null, null, null, List.of(), null));
	}

	@ParameterizedTest
	@ValueSource(strings = { "{}", "{\"delta\": null}", "{\"delta\": {}}", "{\"delta\": 1}", "{\"delta\": [{}]}",
			"{\"delta\": {\"content\": null}}", "{\"delta\": {\"content\": {\"a\": 1}}}",
			"{\"delta\": {\"tool_calls\": []}}", "{\"delta\": {\"tool_calls\": null}}",
			"{\"delta\": {\"tool_calls\": {}}}", "{\"delta\": {\"tool_calls\": [null, 1, []]}}",
			"{\"finish_reason\": null}", "{\"finish_reason\": \"\"}", "{\"finish_reason\": []}", "{\"index\": null}",
			"{\"index\": \"\"}", "{\"index\": {}}", "{\"index\": true}", "{\"index\": 99999999999}",
			"{\"index\": 99999999999999999999}", "{\"logprobs\": null}", "{\"logprobs\": 1}",
			"{\"logprobs\": {\"content\": 1}}", "{\"logprobs\": {\"content\": [[1]]}}", "{\"unknown\": {\"delta\": 1}}",
			"{\"message\": {\"content\": \"a\"}}" })
	void whenLittleIsThereReadsEmptyChoice(String choice) {
		ChatCompletionChunk chunk = read("{\"choices\": [%s]}".formatted(choice));
		assertThat(chunk.choices())
			.containsExactly(new ChatCompletionChunkChoice(0, ChatMessageDelta.EMPTY, null, null));
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
			{}                            |
			{"index": 3}                  | 3
			{"index": "3"}                | 3
			{"index": " 3 "}              | 3
			{"index": 3.0}                | 3
			{"index": -1}                 | -1
			{"index": 2147483647}         | 2147483647
			{"index": -2147483648}        | -2147483648
			{"index": 2147483648}         |
			{"index": "2147483648"}       |
			{"index": 1e400}              |
			{"index": "three"}            |
			{"index": ""}                 |
			{"index": null}               |
			{"index": false}              |
			{"index": []}                 |
			{"index": 1, "index": 2}      | 2""")
	void readsIndexOfToolCall(String call, Integer expected) {
		assertThat(toolCalls(call)).extracting(ToolCallDelta::index).containsExactly(expected);
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
			{"function": {"arguments": "{}", "name": "f"}}              | f | {}
			{"function": {"arguments": ""}}                             |   | ``
			{"function": {"arguments": null, "name": null}}             |   |
			{"function": {"name": "", "arguments": "a"}}                | `` | a
			{"function": {"name": 1, "arguments": 2}}                   | 1 | 2
			{"function": {"arguments": {"a": [1, {"b": null}], "c": "d"}}} | | {"a":[1,{"b":null}],"c":"d"}
			{"function": {"arguments": [], "name": "f"}}                | f | []
			{"function": {"arguments": {}, "name": ["f"]}}              |   | {}
			{"function": {"name": "f", "x": {"name": "g"}, "y": [1]}}   | f |
			{"function": {"name": "f", "name": "g"}, "id": "a"}         | g |""")
	void readsFunctionOfToolCall(String call, String name, String arguments) {
		assertThat(toolCalls(call)).singleElement().satisfies((read) -> {
			assertThat(read.function().name()).isEqualTo(name);
			assertThat(read.function().arguments()).isEqualTo(arguments);
		});
	}

	@ParameterizedTest
	@ValueSource(strings = { "{}", "{\"function\": null}", "{\"function\": \"f\"}", "{\"function\": [{\"name\": 1}]}",
			"{\"id\": null, \"type\": {}}" })
	void whenToolCallHasNoFunctionReadsNone(String call) {
		assertThat(toolCalls(call)).containsExactly(new ToolCallDelta(null, null, null, null));
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
			{}                                                                            | 0 | 0 | 0 | 0
			{"prompt_tokens": 3, "completion_tokens": 2, "total_tokens": 5}               | 3 | 2 | 5 | 0
			{"prompt_tokens": "3", "completion_tokens": "2", "total_tokens": "5"}         | 3 | 2 | 5 | 0
			{"prompt_tokens": null, "completion_tokens": {}, "total_tokens": [5]}         | 0 | 0 | 0 | 0
			{"prompt_tokens": 3.0, "prompt_tokens_details": {"cached_tokens": "2"}}       | 3 | 0 | 0 | 2
			{"prompt_tokens": 3, "prompt_tokens_details": {"cached_tokens": null}}        | 3 | 0 | 0 | 0
			{"prompt_tokens": 3, "prompt_tokens_details": {"audio_tokens": {"a": 1}}}     | 3 | 0 | 0 | 0
			{"prompt_tokens_details": null, "prompt_tokens": 3}                           | 3 | 0 | 0 | 0
			{"prompt_tokens_details": [{"cached_tokens": 1}], "prompt_tokens": 3}         | 3 | 0 | 0 | 0
			{"prompt_tokens_details": "x", "prompt_tokens": 3}                            | 3 | 0 | 0 | 0
			{"completion_tokens_details": {"prompt_tokens": 9}, "x": [], "prompt_tokens": 3} | 3 | 0 | 0 | 0""")
	void readsUsage(String usage, int prompt, int completion, int total, int cached) {
		ChatCompletionChunk chunk = read("{\"usage\": %s, \"id\": \"a\"}".formatted(usage));
		assertThat(chunk.id()).isEqualTo("a");
		assertThat(chunk.usage())
			.extracting(Usage::promptTokens, Usage::completionTokens, Usage::totalTokens, Usage::cachedTokens)
			.containsExactly(prompt, completion, total, cached);
	}

	@ParameterizedTest
	@ValueSource(strings = { "{\"message\": \"a\", \"request_id\": \"r\"}", "{}", "\"a\"", "\"\"", "1", "true", "[]" })
	void whenChunkIsAnErrorThrows(String error) {
		JsonNode expected = MAPPER.readTree(error);
		for (String chunk : List.of("{\"error\": %s}", "{\"choices\": [], \"error\": %s, \"usage\": null}",
				"{\"error\": null, \"error\": %s}")) {
			assertThatExceptionOfType(StreamErrorException.class).isThrownBy(() -> read(chunk.formatted(error)))
				.satisfies((ex) -> assertThat(ex.getError()).isEqualTo(expected));
		}
	}

	@Test
	void whenObjectIsAnErrorThrows() {
		String error = "{\"object\": \"error\", \"message\": \"a\", \"code\": 400}";
		assertThatExceptionOfType(StreamErrorException.class).isThrownBy(() -> read(error))
			.satisfies((ex) -> assertThat(ex.getError()).isEqualTo(MAPPER.readTree(error)));
	}

	@ParameterizedTest
	@ValueSource(strings = { "{", "{\"choices\": [", "{\"choices\": [{\"delta\": {\"content\": \"a", "{\"a\": tru",
			"{a: 1}", "error", "{\"a\" 1}", "{\"choices\": [}]", "[1, ", "{\"usage\": {\"prompt_tokens\": ", "<html>",
			"{\"error\": {\"a\"", "{\"choices\": [{\"logprobs\": {\"content\": [" })
	void whenNotJsonThrows(String json) {
		assertThatExceptionOfType(JacksonException.class).isThrownBy(() -> read(json));
	}

	@Test
	void whenNestedDeeplyThrows() {
		for (String prefix : List.of("{\"a\": ", "{\"choices\": [{\"delta\": {\"content\": ",
				"{\"choices\": [{\"delta\": {\"tool_calls\": [{\"function\": {\"arguments\": ")) {
			assertThatExceptionOfType(JacksonException.class).isThrownBy(() -> read(prefix + "[".repeat(100_000)));
		}
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
			[{"type": "text", "text": "a"}, {"text": "b"}] | ab
			[{"type": "image_url"}, {"text": null}, 1]     |
			[]                                             |""")
	void readsTextPartsOfContent(String content, String expected) {
		ChatCompletionChunk chunk = read(
				"{\"choices\": [{\"delta\": {\"content\": %s}}], \"id\": 1}".formatted(content));
		assertThat(chunk.content()).isEqualTo(expected);
		assertThat(chunk.id()).isEqualTo("1");
	}

	@Test
	void readsHalvesOfSurrogatePairs() {
		ChatCompletionChunk first = read("{\"choices\": [{\"delta\": {\"content\": \"a\\ud83c\"}}]}");
		ChatCompletionChunk second = read("{\"choices\": [{\"delta\": {\"content\": \"\\udf89b\"}}]}");
		assertThat(first.content() + second.content()).isEqualTo("a🎉b");
	}

	@Test
	void readsFromTheMiddleOfAnArray() {
		byte[] bytes = "}]{\"id\": \"a\"}{\"id\": \"b\"}".getBytes(StandardCharsets.UTF_8);
		assertThat(this.reader.read(bytes, 2, 11).id()).isEqualTo("a");
	}

	@Test
	void readsWhatATreeHolds() {
		RandomChunks chunks = new RandomChunks(new Random(7));
		for (int i = 0; i < 3000; i++) {
			String json = chunks.get();
			ChatCompletionChunk expected = TreeChunkReader.read(MAPPER.readTree(json));
			assertThat(read(json)).as(json).isEqualTo(expected);
		}
	}

	private List<ToolCallDelta> toolCalls(String call) {
		ChatCompletionChunk chunk = read(
				"{\"choices\": [{\"delta\": {\"tool_calls\": [%s]}, \"finish_reason\": \"stop\"}]}".formatted(call));
		assertThat(chunk.finishReason()).isEqualTo("stop");
		return chunk.choice().delta().toolCalls();
	}

	private ChatCompletionChunk read(String json) {
		byte[] bytes = json.getBytes(StandardCharsets.UTF_8);
		return this.reader.read(bytes, 0, bytes.length);
	}

	/**
	 * Chunks of random shapes.
	 */
	private record RandomChunks(Random random) implements Supplier<String> {

		@Override
		public String get() {
			return object("id", value(), "object", value(), "created", value(), "model", value(), "choices",
					array(this::choice), "usage",
					sometimes(() -> object("prompt_tokens", value(), "completion_tokens", value(), "total_tokens",
							value(), "prompt_tokens_details",
							sometimes(() -> object("cached_tokens", value(), "x", value())))));
		}

		private String choice() {
			return object("index", value(), "finish_reason", value(), "delta",
					sometimes(() -> object("role", value(), "content", value(), "tool_calls", array(this::call))));
		}

		private String call() {
			return object("index", value(), "id", value(), "type", value(), "function",
					sometimes(() -> object("name", value(), "arguments", sometimes(() -> object("a", value())))));
		}

		private String array(Supplier<String> item) {
			return sometimes(() -> "["
					+ String.join(",", List.of(sometimes(item), sometimes(item))).repeat(this.random.nextInt(2)) + "]");
		}

		private String sometimes(Supplier<String> json) {
			return (this.random.nextInt(6) != 0) ? json.get() : value();
		}

		private String object(String... namesAndValues) {
			List<String> fields = new ArrayList<>();
			for (int i = 0; i < namesAndValues.length; i += 2) {
				if (this.random.nextInt(5) != 0) {
					fields.add(this.random.nextInt(fields.size() + 1),
							"\"" + namesAndValues[i] + "\": " + namesAndValues[i + 1]);
				}
			}
			return "{" + String.join(", ", fields) + "}";
		}

		private String value() {
			String[] values = { "null", "true", "1", "42", "\"7\"", "\"text\"", "\"\"", "2.5", "[]", "{}",
					"[{\"id\": 1}]", "{\"index\": [1]}", "\"नमस्ते\"", "\"\\ud83c\\n\"" };
			return values[this.random.nextInt(values.length)];
		}

	}

}
