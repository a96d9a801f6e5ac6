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

package io.github.electronspring.resilience;

import io.github.electronspring.api.ElectronApi;

import org.springframework.util.Assert;

/**
 * A provider that requests go to.
 *
 * @param name its name
 * @param api what sends requests to it
 * @author The Electron Spring authors
 */
public record Provider(String name, ElectronApi api) {

	/**
	 * Create a provider.
	 */
	public Provider {
		Assert.hasText(name, "'name' must not be empty");
		Assert.notNull(api, "'api' must not be null");
	}

}
