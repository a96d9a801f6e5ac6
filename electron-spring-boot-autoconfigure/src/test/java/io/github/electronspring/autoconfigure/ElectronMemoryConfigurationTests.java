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

package io.github.electronspring.autoconfigure;

import java.util.Collections;
import java.util.List;

import io.github.electronspring.memory.ElectronChatMemoryAdvisor;
import io.github.electronspring.memory.PrefixStableChatMemory;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.junit.jupiter.api.Test;

import org.springframework.ai.chat.client.ChatClient;
import org.springframework.ai.chat.memory.ChatMemory;
import org.springframework.ai.chat.memory.ChatMemoryRepository;
import org.springframework.ai.chat.memory.MessageWindowChatMemory;
import org.springframework.ai.chat.messages.Message;
import org.springframework.ai.chat.messages.UserMessage;
import org.springframework.ai.model.chat.client.autoconfigure.ChatClientAutoConfiguration;
import org.springframework.ai.model.chat.memory.autoconfigure.ChatMemoryAutoConfiguration;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mockito.BDDMockito.given;
import static org.mockito.Mockito.mock;

/**
 * Tests for {@link ElectronMemoryConfiguration}.
 *
 * @author The Electron Spring authors
 */
class ElectronMemoryConfigurationTests {

	private static final List<Message> HISTORY = Collections.singletonList(new UserMessage("Hello"));

	private final ApplicationContextRunner contextRunner = new ApplicationContextRunner()
		.withConfiguration(AutoConfigurations.of(ElectronAutoConfiguration.class, ChatClientAutoConfiguration.class))
		.withPropertyValues("electron.api-key=sk_test");

	private final ApplicationContextRunner withSpringAi = this.contextRunner
		.withConfiguration(AutoConfigurations.of(ChatMemoryAutoConfiguration.class));

	@Test
	void memoryOfTheApplicationIsPrefixStable() {
		this.withSpringAi.run((context) -> assertThat(context).hasSingleBean(ChatMemory.class)
			.hasSingleBean(ElectronChatMemoryAdvisor.class)
			.getBean(ChatMemory.class)
			.isSameAs(context.getBean("electronChatMemory"))
			.isInstanceOf(PrefixStableChatMemory.class));
	}

	@Test
	void withoutSpringAisMemoryItIsThereToo() {
		this.contextRunner.run((context) -> {
			ChatMemory memory = context.getBean(ChatMemory.class);
			memory.add("c1", HISTORY);
			assertThat(memory.get("c1")).isEqualTo(HISTORY);
		});
	}

	@Test
	void historiesAreInTheRepositoryOfTheApplication() {
		ChatMemoryRepository repository = mock(ChatMemoryRepository.class);
		given(repository.findByConversationId("c1")).willReturn(HISTORY);
		this.withSpringAi.withBean(ChatMemoryRepository.class, () -> repository)
			.run((context) -> assertThat(context.getBean(ChatMemory.class).get("c1")).isEqualTo(HISTORY));
	}

	@Test
	void whenThereAreSeveralRepositoriesThereIsNoMemory() {
		this.contextRunner.withBean("first", ChatMemoryRepository.class, () -> mock(ChatMemoryRepository.class))
			.withBean("second", ChatMemoryRepository.class, () -> mock(ChatMemoryRepository.class))
			.run((context) -> assertThat(context).hasNotFailed()
				.doesNotHaveBean(ChatMemory.class)
				.doesNotHaveBean(ElectronChatMemoryAdvisor.class));
	}

	@Test
	void marksComeFromProperties() {
		this.contextRunner
			.withPropertyValues("electron.memory.high-water-mark=2000", "electron.memory.low-water-mark=100")
			.run((context) -> assertThat(context.getBean(ChatMemory.class))
				.hasFieldOrPropertyWithValue("highWaterMark", 2000)
				.hasFieldOrPropertyWithValue("lowWaterMark", 100));
	}

	@Test
	void whenUserDefinesMemoryBacksOff() {
		ChatMemory memory = MessageWindowChatMemory.builder().build();
		this.withSpringAi.withBean("custom", ChatMemory.class, () -> memory)
			.run((context) -> assertThat(context).hasSingleBean(ChatMemory.class)
				.hasSingleBean(ElectronChatMemoryAdvisor.class)
				.getBean(ElectronChatMemoryAdvisor.class)
				.hasFieldOrPropertyWithValue("memory", memory));
	}

	@Test
	void whenUserDefinesAdvisorBacksOff() {
		ElectronChatMemoryAdvisor advisor = new ElectronChatMemoryAdvisor(MessageWindowChatMemory.builder().build());
		this.withSpringAi.withBean("custom", ElectronChatMemoryAdvisor.class, () -> advisor)
			.run((context) -> assertThat(context).getBean(ElectronChatMemoryAdvisor.class).isSameAs(advisor));
	}

	@Test
	void whenThereAreSeveralMemoriesThereIsNoAdvisor() {
		this.contextRunner.withBean("first", ChatMemory.class, () -> mock(ChatMemory.class))
			.withBean("second", ChatMemory.class, () -> mock(ChatMemory.class))
			.run((context) -> assertThat(context).hasNotFailed().doesNotHaveBean(ElectronChatMemoryAdvisor.class));
	}

	@Test
	void whenChatModelIsAnotherMemoryIsThatOfSpringAi() {
		this.withSpringAi.withPropertyValues("spring.ai.model.chat=other")
			.run((context) -> assertThat(context).doesNotHaveBean(ElectronChatMemoryAdvisor.class)
				.getBean(ChatMemory.class)
				.isInstanceOf(MessageWindowChatMemory.class));
	}

	@Test
	void advisorIsNotAddedToTheClient() {
		this.withSpringAi
			.run((context) -> assertThat(context.getBean(ChatClient.class).prompt("Hi")).extracting("advisors")
				.asInstanceOf(InstanceOfAssertFactories.LIST)
				.noneMatch(ElectronChatMemoryAdvisor.class::isInstance));
	}

}
