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

package io.github.electronspring.turn;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;

import io.github.electronspring.api.CallContext;
import io.github.electronspring.api.ElectronApi;
import io.github.electronspring.protocol.ChatCompletion;
import io.github.electronspring.protocol.ChatCompletionChunk;
import io.github.electronspring.protocol.ChatCompletionRequest;
import io.github.electronspring.protocol.Chunks;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.reactivestreams.Subscription;
import reactor.core.CoreSubscriber;
import reactor.core.Disposable;
import reactor.core.Disposables;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.test.StepVerifier;
import reactor.test.publisher.TestPublisher;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for what the end of a turn does to its tools and requests.
 *
 * @author The Electron Spring authors
 */
class TurnCancellationTests extends AbstractTurnTests {

	private final ExecutorService executor = Executors.newCachedThreadPool();

	private final TurnEngine threaded = new TurnEngine(this.api,
			TurnSettings.defaults().withToolExecutor(this.executor));

	private final CountDownLatch started = new CountDownLatch(1);

	private final CountDownLatch ended = new CountDownLatch(1);

	private final CountDownLatch release = new CountDownLatch(1);

	private final AtomicBoolean interrupted = new AtomicBoolean();

	@AfterEach
	void stop() throws InterruptedException {
		this.release.countDown();
		this.executor.shutdown();
		assertThat(this.executor.awaitTermination(5, TimeUnit.SECONDS)).isTrue();
	}

	@Test
	void toolThatMustNotBeInterruptedRunsToItsEnd() throws InterruptedException {
		respondWithCalls(A);
		List<ToolExecution> executions = new ArrayList<>();
		List<TurnEvent> events = Collections.synchronizedList(new ArrayList<>());
		Disposable turn = this.threaded.run(request(), List.of(blocking(executions).uninterruptible()))
			.subscribe(events::add);
		assertThat(this.started.await(5, TimeUnit.SECONDS)).isTrue();
		assertThat(executions.get(0).isCancelled()).isFalse();
		turn.dispose();
		assertThat(executions.get(0).isCancelled()).isTrue();
		this.release.countDown();
		assertThat(this.ended.await(5, TimeUnit.SECONDS)).isTrue();
		assertThat(this.interrupted).isFalse();
		assertThat(events).noneMatch(ToolCallFinished.class::isInstance);
		assertThat(this.api.requests()).hasSize(1);
	}

	@Test
	void toolThatThrowsWhenItIsCancelledDoesNotKeepTheOthersFromIt() {
		respondWithCalls(A, B);
		AtomicBoolean cancelled = new AtomicBoolean();
		FakeTool first = FakeTool.of("balance", (arguments, execution) -> Mono.create((sink) -> sink.onCancel(() -> {
			throw new IllegalStateException("stuck");
		})));
		FakeTool second = FakeTool.of("rate",
				(arguments, execution) -> Mono.<String>never().doOnCancel(() -> cancelled.set(true)));
		Disposable turn = new TurnEngine(this.api, TurnSettings.defaults().withToolExecutor(Runnable::run))
			.run(request(), List.of(first, second))
			.subscribe();
		turn.dispose();
		assertThat(cancelled).isTrue();
	}

	@Test
	void otherToolIsInterrupted() throws InterruptedException {
		respondWithCalls(A);
		Disposable turn = this.threaded.run(request(), List.of(blocking(new ArrayList<>()))).subscribe();
		assertThat(this.started.await(5, TimeUnit.SECONDS)).isTrue();
		turn.dispose();
		assertThat(this.ended.await(5, TimeUnit.SECONDS)).isTrue();
		assertThat(this.interrupted).isTrue();
		assertThat(this.threaded.lateResults()).isZero();
	}

	@Test
	void brokenStreamInterruptsTools() throws InterruptedException {
		TestPublisher<ChatCompletionChunk> stream = TestPublisher.create();
		this.api.respond(stream.flux());
		List<Throwable> errors = new ArrayList<>();
		this.threaded.run(request(), List.of(blocking(new ArrayList<>()))).subscribe((event) -> {
		}, errors::add);
		stream.next(call(A));
		assertThat(this.started.await(5, TimeUnit.SECONDS)).isTrue();
		stream.error(new IllegalStateException("broken"));
		assertThat(this.ended.await(5, TimeUnit.SECONDS)).isTrue();
		assertThat(this.interrupted).isTrue();
		assertThat(errors).singleElement().isInstanceOf(IllegalStateException.class);
		assertThat(this.api.cancellations()).isZero();
	}

	@Test
	void toolWaitingForItsTurnNeverStarts() {
		respondWithCalls(A, C);
		FakeTool first = FakeTool.of("balance", (arguments, execution) -> Mono.never());
		FakeTool second = FakeTool.returning("rate", "2");
		TurnSettings settings = TurnSettings.defaults().withToolExecutor(Runnable::run).withParallel(false);
		Disposable turn = new TurnEngine(this.api, settings).run(request(), List.of(first, second)).subscribe();
		turn.dispose();
		assertThat(first.calls()).hasSize(1);
		assertThat(second.calls()).isEmpty();
	}

	@ParameterizedTest
	@ValueSource(strings = { "RoundStarted 1", "'One moment. '", "ToolCallStarted 1 a", "ToolCallStarted 1 b",
			"RoundFinished 1 FILLER", "ToolCallFinished 1 a=100", "ToolCallFinished 1 b=2", "RoundStarted 2" })
	void nothingFollowsTheEventThatAListenerCancelsOn(String last) {
		respondWithCalls(A, B).respond(Chunks.text("Done"));
		Disposable.Swap turn = Disposables.swap();
		List<String> seen = new ArrayList<>();
		TurnListener listener = (event) -> {
			seen.add(name(event));
			if (name(event).equals(last)) {
				turn.dispose();
			}
		};
		FakeTool balance = FakeTool.returning("balance", "100");
		FakeTool rate = FakeTool.returning("rate", "2");
		TurnRequest request = new TurnRequest(builder().build(), CallContext.empty(), 4, true, Collections.emptyMap(),
				List.of(listener));
		this.engine.run(request, List.of(balance, rate))
			.doOnSubscribe((subscription) -> turn.update(subscription::cancel))
			.subscribe();
		assertThat(seen).endsWith(last);
		boolean finished = seen.contains("RoundFinished 1 FILLER");
		assertThat(this.api.requests()).hasSize((seen.size() != 1) ? 1 : 0);
		assertThat(balance.calls()).hasSize((finished || last.endsWith(" b")) ? 1 : 0);
		assertThat(rate.calls()).hasSize(finished ? 1 : 0);
	}

	@Test
	void stringOfEventsEndsWhereTheSubscriberCancels() {
		respondWithCalls(A, B).respond(Chunks.text("Done"));
		List<TurnEvent> events = this.engine
			.run(request(), List.of(FakeTool.returning("balance", "100"), FakeTool.returning("rate", "2")))
			.takeUntil(RoundFinished.class::isInstance)
			.collectList()
			.block(TIMEOUT);
		assertThat(names(events)).last().isEqualTo("RoundFinished 1 FILLER");
		assertThat(this.api.requests()).hasSize(1);
	}

	@Test
	void subscriptionThatComesAfterTheEndIsCancelled() {
		LateApi late = new LateApi();
		Disposable turn = new TurnEngine(late).run(request(), Collections.emptyList()).subscribe();
		turn.dispose();
		late.subscribed();
		assertThat(late.cancelled).isTrue();
		assertThat(late.requested).isFalse();
	}

	@Test
	void subscriptionThatComesLateGetsTheDemand() {
		LateApi late = new LateApi();
		Disposable turn = new TurnEngine(late).run(request(), Collections.emptyList()).subscribe();
		late.subscribed();
		assertThat(late.cancelled).isFalse();
		assertThat(late.requested).isTrue();
		turn.dispose();
		assertThat(late.cancelled).isTrue();
	}

	@Test
	void toolsThatHangDoNotHoldUpAnotherTurn() throws InterruptedException {
		TurnEngine defaults = new TurnEngine(this.api);
		CountDownLatch hanging = new CountDownLatch(200);
		FakeTool hangs = FakeTool.of("balance", (arguments, execution) -> Mono.fromCallable(() -> {
			hanging.countDown();
			this.release.await();
			return "late";
		})).uninterruptible();
		List<Disposable> turns = new ArrayList<>();
		for (int i = 0; i < 200; i++) {
			respondWithCalls(A);
			turns.add(defaults.run(request(), List.of(hangs)).subscribe());
		}
		assertThat(hanging.await(30, TimeUnit.SECONDS)).isTrue();
		respondWithCalls(A).respond(Chunks.text("Done"));
		List<TurnEvent> events = defaults.run(request(), List.of(FakeTool.returning("balance", "100")))
			.collectList()
			.block(TIMEOUT);
		assertThat(last(events).messages()).hasSize(3);
		assertThat(this.release.getCount()).isOne();
		turns.forEach(Disposable::dispose);
	}

	@Test
	void toolThatEndsTheTurnDoesNotInterruptItsOwnThread() {
		respondWithCalls(A);
		List<Boolean> interrupted = new CopyOnWriteArrayList<>();
		FakeTool tool = FakeTool.of("balance",
				(arguments, execution) -> Mono.error(ToolCallException.endingTurn(new IllegalStateException("over"))));
		StepVerifier
			.create(this.threaded.run(request(), List.of(tool))
				.doOnError((ex) -> interrupted.add(Thread.currentThread().isInterrupted()))
				.ignoreElements())
			.expectErrorMessage("over")
			.verify(TIMEOUT);
		assertThat(interrupted).containsExactly(false);
	}

	@Test
	void executorOfOneThreadRunsAllTools() {
		ExecutorService single = Executors.newSingleThreadExecutor();
		respondWithCalls(A, B, C).respond(Chunks.text("Done"));
		FakeTool rate = FakeTool.of("rate", (arguments, execution) -> Mono.just(arguments));
		List<TurnEvent> events = new TurnEngine(this.api, TurnSettings.defaults().withToolExecutor(single))
			.run(request(), List.of(FakeTool.returning("balance", "100"), rate))
			.collectList()
			.block(TIMEOUT);
		single.shutdown();
		assertThat(last(events).messages()).hasSize(5);
	}

	private FakeTool blocking(List<ToolExecution> executions) {
		return FakeTool.of("balance", (arguments, execution) -> {
			executions.add(execution);
			this.started.countDown();
			try {
				this.release.await();
			}
			catch (InterruptedException ex) {
				this.interrupted.set(true);
			}
			finally {
				this.ended.countDown();
			}
			return Mono.just("late");
		});
	}

	/**
	 * An API whose subscription comes when the test says so.
	 */
	private static final class LateApi implements ElectronApi, Subscription {

		private CoreSubscriber<? super ChatCompletionChunk> subscriber;

		private boolean cancelled;

		private boolean requested;

		void subscribed() {
			this.subscriber.onSubscribe(this);
		}

		@Override
		public Mono<ChatCompletion> complete(ChatCompletionRequest request, CallContext context) {
			return Mono.never();
		}

		@Override
		public Flux<ChatCompletionChunk> stream(ChatCompletionRequest request, CallContext context) {
			return new Flux<>() {

				@Override
				public void subscribe(CoreSubscriber<? super ChatCompletionChunk> actual) {
					LateApi.this.subscriber = actual;
				}

			};
		}

		@Override
		public void request(long count) {
			this.requested = true;
		}

		@Override
		public void cancel() {
			this.cancelled = true;
		}

	}

}
