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

import io.github.electronspring.protocol.ChatCompletionRequestBuilder;

/**
 * Callback interface that can be implemented by beans wishing to customize each request
 * to Electron, for example to set the user. Beans are applied in their order, once for
 * each request that a turn sends and before it is validated; they must be thread-safe and
 * must not block.
 *
 * @author The Electron Spring authors
 */
@FunctionalInterface
public interface ElectronRequestCustomizer {

	/**
	 * Customize a request.
	 * @param builder the builder of the request
	 */
	void customize(ChatCompletionRequestBuilder builder);

}
