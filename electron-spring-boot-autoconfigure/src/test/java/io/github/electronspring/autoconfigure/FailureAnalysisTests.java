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

import io.github.electronspring.tool.ElectronTool;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

import org.springframework.ai.chat.client.ChatClient;
import org.springframework.ai.chat.model.ChatModel;
import org.springframework.boot.Banner;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.core.env.StandardEnvironment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatException;
import static org.mockito.Mockito.mock;

/**
 * Tests for what an application prints that cannot start.
 *
 * @author The Electron Spring authors
 */
@ExtendWith(OutputCaptureExtension.class)
class FailureAnalysisTests {

	private static final String KEY = "--electron.api-key=sk_test_0123456789";

	@Test
	void whenKeyIsMissingNamesTheWaysOn(CapturedOutput output) {
		fail(Application.class);
		assertThat(output).contains("APPLICATION FAILED TO START")
			.contains("neither 'electron.api-key' nor 'SMALLEST_API_KEY' is set.")
			.contains("'electron-spring-boot-test'", "'electron.simulator.enabled'");
	}

	@Test
	void whenKeyIsBlankNamesTheProperty(CapturedOutput output) {
		fail(Application.class, "--electron.api-key=");
		assertThat(output).contains("APPLICATION FAILED TO START").contains("'electron.api-key' is blank.");
	}

	@Test
	void whenPlaceholderOfKeyIsNotResolvedNamesIt(CapturedOutput output) {
		fail(Application.class, "--electron.api-key=${SMALLEST_API_KEY}");
		assertThat(output).contains("APPLICATION FAILED TO START")
			.contains("'electron.api-key' refers to '${SMALLEST_API_KEY}', which is not set.");
	}

	@Test
	void whenBaseUrlIsThatOfTheEndpointNamesTheRightOne(CapturedOutput output) {
		fail(Application.class, KEY, "--electron.base-url=https://gateway.example.com/v1/chat/completions");
		assertThat(output).contains("APPLICATION FAILED TO START")
			.contains("Base URL 'https://gateway.example.com/v1/chat/completions'")
			.contains("use 'https://gateway.example.com/v1'")
			.contains("Set 'electron.base-url' to a URL such as 'https://api.smallest.ai/waves/v1'")
			.doesNotContain("sk_test");
	}

	@Test
	void whenBaseUrlHasNoSchemeNamesTheRightOne(CapturedOutput output) {
		fail(Application.class, KEY, "--electron.base-url=api.smallest.ai/waves/v1");
		assertThat(output).contains("APPLICATION FAILED TO START")
			.contains("use 'https://api.smallest.ai/waves/v1'")
			.contains("'electron.base-url'");
	}

	@Test
	void whenBaseUrlIsBlankSaysSo(CapturedOutput output) {
		fail(Application.class, KEY, "--electron.base-url=");
		assertThat(output).contains("APPLICATION FAILED TO START")
			.contains("Base URL '' is blank.")
			.contains("Set 'electron.base-url' to a URL such as 'https://api.smallest.ai/waves/v1'");
	}

	@Test
	void whenValuesAreOutOfRangeNamesPropertiesValuesAndRanges(CapturedOutput output) {
		fail(Application.class, KEY, "--electron.chat.options.top-p=1.5", "--electron.tools.max-rounds=0");
		assertThat(output).contains("APPLICATION FAILED TO START")
			.contains("Property: electron.chat.options.top-p")
			.contains("Value: \"1.5\"")
			.contains("Reason: must be at least 0 and at most 1")
			.contains("Property: electron.tools.max-rounds")
			.contains("Reason: must be at least 1")
			.doesNotContain("sk_test");
	}

	@Test
	void whenChatModelIsAmbiguousNamesTheProperty(CapturedOutput output) {
		fail(ModelConsumer.class, KEY);
		assertThat(output).contains("APPLICATION FAILED TO START")
			.contains("Parameter 0 of constructor in " + ModelConsumer.class.getName())
			.contains("required a single chat model, but 2 were found: 'otherChatModel', 'electronChatModel'.")
			.contains("- Set 'electron.primary' to 'true'", "'spring.ai.model.chat'", "'ElectronChatClient'");
	}

	@Test
	void whenClientBuilderHasAmbiguousModelNamesTheProperty(CapturedOutput output) {
		fail(BuilderConsumer.class, KEY);
		assertThat(output).contains("APPLICATION FAILED TO START")
			.contains("required a single chat model, but 2 were found: 'otherChatModel', 'electronChatModel'.")
			.contains("- Set 'electron.primary' to 'true'");
	}

	@Test
	void whenToolIsInvalidNamesBeanAndMethod(CapturedOutput output) {
		fail(ToolApplication.class, KEY);
		assertThat(output).contains("APPLICATION FAILED TO START")
			.contains("Tool method '" + Forecast.class.getName() + ".forecast' of bean 'forecast'");
	}

	@Test
	void whenOtherBeansAreAmbiguousLeavesThemToSpringBoot(CapturedOutput output) {
		fail(TextConsumer.class, KEY);
		assertThat(output).contains("APPLICATION FAILED TO START")
			.contains("required a single bean, but 2 were found")
			.doesNotContain("electron.primary");
	}

	private static void fail(Class<?> application, String... arguments) {
		assertThatException().isThrownBy(() -> new SpringApplicationBuilder(application).bannerMode(Banner.Mode.OFF)
			.initializers((context) -> context.getEnvironment()
				.getPropertySources()
				.remove(StandardEnvironment.SYSTEM_ENVIRONMENT_PROPERTY_SOURCE_NAME))
			.run(arguments)
			.close());
	}

	@Configuration(proxyBeanMethods = false)
	@EnableAutoConfiguration
	static class Application {

	}

	@Configuration(proxyBeanMethods = false)
	static class SecondModel {

		@Bean
		ChatModel otherChatModel() {
			return mock(ChatModel.class);
		}

	}

	@Configuration(proxyBeanMethods = false)
	@EnableAutoConfiguration
	@Import(SecondModel.class)
	static class ModelConsumer {

		ModelConsumer(ChatModel model) {
		}

	}

	@Configuration(proxyBeanMethods = false)
	@EnableAutoConfiguration
	@Import(SecondModel.class)
	static class BuilderConsumer {

		BuilderConsumer(ChatClient.Builder builder) {
		}

	}

	@Configuration(proxyBeanMethods = false)
	@EnableAutoConfiguration
	static class TextConsumer {

		@Bean
		String one() {
			return "one";
		}

		@Bean
		String two() {
			return "two";
		}

		@Bean
		Object consumer(String text) {
			return text;
		}

	}

	@Configuration(proxyBeanMethods = false)
	@EnableAutoConfiguration
	static class ToolApplication {

		@Bean
		Forecast forecast() {
			return new Forecast();
		}

	}

	static class Forecast {

		@ElectronTool(name = "not a name", description = "The weather")
		String forecast() {
			return "sunny";
		}

	}

}
