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

import java.util.List;

import io.github.electronspring.api.CallContext;
import io.github.electronspring.api.ElectronApi;
import io.github.electronspring.protocol.ChatCompletion;
import io.github.electronspring.protocol.ChatCompletionChunk;
import io.github.electronspring.protocol.ChatCompletionChunkChoice;
import io.github.electronspring.protocol.ChatCompletionRequest;
import reactor.core.CoreSubscriber;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

import org.springframework.util.Assert;

/**
 * {@link ElectronApi} that asks the next provider if one fails before its first text or
 * tool call, or, where a time is set, keeps a streamed request waiting for it. The time
 * counts from the request, once anything is asked for, so that waiting for a place in the
 * plan and retries are part of it. Each call begins with the first provider.
 * <p>
 * The next one is not asked after a refusal of the request itself, nor after the caller's
 * deadline, nor once a text or tool call was delivered. The exception that is passed on
 * is that of the last provider, with those before as suppressed ones. Thread-safe.
 *
 * @author The Electron Spring authors
 */
public final class FailoverElectronApi implements ElectronApi {

	private final List<Provider> providers;

	private final FailoverSettings settings;

	private final ResilienceListener listener;

	/**
	 * Create a decorator.
	 * @param providers the providers in the order in which they are asked
	 * @param settings what leads to the next provider
	 * @param listener what learns of failovers
	 */
	public FailoverElectronApi(List<Provider> providers, FailoverSettings settings, ResilienceListener listener) {
		Assert.notEmpty(providers, "'providers' must not be empty");
		Assert.notNull(settings, "'settings' must not be null");
		Assert.notNull(listener, "'listener' must not be null");
		this.providers = List.copyOf(providers);
		this.settings = settings;
		this.listener = new GuardedListener(listener);
	}

	@Override
	public Mono<ChatCompletion> complete(ChatCompletionRequest request, CallContext context) {
		return new Mono<>() {

			@Override
			public void subscribe(CoreSubscriber<? super ChatCompletion> actual) {
				new FailoverCall<>(actual, choice(context, FailoverElectronApi.this.settings.withAfter(null)),
						(api, own) -> Mono.defer(() -> api.complete(request, own)), (completion) -> true)
					.start();
			}

		};
	}

	@Override
	public Flux<ChatCompletionChunk> stream(ChatCompletionRequest request, CallContext context) {
		return new Flux<>() {

			@Override
			public void subscribe(CoreSubscriber<? super ChatCompletionChunk> actual) {
				new FailoverCall<>(actual, choice(context, FailoverElectronApi.this.settings),
						(api, own) -> Flux.defer(() -> api.stream(request, own)), FailoverElectronApi::isAnswer)
					.start();
			}

		};
	}

	private ProviderChoice choice(CallContext context, FailoverSettings settings) {
		return new ProviderChoice(this.providers, settings, context, this.listener);
	}

	/**
	 * Return whether a chunk is part of an answer and not just its beginning.
	 * @param chunk the chunk
	 * @return whether it has a text, a tool call or the end
	 */
	private static boolean isAnswer(ChatCompletionChunk chunk) {
		for (ChatCompletionChunkChoice choice : chunk.choices()) {
			String content = choice.delta().content();
			if ((content != null && !content.isEmpty()) || !choice.delta().toolCalls().isEmpty()
					|| choice.finishReason() != null) {
				return true;
			}
		}
		return false;
	}

}
