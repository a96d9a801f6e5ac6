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

import java.util.Collections;
import java.util.List;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link ChatCompletionAssembler}.
 *
 * @author The Electron Spring authors
 */
class ChatCompletionAssemblerTests {

	private static final ToolCall A = ToolCall.function("a", "f", "{\"x\": 1}");

	private static final ToolCall B = ToolCall.function("b", "g", "{}");

	static Stream<Arguments> toolCalls() {
		return Stream.of(
				calls("whole", List.of(A, B), Chunks.call(0, "a", "f", "{\"x\": 1}"), Chunks.call(1, "b", "g", "{}")),
				calls("split", List.of(A), Chunks.call(0, "a", "f", ""), Chunks.call(0, null, null, "{\"x\""),
						Chunks.call(0, null, null, ": 1}")),
				calls("interleaved", List.of(A, B), Chunks.call(0, "a", "f", "{\"x\""), Chunks.call(1, "b", "g", "{"),
						Chunks.call(0, null, null, ": 1}"), Chunks.call(1, null, null, "}")),
				calls("other order", List.of(A, B), Chunks.call(1, "b", "g", "{}"),
						Chunks.call(0, "a", "f", "{\"x\": 1}")),
				calls("both in one chunk", List.of(A, B),
						Chunks.calls(new ToolCallDelta(0, "a", null, new FunctionCallDelta("f", "{\"x\": 1}")),
								new ToolCallDelta(1, "b", null, new FunctionCallDelta("g", "{}")))),
				calls("no index", List.of(A, B), Chunks.call(null, "a", "f", ""),
						Chunks.call(null, null, null, "{\"x\": 1}"), Chunks.call(null, "b", "g", null),
						Chunks.call(null, "", "", "{}")),
				calls("no index and repeated ids", List.of(A, B), Chunks.call(null, "a", "f", "{\"x\""),
						Chunks.call(null, "b", "g", "{"), Chunks.call(null, "a", null, ": 1}"),
						Chunks.call(null, "b", null, "}")),
				calls("no index and late id", List.of(A), Chunks.call(null, null, "f", "{\"x\""),
						Chunks.call(null, "a", null, ": 1}")),
				calls("index on later pieces only", List.of(A), Chunks.call(null, "a", "f", "{\"x\""),
						Chunks.call(0, null, null, ": 1}")),
				calls("repeated id and name", List.of(A), Chunks.call(0, "a", "f", "{\"x\""),
						Chunks.call(0, "a", "f", ": 1}")),
				calls("empty id and name", List.of(A), Chunks.call(0, "a", "f", "{\"x\""),
						Chunks.call(0, "", "", ": 1}")),
				calls("another id on each piece", List.of(A), Chunks.call(0, "a", "f", "{\"x\""),
						Chunks.call(0, "z", null, ": 1}")),
				calls("another id and the name on each piece", List.of(A), Chunks.call(0, "a", "f", ""),
						Chunks.call(0, "z", "f", "{\"x\": 1}")),
				calls("arguments before the name", List.of(A), Chunks.call(0, null, null, "{\"x\""),
						Chunks.call(0, "a", "f", ": 1}")),
				calls("late name", List.of(A), Chunks.call(0, "a", null, "{\"x\": 1}"), Chunks.call(0, "z", "f", null)),
				calls("late id", List.of(A), Chunks.call(0, null, "f", "{\"x\": 1}"), Chunks.call(0, "a", null, null)),
				calls("late id with the name", List.of(A), Chunks.call(0, null, "f", "{\"x\": 1}"),
						Chunks.call(0, "a", "f", null)),
				calls("split name", List.of(ToolCall.function("a", "get_x", "{}")), Chunks.call(0, "a", "get", null),
						Chunks.call(0, null, "_x", null), Chunks.call(0, null, "get_x", "{}")),
				calls("other name after arguments", List.of(A), Chunks.call(0, "a", "f", "{\"x\": 1}"),
						Chunks.call(0, null, "g", null)),
				calls("all calls with index 0", List.of(A, B), Chunks.call(0, "a", "f", "{\"x\": 1}"),
						Chunks.call(0, "b", "g", "{}")),
				calls("all calls of one tool with index 0", List.of(A, ToolCall.function("b", "f", "{}")),
						Chunks.call(0, "a", "f", "{\"x\": 1}"), Chunks.call(0, "b", "f", "{"),
						Chunks.call(0, null, null, "}")),
				calls("gap in the indexes", List.of(A, B), Chunks.call(3, "a", "f", "{\"x\": 1}"),
						Chunks.call(null, "b", "g", "{}")),
				calls("nothing", List.of(), Chunks.calls(), Chunks.calls(new ToolCallDelta(0, null, null, null)),
						Chunks.call(1, "c", "", "")),
				calls("no arguments", List.of(ToolCall.function("a", "f", "")), Chunks.call(0, "a", "f", null)));
	}

	private static Arguments calls(String name, List<ToolCall> expected, ChatCompletionChunk... chunks) {
		return Arguments.of(name, expected, List.of(chunks));
	}

	@ParameterizedTest(name = "{0}")
	@MethodSource("toolCalls")
	void toolCallsArePutTogether(String name, List<ToolCall> expected, List<ChatCompletionChunk> chunks) {
		ChatMessage message = assemble(chunks.toArray(ChatCompletionChunk[]::new)).choice().message();
		assertThat(message.toolCalls()).isEqualTo(expected);
		assertThat(message.content()).isEqualTo(expected.isEmpty() ? "" : null);
	}

	@Test
	void callsWithoutIdAndIndexAreToldApartByTheirNames() {
		List<ToolCall> calls = assemble(Chunks.call(null, null, "f", "{\"x\":"), Chunks.call(null, null, "f", "1}"),
				Chunks.call(null, null, "f", ""), Chunks.call(null, null, "f", "{\"x\":2}"),
				Chunks.call(null, null, "g", ""), Chunks.call(null, null, null, "{}"))
			.choice()
			.message()
			.toolCalls();
		assertThat(calls).extracting(ToolCall::function)
			.containsExactly(new FunctionCall("f", "{\"x\":1}"), new FunctionCall("f", "{\"x\":2}"),
					new FunctionCall("g", "{}"));
		assertThat(calls).extracting(ToolCall::id).doesNotHaveDuplicates().allMatch((id) -> id.matches("call_\\w{32}"));
	}

	@Test
	void generatedIdStaysTheSame() {
		ChatCompletionAssembler assembler = new ChatCompletionAssembler();
		assembler.add(Chunks.call(0, null, "f", "{"));
		String id = assembler.toCompletion().choice().message().toolCalls().get(0).id();
		assembler.add(Chunks.call(0, "late", null, "}"));
		assertThat(assembler.toCompletion().choice().message().toolCalls())
			.containsExactly(ToolCall.function(id, "f", "{}"));
	}

	@Test
	void secondCallWithTheSameIdGetsAnotherOne() {
		List<ToolCall> calls = assemble(Chunks.call(0, "a", "f", "{}"), Chunks.call(1, "a", "g", "{}")).choice()
			.message()
			.toolCalls();
		assertThat(calls).extracting(ToolCall::id).hasSize(2).startsWith("a").doesNotHaveDuplicates();
	}

	@Test
	void textIsKeptByteForByte() {
		ChatMessage message = assemble(Chunks.role(), Chunks.text("  \ud83d"), Chunks.text("\ude00 न"),
				Chunks.text("\n"))
			.choice()
			.message();
		assertThat(message).isEqualTo(ChatMessage.assistant("  \ud83d\ude00 न\n"));
	}

	@Test
	void textAfterAToolCallAndOnTheFinishChunkIsKept() {
		ChatCompletion completion = assemble(Chunks.text("One "), Chunks.call(0, "b", "g", "{}"),
				Chunks.delta(new ChatMessageDelta("assistant", "moment", Collections.emptyList()), "tool_calls"));
		assertThat(completion.choice().message()).isEqualTo(ChatMessage.assistant("One moment", List.of(B)));
		assertThat(completion.choice().finishReason()).isEqualTo("tool_calls");
	}

	@Test
	void headIsTheFirstThatIsNotEmpty() {
		ChatCompletion completion = assemble(chunk("", null, null, 0, "other", null), chunk("i", 1L, "m", 0, "", null),
				chunk("j", 2L, "n", 0, "assistant", null));
		assertThat(completion)
			.extracting(ChatCompletion::id, ChatCompletion::created, ChatCompletion::model, ChatCompletion::object,
					ChatCompletion::usage)
			.containsExactly("i", 1L, "m", "chat.completion", null);
		assertThat(completion.choice().message().role()).isEqualTo("other");
		assertThat(completion.choice().index()).isZero();
	}

	@Test
	void lastUsageAndFinishReasonCount() {
		ChatCompletionAssembler assembler = new ChatCompletionAssembler();
		assertThat(assembler.usage()).isNull();
		assembler.add(Chunks.usage(3, 0, 1));
		assembler.add(Chunks.finish("length"));
		assembler.add(Chunks.finish("stop"));
		assembler.add(Chunks.finish(""));
		assembler.add(Chunks.usage(3, 2, 5));
		assembler.add(Chunks.text(""));
		assertThat(assembler.usage()).isEqualTo(Usage.of(3, 2, 5));
		assertThat(assembler.toCompletion().usage()).isEqualTo(Usage.of(3, 2, 5));
		assertThat(assembler.toCompletion().choice().finishReason()).isEqualTo("stop");
	}

	@Test
	void onlyTheFirstAnswerCounts() {
		ChatCompletion completion = assemble(chunk("i", 1L, "m", 1, "user", "length"), Chunks.text("Hi"));
		assertThat(completion.choices()).hasSize(1);
		assertThat(completion.choice().message()).isEqualTo(ChatMessage.assistant("Hi"));
		assertThat(completion.choice().finishReason()).isNull();
	}

	@Test
	void nothingReceivedHasNoChoice() {
		assertThat(assemble().choices()).isEmpty();
		assertThat(assemble(Chunks.usage(1, 0, 0), chunk("i", 1L, "m", 1, "user", "length")).choice()).isNull();
	}

	@Test
	void logprobsAreCollected() {
		assertThat(assemble(Chunks.text("x")).choice().logprobs()).isNull();
		ChatCompletion completion = assemble(logprobs("a"), Chunks.text("x"), logprobs("b"));
		assertThat(completion.choice().logprobs().content()).extracting(TokenLogprob::token).containsExactly("a", "b");
	}

	private static ChatCompletionChunk logprobs(String token) {
		Logprobs logprobs = new Logprobs(List.of(new TokenLogprob(token, -1, null, List.of())));
		return new ChatCompletionChunk(null, null, null, null,
				List.of(new ChatCompletionChunkChoice(0, ChatMessageDelta.EMPTY, null, logprobs)), null);
	}

	private static ChatCompletionChunk chunk(String id, Long created, String model, int index, String role,
			String finishReason) {
		return new ChatCompletionChunk(id, null, created, model, List
			.of(new ChatCompletionChunkChoice(index, new ChatMessageDelta(role, null, List.of()), finishReason, null)),
				null);
	}

	private static ChatCompletion assemble(ChatCompletionChunk... chunks) {
		ChatCompletionAssembler assembler = new ChatCompletionAssembler();
		for (ChatCompletionChunk chunk : chunks) {
			assembler.add(chunk);
		}
		return assembler.toCompletion();
	}

}
