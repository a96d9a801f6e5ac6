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

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

/**
 * Tests for what the records do beside their JSON form.
 *
 * @author The Electron Spring authors
 */
class ProtocolTests {

	@Test
	void usagesAreAdded() {
		Usage sum = Usage.of(10, 4, 3).plus(new Usage(1, 2, 3, null));
		assertThat(sum).isEqualTo(new Usage(11, 5, 16, new PromptTokensDetails(4)));
		assertThat(sum.cachedTokens()).isEqualTo(4);
		assertThat(Usage.NONE.cachedTokens()).isZero();
	}

	@Test
	void mutatedRequestKeepsEveryValue() {
		ChatCompletionRequest request = new ChatCompletionRequest("m", List.of(ChatMessage.user("x")), 0.1, 0.2, 3,
				true, new StreamOptions(true), List.of(ToolDefinition.function("f", null, null)), ToolChoice.AUTO,
				ResponseFormat.TEXT, List.of("s"), 4L, Map.of("7", 1.0), true, 5, 0.6, 0.7, "u", 8, 9,
				Map.of("a", "b"));
		assertThat(request.mutate().build()).isEqualTo(request);
	}

	@Test
	void requestIsNotChangedThroughItsLists() {
		ChatMessage[] messages = { ChatMessage.user("x") };
		ChatCompletionRequest request = ChatCompletionRequest.builder().messages(Arrays.asList(messages)).build();
		messages[0] = ChatMessage.user("y");
		assertThat(request.messages()).containsExactly(ChatMessage.user("x"));
		assertThatExceptionOfType(UnsupportedOperationException.class)
			.isThrownBy(() -> request.extraBody().put("a", "b"));
		assertThatExceptionOfType(UnsupportedOperationException.class)
			.isThrownBy(() -> request.logitBias().put("a", 1.0));
	}

	@Test
	void messagesHaveTheRolesOfTheWire() {
		assertThat(ChatMessage.system("x")).isEqualTo(new ChatMessage("system", "x", List.of(), null));
		assertThat(ChatMessage.user("x")).isEqualTo(new ChatMessage("user", "x", List.of(), null));
		assertThat(ChatMessage.assistant("x")).isEqualTo(new ChatMessage("assistant", "x", List.of(), null));
		assertThat(ChatMessage.tool("c", "x")).isEqualTo(new ChatMessage("tool", "x", List.of(), "c"));
	}

	@Test
	void chunkTellsTheTextAndTheEndOfTheFirstAnswer() {
		assertThat(Chunks.text("x").content()).isEqualTo("x");
		assertThat(Chunks.finish("stop").finishReason()).isEqualTo("stop");
		assertThat(Chunks.usage(1, 0, 1).choice()).isNull();
		assertThat(Chunks.usage(1, 0, 1).content()).isNull();
		assertThat(Chunks.usage(1, 0, 1).finishReason()).isNull();
		ChatCompletionChunkChoice other = new ChatCompletionChunkChoice(1, ChatMessageDelta.EMPTY, "stop", null);
		assertThat(new ChatCompletionChunk(null, null, null, null, List.of(other), null).choice()).isNull();
	}

	@Test
	void functionChoiceNeedsAName() {
		assertThatIllegalArgumentException().isThrownBy(() -> ToolChoice.function(" "))
			.withMessage("'name' must not be empty");
	}

	@Test
	void jsonSchemaFormatHasAName() {
		assertThat(ResponseFormat.jsonSchema("{}"))
			.isEqualTo(new ResponseFormat("json_schema", new JsonSchemaFormat("response", "{}", null)));
	}

}
