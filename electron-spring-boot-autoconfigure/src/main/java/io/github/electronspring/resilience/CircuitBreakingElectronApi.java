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

import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;

import io.github.electronspring.api.CallContext;
import io.github.electronspring.api.ElectronApi;
import io.github.electronspring.api.ElectronException;
import io.github.electronspring.api.ElectronTransportException;
import io.github.electronspring.protocol.ChatCompletion;
import io.github.electronspring.protocol.ChatCompletionChunk;
import io.github.electronspring.protocol.ChatCompletionRequest;
import io.github.resilience4j.circuitbreaker.CircuitBreaker;
import io.github.resilience4j.circuitbreaker.CircuitBreaker.State;
import io.github.resilience4j.circuitbreaker.CircuitBreakerConfig;
import io.github.resilience4j.circuitbreaker.event.CircuitBreakerOnStateTransitionEvent;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.jspecify.annotations.Nullable;
import reactor.core.CorePublisher;
import reactor.core.CoreSubscriber;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Operators;

import org.springframework.util.Assert;

/**
 * {@link ElectronApi} that does not ask a provider which has failed too often. What
 * counts as a failure are 5xx, a connection that cannot be made or is lost, the deadlines
 * of this library, a provider that is left because it sends no first token, and broken
 * responses; a stream that ends well is a success. What says nothing about the provider
 * is not counted: other statuses, a kept connection that had gone stale, a refusal on
 * this side, the caller's deadline and a cancellation, and one that is left while its
 * request waits for a place in the plan.
 * <p>
 * After a while a real request is let through. Its first element or a status below 500 is
 * a success and lets others through; a failure before them keeps them away once more.
 * Thread-safe.
 *
 * @author The Electron Spring authors
 */
public final class CircuitBreakingElectronApi implements ElectronApi {

	private static final Log logger = LogFactory.getLog(CircuitBreakingElectronApi.class);

	private final ElectronApi delegate;

	private final String provider;

	private final CircuitBreaker circuitBreaker;

	private final AtomicBoolean failureLogged = new AtomicBoolean();

	private final AtomicInteger openings = new AtomicInteger();

	private volatile @Nullable Instant openUntil;

	private volatile @Nullable String lastFailure;

	/**
	 * Create a decorator.
	 * @param delegate what sends a request
	 * @param provider the name of the provider, for messages
	 * @param circuitBreaker the circuit breaker of the provider
	 */
	public CircuitBreakingElectronApi(ElectronApi delegate, String provider, CircuitBreaker circuitBreaker) {
		Assert.notNull(delegate, "'delegate' must not be null");
		Assert.hasText(provider, "'provider' must not be empty");
		Assert.notNull(circuitBreaker, "'circuitBreaker' must not be null");
		this.delegate = delegate;
		this.provider = provider;
		this.circuitBreaker = circuitBreaker;
		circuitBreaker.getEventPublisher().onStateTransition(this::onStateTransition);
	}

	/**
	 * Return the configuration of a circuit breaker that opens for 10 seconds if at least
	 * half of the last 20 requests, or of the first 10, have failed, and then lets one
	 * request through.
	 * @return the configuration
	 */
	public static CircuitBreakerConfig defaultConfig() {
		return CircuitBreakerConfig.custom()
			.slidingWindowType(CircuitBreakerConfig.SlidingWindowType.COUNT_BASED)
			.slidingWindowSize(20)
			.minimumNumberOfCalls(10)
			.failureRateThreshold(50)
			// A long answer is no slow one
			.slowCallDurationThreshold(Duration.ofDays(1))
			.waitDurationInOpenState(Duration.ofSeconds(10))
			.permittedNumberOfCallsInHalfOpenState(1)
			.clock(new TimerClock())
			.build();
	}

	@Override
	public Mono<ChatCompletion> complete(ChatCompletionRequest request, CallContext context) {
		return new Mono<>() {

			@Override
			public void subscribe(CoreSubscriber<? super ChatCompletion> actual) {
				CircuitBreakingElectronApi.this.subscribe(actual, context,
						(inner) -> Mono.defer(() -> CircuitBreakingElectronApi.this.delegate.complete(request, inner)));
			}

		};
	}

	@Override
	public Flux<ChatCompletionChunk> stream(ChatCompletionRequest request, CallContext context) {
		return new Flux<>() {

			@Override
			public void subscribe(CoreSubscriber<? super ChatCompletionChunk> actual) {
				CircuitBreakingElectronApi.this.subscribe(actual, context,
						(inner) -> Flux.defer(() -> CircuitBreakingElectronApi.this.delegate.stream(request, inner)));
			}

		};
	}

	/**
	 * Return the state of the circuit breaker.
	 * @return the state; {@code HALF_OPEN} also for an open one whose pause is over,
	 * because it lets the next request through
	 */
	public State getState() {
		State state = this.circuitBreaker.getState();
		Instant until = this.openUntil;
		return (state == State.OPEN && until != null && Times.now().isAfter(until)) ? State.HALF_OPEN : state;
	}

	private <T> void subscribe(CoreSubscriber<? super T> actual, CallContext context,
			Function<CallContext, CorePublisher<T>> request) {
		if (this.circuitBreaker.tryAcquirePermission()) {
			new CircuitBreakerCall<T>(actual, this.circuitBreaker, context, this::failed, this.failureLogged)
				.start(request);
		}
		else {
			Operators.error(actual, refused());
		}
	}

	private void failed(ElectronException failure) {
		this.lastFailure = EarlierFailures.describe(failure);
	}

	private ElectronTransportException refused() {
		Instant until = this.openUntil;
		String failure = this.lastFailure;
		return ElectronTransportException.notSent("Provider '%s' has failed too often and is not asked %s%s".formatted(
				this.provider, (until != null) ? "before '%s'".formatted(until) : "for now",
				(failure != null) ? ", it failed last with %s".formatted(failure) : ""), null);
	}

	private void onStateTransition(CircuitBreakerOnStateTransitionEvent event) {
		State state = event.getStateTransition().getToState();
		if (state == State.OPEN) {
			long pause = this.circuitBreaker.getCircuitBreakerConfig()
				.getWaitIntervalFunctionInOpenState()
				.apply(this.openings.incrementAndGet());
			this.openUntil = Times.now().plusMillis(pause);
			logger.warn("Provider '%s' has failed too often and is not asked for %dms".formatted(this.provider, pause));
		}
		else {
			this.openUntil = null;
			if (state != State.HALF_OPEN) {
				this.openings.set(0);
			}
		}
	}

}
