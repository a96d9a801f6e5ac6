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

import org.springframework.web.reactive.function.client.WebClient;

/**
 * Callback interface that can be implemented by beans wishing to customize the
 * {@link WebClient} of Electron only. Beans are applied in their order, after those that
 * customize all web clients of the application and after the connector has been set.
 *
 * @author The Electron Spring authors
 */
@FunctionalInterface
public interface ElectronWebClientCustomizer {

	/**
	 * Customize the web client.
	 * @param builder the builder to customize
	 */
	void customize(WebClient.Builder builder);

}
