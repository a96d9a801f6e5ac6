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
import reactor.core.CoreSubscriber;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

import org.springframework.util.Assert;

/**
 * {@link ElectronApi} that sends a request again if it failed with what may pass: 429,
 * 500 (once), 502, 503 and other 5xx, a connection that was refused or lost before an
 * answer, and at once where a pooled connection had gone stale. Nothing is sent again
 * after the first element was delivered, after the budget, which begins with the first
 * failure, or the caller's deadline. A retry waits as long as the service asks, else ever
 * longer.
 * <p>
 * The exception that is passed on is that of the last attempt, with those of the attempts
 * before as suppressed ones. Thread-safe.
 *
 * @author The Electron Spring authors
 */
public final class RetryingElectronApi implements ElectronApi {

	private final ElectronApi delegate;

	private final String provider;

	private final RetrySettings settings;

	private final ResilienceListener listener;

	/**
	 * Create a decorator.
	 * @param delegate what sends a request
	 * @param provider the name of the provider, for logs and the listener
	 * @param settings when to send it again
	 * @param listener what learns of retries
	 */
	public RetryingElectronApi(ElectronApi delegate, String provider, RetrySettings settings,
			ResilienceListener listener) {
		Assert.notNull(delegate, "'delegate' must not be null");
		Assert.hasText(provider, "'provider' must not be empty");
		Assert.notNull(settings, "'settings' must not be null");
		Assert.notNull(listener, "'listener' must not be null");
		this.delegate = delegate;
		this.provider = provider;
		this.settings = settings;
		this.listener = new GuardedListener(listener);
	}

	@Override
	public Mono<ChatCompletion> complete(ChatCompletionRequest request, CallContext context) {
		return new Mono<>() {

			@Override
			public void subscribe(CoreSubscriber<? super ChatCompletion> actual) {
				new RetryingCall<>(actual, attempts(context),
						(attempt) -> Mono.defer(() -> RetryingElectronApi.this.delegate.complete(request, attempt)))
					.start();
			}

		};
	}

	@Override
	public Flux<ChatCompletionChunk> stream(ChatCompletionRequest request, CallContext context) {
		return new Flux<>() {

			@Override
			public void subscribe(CoreSubscriber<? super ChatCompletionChunk> actual) {
				new RetryingCall<>(actual, attempts(context),
						(attempt) -> Flux.defer(() -> RetryingElectronApi.this.delegate.stream(request, attempt)))
					.start();
			}

		};
	}

	private RetryAttempts attempts(CallContext context) {
		return new RetryAttempts(this.settings, this.provider, context, this.listener);
	}

}
