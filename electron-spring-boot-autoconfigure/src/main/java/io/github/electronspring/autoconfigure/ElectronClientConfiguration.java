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

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;

import io.github.electronspring.api.ElectronApi;
import io.github.electronspring.chat.ElectronChatClient;
import io.github.electronspring.chat.ElectronChatClients;
import io.github.electronspring.chat.ElectronChatModel;
import io.github.electronspring.chat.ElectronChatOptions;
import io.micrometer.observation.ObservationRegistry;

import org.springframework.ai.chat.client.AdvisorParams;
import org.springframework.ai.chat.client.ChatClient;
import org.springframework.ai.chat.client.advisor.ToolCallingAdvisor;
import org.springframework.ai.chat.client.advisor.observation.AdvisorObservationConvention;
import org.springframework.ai.chat.client.observation.ChatClientObservationConvention;
import org.springframework.ai.model.chat.client.autoconfigure.ChatClientBuilderConfigurer;
import org.springframework.ai.model.chat.client.autoconfigure.ChatClientBuilderProperties;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnSingleCandidate;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Fallback;

/**
 * Configuration of the chat client, where Spring AI configures chat clients at all. It is
 * made like Spring AI's, but not from its builder bean: that has no model to take where
 * the application has several.
 *
 * @author The Electron Spring authors
 */
@Configuration(proxyBeanMethods = false)
@ConditionalOnBean(ChatClientBuilderConfigurer.class)
@ConditionalOnSingleCandidate(ElectronChatModel.class)
class ElectronClientConfiguration {

	@Bean
	@Fallback
	@ConditionalOnMissingBean
	ElectronChatClient electronChatClient(ElectronChatModel model, ElectronChatClientFactory factory) {
		return factory.create(model);
	}

	@Bean
	ElectronChatClientFactory electronChatClientFactory(ChatClientBuilderConfigurer configurer,
			ChatClientBuilderProperties properties, ObjectProvider<ObservationRegistry> observationRegistry,
			ObjectProvider<ChatClientObservationConvention> clientConvention,
			ObjectProvider<AdvisorObservationConvention> advisorConvention,
			ObjectProvider<ToolCallingAdvisor.Builder<?>> toolCallingAdvisor) {
		return (model) -> {
			ChatClient.Builder builder = ChatClient.builder(model,
					observationRegistry.getIfUnique(() -> ObservationRegistry.NOOP), clientConvention.getIfUnique(),
					advisorConvention.getIfUnique(), toolCallingAdvisor.getIfAvailable());
			if (!properties.getToolCalling().isEnabled()) {
				builder.defaultAdvisors(AdvisorParams.toolCallingAdvisorAutoRegister(false));
			}
			return ElectronChatClient.builder(configurer.configure(builder)).build();
		};
	}

	@Bean
	@ConditionalOnMissingBean
	ElectronChatClients electronChatClients(ElectronChatModel model, ElectronChatClientFactory factory,
			ElectronProperties properties, ObjectProvider<ElectronProviders> providers, RequestReports reports,
			ObjectProvider<ElectronRequestCustomizer> requestCustomizers) {
		Map<String, Supplier<ElectronChatClient>> clients = new LinkedHashMap<>();
		clients.put(ElectronApiConfiguration.PROVIDER, () -> factory.create(model));
		providers.ifAvailable((all) -> all.providers().forEach((provider) -> clients.put(provider.name(), () -> {
			ElectronApi reporting = reports.report(provider.api(), List.of(provider));
			ElectronApi api = RequestCustomizingElectronApi.of(reporting, requestCustomizers);
			return factory.create(model.mutate().api(api).options(options(properties, provider, model)).build());
		})));
		return new ElectronChatClients(clients);
	}

	private static ElectronChatOptions options(ElectronProperties properties, ElectronProvider provider,
			ElectronChatModel model) {
		ElectronProviderProperties own = properties.getProviders().get(provider.name());
		return (own != null)
				? ElectronChatOptionsPropertyMapper.map(properties, String.valueOf(own.getModel()), own.getOptions())
					.toolExecution(model.getOptions().getToolExecution())
					.build()
				: model.getOptions();
	}

}
