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

import java.net.URI;
import java.net.URISyntaxException;

import io.github.electronspring.api.ElectronApiBuilder;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.jspecify.annotations.Nullable;

import org.springframework.core.env.Environment;

/**
 * Adapts {@link ElectronProperties} to {@link ElectronConnectionDetails}.
 *
 * @author The Electron Spring authors
 */
class PropertiesElectronConnectionDetails implements ElectronConnectionDetails {

	private static final Log logger = LogFactory.getLog(PropertiesElectronConnectionDetails.class);

	private static final URI SERVICE = URI.create(ElectronApiBuilder.DEFAULT_BASE_URL);

	private final ElectronProperties properties;

	private final Environment environment;

	/**
	 * Create details.
	 * @param properties the properties
	 * @param environment where the environment variable of the key is looked up
	 * @throws InvalidElectronConfigurationException if the key is missing or the base URL
	 * has another path than the service
	 */
	PropertiesElectronConnectionDetails(ElectronProperties properties, Environment environment) {
		this.properties = properties;
		this.environment = environment;
		check(properties.getBaseUrl());
		getApiKey();
	}

	private static void check(String baseUrl) {
		// What is no URL at all is left to the API, which says so for any details
		URI uri = parse(baseUrl.strip());
		if (uri == null || uri.getHost() == null) {
			return;
		}
		if (SERVICE.getHost().equalsIgnoreCase(uri.getHost()) && !uri.getPath().startsWith("/waves/")) {
			throw new InvalidElectronConfigurationException(
					"The base URL in 'electron.base-url' has the path '%s', under which the service is not".formatted(
							uri.getPath()),
					"Set 'electron.base-url' to '%s', or leave it out.".formatted(SERVICE));
		}
		if ("http".equalsIgnoreCase(uri.getScheme()) && !isLoopback(uri.getHost())) {
			logger.warn("API key and conversations go to '%s' without encryption ('electron.base-url')"
				.formatted(uri.getHost()));
		}
	}

	private static @Nullable URI parse(String url) {
		try {
			return new URI(url);
		}
		catch (URISyntaxException ex) {
			return null;
		}
	}

	private static boolean isLoopback(String host) {
		return "localhost".equalsIgnoreCase(host) || host.startsWith("127.") || "[::1]".equals(host);
	}

	@Override
	public String getBaseUrl() {
		return this.properties.getBaseUrl();
	}

	@Override
	public String getApiKey() {
		return ElectronApiKey.find(this.properties.getApiKey(), this.environment);
	}

}
