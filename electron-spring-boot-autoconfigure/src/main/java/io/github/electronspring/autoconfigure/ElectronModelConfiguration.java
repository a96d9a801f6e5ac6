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

import io.github.electronspring.api.ElectronApi;
import io.github.electronspring.chat.ElectronChatModel;
import io.github.electronspring.chat.ElectronChatOptionsBuilder;
import io.github.electronspring.chat.ToolCallSettings;
import io.github.electronspring.chat.ToolExecutionMode;
import io.github.electronspring.turn.TurnInterceptor;
import io.github.electronspring.turn.TurnListener;
import io.github.electronspring.turn.TurnSettings;
import io.micrometer.observation.ObservationRegistry;

import org.springframework.ai.chat.observation.ChatModelObservationConvention;
import org.springframework.ai.model.chat.client.autoconfigure.ChatClientBuilderProperties;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.config.BeanFactoryPostProcessor;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBooleanProperty;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/**
 * Configuration of the chat model.
 *
 * @author The Electron Spring authors
 */
@Configuration(proxyBeanMethods = false)
class ElectronModelConfiguration {

	static final String CHAT_MODEL_BEAN_NAME = "electronChatModel";

	static final String PRIMARY_PROPERTY = "electron.primary";

	@Bean(CHAT_MODEL_BEAN_NAME)
	@ConditionalOnMissingBean
	ElectronChatModel electronChatModel(ElectronApi api, ElectronProperties properties, RegisteredTools tools,
			TurnSettings turnSettings, ToolCallSettings toolCallSettings,
			ObjectProvider<ChatClientBuilderProperties> clientProperties,
			ObjectProvider<ObservationRegistry> observationRegistry,
			ObjectProvider<ChatModelObservationConvention> observationConvention,
			ObjectProvider<TurnListener> turnListeners, ObjectProvider<TurnInterceptor> turnInterceptors) {
		ElectronChatOptionsBuilder options = ElectronChatOptionsPropertyMapper.map(properties);
		clientProperties.ifAvailable((client) -> {
			if (!client.getToolCalling().isEnabled()) {
				options.toolExecution(ToolExecutionMode.CALLER);
			}
		});
		return ElectronChatModel.builder(api)
			.options(options.build())
			.registeredTools(tools::get)
			.registeredToolsMayBlock(properties.getTools().isIncludeCallbacks())
			.turnSettings(turnSettings)
			.toolCallSettings(toolCallSettings)
			.maxToolRounds(properties.getTools().getMaxRounds())
			.prices(TokenPricesMapper.map(properties))
			.observationRegistry(observationRegistry.getIfUnique(() -> ObservationRegistry.NOOP))
			.observationConvention(observationConvention.getIfUnique())
			.turnListeners(turnListeners.orderedStream().toList())
			.turnInterceptors(turnInterceptors.orderedStream().toList())
			.build();
	}

	@Bean
	@ConditionalOnBooleanProperty(PRIMARY_PROPERTY)
	static BeanFactoryPostProcessor electronPrimaryChatModelPostProcessor() {
		return (beanFactory) -> {
			if (beanFactory.containsBeanDefinition(CHAT_MODEL_BEAN_NAME)) {
				beanFactory.getBeanDefinition(CHAT_MODEL_BEAN_NAME).setPrimary(true);
			}
		};
	}

}
