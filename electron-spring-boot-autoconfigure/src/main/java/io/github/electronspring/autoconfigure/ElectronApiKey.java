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

import org.jspecify.annotations.Nullable;

import org.springframework.core.env.Environment;
import org.springframework.util.StringUtils;

/**
 * Finds the API key: the property, or else the environment variable of the service.
 *
 * @author The Electron Spring authors
 */
final class ElectronApiKey {

	static final String PROPERTY = "electron.api-key";

	static final String ENVIRONMENT_VARIABLE = "SMALLEST_API_KEY";

	private static final String ACTION = """
			Set the property '%s' or the environment variable '%s' to your API key.

			To go on without a key, add the dependency 'electron-spring-boot-test' and set \
			'electron.simulator.enabled' to 'true': a simulator then takes the place of the service."""
		.formatted(PROPERTY, ENVIRONMENT_VARIABLE);

	private ElectronApiKey() {
	}

	/**
	 * Find the key.
	 * @param property the value of the property, or {@code null}
	 * @param environment where the environment variable is looked up
	 * @return the key, without space around it
	 * @throws InvalidElectronConfigurationException if there is none that can be used
	 */
	static String find(@Nullable String property, Environment environment) {
		if (property != null) {
			return check(PROPERTY, property);
		}
		String variable = environment.getProperty(ENVIRONMENT_VARIABLE);
		if (variable != null) {
			return check(ENVIRONMENT_VARIABLE, variable);
		}
		throw new InvalidElectronConfigurationException(
				"Electron has no API key: neither '%s' nor '%s' is set".formatted(PROPERTY, ENVIRONMENT_VARIABLE),
				ACTION);
	}

	private static String check(String source, String value) {
		String key = value.strip();
		if (!StringUtils.hasLength(key)) {
			throw new InvalidElectronConfigurationException("Electron has no API key: '%s' is blank".formatted(source),
					ACTION);
		}
		// The binder leaves a placeholder that it cannot resolve as it is
		if (key.startsWith("${") && key.endsWith("}")) {
			throw new InvalidElectronConfigurationException(
					"Electron has no API key: '%s' refers to '%s', which is not set".formatted(source, key), ACTION);
		}
		if (key.chars().anyMatch((character) -> character <= ' ' || character > '~')) {
			throw new InvalidElectronConfigurationException(
					"The API key of Electron in '%s' has a character that no key has, such as a space or a line end"
						.formatted(source),
					"Copy the key again, as one piece and without quotes.");
		}
		return key;
	}

}
