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

package io.github.electronspring.benchmarks;

import java.util.List;
import java.util.Objects;

import org.springframework.ai.chat.client.ChatClient;
import org.springframework.ai.openai.OpenAiChatModel;
import org.springframework.ai.openai.OpenAiChatOptions;
import org.springframework.ai.tool.ToolCallback;

/**
 * Turns of Spring AI's OpenAI model, through Spring AI's client, which runs the tools.
 *
 * @author The Electron Spring authors
 */
final class SpringAiClient {

	private final ChatClient chatClient;

	private final List<ToolCallback> tools;

	SpringAiClient(String baseUrl, SlowTools tools) {
		this.chatClient = ChatClient.create(OpenAiChatModel.builder()
			.options(OpenAiChatOptions.builder().baseUrl(baseUrl).apiKey("key").model("electron").build())
			.build());
		this.tools = tools.callbacks();
	}

	void stream(TurnProbe probe) {
		this.chatClient.prompt(TurnClient.QUESTION)
			.tools(this.tools)
			.stream()
			.content()
			.doOnNext(probe::text)
			.blockLast(TurnClient.TIMEOUT);
	}

	void call(TurnProbe probe) {
		probe.text(
				Objects.requireNonNull(this.chatClient.prompt(TurnClient.QUESTION).tools(this.tools).call().content()));
	}

}
