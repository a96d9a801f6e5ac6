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
import java.util.function.Supplier;

import io.github.electronspring.api.Dialect;
import io.github.electronspring.api.ElectronApi;
import io.github.electronspring.api.Timeouts;
import io.github.electronspring.quota.Plan;
import io.github.electronspring.quota.RequestQuota;
import io.github.electronspring.resilience.CircuitBreakingElectronApi;
import io.github.electronspring.resilience.ResilienceListener;
import io.github.electronspring.resilience.RetrySettings;
import io.github.electronspring.resilience.RetryingElectronApi;
import io.github.resilience4j.circuitbreaker.CircuitBreaker;
import io.github.resilience4j.circuitbreaker.CircuitBreakerRegistry;

import org.springframework.web.reactive.function.client.WebClient;

/**
 * Makes providers: the wire, and around it quota, circuit breaker, retries and the
 * decorators of the application, in this order.
 *
 * @author The Electron Spring authors
 */
final class ElectronProviderFactory {

	private final ElectronProperties properties;

	private final WebClient.Builder webClientBuilder;

	private final Timeouts timeouts;

	private final RequestQuotaFactory quotas;

	private final CircuitBreakerRegistry circuitBreakers;

	private final ResilienceListener listener;

	private final List<ElectronApiCustomizer> customizers;

	ElectronProviderFactory(ElectronProperties properties, WebClient.Builder webClientBuilder, Timeouts timeouts,
			RequestQuotaFactory quotas, CircuitBreakerRegistry circuitBreakers, ResilienceListener listener,
			List<ElectronApiCustomizer> customizers) {
		this.properties = properties;
		this.webClientBuilder = webClientBuilder;
		this.timeouts = timeouts;
		this.quotas = quotas;
		this.circuitBreakers = circuitBreakers;
		this.listener = listener;
		this.customizers = customizers;
	}

	ElectronProvider electron(ElectronConnectionDetails connectionDetails, RequestQuota quota) {
		String baseUrl = connectionDetails.getBaseUrl();
		ElectronApi wire = wire(ElectronApiConfiguration.PROVIDER, baseUrl, connectionDetails::getApiKey,
				Dialect.ELECTRON);
		return guard(ElectronApiConfiguration.PROVIDER, baseUrl, this.properties.getModel(), wire, quota);
	}

	ElectronProvider create(String name, ElectronProviderProperties provider) {
		Supplier<String> apiKey = () -> String.valueOf(provider.getApiKey());
		Plan plan = QuotaSettingsMapper.plan(provider);
		String baseUrl = String.valueOf(provider.getBaseUrl());
		ElectronApi wire = wire(name, baseUrl, apiKey, provider.getDialect());
		return guard(name, baseUrl, String.valueOf(provider.getModel()), wire,
				this.quotas.create(QuotaSettingsMapper.map(this.properties.getQuota(), plan), apiKey));
	}

	private ElectronApi wire(String name, String baseUrl, Supplier<String> apiKey, Dialect dialect) {
		return ElectronApi.builder()
			.provider(name)
			.baseUrl(baseUrl)
			.apiKey(apiKey)
			.dialect(dialect)
			.webClientBuilder(this.webClientBuilder)
			.timeouts(this.timeouts)
			.build();
	}

	private ElectronProvider guard(String name, String baseUrl, String model, ElectronApi wire, RequestQuota quota) {
		CircuitBreakingElectronApi circuit = new CircuitBreakingElectronApi(quota.limit(wire), name,
				circuitBreaker(name));
		ElectronApi api = new RetryingElectronApi(circuit, name, retrySettings(), this.listener);
		for (ElectronApiCustomizer customizer : this.customizers) {
			api = customizer.customize(name, api);
		}
		return new ElectronProvider(name, baseUrl, model, api, quota, circuit);
	}

	private CircuitBreaker circuitBreaker(String name) {
		// What the application has configured under this name wins
		return this.circuitBreakers.find(name)
			.orElseGet(() -> this.circuitBreakers.getConfiguration(name).isPresent()
					? this.circuitBreakers.circuitBreaker(name, name)
					: this.circuitBreakers.circuitBreaker(name, CircuitBreakingElectronApi.defaultConfig()));
	}

	private RetrySettings retrySettings() {
		ElectronRetryProperties retry = this.properties.getRetry();
		return RetrySettings.defaults()
			.withMaxAttempts(retry.getMaxAttempts())
			.withMinBackoff(retry.getMinBackoff())
			.withMaxBackoff(retry.getMaxBackoff())
			.withBudget(retry.getBudget());
	}

}
