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

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

import dev.langchain4j.model.openai.OpenAiStreamingChatModel;
import dev.langchain4j.service.AiServices;
import dev.langchain4j.service.TokenStream;

/**
 * Turns of LangChain4j's OpenAI model with tools that run at the same time.
 *
 * @author The Electron Spring authors
 */
final class LangChainClient {

	private final Assistant assistant;

	LangChainClient(String baseUrl, SlowTools tools) {
		this.assistant = AiServices.builder(Assistant.class)
			.streamingChatModel(
					OpenAiStreamingChatModel.builder().baseUrl(baseUrl).apiKey("key").modelName("electron").build())
			.tools(tools)
			.executeToolsConcurrently()
			.build();
	}

	void stream(TurnProbe probe) throws Exception {
		CompletableFuture<Boolean> end = new CompletableFuture<>();
		this.assistant.answer(TurnClient.QUESTION)
			.onPartialResponse(probe::text)
			.onCompleteResponse((response) -> end.complete(true))
			.onError(end::completeExceptionally)
			.start();
		end.get(TurnClient.TIMEOUT.toSeconds(), TimeUnit.SECONDS);
	}

	/**
	 * What LangChain4j implements.
	 */
	interface Assistant {

		TokenStream answer(String question);

	}

}
