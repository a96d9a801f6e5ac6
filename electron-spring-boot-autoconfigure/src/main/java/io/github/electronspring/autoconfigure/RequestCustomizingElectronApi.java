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

import java.util.List;

import io.github.electronspring.api.CallContext;
import io.github.electronspring.api.ElectronApi;
import io.github.electronspring.protocol.ChatCompletion;
import io.github.electronspring.protocol.ChatCompletionChunk;
import io.github.electronspring.protocol.ChatCompletionRequest;
import io.github.electronspring.protocol.ChatCompletionRequestBuilder;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

import org.springframework.beans.factory.ObjectProvider;

/**
 * An {@link ElectronApi} that lets {@link ElectronRequestCustomizer}s have each request
 * first.
 *
 * @author The Electron Spring authors
 */
class RequestCustomizingElectronApi implements ElectronApi {

	private final ElectronApi delegate;

	private final List<ElectronRequestCustomizer> customizers;

	RequestCustomizingElectronApi(ElectronApi delegate, List<ElectronRequestCustomizer> customizers) {
		this.delegate = delegate;
		this.customizers = customizers;
	}

	/**
	 * Let customizers have each request, if there are any.
	 * @param api where requests go
	 * @param customizers the customizers
	 * @return the API
	 */
	static ElectronApi of(ElectronApi api, ObjectProvider<ElectronRequestCustomizer> customizers) {
		List<ElectronRequestCustomizer> ordered = customizers.orderedStream().toList();
		return ordered.isEmpty() ? api : new RequestCustomizingElectronApi(api, ordered);
	}

	@Override
	public Mono<ChatCompletion> complete(ChatCompletionRequest request, CallContext context) {
		return Mono.defer(() -> this.delegate.complete(customize(request), context));
	}

	@Override
	public Flux<ChatCompletionChunk> stream(ChatCompletionRequest request, CallContext context) {
		return Flux.defer(() -> this.delegate.stream(customize(request), context));
	}

	private ChatCompletionRequest customize(ChatCompletionRequest request) {
		ChatCompletionRequestBuilder builder = request.mutate();
		this.customizers.forEach((customizer) -> customizer.customize(builder));
		return builder.build();
	}

}
