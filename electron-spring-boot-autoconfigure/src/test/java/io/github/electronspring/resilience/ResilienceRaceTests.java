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
import java.util.List;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;

import io.github.electronspring.api.CallContext;
import io.github.electronspring.api.ElectronApi;
import io.github.electronspring.api.Failures;
import io.github.electronspring.protocol.ChatCompletion;
import io.github.electronspring.protocol.ChatCompletionChunk;
import io.github.electronspring.protocol.ChatCompletionRequest;
import io.github.electronspring.protocol.ChatMessage;
import io.github.electronspring.protocol.Chunks;
import io.github.resilience4j.circuitbreaker.CircuitBreaker;
import io.github.resilience4j.circuitbreaker.CircuitBreaker.State;
import io.github.resilience4j.circuitbreaker.CircuitBreakerConfig;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.reactivestreams.Subscription;
import reactor.core.CoreSubscriber;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Operators;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for the decorators of this package with a cancellation at the very moment at
 * which something else happens.
 *
 * @author The Electron Spring authors
 */
class ResilienceRaceTests {

	private static final int ROUNDS = 10_000;

	private static final ChatCompletionRequest REQUEST = ChatCompletionRequest.builder()
		.model("electron")
		.messages(List.of(ChatMessage.user("Hello")))
		.build();

	private final ExecutorService executor = Executors.newFixedThreadPool(2);

	private final Random random = new Random(1);

	@AfterEach
	void stop() {
		this.executor.shutdownNow();
	}

	@Test
	void cancellationAgainstARetry() throws Exception {
		int retried = 0;
		for (int round = 0; round < ROUNDS; round++) {
			try (TrackedTime time = TrackedTime.install()) {
				RacingApi wire = new RacingApi();
				Caller caller = new Caller();
				new RetryingElectronApi(wire, "electron", RetrySettings.defaults().withJitter(0),
						ResilienceListener.none())
					.stream(REQUEST, CallContext.empty())
					.subscribe(caller);
				wire.last.fail();
				race(() -> time.advanceBy(250), caller::cancel);
				assertThat(time.pending()).isZero();
				assertThat(wire.requests.get()).isBetween(1, 2);
				assertThat(wire.open()).isZero();
				caller.check();
				retried += wire.requests.get() - 1;
			}
		}
		assertThat(retried).isBetween(1, ROUNDS - 1);
	}

	@Test
	void cancellationAgainstTheTimeToFailover() throws Exception {
		int failedOver = 0;
		for (int round = 0; round < ROUNDS; round++) {
			try (TrackedTime time = TrackedTime.install()) {
				RacingApi first = new RacingApi();
				RacingApi second = new RacingApi();
				Caller caller = new Caller();
				failover(first, second).stream(REQUEST, CallContext.empty()).subscribe(caller);
				race(() -> time.advanceBy(100), caller::cancel);
				assertThat(time.pending()).isZero();
				assertThat(first.open() + second.open()).isZero();
				caller.check();
				failedOver += second.requests.get();
			}
		}
		assertThat(failedOver).isBetween(1, ROUNDS - 1);
	}

	@Test
	void firstTokenAgainstTheTimeToFailover() throws Exception {
		int failedOver = 0;
		for (int round = 0; round < ROUNDS; round++) {
			try (TrackedTime time = TrackedTime.install()) {
				RacingApi first = new RacingApi();
				RacingApi second = new RacingApi();
				Caller caller = new Caller();
				failover(first, second).stream(REQUEST, CallContext.empty()).subscribe(caller);
				race(() -> time.advanceBy(100), () -> first.last.answer("a"), () -> caller.request(2));
				if (second.requests.get() == 1) {
					failedOver++;
					second.last.answer("b");
				}
				assertThat(caller.texts.toString()).isEqualTo((second.requests.get() == 1) ? "bbb" : "aaa");
				assertThat(caller.ends).hasValue(1);
				assertThat(time.pending()).isZero();
				assertThat(first.open() + second.open()).isZero();
				caller.check();
			}
		}
		assertThat(failedOver).isBetween(1, ROUNDS - 1);
	}

	@Test
	void cancellationAgainstTheEndOfATrial() throws Exception {
		CircuitBreakerConfig config = CircuitBreakerConfig.from(CircuitBreakingElectronApi.defaultConfig())
			.initialState(State.HALF_OPEN)
			.build();
		int closed = 0;
		for (int round = 0; round < ROUNDS; round++) {
			CircuitBreaker circuitBreaker = CircuitBreaker.of("electron", config);
			RacingApi wire = new RacingApi();
			ElectronApi api = new CircuitBreakingElectronApi(wire, "electron", circuitBreaker);
			Caller caller = new Caller();
			api.stream(REQUEST, CallContext.empty()).subscribe(caller);
			caller.request(2);
			race(() -> wire.last.answer("a"), caller::cancel);
			if (circuitBreaker.getState() == State.CLOSED) {
				closed++;
			}
			else {
				assertThat(circuitBreaker.getState()).isEqualTo(State.HALF_OPEN);
				// One permission is back, and no more
				assertThat(circuitBreaker.tryAcquirePermission()).isTrue();
				assertThat(circuitBreaker.tryAcquirePermission()).isFalse();
			}
			caller.check();
		}
		assertThat(closed).isBetween(1, ROUNDS - 1);
	}

	private static ElectronApi failover(ElectronApi first, ElectronApi second) {
		return new FailoverElectronApi(List.of(new Provider("a", first), new Provider("b", second)),
				FailoverSettings.defaults().withAfter(Duration.ofMillis(100)), ResilienceListener.none());
	}

	private void race(Runnable first, Runnable second, Runnable... afterSecond) throws Exception {
		CyclicBarrier barrier = new CyclicBarrier(2);
		int pause = this.random.nextInt(600);
		boolean firstWaits = this.random.nextBoolean();
		Future<?> one = submit(barrier, firstWaits ? pause : 0, first);
		Future<?> two = submit(barrier, firstWaits ? 0 : pause, second);
		for (Runnable task : afterSecond) {
			task.run();
		}
		one.get(10, TimeUnit.SECONDS);
		two.get(10, TimeUnit.SECONDS);
	}

	private Future<?> submit(CyclicBarrier barrier, int pause, Runnable task) {
		return this.executor.submit(() -> {
			barrier.await();
			for (int i = 0; i < pause; i++) {
				Thread.onSpinWait();
			}
			task.run();
			return null;
		});
	}

	/**
	 * An API whose responses a test plays.
	 */
	private static final class RacingApi implements ElectronApi {

		private final AtomicInteger requests = new AtomicInteger();

		private final AtomicInteger over = new AtomicInteger();

		private volatile Response last;

		@Override
		public Mono<ChatCompletion> complete(ChatCompletionRequest request, CallContext context) {
			return Mono.never();
		}

		@Override
		public Flux<ChatCompletionChunk> stream(ChatCompletionRequest request, CallContext context) {
			return new Flux<>() {

				@Override
				public void subscribe(CoreSubscriber<? super ChatCompletionChunk> actual) {
					RacingApi.this.requests.incrementAndGet();
					Response response = new Response(actual, RacingApi.this.over);
					RacingApi.this.last = response;
					actual.onSubscribe(response);
				}

			};
		}

		int open() {
			return this.requests.get() - this.over.get();
		}

	}

	/**
	 * A response of three chunks, each sent when it is asked for, unless it is cancelled.
	 */
	private static final class Response implements Subscription {

		private final CoreSubscriber<? super ChatCompletionChunk> actual;

		private final AtomicInteger allOver;

		private final AtomicBoolean over = new AtomicBoolean();

		private long requested;

		Response(CoreSubscriber<? super ChatCompletionChunk> actual, AtomicInteger allOver) {
			this.actual = actual;
			this.allOver = allOver;
		}

		void fail() {
			if (end()) {
				this.actual.onError(Failures.status(503));
			}
		}

		void answer(String text) {
			for (int i = 0; i < 3; i++) {
				while (!takeOne()) {
					if (this.over.get()) {
						return;
					}
					Thread.onSpinWait();
				}
				this.actual.onNext(Chunks.text(text));
			}
			if (end()) {
				this.actual.onComplete();
			}
		}

		private synchronized boolean takeOne() {
			if (this.requested == 0 || this.over.get()) {
				return false;
			}
			this.requested--;
			return true;
		}

		private boolean end() {
			boolean ends = this.over.compareAndSet(false, true);
			if (ends) {
				this.allOver.incrementAndGet();
			}
			return ends;
		}

		@Override
		public synchronized void request(long count) {
			this.requested = Operators.addCap(this.requested, count);
		}

		@Override
		public void cancel() {
			end();
		}

	}

	/**
	 * A caller that asks for one chunk at first, and notes each breach of the rules.
	 */
	private static final class Caller implements CoreSubscriber<ChatCompletionChunk> {

		private final StringBuffer texts = new StringBuffer();

		private final AtomicInteger ends = new AtomicInteger();

		private final AtomicBoolean inSignal = new AtomicBoolean();

		private final CountDownLatch breach = new CountDownLatch(1);

		private volatile Subscription subscription;

		@Override
		public void onSubscribe(Subscription subscription) {
			this.subscription = subscription;
			subscription.request(1);
		}

		@Override
		public void onNext(ChatCompletionChunk chunk) {
			enter();
			this.texts.append(chunk.content());
			this.inSignal.set(false);
		}

		@Override
		public void onError(Throwable ex) {
			enter();
			this.ends.incrementAndGet();
			this.inSignal.set(false);
		}

		@Override
		public void onComplete() {
			enter();
			this.ends.incrementAndGet();
			this.inSignal.set(false);
		}

		void request(long count) {
			this.subscription.request(count);
		}

		void cancel() {
			this.subscription.cancel();
		}

		private void enter() {
			if (this.ends.get() != 0 || !this.inSignal.compareAndSet(false, true)) {
				this.breach.countDown();
			}
		}

		void check() {
			assertThat(this.breach.getCount()).as("signals one after the other, nothing behind the end").isEqualTo(1);
		}

	}

}
