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

import java.util.ArrayList;
import java.util.List;

import io.github.electronspring.api.ElectronApi;
import io.github.electronspring.quota.Plan;
import io.github.electronspring.quota.RequestQuota;
import io.github.electronspring.resilience.ResilienceListener;
import io.github.resilience4j.circuitbreaker.CircuitBreakerRegistry;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
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

	static final String PROVIDER = "electron";

	private static final Log logger = LogFactory.getLog(ElectronApiConfiguration.class);

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
	@ConditionalOnMissingBean
	RequestQuotaFactory electronRequestQuotaFactory(ElectronProperties properties) {
		if (properties.getQuota().getStore() == ElectronQuotaProperties.Store.REDIS) {
			throw new InvalidElectronConfigurationException(
					"'electron.quota.store' is 'redis', but there is no reactive connection to Redis",
					"Add the dependency 'spring-boot-starter-data-redis', or set 'electron.quota.store' to 'local'.");
		}
		return (settings, apiKey) -> RequestQuota.local(settings);
	}

	@Bean
	@ConditionalOnMissingBean
	RequestQuota electronQuota(ElectronProperties properties, ElectronConnectionDetails connectionDetails,
			RequestQuotaFactory factory) {
		Plan plan = QuotaSettingsMapper.plan(properties, connectionDetails);
		logger.info(QuotaSettingsMapper.describe(plan));
		return factory.create(QuotaSettingsMapper.map(properties.getQuota(), plan), connectionDetails::getApiKey);
	}

	@Bean
	ElectronProviders electronProviders(ElectronProperties properties, ElectronConnectionDetails connectionDetails,
			ElectronHttpConnector connector, RequestQuota quota, RequestQuotaFactory quotas,
			ObjectProvider<WebClient.Builder> webClientBuilder,
			ObjectProvider<ElectronWebClientCustomizer> webClientCustomizers,
			ObjectProvider<ElectronApiCustomizer> apiCustomizers,
			ObjectProvider<CircuitBreakerRegistry> circuitBreakers, ObjectProvider<ResilienceListener> listeners) {
		WebClient.Builder builder = webClientBuilder.getIfAvailable(WebClient::builder)
			.clone()
			.clientConnector(connector.getConnector());
		webClientCustomizers.orderedStream().forEach((customizer) -> customizer.customize(builder));
		ElectronProviderFactory factory = new ElectronProviderFactory(properties, builder, connector.getTimeouts(),
				quotas, circuitBreakers.getIfUnique(CircuitBreakerRegistry::ofDefaults),
				new ResilienceListeners(listeners.orderedStream().toList()), apiCustomizers.orderedStream().toList());
		List<ElectronProvider> providers = new ArrayList<>();
		providers.add(factory.electron(connectionDetails, quota));
		properties.getProviders().forEach((name, provider) -> providers.add(factory.create(name, provider)));
		return new ElectronProviders(providers);
	}

	@Bean
	ElectronApi electronApi(ElectronProviders providers, ElectronProperties properties,
			ObjectProvider<ResilienceListener> listeners, RequestReports reports,
			ObjectProvider<ElectronRequestCustomizer> requestCustomizers) {
		ElectronApi api = providers.failover(properties, new ResilienceListeners(listeners.orderedStream().toList()));
		return RequestCustomizingElectronApi.of(reports.report(api, providers.providers()), requestCustomizers);
	}

}
