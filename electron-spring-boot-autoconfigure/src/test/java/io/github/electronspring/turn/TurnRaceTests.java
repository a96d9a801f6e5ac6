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

import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

import io.github.electronspring.api.CallContext;
import io.github.electronspring.api.ElectronApi;
import io.github.electronspring.protocol.ChatCompletion;
import io.github.electronspring.protocol.ChatCompletionChunk;
import io.github.electronspring.protocol.ChatCompletionRequest;
import io.github.electronspring.protocol.ChatMessage;
import io.github.electronspring.protocol.Chunks;
import org.junit.jupiter.api.Test;
import org.reactivestreams.Subscription;
import reactor.core.publisher.BaseSubscriber;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.publisher.SignalType;
import reactor.core.scheduler.Schedulers;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link TurnEngine} with many threads on each turn at once.
 *
 * @author The Electron Spring authors
 */
class TurnRaceTests {

	private static final int TURNS = Integer.getInteger("electron.test.race-turns", 100_000);

	private static final int AT_ONCE = 64;

	private static final TurnRequest REQUEST = TurnRequest
		.of(ChatCompletionRequest.builder().model("electron").messages(List.of(ChatMessage.user("Hi"))).build());

	private final Set<String> problems = ConcurrentHashMap.newKeySet();

	private final Map<String, AtomicInteger> outcomes = new ConcurrentHashMap<>();

	private final AtomicInteger openStreams = new AtomicInteger();

	private final AtomicInteger runningTools = new AtomicInteger();

	private final Semaphore places = new Semaphore(AT_ONCE);

	@Test
	void eachCallHasOneResultWhateverFinishesTimesOutAndCancelsAtOnce() throws InterruptedException {
		ExecutorService executor = Executors.newFixedThreadPool(4);
		TurnEngine engine = new TurnEngine(new RacingApi(), TurnSettings.defaults().withToolExecutor(executor));
		List<TurnTool> tools = List.of(new RacingTool("fast", 0), new RacingTool("even", 1), new RacingTool("slow", 3));
		for (int i = 0; i < TURNS; i++) {
			assertThat(this.places.tryAcquire(10, TimeUnit.SECONDS)).as("A turn hangs: %s", this.outcomes).isTrue();
			TurnSubscriber subscriber = new TurnSubscriber(i);
			engine.run(REQUEST, tools).subscribe(subscriber);
			subscriber.cancelLater();
		}
		assertThat(this.places.tryAcquire(AT_ONCE, 10, TimeUnit.SECONDS)).isTrue();
		executor.shutdown();
		assertThat(executor.awaitTermination(10, TimeUnit.SECONDS)).isTrue();
		assertThat(this.problems).isEmpty();
		assertThat(this.outcomes.values().stream().mapToInt(AtomicInteger::get).sum()).isEqualTo(TURNS);
		assertThat(this.outcomes).containsKeys("onComplete", "cancel");
		awaitNone(this.openStreams);
		awaitNone(this.runningTools);
		assertThat(((ThreadPoolExecutor) executor).getQueue()).isEmpty();
	}

	/**
	 * Wait for what runs to its end behind a turn that was cancelled.
	 */
	private static void awaitNone(AtomicInteger running) {
		Flux.interval(Duration.ofMillis(5)).takeUntil((tick) -> running.get() == 0).blockLast(Duration.ofSeconds(10));
		assertThat(running).hasValue(0);
	}

	private void problem(String problem) {
		if (this.problems.size() < 20) {
			this.problems.add(problem);
		}
	}

	/**
	 * Plays two rounds, whose chunks come from another thread now and then.
	 */
	private final class RacingApi implements ElectronApi {

		private final ChatCompletionChunk[] calls = { Chunks.text("One moment"),
				Chunks.call(0, "a", "fast", "{\"x\":1}"), Chunks.call(1, "b", "even", "{\"x\":1}"),
				Chunks.call(2, "c", "slow", "{\"x\":1}"), Chunks.finish("tool_calls") };

		private final AtomicInteger number = new AtomicInteger();

		@Override
		public Mono<ChatCompletion> complete(ChatCompletionRequest request, CallContext context) {
			return Mono.never();
		}

		@Override
		public Flux<ChatCompletionChunk> stream(ChatCompletionRequest request, CallContext context) {
			Flux<ChatCompletionChunk> chunks = context.continuesTurn() ? Flux.just(Chunks.text("Done"))
					: Flux.fromArray(this.calls);
			boolean hop = this.number.incrementAndGet() % 2 == 0;
			return (hop ? chunks.publishOn(Schedulers.parallel()) : chunks)
				.doOnSubscribe((subscription) -> TurnRaceTests.this.openStreams.incrementAndGet())
				.doFinally((signal) -> TurnRaceTests.this.openStreams.decrementAndGet());
		}

	}

	/**
	 * Takes about as long as it has time.
	 */
	private final class RacingTool extends FakeTool {

		private final int millis;

		RacingTool(String name, int millis) {
			super(name, false, (arguments, execution) -> Mono.empty());
			this.millis = millis;
			timeout(Duration.ofMillis(Math.max(1, this.millis)));
			if (this.millis == 1) {
				uninterruptible();
			}
		}

		@Override
		public Mono<String> call(String arguments, ToolExecution execution) {
			execution.say("Working");
			Mono<String> result = (this.millis == 0) ? Mono.just("1")
					: Mono.delay(Duration.ofMillis(this.millis)).thenReturn("1");
			return result.doOnSubscribe((subscription) -> TurnRaceTests.this.runningTools.incrementAndGet())
				.doFinally((signal) -> {
					execution.say("Ended");
					TurnRaceTests.this.runningTools.decrementAndGet();
				});
		}

	}

	/**
	 * Asks for events one by one or for all of them, cancels some turns, and looks at
	 * what comes.
	 */
	private final class TurnSubscriber extends BaseSubscriber<TurnEvent> {

		private final int number;

		private final AtomicInteger entered = new AtomicInteger();

		private final Map<String, Integer> results = new HashMap<>();

		private final List<String> ended = new CopyOnWriteArrayList<>();

		private int afterCancel;

		TurnSubscriber(int number) {
			this.number = number;
		}

		void cancelLater() {
			if (this.number % 3 == 0) {
				Schedulers.parallel().schedule(this::cancel, this.number % 7, TimeUnit.MILLISECONDS);
			}
		}

		@Override
		protected void hookOnSubscribe(Subscription subscription) {
			subscription.request((this.number % 2 == 0) ? 1 : Long.MAX_VALUE);
		}

		@Override
		protected void hookOnNext(TurnEvent event) {
			if (this.entered.incrementAndGet() != 1) {
				problem("Two events at once");
			}
			// One event may be on its way while another thread cancels
			if (!this.ended.isEmpty() && (!this.ended.contains("cancel") || ++this.afterCancel > 1)) {
				problem(event + " after " + this.ended);
			}
			if (event instanceof ToolCallFinished finished) {
				this.results.merge(finished.call().id(), 1, Integer::sum);
			}
			if (event instanceof ToolCallFailed failed) {
				this.results.merge(failed.call().id(), 1, Integer::sum);
			}
			if (event instanceof TurnFinished finished) {
				check(finished);
			}
			this.entered.decrementAndGet();
			if (this.number % 2 == 0) {
				request(1);
			}
		}

		private void check(TurnFinished finished) {
			List<String> ids = finished.messages()
				.subList(1, finished.messages().size() - 1)
				.stream()
				.map(ChatMessage::toolCallId)
				.toList();
			if (!ids.equals(List.of("a", "b", "c"))) {
				problem("Results in the history: " + ids);
			}
			if (!this.results.equals(Map.of("a", 1, "b", 1, "c", 1))) {
				problem("Results told: " + this.results);
			}
		}

		@Override
		protected void hookFinally(SignalType type) {
			if (!this.ended.isEmpty()) {
				problem(type + " after " + this.ended);
			}
			if (type == SignalType.ON_ERROR) {
				problem("Error");
			}
			this.ended.add(type.toString());
			TurnRaceTests.this.outcomes.computeIfAbsent(type.toString(), (key) -> new AtomicInteger())
				.incrementAndGet();
			TurnRaceTests.this.places.release();
		}

	}

}
