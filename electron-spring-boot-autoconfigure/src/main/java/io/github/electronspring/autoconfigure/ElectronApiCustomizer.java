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

import io.github.electronspring.api.ElectronApi;

/**
 * Callback interface that can be implemented by beans wishing to decorate the
 * {@link ElectronApi} of a provider, for example to cache or to audit. Beans are applied
 * in their order: each decorates what those before it returned, so that the last one sees
 * a request first.
 *
 * @author The Electron Spring authors
 */
@FunctionalInterface
public interface ElectronApiCustomizer {

	/**
	 * Customize the API of a provider.
	 * @param provider the name of the provider, {@code electron} for Electron itself
	 * @param api the API so far
	 * @return the API to use, a decorator or the API itself
	 */
	ElectronApi customize(String provider, ElectronApi api);

}
