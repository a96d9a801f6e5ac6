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

import java.math.BigDecimal;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;

import io.github.electronspring.api.ElectronApi;
import io.github.electronspring.api.TokenPrices;
import io.github.electronspring.chat.ElectronChatClient;
import io.github.electronspring.chat.ElectronChatModel;
import io.github.electronspring.chat.ToolExecutionMode;
import io.github.electronspring.tool.ElectronTool;
import io.github.electronspring.tool.ElectronToolRegistry;
import io.github.electronspring.turn.TurnListener;
import io.micrometer.observation.ObservationRegistry;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.junit.jupiter.api.Test;

import org.springframework.ai.chat.client.ChatClient;
import org.springframework.ai.chat.client.ChatClientBuilderCustomizer;
import org.springframework.ai.chat.model.ChatModel;
import org.springframework.ai.chat.observation.ChatModelObservationConvention;
import org.springframework.ai.model.chat.client.autoconfigure.ChatClientAutoConfiguration;
import org.springframework.ai.model.tool.autoconfigure.ToolCallingAutoConfiguration;
import org.springframework.beans.factory.NoUniqueBeanDefinitionException;
import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.boot.test.context.runner.ReactiveWebApplicationContextRunner;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.annotation.Order;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.mockito.Mockito.mock;

/**
 * Tests for {@link ElectronAutoConfiguration}.
 *
 * @author The Electron Spring authors
 */
class ElectronAutoConfigurationTests {

	private static final AutoConfigurations AUTO_CONFIGURATIONS = AutoConfigurations.of(ElectronAutoConfiguration.class,
			ChatClientAutoConfiguration.class, ToolCallingAutoConfiguration.class);

	private final ApplicationContextRunner contextRunner = new ApplicationContextRunner()
		.withConfiguration(AUTO_CONFIGURATIONS)
		.withPropertyValues("electron.api-key=sk_test");

	private final ApplicationContextRunner twoModels = this.contextRunner.withBean("otherChatModel", ChatModel.class,
			() -> mock(ChatModel.class));

	@Test
	void beansAreThere() {
		this.contextRunner.run((context) -> {
			assertThat(context).hasSingleBean(ElectronApi.class)
				.hasSingleBean(ElectronChatModel.class)
				.hasSingleBean(ChatModel.class)
				.hasSingleBean(ElectronChatClient.class)
				.hasSingleBean(ChatClient.class)
				.hasSingleBean(ElectronToolRegistry.class)
				.getBeanNames(Object.class)
				.contains("electronApi", "electronToolRegistry", "electronChatModel", "electronChatClient");
			assertThat(context.getBean(ChatClient.Builder.class)).isNotNull();
		});
	}

	@Test
	void whenApplicationIsReactiveBeansAreThere() {
		new ReactiveWebApplicationContextRunner().withConfiguration(AUTO_CONFIGURATIONS)
			.withPropertyValues("electron.api-key=sk_test")
			.run((context) -> assertThat(context).hasSingleBean(ElectronChatClient.class));
	}

	@Test
	void whenDisabledNothingIsThere() {
		this.contextRunner.withPropertyValues("electron.enabled=false")
			.run((context) -> assertThat(context).doesNotHaveBean(ElectronApi.class)
				.doesNotHaveBean(ElectronChatModel.class)
				.doesNotHaveBean(ElectronChatClient.class));
	}

	@Test
	void whenChatModelIsAnotherNothingIsThere() {
		this.twoModels.withPropertyValues("spring.ai.model.chat=other", "electron.primary=true").run((context) -> {
			assertThat(context).doesNotHaveBean(ElectronApi.class)
				.doesNotHaveBean(ElectronChatModel.class)
				.doesNotHaveBean(ElectronChatClient.class);
			assertThat(context.getBean(ChatClient.Builder.class)).isNotNull();
		});
	}

	@Test
	void whenUserDefinesModelBacksOff() {
		this.contextRunner
			.withBean("custom", ElectronChatModel.class,
					() -> ElectronChatModel.builder(mock(ElectronApi.class)).build())
			.run((context) -> assertThat(context).hasSingleBean(ElectronChatModel.class)
				.doesNotHaveBean("electronChatModel")
				.hasSingleBean(ElectronChatClient.class));
	}

	@Test
	void whenUserDefinesToolRegistryBacksOff() {
		this.contextRunner.withUserConfiguration(RegistryConfiguration.class)
			.run((context) -> assertThat(context).hasSingleBean(ElectronToolRegistry.class)
				.doesNotHaveBean("electronToolRegistry"));
	}

	@Test
	void toolsOfBeansJoinRequests() {
		this.contextRunner.withBean(Clock.class).run((context) -> {
			assertThat(context.getBean(ElectronToolRegistry.class).getToolNames()).containsExactly("time");
			assertThat(registeredTools(context.getBean(ElectronChatModel.class))).hasSize(1);
		});
	}

	@Test
	void whenToolsAreNotRegisteredByThemselvesTheyAreInTheRegistryOnly() {
		this.contextRunner.withBean(Clock.class)
			.withPropertyValues("electron.tools.auto-register=false")
			.run((context) -> {
				assertThat(context.getBean(ElectronToolRegistry.class).getToolNames()).containsExactly("time");
				assertThat(registeredTools(context.getBean(ElectronChatModel.class))).isEmpty();
			});
	}

	@Test
	void toolMayUseTheClient() {
		this.contextRunner.withBean(Summary.class)
			.run((context) -> assertThat(registeredTools(context.getBean(ElectronChatModel.class))).hasSize(1));
	}

	private static List<?> registeredTools(ElectronChatModel model) {
		return (List<?>) assertThat(model).extracting("settings.registeredTools")
			.asInstanceOf(InstanceOfAssertFactories.type(Supplier.class))
			.actual()
			.get();
	}

	@Test
	void whenUserDefinesElectronClientBacksOff() {
		this.contextRunner.withBean("custom", ElectronChatClient.class, () -> mock(ElectronChatClient.class))
			.run((context) -> assertThat(context).hasSingleBean(ElectronChatClient.class)
				.doesNotHaveBean("electronChatClient"));
	}

	@Test
	void whenUserDefinesClientItWinsOverElectrons() {
		ChatClient custom = mock(ChatClient.class);
		this.contextRunner.withBean("custom", ChatClient.class, () -> custom).run((context) -> {
			assertThat(context.getBean(ChatClient.class)).isSameAs(custom);
			assertThat(context.getBean(ElectronChatClient.class)).isSameAs(context.getBean("electronChatClient"));
		});
	}

	@Test
	void whenUserDefinesTwoElectronModelsThereIsNoClient() {
		this.contextRunner
			.withBean("one", ElectronChatModel.class, () -> ElectronChatModel.builder(mock(ElectronApi.class)).build())
			.withBean("two", ElectronChatModel.class, () -> ElectronChatModel.builder(mock(ElectronApi.class)).build())
			.run((context) -> assertThat(context).hasNotFailed().doesNotHaveBean(ElectronChatClient.class));
	}

	@Test
	void whenThereIsASecondModelClientsAreElectrons() {
		this.twoModels.run((context) -> {
			assertThat(context.getBean(ChatClient.class)).isSameAs(context.getBean(ElectronChatClient.class));
			assertThatExceptionOfType(NoUniqueBeanDefinitionException.class)
				.isThrownBy(() -> context.getBean(ChatModel.class));
		});
	}

	@Test
	void whenPrimaryModelIsElectrons() {
		this.twoModels.withPropertyValues("electron.primary=true").run((context) -> {
			assertThat(context.getBean(ChatModel.class)).isSameAs(context.getBean(ElectronChatModel.class));
			assertThat(context.getBean(ChatClient.Builder.class)).isNotNull();
		});
	}

	@Test
	void whenPrimaryAndUserDefinesModelStarts() {
		this.contextRunner.withPropertyValues("electron.primary=true")
			.withBean("custom", ElectronChatModel.class,
					() -> ElectronChatModel.builder(mock(ElectronApi.class)).build())
			.run((context) -> assertThat(context).hasSingleBean(ElectronChatModel.class));
	}

	@Test
	void whenClientsOfSpringAiAreDisabledThereIsNoClient() {
		this.contextRunner.withPropertyValues("spring.ai.chat.client.enabled=false")
			.run((context) -> assertThat(context).hasSingleBean(ElectronChatModel.class)
				.doesNotHaveBean(ElectronChatClient.class));
	}

	@Test
	void modelExecutesTools() {
		this.contextRunner
			.run((context) -> assertThat(context.getBean(ElectronChatModel.class).getOptions().getToolExecution())
				.isNotEqualTo(ToolExecutionMode.CALLER));
	}

	@Test
	void whenToolCallingOfSpringAiIsDisabledModelLeavesToolsToTheCaller() {
		this.contextRunner.withPropertyValues("spring.ai.chat.client.tool-calling.enabled=false")
			.run((context) -> assertThat(context.getBean(ElectronChatModel.class).getOptions().getToolExecution())
				.isEqualTo(ToolExecutionMode.CALLER));
	}

	@Test
	void modelHasThePropertiesOfTheApplication() {
		this.contextRunner
			.withPropertyValues("electron.chat.options.temperature=0.3", "electron.chat.turn-timeout=10s",
					"electron.tools.max-rounds=2", "electron.prices.input=1", "electron.prices.cached-input=2",
					"electron.prices.output=3")
			.run((context) -> {
				ElectronChatModel model = context.getBean(ElectronChatModel.class);
				assertThat(model.getOptions().getTemperature()).isEqualTo(0.3);
				assertThat(model.getOptions().getTurnTimeout()).isEqualTo(Duration.ofSeconds(10));
				assertThat(model).extracting("settings.maxToolRounds").isEqualTo(2);
				assertThat(TokenPricesMapper.map(context.getBean(ElectronProperties.class)).apply("electron"))
					.isEqualTo(new TokenPrices(BigDecimal.ONE, new BigDecimal(2), new BigDecimal(3)));
			});
	}

	@Test
	void modelIsObserved() {
		ObservationRegistry registry = ObservationRegistry.create();
		ChatModelObservationConvention convention = mock(ChatModelObservationConvention.class);
		this.contextRunner.withBean(ObservationRegistry.class, () -> registry)
			.withBean(ChatModelObservationConvention.class, () -> convention)
			.run((context) -> assertThat(context.getBean(ElectronChatModel.class))
				.extracting("settings.observationRegistry", "settings.observationConvention")
				.containsExactly(registry, convention));
	}

	@Test
	void listenersHearOfTurnsInOrder() {
		this.contextRunner.withUserConfiguration(ListenerConfiguration.class)
			.run((context) -> assertThat(context.getBean(ElectronChatModel.class)).extracting("settings.turnListeners")
				.isEqualTo(List.of(context.getBean("first"), context.getBean("second"))));
	}

	@Test
	void customizersOfClientBuildersAreApplied() {
		List<ChatClient.Builder> builders = new ArrayList<>();
		this.contextRunner.withBean(ChatClientBuilderCustomizer.class, () -> builders::add).run((context) -> {
			assertThat(context).hasSingleBean(ElectronChatClient.class);
			assertThat(builders).hasSize(1);
		});
	}

	@Configuration(proxyBeanMethods = false)
	static class ListenerConfiguration {

		@Bean
		@Order(2)
		TurnListener second() {
			return mock(TurnListener.class);
		}

		@Bean
		@Order(1)
		TurnListener first() {
			return mock(TurnListener.class);
		}

	}

	@Configuration(proxyBeanMethods = false)
	static class RegistryConfiguration {

		@Bean
		ElectronToolRegistry custom(ConfigurableListableBeanFactory beanFactory) {
			return new ElectronToolRegistry(beanFactory);
		}

	}

	static class Clock {

		@ElectronTool(description = "The time")
		String time() {
			return "12:00";
		}

	}

	static class Summary {

		Summary(ChatClient client) {
		}

		@ElectronTool(description = "A summary")
		String summary(String text) {
			return text;
		}

	}

}
