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

package io.github.electronspring.actuate;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.function.Supplier;

import io.github.electronspring.quota.RequestQuota;
import io.github.resilience4j.circuitbreaker.CircuitBreaker;

import org.springframework.util.Assert;

/**
 * A provider as operators see it. Thread-safe.
 *
 * @param name its name
 * @param baseUrl its base URL, of which only scheme, host, port and path are kept
 * @param model its model
 * @param quota its limits
 * @param circuit gives the state of its circuit breaker, in which {@code HALF_OPEN} means
 * that the next request will be let through
 * @author The Electron Spring authors
 */
public record MonitoredProvider(String name, String baseUrl, String model, RequestQuota quota,
		Supplier<CircuitBreaker.State> circuit) {

	/**
	 * Create a provider.
	 */
	public MonitoredProvider {
		Assert.hasText(name, "'name' must not be empty");
		Assert.notNull(baseUrl, "'baseUrl' must not be null");
		Assert.hasText(model, "'model' must not be empty");
		Assert.notNull(quota, "'quota' must not be null");
		Assert.notNull(circuit, "'circuit' must not be null");
		baseUrl = withoutSecrets(baseUrl);
	}

	private static String withoutSecrets(String url) {
		try {
			URI uri = new URI(url.strip());
			return new URI(uri.getScheme(), null, uri.getHost(), uri.getPort(), uri.getPath(), null, null).toString();
		}
		catch (URISyntaxException ex) {
			return "";
		}
	}

}
