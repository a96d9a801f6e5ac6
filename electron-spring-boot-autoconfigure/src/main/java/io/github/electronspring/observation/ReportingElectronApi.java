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

package io.github.electronspring.observation;

import java.util.List;
import java.util.function.Function;
import java.util.function.LongSupplier;

import io.github.electronspring.api.CallContext;
import io.github.electronspring.api.ElectronApi;
import io.github.electronspring.protocol.ChatCompletion;
import io.github.electronspring.protocol.ChatCompletionChunk;
import io.github.electronspring.protocol.ChatCompletionRequest;
import reactor.core.CorePublisher;
import reactor.core.CoreSubscriber;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

import org.springframework.util.Assert;

/**
 * {@link ElectronApi} that reports how each request ended, exactly once, with all of its
 * attempts at all providers. A subscription is a request. Usage that the service did not
 * get to tell is estimated. Thread-safe.
 *
 * @author The Electron Spring authors
 */
public final class ReportingElectronApi implements ElectronApi {

	private final ElectronApi delegate;

	private final List<ReportedProvider> providers;

	private final List<RequestReportListener> listeners;

	private final LongSupplier clock;

	/**
	 * Create a decorator.
	 * @param delegate what sends a request
	 * @param providers those that may answer; the one that is asked first comes first
	 * @param listeners what learns of each request, in this order
	 */
	public ReportingElectronApi(ElectronApi delegate, List<ReportedProvider> providers,
			List<? extends RequestReportListener> listeners) {
		this(delegate, providers, listeners, System::nanoTime);
	}

	ReportingElectronApi(ElectronApi delegate, List<ReportedProvider> providers,
			List<? extends RequestReportListener> listeners, LongSupplier clock) {
		Assert.notNull(delegate, "'delegate' must not be null");
		Assert.notEmpty(providers, "'providers' must not be empty");
		Assert.notNull(listeners, "'listeners' must not be null");
		this.delegate = delegate;
		this.providers = List.copyOf(providers);
		this.listeners = listeners.stream().<RequestReportListener>map(GuardedReportListener::new).toList();
		this.clock = clock;
	}

	@Override
	public Mono<ChatCompletion> complete(ChatCompletionRequest request, CallContext context) {
		return new Mono<>() {

			@Override
			public void subscribe(CoreSubscriber<? super ChatCompletion> actual) {
				ReportingElectronApi self = ReportingElectronApi.this;
				self.start(actual, request, context,
						(inner) -> Mono.defer(() -> self.delegate.complete(request, inner)));
			}

		};
	}

	@Override
	public Flux<ChatCompletionChunk> stream(ChatCompletionRequest request, CallContext context) {
		return new Flux<>() {

			@Override
			public void subscribe(CoreSubscriber<? super ChatCompletionChunk> actual) {
				ReportingElectronApi self = ReportingElectronApi.this;
				self.start(actual, request, context, (inner) -> Flux.defer(() -> self.delegate.stream(request, inner)));
			}

		};
	}

	private <T> void start(CoreSubscriber<? super T> actual, ChatCompletionRequest request, CallContext context,
			Function<CallContext, CorePublisher<T>> response) {
		RequestReportBuilder report = new RequestReportBuilder(request, context, this.providers);
		response.apply(report.context())
			.subscribe(new ReportedRequest<>(actual, report, context.observation(), this.listeners, this.clock));
	}

}
