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

import io.github.electronspring.api.ElectronApi;
import io.github.electronspring.chat.ElectronChatModel;
import io.github.electronspring.chat.ElectronChatOptions;
import io.github.electronspring.turn.TextReceived;

import org.springframework.ai.chat.client.ChatClient;
import org.springframework.ai.chat.prompt.Prompt;
import org.springframework.ai.tool.ToolCallback;

/**
 * Turns of this library.
 *
 * @author The Electron Spring authors
 */
final class ElectronClient {

	private final ElectronChatModel model;

	private final List<ToolCallback> tools;

	private final ChatClient chatClient;

	ElectronClient(String baseUrl, SlowTools tools) {
		this.model = ElectronChatModel.builder(ElectronApi.builder().baseUrl(baseUrl).apiKey("key").build()).build();
		this.tools = tools.callbacks();
		this.chatClient = ChatClient.create(this.model);
	}

	/**
	 * Stream a turn through the model; its listener takes the text.
	 * @param probe takes the text
	 */
	void stream(TurnProbe probe) {
		this.model.stream(prompt(probe)).blockLast(TurnClient.TIMEOUT);
	}

	/**
	 * Call the model; a listener takes the text.
	 * @param probe takes the text
	 */
	void call(TurnProbe probe) {
		this.model.call(prompt(probe));
	}

	/**
	 * Stream a turn through Spring AI's client; its subscriber takes the text.
	 * @param probe takes the text
	 */
	void streamChatClient(TurnProbe probe) {
		this.chatClient.prompt(TurnClient.QUESTION)
			.tools(this.tools)
			.stream()
			.content()
			.doOnNext(probe::text)
			.blockLast(TurnClient.TIMEOUT);
	}

	private Prompt prompt(TurnProbe probe) {
		return new Prompt(TurnClient.QUESTION,
				ElectronChatOptions.builder().toolCallbacks(this.tools).turnListeners((event) -> {
					if (event instanceof TextReceived received) {
						probe.text(Objects.requireNonNull(received.text()));
					}
				}).build());
	}

}
