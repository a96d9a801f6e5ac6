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

import io.github.electronspring.api.CallContext;
import io.github.electronspring.api.ElectronApi;
import io.github.electronspring.protocol.ChatCompletion;
import io.github.electronspring.protocol.ChatCompletionChunk;
import io.github.electronspring.protocol.ChatCompletionRequest;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

import org.springframework.util.Assert;

/**
 * {@link ElectronApi} that puts a provider's own model into each request: those that were
 * made for another provider name a model that this one does not know. Thread-safe.
 *
 * @author The Electron Spring authors
 */
public final class ModelElectronApi implements ElectronApi {

	private final ElectronApi delegate;

	private final String model;

	/**
	 * Create a decorator.
	 * @param delegate what sends a request
	 * @param model the model of the provider
	 */
	public ModelElectronApi(ElectronApi delegate, String model) {
		Assert.notNull(delegate, "'delegate' must not be null");
		Assert.hasText(model, "'model' must not be empty");
		this.delegate = delegate;
		this.model = model;
	}

	@Override
	public Mono<ChatCompletion> complete(ChatCompletionRequest request, CallContext context) {
		return this.delegate.complete(translate(request), context);
	}

	@Override
	public Flux<ChatCompletionChunk> stream(ChatCompletionRequest request, CallContext context) {
		return this.delegate.stream(translate(request), context);
	}

	private ChatCompletionRequest translate(ChatCompletionRequest request) {
		return this.model.equals(request.model()) ? request : request.mutate().model(this.model).build();
	}

}
