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

package io.github.electronspring.chat;

import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Set;

import io.github.electronspring.protocol.ResponseFormat;
import io.github.electronspring.protocol.ToolChoice;
import io.github.electronspring.turn.TurnListener;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

import org.springframework.ai.chat.prompt.ChatOptions;
import org.springframework.ai.model.tool.StructuredOutputChatOptions;
import org.springframework.ai.model.tool.ToolCallingChatOptions;
import org.springframework.ai.tool.ToolCallback;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

/**
 * Tests for {@link ElectronChatOptions}.
 *
 * @author The Electron Spring authors
 */
@ExtendWith(OutputCaptureExtension.class)
class ElectronChatOptionsTests {

	private final ToolCallback callback = TestTools.returning("weather", "sunny");

	private final TurnListener listener = (event) -> {
	};

	@Test
	void mutateKeepsEveryValue() {
		ElectronChatOptions options = all().build();
		assertThat(options.mutate().build()).isEqualTo(options).hasSameHashCodeAs(options);
		assertThat(options.mutate().build()).usingRecursiveComparison().isEqualTo(options);
		assertThat(options).hasNoNullFieldsOrProperties();
	}

	@Test
	void gettersReturnWhatWasSet() {
		ElectronChatOptions options = all().build();
		assertThat(options.getSeed()).isEqualTo(1L);
		assertThat(options.getLogprobs()).isTrue();
		assertThat(options.getTopLogprobs()).isEqualTo(3);
		assertThat(options.getUser()).isEqualTo("alice");
		assertThat(options.getN()).isEqualTo(1);
		assertThat(options.getPromptLogprobs()).isEqualTo(1);
		assertThat(options.getToolChoice()).isEqualTo(ToolChoice.AUTO);
		assertThat(options.getResponseFormat()).isEqualTo(ResponseFormat.JSON_OBJECT);
		assertThat(options.getLogitBias()).containsEntry("50256", -100.0);
		assertThat(options.getToolNames()).containsExactly("balance");
		assertThat(options.getTurnTimeout()).isEqualTo(Duration.ofSeconds(10));
	}

	@Test
	void eachValueCountsForEquality() {
		ElectronChatOptions options = all().build();
		assertThat(List.of(all().model("other"), all().temperature(0.1), all().topP(0.1), all().maxTokens(1),
				all().presencePenalty(0.9), all().frequencyPenalty(0.9), all().stopSequences(List.of("x")),
				all().seed(2L), all().logprobs(false), all().topLogprobs(1), all().user("bob"), all().n(2),
				all().promptLogprobs(2), all().toolChoice(ToolChoice.NONE), all().responseFormat(ResponseFormat.TEXT),
				all().logitBias(Collections.emptyMap()), all().extraBody(Collections.emptyMap()),
				all().toolExecution(ToolExecutionMode.MODEL), all().toolNames(Collections.emptySet()),
				all().maxToolRounds(9), all().turnTimeout(Duration.ofSeconds(9)), all().conversationId("c2"),
				all().repairOutput(true), all().outputSchema("{}"), all().toolContext("k", "v"),
				all().toolCallbacks(TestTools.returning("x", "y")), all().turnListeners(this.listener)))
			.allSatisfy((builder) -> assertThat(builder.build()).isNotEqualTo(options));
	}

	@Test
	void turnTimeoutThatIsNotPositiveIsRefused() {
		assertThatIllegalArgumentException()
			.isThrownBy(() -> ElectronChatOptions.builder().turnTimeout(Duration.ZERO).build())
			.withMessage("'turnTimeout' must be longer than 0 but is 'PT0S'");
	}

	@Test
	void toStringHoldsNoContents() {
		assertThat(all().build().toString()).contains("model=electron", "tenant", "top_secret")
			.doesNotContain("alice", "acme", "hidden", "c1", "END", "title");
	}

	@Test
	void topKIsIgnoredWithOneWarning(CapturedOutput output) {
		assertThat(ElectronChatOptions.builder().topK(5).topK(6).build().getTopK()).isNull();
		ElectronChatOptions.builder().combineWith(ChatOptions.builder().topK(5)).build();
		assertThat(output.getAll().split("Ignoring 'topK'", -1)).hasSizeLessThanOrEqualTo(2);
	}

	@Test
	void foreignModelIsIgnoredWithOneWarning(CapturedOutput output) {
		for (int i = 0; i < 2; i++) {
			ElectronChatOptions options = ElectronChatOptions.builder()
				.model("electron")
				.combineWith(ChatOptions.builder().model("gpt-once").temperature(0.3))
				.build();
			assertThat(options.getModel()).isEqualTo("electron");
			assertThat(options.getTemperature()).isEqualTo(0.3);
		}
		assertThat(output.getAll().split("Ignoring the model 'gpt-once'", -1)).hasSize(2);
	}

	@Test
	void modelOfOurOptionsIsUsed() {
		assertThat(ElectronChatOptions.builder()
			.model("electron")
			.combineWith(ElectronChatOptions.builder().model("electron-2"))
			.build()
			.getModel()).isEqualTo("electron-2");
	}

	@Test
	void combineWithTakesWhatPortableInterfacesOffer() {
		ElectronChatOptions options = ElectronChatOptions.builder()
			.stopSequences(List.of("a"))
			.combineWith(ToolCallingChatOptions.builder()
				.stopSequences(List.of("b"))
				.maxTokens(7)
				.topP(0.2)
				.presencePenalty(0.3)
				.frequencyPenalty(0.4)
				.toolCallbacks(this.callback)
				.toolContext("tenant", "acme"))
			.combineWith(StructuredOutputChatOptions.builder().outputSchema("{}"))
			.build();
		assertThat(options.getStopSequences()).containsExactly("a", "b");
		assertThat(options.getMaxTokens()).isEqualTo(7);
		assertThat(options.getTopP()).isEqualTo(0.2);
		assertThat(options.getPresencePenalty()).isEqualTo(0.3);
		assertThat(options.getFrequencyPenalty()).isEqualTo(0.4);
		assertThat(options.getToolCallbacks()).containsExactly(this.callback);
		assertThat(options.getToolContext()).containsEntry("tenant", "acme");
		assertThat(options.getOutputSchema()).isEqualTo("{}");
	}

	@Test
	void combineWithOursLetsSetValuesWinAndAddsLists() {
		ElectronChatOptions options = ElectronChatOptions.builder()
			.seed(1L)
			.user("alice")
			.extraBody(Map.of("a", 1))
			.turnListeners(this.listener)
			.combineWith(ElectronChatOptions.builder().seed(2L).extraBody(Map.of("b", 2)).turnListeners((event) -> {
			}))
			.build();
		assertThat(options.getSeed()).isEqualTo(2L);
		assertThat(options.getUser()).isEqualTo("alice");
		assertThat(options.getExtraBody()).containsOnlyKeys("a", "b");
		assertThat(options.getTurnListeners()).hasSize(2);
	}

	@Test
	void combineWithWhatItCameFromChangesNothing() {
		ElectronChatOptions options = all().build();
		assertThat(options.mutate().combineWith(options.mutate()).build()).isEqualTo(options);
		assertThat(options.mutate()
			.combineWith(ToolCallingChatOptions.builder().stopSequences(List.of("END")).toolCallbacks(this.callback))
			.build()).isEqualTo(options);
	}

	@Test
	void foreignBuilderTakesOurPortableValues() {
		assertThat(ChatOptions.builder().combineWith(all()).build().getTemperature()).isEqualTo(0.5);
	}

	@Test
	void cloneIsIndependent() {
		ElectronChatOptionsBuilder builder = all();
		ElectronChatOptionsBuilder clone = builder.clone();
		clone.seed(99L).toolContext("k", "v").turnListeners(this.listener).stopSequences(List.of("x"));
		assertThat(builder.build()).isEqualTo(all().build());
		assertThat(clone.build().getSeed()).isEqualTo(99L);
	}

	@Test
	void resolveFillsGapsAndChangesNothingTheSecondTime() {
		ElectronChatOptions defaults = all().build();
		ElectronChatOptions call = ElectronChatOptions.builder().temperature(0.9).build();
		ElectronChatOptions resolved = ElectronChatOptions.resolve(call, defaults);
		assertThat(resolved.getTemperature()).isEqualTo(0.9);
		assertThat(resolved).isEqualTo(all().temperature(0.9).build());
		assertThat(ElectronChatOptions.resolve(resolved, defaults)).isEqualTo(resolved);
		assertThat(ElectronChatOptions.resolve(null, defaults)).isSameAs(defaults);
	}

	@Test
	void resolveReadsForeignOptions() {
		ElectronChatOptions defaults = all().build();
		ElectronChatOptions resolved = ElectronChatOptions
			.resolve(ChatOptions.builder().model("gpt-4o-mini").maxTokens(3).build(), defaults);
		assertThat(resolved).isEqualTo(all().maxTokens(3).build());
	}

	private ElectronChatOptionsBuilder all() {
		return ElectronChatOptions.builder()
			.model("electron")
			.temperature(0.5)
			.topP(0.6)
			.maxTokens(100)
			.presencePenalty(0.1)
			.frequencyPenalty(0.2)
			.stopSequences(List.of("END"))
			.seed(1L)
			.logprobs(true)
			.topLogprobs(3)
			.user("alice")
			.n(1)
			.promptLogprobs(1)
			.toolChoice(ToolChoice.AUTO)
			.responseFormat(ResponseFormat.JSON_OBJECT)
			.logitBias(Map.of("50256", -100.0))
			.extraBody(Map.of("top_secret", "hidden"))
			.toolCallbacks(this.callback)
			.toolContext(Map.of("tenant", "acme"))
			.outputSchema("{\"title\":\"x\"}")
			.repairOutput(false)
			.toolExecution(ToolExecutionMode.CALLER)
			.toolNames(Set.of("balance"))
			.maxToolRounds(2)
			.turnTimeout(Duration.ofSeconds(10))
			.conversationId("c1")
			.turnListeners(this.listener);
	}

}
