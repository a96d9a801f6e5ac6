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

import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.Semaphore;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

import io.github.electronspring.api.CallContext;
import io.github.electronspring.api.ElectronApi;
import io.github.electronspring.api.ElectronTransportException;
import io.github.electronspring.api.ResponseInfo;
import io.github.electronspring.protocol.ChatCompletion;
import io.github.electronspring.protocol.ChatCompletionChunk;
import io.github.electronspring.protocol.ChatCompletionRequest;
import io.github.electronspring.protocol.ChatMessage;
import io.github.electronspring.protocol.Chunks;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import reactor.core.Disposable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Hooks;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;
import reactor.core.scheduler.Schedulers;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link RequestQuota} with many threads at once.
 *
 * @author The Electron Spring authors
 */
class QuotaRaceTests {

	private static final int ROUNDS = 10_000;

	private static final int CALLS = 40_000;

	private static final int AT_ONCE = 32;

	private static final ChatCompletionRequest REQUEST = ChatCompletionRequest.builder()
		.model("electron")
		.messages(List.of(ChatMessage.user("Hi")))
		.build();

	private final ExecutorService other = Executors.newSingleThreadExecutor();

	private final CyclicBarrier start = new CyclicBarrier(2);

	private CountingStore store;

	private RequestQuota quota;

	@AfterEach
	void stop() throws InterruptedException {
		Hooks.resetOnErrorDropped();
		this.other.shutdown();
		assertThat(this.other.awaitTermination(10, TimeUnit.SECONDS)).isTrue();
	}

	@Test
	void permitThatComesWhileItsCallerCancelsIsGivenBack() throws Exception {
		limit(1, false);
		AtomicInteger sent = new AtomicInteger();
		ElectronApi api = this.quota
			.limit(new StubApi(Flux.<ChatCompletionChunk>never().doOnSubscribe((s) -> sent.incrementAndGet())));
		for (int i = 0; i < ROUNDS; i++) {
			QuotaPermit before = this.quota.acquire(CallContext.empty()).block(Duration.ofSeconds(10));
			Disposable waiting = api.stream(REQUEST).subscribe();
			if (i == 0) {
				before.release();
				waiting.dispose();
			}
			else if (i == 1) {
				waiting.dispose();
				before.release();
			}
			else {
				race(before::release, waiting::dispose);
			}
		}
		assertAllGivenBack();
		assertThat(sent.get()).isBetween(1, ROUNDS - 1);
		assertThat(this.store.granted()).isBetween(ROUNDS + sent.get(), 2 * ROUNDS);
	}

	@Test
	void permitIsGivenBackOnceWhenTheResponseEndsWhileItsCallerCancels() throws Exception {
		limit(ROUNDS, false);
		// An error may be on its way to a caller that has gone
		Hooks.onErrorDropped((ex) -> {
		});
		for (int i = 0; i < ROUNDS; i++) {
			Sinks.Many<ChatCompletionChunk> response = Sinks.many().multicast().onBackpressureBuffer(8, false);
			ElectronApi api = this.quota.limit(new StubApi(response.asFlux()));
			Disposable call = (i % 2 == 0) ? api.stream(REQUEST).subscribe() : api.complete(REQUEST).subscribe();
			int round = i;
			race(() -> {
				if (round % 3 == 0) {
					response.tryEmitError(ElectronTransportException.notSent("No connection", null));
				}
				else {
					response.tryEmitNext(Chunks.text("Hi"));
					response.tryEmitComplete();
				}
			}, call::dispose);
		}
		assertAllGivenBack();
		assertThat(this.store.granted()).isBetween(ROUNDS / 2, ROUNDS);
	}

	@ParameterizedTest
	@ValueSource(booleans = { false, true })
	void neverMoreThanThePlanAreInFlightAndNoneIsLost(boolean storeAnswersLater) throws Exception {
		limit(3, storeAnswersLater);
		BusyApi service = new BusyApi();
		ElectronApi api = this.quota.limit(service);
		Semaphore places = new Semaphore(AT_ONCE);
		AtomicInteger failed = new AtomicInteger();
		for (int i = 0; i < CALLS; i++) {
			assertThat(places.tryAcquire(10, TimeUnit.SECONDS)).as("A call hangs").isTrue();
			CallContext context = CallContext.empty().withContinuesTurn(i % 3 == 0);
			Flux<?> response = (i % 2 == 0) ? api.stream(REQUEST, context) : api.complete(REQUEST, context).flux();
			Disposable call = response.doFinally((signal) -> places.release())
				.subscribe(null, (ex) -> failed.incrementAndGet());
			if (i % 4 == 0) {
				Schedulers.parallel()
					.schedule(call::dispose, ThreadLocalRandom.current().nextInt(300), TimeUnit.MICROSECONDS);
			}
		}
		assertThat(places.tryAcquire(AT_ONCE, 10, TimeUnit.SECONDS)).isTrue();
		assertAllGivenBack();
		assertThat(failed).hasValue(0);
		assertThat(service.most.get()).isEqualTo(3);
		assertThat(this.store.granted()).isBetween(CALLS / 2, CALLS);
	}

	private void limit(int concurrency, boolean storeAnswersLater) {
		QuotaSettings settings = QuotaSettings.of(Plan.custom(Integer.MAX_VALUE, concurrency))
			.withMargin(Duration.ZERO)
			.withMaxWait(Duration.ofMinutes(1));
		this.store = new CountingStore(settings, storeAnswersLater);
		this.quota = new RequestQuota(settings, this.store);
	}

	private void race(Runnable first, Runnable second) throws Exception {
		Future<?> done = this.other.submit(() -> {
			this.start.await(10, TimeUnit.SECONDS);
			first.run();
			return null;
		});
		this.start.await(10, TimeUnit.SECONDS);
		second.run();
		done.get(10, TimeUnit.SECONDS);
	}

	private void assertAllGivenBack() {
		Flux.interval(Duration.ofMillis(5))
			.takeUntil((tick) -> this.quota.usage().inFlight() == 0 && this.quota.usage().pending() == 0)
			.blockLast(Duration.ofSeconds(10));
		assertThat(this.quota.usage().used()).isZero();
		assertThat(this.store.notGivenBackOnce()).isZero();
	}

	/**
	 * Responds always the same.
	 */
	private static class StubApi implements ElectronApi {

		private final Flux<ChatCompletionChunk> response;

		StubApi(Flux<ChatCompletionChunk> response) {
			this.response = response;
		}

		@Override
		public Mono<ChatCompletion> complete(ChatCompletionRequest request, CallContext context) {
			return stream(request, context).ignoreElements().cast(ChatCompletion.class);
		}

		@Override
		public Flux<ChatCompletionChunk> stream(ChatCompletionRequest request, CallContext context) {
			return Flux.defer(() -> {
				context.responseListener()
					.accept(new ResponseInfo("stub", 200, null, Collections.emptyMap(), 1, Duration.ZERO));
				return this.response;
			});
		}

	}

	/**
	 * Responds after a random time and counts how many requests it has at once.
	 */
	private static final class BusyApi extends StubApi {

		private final AtomicInteger now = new AtomicInteger();

		private final AtomicInteger most = new AtomicInteger();

		BusyApi() {
			super(Flux.empty());
		}

		@Override
		public Flux<ChatCompletionChunk> stream(ChatCompletionRequest request, CallContext context) {
			return super.stream(request, context).concatWith(Flux.defer(() -> {
				this.most.accumulateAndGet(this.now.incrementAndGet(), Math::max);
				Flux<ChatCompletionChunk> response = Flux.just(Chunks.text("Hi"), Chunks.finish("stop"));
				int micros = ThreadLocalRandom.current().nextInt(100);
				return (micros < 50) ? response
						: response.delaySubscription(Duration.ofNanos(micros * 1000L), Schedulers.parallel());
			}).doOnTerminate(this.now::decrementAndGet).doOnCancel(this.now::decrementAndGet));
		}

	}

}
