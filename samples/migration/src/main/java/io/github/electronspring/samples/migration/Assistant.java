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

package io.github.electronspring.samples.migration;

import java.util.List;

import reactor.core.publisher.Flux;

import org.springframework.ai.chat.client.ChatClient;
import org.springframework.ai.chat.client.advisor.MessageChatMemoryAdvisor;
import org.springframework.ai.chat.memory.ChatMemory;
import org.springframework.ai.chat.prompt.ChatOptions;
import org.springframework.core.ParameterizedTypeReference;
import org.springframework.stereotype.Service;

/**
 * What applications do with a {@link ChatClient}.
 *
 * @author The Electron Spring authors
 */
@Service
public class Assistant {

	private final ChatClient chatClient;

	private final ChatClient rememberingClient;

	Assistant(ChatClient.Builder builder, ChatMemory chatMemory) {
		this.chatClient = builder.clone().defaultSystem("You are a friendly assistant.").build();
		this.rememberingClient = builder.clone()
			.defaultAdvisors(MessageChatMemoryAdvisor.builder(chatMemory).build())
			.build();
	}

	/**
	 * Answer at once.
	 * @param question the question
	 * @return the answer
	 */
	public String answer(String question) {
		return this.chatClient.prompt().user(question).options(ChatOptions.builder().temperature(0.2)).call().content();
	}

	/**
	 * Answer piece by piece.
	 * @param question the question
	 * @return the pieces of the answer
	 */
	public Flux<String> stream(String question) {
		return this.chatClient.prompt(question).stream().content();
	}

	/**
	 * Answer with the help of a tool.
	 * @param question the question
	 * @return the answer
	 */
	public String answerWithTool(String question) {
		return this.chatClient.prompt(question).tools(new WeatherTools()).call().content();
	}

	/**
	 * Answer as part of a conversation.
	 * @param conversationId the conversation
	 * @param text what the user says
	 * @return the answer
	 */
	public String converse(String conversationId, String text) {
		return this.rememberingClient.prompt(text)
			.advisors((advisors) -> advisors.param(ChatMemory.CONVERSATION_ID, conversationId))
			.call()
			.content();
	}

	/**
	 * Answer with an object.
	 * @param name the name of a city
	 * @return the city
	 */
	public City city(String name) {
		return this.chatClient.prompt("Tell me about the city of " + name).call().entity(City.class);
	}

	/**
	 * Answer with objects.
	 * @param country the name of a country
	 * @return cities of that country
	 */
	public List<City> cities(String country) {
		return this.chatClient.prompt("Name the largest cities of " + country)
			.call()
			.entity(new ParameterizedTypeReference<List<City>>() {
			});
	}

}
