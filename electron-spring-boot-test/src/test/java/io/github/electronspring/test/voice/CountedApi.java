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

package io.github.electronspring.test.voice;

import java.util.concurrent.atomic.AtomicInteger;

import io.github.electronspring.api.CallContext;
import io.github.electronspring.api.ElectronApi;
import io.github.electronspring.protocol.ChatCompletion;
import io.github.electronspring.protocol.ChatCompletionChunk;
import io.github.electronspring.protocol.ChatCompletionRequest;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/**
 * Counts the requests that are begun.
 *
 * @author The Electron Spring authors
 */
class CountedApi implements ElectronApi {

	final AtomicInteger begun = new AtomicInteger();

	private final ElectronApi delegate;

	CountedApi(ElectronApi delegate) {
		this.delegate = delegate;
	}

	@Override
	public Mono<ChatCompletion> complete(ChatCompletionRequest request, CallContext context) {
		return this.delegate.complete(request, context);
	}

	@Override
	public Flux<ChatCompletionChunk> stream(ChatCompletionRequest request, CallContext context) {
		return Flux.defer(() -> {
			this.begun.incrementAndGet();
			return this.delegate.stream(request, context);
		});
	}

}
