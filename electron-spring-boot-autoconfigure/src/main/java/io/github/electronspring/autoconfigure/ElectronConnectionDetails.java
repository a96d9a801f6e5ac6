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

import io.github.electronspring.quota.Plan;
import org.jspecify.annotations.Nullable;

import org.springframework.boot.autoconfigure.service.connection.ConnectionDetails;

/**
 * Details required to establish a connection to the Electron service.
 *
 * @author The Electron Spring authors
 */
public interface ElectronConnectionDetails extends ConnectionDetails {

	/**
	 * Return the base URL of the service, without {@code /chat/completions}. Called once.
	 * @return the base URL
	 */
	String getBaseUrl();

	/**
	 * Return the API key. Called before each request, so that a key can be rotated, from
	 * a thread that must not be blocked.
	 * @return the API key
	 */
	String getApiKey();

	/**
	 * Return the plan whose limits are kept where {@code electron.plan} is not set.
	 * @return the plan, or {@code null} for the standard plan
	 */
	default @Nullable Plan getPlan() {
		return null;
	}

}
