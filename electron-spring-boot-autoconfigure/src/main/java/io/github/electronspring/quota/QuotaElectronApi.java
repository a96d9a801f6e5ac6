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

package io.github.electronspring.quota;

import io.github.electronspring.api.CallContext;
import io.github.electronspring.api.ElectronApi;
import io.github.electronspring.protocol.ChatCompletion;
import io.github.electronspring.protocol.ChatCompletionChunk;
import io.github.electronspring.protocol.ChatCompletionRequest;
import reactor.core.CoreSubscriber;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/**
 * {@link ElectronApi} within the limits of a plan.
 *
 * @author The Electron Spring authors
 */
final class QuotaElectronApi implements ElectronApi {

	private final ElectronApi api;

	private final RequestQuota quota;

	QuotaElectronApi(ElectronApi api, RequestQuota quota) {
		this.api = api;
		this.quota = quota;
	}

	@Override
	public Mono<ChatCompletion> complete(ChatCompletionRequest request, CallContext context) {
		return new Mono<>() {

			@Override
			public void subscribe(CoreSubscriber<? super ChatCompletion> actual) {
				QuotaElectronApi self = QuotaElectronApi.this;
				new QuotaRequest<>(actual, self.quota, context, true,
						(inner) -> Mono.defer(() -> self.api.complete(request, inner)))
					.start();
			}

		};
	}

	@Override
	public Flux<ChatCompletionChunk> stream(ChatCompletionRequest request, CallContext context) {
		return new Flux<>() {

			@Override
			public void subscribe(CoreSubscriber<? super ChatCompletionChunk> actual) {
				QuotaElectronApi self = QuotaElectronApi.this;
				new QuotaRequest<>(actual, self.quota, context, false,
						(inner) -> Flux.defer(() -> self.api.stream(request, inner)))
					.start();
			}

		};
	}

}
