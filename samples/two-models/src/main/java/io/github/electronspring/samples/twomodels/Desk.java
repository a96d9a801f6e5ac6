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

package io.github.electronspring.samples.twomodels;

import org.jspecify.annotations.Nullable;

import org.springframework.ai.chat.client.ChatClient;
import org.springframework.ai.chat.model.ChatModel;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.stereotype.Component;

/**
 * Answers callers with Electron and writes letters with OpenAI.
 *
 * @author The Electron Spring authors
 */
@Component
public class Desk {

	private final ChatClient caller;

	private final ChatClient writer;

	Desk(ChatClient chatClient, @Qualifier("openAiChatModel") ChatModel openAi) {
		this.caller = chatClient;
		this.writer = ChatClient.create(openAi);
	}

	@Nullable String answer(String question) {
		return this.caller.prompt(question).call().content();
	}

	@Nullable String write(String subject) {
		return this.writer.prompt("Write a letter about " + subject).call().content();
	}

}
