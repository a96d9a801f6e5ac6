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

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;

import io.github.electronspring.protocol.ChatMessage;
import io.github.electronspring.protocol.Chunks;
import io.micrometer.context.ContextRegistry;
import io.micrometer.context.ContextSnapshotFactory;
import io.micrometer.context.integration.Slf4jThreadLocalAccessor;
import io.micrometer.observation.Observation;
import io.micrometer.observation.contextpropagation.ObservationThreadLocalAccessor;
import io.micrometer.observation.tck.TestObservationRegistry;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.slf4j.MDC;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;

import org.springframework.context.i18n.LocaleContextHolder;
import org.springframework.context.i18n.LocaleContextThreadLocalAccessor;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for what of its caller a tool of {@link TurnEngine} sees on its thread.
 *
 * @author The Electron Spring authors
 */
class TurnContextTests extends AbstractTurnTests {

	private static final ThreadLocal<String> TENANT = new ThreadLocal<>();

	private final TestObservationRegistry observations = TestObservationRegistry.create();

	private final ExecutorService executor = Executors.newSingleThreadExecutor();

	private final TurnEngine propagating = new TurnEngine(this.api,
			TurnSettings.defaults()
				.withToolExecutor(this.executor)
				.withContextSnapshotFactory(
						ContextSnapshotFactory.builder().contextRegistry(registry()).clearMissing(true).build()));

	private final Map<String, Object> seen = new TreeMap<>();

	private final FakeTool tool = FakeTool.of("balance", (arguments, execution) -> {
		look();
		return Mono.just("100");
	});

	private ContextRegistry registry() {
		ContextRegistry registry = new ContextRegistry().loadContextAccessors()
			.registerThreadLocalAccessor("tenant", TENANT)
			.registerThreadLocalAccessor(new Slf4jThreadLocalAccessor())
			.registerThreadLocalAccessor(new LocaleContextThreadLocalAccessor());
		return registry.registerThreadLocalAccessor(new ObservationThreadLocalAccessor(this.observations));
	}

	@BeforeEach
	void respond() {
		respondWithCalls(A).respond(Chunks.text("Done"));
	}

	@AfterEach
	void clear() {
		TENANT.remove();
		MDC.clear();
		LocaleContextHolder.resetLocaleContext();
		this.executor.shutdownNow();
	}

	@Test
	void toolSeesWhatItsCallerHasSetAndItsThreadIsClean() throws Exception {
		Observation observation = Observation.start("caller", this.observations);
		TENANT.set("acme");
		MDC.put("conversation", "c-1");
		LocaleContextHolder.setLocale(Locale.GERMANY);
		try (Observation.Scope scope = observation.openScope()) {
			this.propagating.run(request(), List.of(this.tool)).blockLast(TIMEOUT);
		}
		assertThat(this.seen).containsEntry("tenant", "acme")
			.containsEntry("conversation", "c-1")
			.containsEntry("locale", Locale.GERMANY)
			.containsEntry("observation", observation);
		Map<String, Object> after = onToolThread(() -> {
			look();
			return this.seen;
		});
		assertThat(after).containsEntry("tenant", "null")
			.containsEntry("conversation", "null")
			.containsEntry("locale", Locale.getDefault())
			.containsEntry("observation", "null");
	}

	@Test
	void threadOfTheToolHasItsOwnValuesAgain() throws Exception {
		onToolThread(() -> {
			TENANT.set("thread");
			return null;
		});
		TENANT.set("acme");
		this.propagating.run(request(), List.of(this.tool)).blockLast(TIMEOUT);
		assertThat(this.seen).containsEntry("tenant", "acme");
		assertThat(onToolThread(TENANT::get)).isEqualTo("thread");
	}

	@Test
	void toolThatThrowsLeavesItsThreadClean() throws Exception {
		TENANT.set("acme");
		FakeTool failing = FakeTool.of("balance", (arguments, execution) -> {
			look();
			throw new IllegalStateException("no");
		});
		this.propagating.run(request(), List.of(failing)).blockLast(TIMEOUT);
		assertThat(this.seen).containsEntry("tenant", "acme");
		assertThat(onToolThread(TENANT::get)).isNull();
	}

	@Test
	void valuesInTheContextOfTheSubscriberWinOverThoseOfItsThread() {
		TENANT.set("thread");
		this.propagating.run(request(), List.of(this.tool))
			.contextWrite((context) -> context.put("tenant", "subscriber"))
			.blockLast(TIMEOUT);
		assertThat(this.seen).containsEntry("tenant", "subscriber");
	}

	@Test
	void toolOfALaterRoundSeesTheCallerToo() {
		respondAgain();
		TENANT.set("acme");
		StringBuilder tenants = new StringBuilder();
		FakeTool counting = FakeTool.of("balance", (arguments, execution) -> {
			tenants.append(execution.round()).append(TENANT.get()).append(' ');
			return Mono.just("100").publishOn(Schedulers.parallel());
		});
		this.propagating.run(request(), List.of(counting)).blockLast(TIMEOUT);
		assertThat(tenants).hasToString("1acme 2acme ");
	}

	@Test
	void nextRequestIsNotSentWithinTheScopeOfATool() throws Exception {
		this.api.stream(builder().build()).blockLast(TIMEOUT);
		this.api.stream(builder().build()).blockLast(TIMEOUT);
		respondWithCalls(A).respond(Flux.defer(() -> {
			look();
			return Flux.just(Chunks.text("Done"));
		}));
		Observation observation = Observation.start("tool", this.observations);
		CountDownLatch subscribed = new CountDownLatch(1);
		FakeTool scoped = FakeTool.of("balance", (arguments, execution) -> Mono.fromDirect((subscriber) -> {
			await(subscribed);
			observation.scoped(() -> Mono.just("100").subscribe(subscriber));
		}));
		TENANT.set("acme");
		// Were the subscriber's thread still at work it would send the request
		CompletableFuture<TurnEvent> turn = this.propagating.run(request(), List.of(scoped)).last().toFuture();
		subscribed.countDown();
		turn.get(5, TimeUnit.SECONDS);
		assertThat(this.seen).containsEntry("observation", "null").containsEntry("tenant", "null");
	}

	private static void await(CountDownLatch latch) {
		try {
			latch.await();
		}
		catch (InterruptedException ex) {
			throw new IllegalStateException(ex);
		}
	}

	private void respondAgain() {
		this.api.stream(builder().build()).blockLast(TIMEOUT);
		this.api.stream(builder().build()).blockLast(TIMEOUT);
		respondWithCalls(A);
		respondWithCalls(A).respond(Chunks.text("Done"));
	}

	@Test
	void reactiveToolSeesTheContextOfTheSubscriberAndItsThread() {
		MDC.put("conversation", "c-1");
		TENANT.set("acme");
		FakeTool reactive = FakeTool.of("balance",
				(arguments, execution) -> Mono.deferContextual(
						(context) -> Mono.just(context.get("user") + " " + context.getOrDefault("tenant", "nobody")))
					.subscribeOn(Schedulers.parallel()));
		List<TurnEvent> events = this.propagating.run(request(), List.of(reactive))
			.contextWrite((context) -> context.put("user", "ann"))
			.collectList()
			.block(TIMEOUT);
		assertThat(last(events).messages().get(1)).isEqualTo(ChatMessage.tool("a", "ann acme"));
	}

	private void look() {
		this.seen.put("tenant", String.valueOf(TENANT.get()));
		this.seen.put("conversation", String.valueOf(MDC.get("conversation")));
		this.seen.put("locale", LocaleContextHolder.getLocale());
		Observation observation = this.observations.getCurrentObservation();
		this.seen.put("observation", (observation != null) ? observation : "null");
	}

	private <T> T onToolThread(Callable<T> callable) throws Exception {
		CompletableFuture<T> result = new CompletableFuture<>();
		this.executor.execute(() -> {
			try {
				result.complete(callable.call());
			}
			catch (Exception ex) {
				result.completeExceptionally(ex);
			}
		});
		return result.get(5, TimeUnit.SECONDS);
	}

}
