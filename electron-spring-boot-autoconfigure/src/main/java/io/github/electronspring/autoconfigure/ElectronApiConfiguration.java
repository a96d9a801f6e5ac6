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

import java.util.List;

import io.github.electronspring.api.ElectronApi;
import org.jspecify.annotations.Nullable;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.http.client.HttpClientSettings;
import org.springframework.boot.http.client.reactive.ClientHttpConnectorBuilder;
import org.springframework.boot.http.client.reactive.ReactorClientHttpConnectorBuilder;
import org.springframework.boot.ssl.SslBundles;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.env.Environment;
import org.springframework.web.reactive.function.client.WebClient;

/**
 * Configuration of the {@link ElectronApi} and of the HTTP client under it.
 *
 * @author The Electron Spring authors
 */
@Configuration(proxyBeanMethods = false)
@ConditionalOnMissingBean(ElectronApi.class)
class ElectronApiConfiguration {

	private static final String PROVIDER = "electron";

	@Bean
	@ConditionalOnMissingBean(ElectronConnectionDetails.class)
	PropertiesElectronConnectionDetails electronConnectionDetails(ElectronProperties properties,
			Environment environment) {
		return new PropertiesElectronConnectionDetails(properties, environment);
	}

	@Bean
	ElectronHttpConnector electronHttpConnector(ElectronProperties properties,
			ObjectProvider<HttpClientSettings> settings, ObjectProvider<ClientHttpConnectorBuilder<?>> builder,
			ObjectProvider<SslBundles> sslBundles) {
		return new ElectronHttpConnector(properties.getHttp(), settings.getIfAvailable(HttpClientSettings::defaults),
				reactor(builder.getIfAvailable()), sslBundles.getIfAvailable());
	}

	private static ReactorClientHttpConnectorBuilder reactor(@Nullable ClientHttpConnectorBuilder<?> builder) {
		return (builder instanceof ReactorClientHttpConnectorBuilder reactor) ? reactor
				: ClientHttpConnectorBuilder.reactor();
	}

	@Bean
	ElectronApi electronApi(ElectronConnectionDetails connectionDetails, ElectronHttpConnector connector,
			ObjectProvider<WebClient.Builder> webClientBuilder,
			ObjectProvider<ElectronWebClientCustomizer> webClientCustomizers,
			ObjectProvider<ElectronApiCustomizer> apiCustomizers,
			ObjectProvider<ElectronRequestCustomizer> requestCustomizers) {
		WebClient.Builder builder = webClientBuilder.getIfAvailable(WebClient::builder)
			.clone()
			.clientConnector(connector.getConnector());
		webClientCustomizers.orderedStream().forEach((customizer) -> customizer.customize(builder));
		ElectronApi api = ElectronApi.builder()
			.provider(PROVIDER)
			.baseUrl(connectionDetails.getBaseUrl())
			.apiKey(connectionDetails::getApiKey)
			.webClientBuilder(builder)
			.timeouts(connector.getTimeouts())
			.build();
		for (ElectronApiCustomizer customizer : apiCustomizers.orderedStream().toList()) {
			api = customizer.customize(PROVIDER, api);
		}
		List<ElectronRequestCustomizer> customizers = requestCustomizers.orderedStream().toList();
		return customizers.isEmpty() ? api : new RequestCustomizingElectronApi(api, customizers);
	}

}
