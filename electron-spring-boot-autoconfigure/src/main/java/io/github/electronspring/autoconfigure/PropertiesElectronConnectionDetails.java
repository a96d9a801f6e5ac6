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

import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;

import org.springframework.core.env.Environment;

/**
 * Adapts {@link ElectronProperties} to {@link ElectronConnectionDetails}.
 *
 * @author The Electron Spring authors
 */
class PropertiesElectronConnectionDetails implements ElectronConnectionDetails {

	private static final Log logger = LogFactory.getLog(PropertiesElectronConnectionDetails.class);

	private final ElectronProperties properties;

	private final Environment environment;

	private final String baseUrl;

	/**
	 * Create details.
	 * @param properties the properties
	 * @param environment where the environment variable of the key is looked up
	 * @throws InvalidElectronConfigurationException if the key is missing or the base URL
	 * is not one
	 */
	PropertiesElectronConnectionDetails(ElectronProperties properties, Environment environment) {
		this.properties = properties;
		this.environment = environment;
		this.baseUrl = ElectronBaseUrl.normalize(properties.getBaseUrl());
		if (ElectronBaseUrl.isUnprotected(this.baseUrl)) {
			logger.warn("API key and conversations go to '%s' without encryption ('%s')".formatted(this.baseUrl,
					ElectronBaseUrl.PROPERTY));
		}
		getApiKey();
	}

	@Override
	public String getBaseUrl() {
		return this.baseUrl;
	}

	@Override
	public String getApiKey() {
		return ElectronApiKey.find(this.properties.getApiKey(), this.environment);
	}

}
