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

import io.github.electronspring.chat.ElectronChatClient;
import io.github.electronspring.chat.ElectronChatModel;
import io.github.electronspring.test.simulator.ElectronScript;
import io.github.electronspring.test.simulator.ElectronSimulator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

import org.springframework.ai.chat.client.ChatClient;
import org.springframework.ai.chat.model.ChatModel;
import org.springframework.ai.openai.OpenAiChatModel;
import org.springframework.beans.factory.NoUniqueBeanDefinitionException;
import org.springframework.boot.Banner;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Configuration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatException;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Tests for an application with two chat models.
 *
 * @author The Electron Spring authors
 */
@ExtendWith(OutputCaptureExtension.class)
class TwoModelsApplicationTests {

	@Test
	void whenBothKeysAreSetClientsAreElectrons() {
		try (ConfigurableApplicationContext context = start(TwoModelsApplication.class)) {
			assertThat(context.getBean(ChatClient.class)).isSameAs(context.getBean(ElectronChatClient.class));
			assertThat(context.getBeansOfType(ChatModel.class)).containsOnlyKeys("electronChatModel",
					"openAiChatModel");
			assertThat(context.getBean(Desk.class)).isNotNull();
			assertThatExceptionOfType(NoUniqueBeanDefinitionException.class)
				.isThrownBy(() -> context.getBean(ChatModel.class));
		}
	}

	@Test
	void eachModelTalksToItsOwnService() {
		try (ElectronSimulator electron = ElectronSimulator.start();
				ElectronSimulator openAi = ElectronSimulator.start()) {
			electron.enqueue(ElectronScript.text("Good morning"));
			openAi.enqueue(ElectronScript.text("Dear neighbour"));
			try (ConfigurableApplicationContext context = start(TwoModelsApplication.class,
					"--electron.base-url=" + electron.baseUrl(),
					"--spring.ai.openai.base-url=" + openAi.openAiBaseUrl(),
					"--spring.ai.openai.chat.model=electron")) {
				Desk desk = context.getBean(Desk.class);
				assertThat(desk.answer("Hello")).isEqualTo("Good morning");
				assertThat(desk.write("the hedge")).isEqualTo("Dear neighbour");
			}
			assertThat(electron.requests()).hasSize(1);
			assertThat(openAi.requests()).hasSize(1);
		}
	}

	@Test
	void whenElectronIsPrimaryChatModelIsElectrons() {
		try (ConfigurableApplicationContext context = start(ModelApplication.class, "--electron.primary=true")) {
			assertThat(context.getBean(ChatModel.class)).isInstanceOf(ElectronChatModel.class);
			assertThat(context.getBean(ChatClient.Builder.class)).isNotNull();
			assertThat(context.getBean(ChatClient.class)).isInstanceOf(ElectronChatClient.class);
		}
	}

	@Test
	void whenChatModelIsAmbiguousNamesTheProperty(CapturedOutput output) {
		assertThatException().isThrownBy(() -> start(ModelApplication.class));
		assertThat(output).contains("APPLICATION FAILED TO START")
			.contains("required a single chat model, but 2 were found", "'electronChatModel'", "'openAiChatModel'")
			.contains("- Set 'electron.primary' to 'true'");
	}

	@Test
	void whenClientBuilderIsAmbiguousNamesTheProperty(CapturedOutput output) {
		assertThatException().isThrownBy(() -> start(BuilderApplication.class));
		assertThat(output).contains("APPLICATION FAILED TO START").contains("- Set 'electron.primary' to 'true'");
	}

	@Test
	void whenChatModelIsOpenAiElectronIsOff() {
		try (ConfigurableApplicationContext context = start(BuilderApplication.class, "--spring.ai.model.chat=openai",
				"--electron.api-key=")) {
			assertThat(context.getBean(ChatModel.class)).isInstanceOf(OpenAiChatModel.class);
			assertThat(context.getBeansOfType(ChatClient.class)).isEmpty();
		}
	}

	@Test
	void whenChatModelIsElectronOpenAiIsOff() {
		try (ConfigurableApplicationContext context = start(BuilderApplication.class,
				"--spring.ai.model.chat=electron")) {
			assertThat(context.getBean(ChatModel.class)).isInstanceOf(ElectronChatModel.class);
			assertThat(context.getBean(ChatClient.class)).isInstanceOf(ElectronChatClient.class);
		}
	}

	private static ConfigurableApplicationContext start(Class<?> application, String... arguments) {
		return new SpringApplicationBuilder(application).bannerMode(Banner.Mode.OFF)
			.properties("SMALLEST_API_KEY=sk_test", "OPENAI_API_KEY=sk_test")
			.run(arguments);
	}

	@Configuration(proxyBeanMethods = false)
	@EnableAutoConfiguration
	static class ModelApplication {

		ModelApplication(ChatModel model) {
		}

	}

	@Configuration(proxyBeanMethods = false)
	@EnableAutoConfiguration
	static class BuilderApplication {

		BuilderApplication(ChatClient.Builder builder) {
		}

	}

}
