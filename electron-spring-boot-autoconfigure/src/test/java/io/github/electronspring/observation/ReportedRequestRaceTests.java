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

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

import io.github.electronspring.api.FakeElectronApi;
import io.github.electronspring.protocol.ChatCompletionChunk;
import io.github.electronspring.protocol.ChatCompletionRequest;
import io.github.electronspring.protocol.ChatMessage;
import io.github.electronspring.protocol.Chunks;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.reactivestreams.Subscription;
import reactor.core.CoreSubscriber;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Operators;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests that a request is reported exactly once when its end and its cancellation come
 * from two threads at the same time.
 *
 * @author The Electron Spring authors
 */
class ReportedRequestRaceTests {

	private static final int ROUNDS = 2000;

	private static final ChatCompletionRequest REQUEST = ChatCompletionRequest.builder()
		.model("electron")
		.messages(List.of(ChatMessage.user("Hello")))
		.build();

	private final ExecutorService executor = Executors.newFixedThreadPool(2);

	@AfterEach
	void shutDown() {
		this.executor.shutdownNow();
	}

	@ParameterizedTest
	@ValueSource(booleans = { true, false })
	void endAndCancellationMakeOneReport(boolean failing) throws Exception {
		Map<RequestOutcome, Integer> outcomes = new EnumMap<>(RequestOutcome.class);
		for (int round = 0; round < ROUNDS; round++) {
			Wire wire = new Wire();
			AtomicInteger count = new AtomicInteger();
			List<RequestReport> reports = new ArrayList<>();
			ReportingElectronApi api = new ReportingElectronApi(new FakeElectronApi().respond(wire),
					List.of(new ReportedProvider("fake", "electron", null)), List.of((report) -> {
						count.incrementAndGet();
						synchronized (reports) {
							reports.add(report);
						}
					}));
			Consumer consumer = new Consumer();
			api.stream(REQUEST).subscribe(consumer);
			run(() -> wire.end(failing), () -> consumer.subscription.cancel());
			assertThat(count).hasValue(1);
			RequestReport report = reports.get(0);
			outcomes.merge(report.outcome(), 1, Integer::sum);
			if (report.outcome() == RequestOutcome.CANCELLED) {
				assertThat(report.usage()).isNotNull();
			}
		}
		assertThat(outcomes).containsOnlyKeys(failing ? RequestOutcome.ERROR : RequestOutcome.SUCCESS,
				RequestOutcome.CANCELLED);
	}

	private void run(Runnable... tasks) throws Exception {
		CyclicBarrier barrier = new CyclicBarrier(tasks.length);
		List<Future<?>> futures = new ArrayList<>();
		for (Runnable task : tasks) {
			futures.add(this.executor.submit(() -> {
				barrier.await();
				task.run();
				return null;
			}));
		}
		for (Future<?> future : futures) {
			future.get(5, TimeUnit.SECONDS);
		}
	}

	/**
	 * A response that ends although it was cancelled.
	 */
	private static final class Wire extends Flux<ChatCompletionChunk> implements Subscription {

		private CoreSubscriber<? super ChatCompletionChunk> actual;

		@Override
		public void subscribe(CoreSubscriber<? super ChatCompletionChunk> actual) {
			this.actual = actual;
			actual.onSubscribe(this);
			actual.onNext(Chunks.text("Hello"));
		}

		@Override
		public void request(long count) {
			Operators.validate(count);
		}

		@Override
		public void cancel() {
		}

		void end(boolean failing) {
			this.actual.onNext(Chunks.text("you"));
			if (failing) {
				this.actual.onError(new IllegalStateException("Broken"));
			}
			else {
				this.actual.onComplete();
			}
		}

	}

	/**
	 * A subscriber that takes whatever comes.
	 */
	private static final class Consumer implements CoreSubscriber<ChatCompletionChunk> {

		private Subscription subscription;

		@Override
		public void onSubscribe(Subscription subscription) {
			this.subscription = subscription;
			subscription.request(Long.MAX_VALUE);
		}

		@Override
		public void onNext(ChatCompletionChunk chunk) {
		}

		@Override
		public void onError(Throwable ex) {
		}

		@Override
		public void onComplete() {
		}

	}

}
