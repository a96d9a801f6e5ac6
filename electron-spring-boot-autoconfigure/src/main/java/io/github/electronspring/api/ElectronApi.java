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

package io.github.electronspring.api;

import io.github.electronspring.protocol.ChatCompletion;
import io.github.electronspring.protocol.ChatCompletionChunk;
import io.github.electronspring.protocol.ChatCompletionRequest;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/**
 * The chat completions endpoint. Each concern that cuts across requests (quota, retry,
 * failover, observation) is a decorator of this interface.
 * <p>
 * Implementations are thread-safe and keep no state of a request outside its
 * subscription: subscribing again sends a new request. All failures are
 * {@link ElectronException}s.
 *
 * @author The Electron Spring authors
 */
public interface ElectronApi {

	/**
	 * Request a whole completion.
	 * @param request the request
	 * @param context what the wire does not carry
	 * @return the completion
	 */
	Mono<ChatCompletion> complete(ChatCompletionRequest request, CallContext context);

	/**
	 * Request a completion without a context.
	 * @param request the request
	 * @return the completion
	 */
	default Mono<ChatCompletion> complete(ChatCompletionRequest request) {
		return complete(request, CallContext.empty());
	}

	/**
	 * Request a streamed completion. The stream ends well only after a finish reason or
	 * the end mark of the service. Cancelling it closes the exchange.
	 * @param request the request
	 * @param context what the wire does not carry
	 * @return the chunks as they arrive
	 */
	Flux<ChatCompletionChunk> stream(ChatCompletionRequest request, CallContext context);

	/**
	 * Request a streamed completion without a context.
	 * @param request the request
	 * @return the chunks as they arrive
	 */
	default Flux<ChatCompletionChunk> stream(ChatCompletionRequest request) {
		return stream(request, CallContext.empty());
	}

	/**
	 * Create a builder of the client over HTTP.
	 * @return a builder
	 */
	static ElectronApiBuilder builder() {
		return new ElectronApiBuilder();
	}

}
