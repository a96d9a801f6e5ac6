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

import java.net.URI;
import java.util.List;

import io.github.electronspring.api.ElectronInvalidRequestException;
import io.github.electronspring.protocol.ChatMessage;
import io.github.electronspring.protocol.ToolCall;
import org.junit.jupiter.api.Test;

import org.springframework.ai.chat.messages.AssistantMessage;
import org.springframework.ai.chat.messages.Message;
import org.springframework.ai.chat.messages.SystemMessage;
import org.springframework.ai.chat.messages.ToolResponseMessage;
import org.springframework.ai.chat.messages.ToolResponseMessage.ToolResponse;
import org.springframework.ai.chat.messages.UserMessage;
import org.springframework.ai.content.Media;
import org.springframework.util.MimeTypeUtils;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Tests for {@link MessageMapper}.
 *
 * @author The Electron Spring authors
 */
class MessageMapperTests {

	private static final AssistantMessage CALLING = AssistantMessage.builder()
		.content("One moment")
		.toolCalls(List.of(new AssistantMessage.ToolCall("1", "function", "weather", "{}"),
				new AssistantMessage.ToolCall("2", "function", "news", "{ }")))
		.build();

	private static final ToolResponseMessage RESPONSES = ToolResponseMessage.builder()
		.responses(List.of(new ToolResponse("1", "weather", "sunny"), new ToolResponse("2", "news", "none")))
		.build();

	private static final List<ChatMessage> WIRE = List.of(ChatMessage.system("Be brief"), ChatMessage.user("Hi"),
			ChatMessage.assistant("One moment",
					List.of(ToolCall.function("1", "weather", "{}"), ToolCall.function("2", "news", "{ }"))),
			ChatMessage.tool("1", "sunny"), ChatMessage.tool("2", "none"), ChatMessage.assistant("Sunny"));

	@Test
	void everyTypeIsMapped() {
		List<Message> messages = List.of(new SystemMessage("Be brief"), new UserMessage("Hi"), CALLING, RESPONSES,
				new AssistantMessage("Sunny"));
		assertThat(MessageMapper.toWire(messages)).isEqualTo(WIRE);
	}

	@Test
	void wireIsMappedBackWithNamesOfTools() {
		assertThat(MessageMapper.fromWire(WIRE)).containsExactly(new SystemMessage("Be brief"), new UserMessage("Hi"),
				CALLING, ToolResponseMessage.builder().responses(List.of(RESPONSES.getResponses().get(0))).build(),
				ToolResponseMessage.builder().responses(List.of(RESPONSES.getResponses().get(1))).build(),
				new AssistantMessage("Sunny"));
	}

	@Test
	void emptyTextBesideToolCallsIsLeftOut() {
		AssistantMessage message = AssistantMessage.builder().content("").toolCalls(CALLING.getToolCalls()).build();
		assertThat(MessageMapper.toWire(List.of(message)).get(0).content()).isNull();
		assertThat(MessageMapper.toWire(List.of(new AssistantMessage(null))).get(0).content()).isEmpty();
	}

	@Test
	void mediaIsRefused() {
		Media image = Media.builder()
			.mimeType(MimeTypeUtils.IMAGE_PNG)
			.data(URI.create("https://example.com/a"))
			.build();
		UserMessage message = UserMessage.builder().text("Look").media(image).build();
		assertThatExceptionOfType(ElectronInvalidRequestException.class)
			.isThrownBy(() -> MessageMapper.toWire(List.of(new SystemMessage("x"), message)))
			.withMessage("Message 1 holds 'image/png', but Electron takes text only: remove images and audio")
			.satisfies((ex) -> assertThat(ex.getDetails().get(0).path()).containsExactly("messages", "1", "content"));
	}

}
