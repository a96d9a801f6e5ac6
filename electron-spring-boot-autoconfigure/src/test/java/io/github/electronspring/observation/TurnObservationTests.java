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

import java.math.BigDecimal;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;

import io.github.electronspring.api.CallContext;
import io.github.electronspring.api.TokenPrices;
import io.github.electronspring.protocol.ChatCompletion;
import io.github.electronspring.protocol.ChatCompletionRequest;
import io.github.electronspring.protocol.ChatMessage;
import io.github.electronspring.protocol.Chunks;
import io.github.electronspring.protocol.ToolCall;
import io.github.electronspring.protocol.Usage;
import io.github.electronspring.turn.RoundFinished;
import io.github.electronspring.turn.RoundStarted;
import io.github.electronspring.turn.SegmentKind;
import io.github.electronspring.turn.TextReceived;
import io.github.electronspring.turn.ToolProgressed;
import io.github.electronspring.turn.TurnEvent;
import io.github.electronspring.turn.TurnFinished;
import io.github.electronspring.turn.TurnRequest;
import io.micrometer.common.KeyValues;
import io.micrometer.observation.Observation;
import io.micrometer.observation.ObservationHandler;
import io.micrometer.observation.ObservationRegistry;
import io.micrometer.observation.contextpropagation.ObservationThreadLocalAccessor;
import io.micrometer.observation.tck.TestObservationRegistry;
import io.micrometer.observation.tck.TestObservationRegistryAssert;
import org.junit.jupiter.api.Test;
import org.reactivestreams.Subscription;
import reactor.core.publisher.Flux;
import reactor.test.StepVerifier;
import reactor.test.publisher.TestPublisher;
import reactor.test.publisher.TestPublisher.Violation;
import reactor.test.util.RaceTestUtils;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link TurnObservation}.
 *
 * @author The Electron Spring authors
 */
class TurnObservationTests {

	private static final Duration TIMEOUT = Duration.ofSeconds(5);

	private static final TurnEvent STARTED = new RoundStarted(1);

	private static final TurnEvent BLANK = new TextReceived(1, " \n", Chunks.text(" \n"));

	private static final TurnEvent TEXT = new TextReceived(1, "Hello", Chunks.text("Hello"));

	private static final TurnEvent FINISHED = new TurnFinished(1, Collections.emptyList(), Collections.emptyList(),
			Usage.of(10, 0, 5), null);

	private final TurnRequest request = new TurnRequest(
			ChatCompletionRequest.builder().model("electron").messages(List.of(ChatMessage.user("secret"))).build(),
			CallContext.empty().withConversationId("c1"), 4, true, Collections.emptyMap(), Collections.emptyList());

	private final TestObservationRegistry registry = TestObservationRegistry.create();

	private final List<TurnReport> reports = new CopyOnWriteArrayList<>();

	private final AtomicLong nanoTime = new AtomicLong();

	private final TurnObservation turnObservation = new TurnObservation(this.registry, null,
			(provider) -> TokenPrices.defaults(), List.of(this.reports::add), this.nanoTime::get);

	private final TestPublisher<TurnEvent> turn = TestPublisher.create();

	@Test
	void whereNobodyWantsItTheTurnIsLeftAlone() {
		Flux<TurnEvent> flux = this.turn.flux();
		TurnObservation nothing = new TurnObservation(ObservationRegistry.NOOP, null,
				(provider) -> TokenPrices.defaults(), Collections.emptyList());
		assertThat(nothing.intercept(this.request, flux)).isSameAs(flux);
		assertThat(new TurnObservation(ObservationRegistry.create(), null, (provider) -> TokenPrices.defaults(),
				Collections.emptyList())
			.intercept(this.request, flux)).isSameAs(flux);
	}

	@Test
	void successIsObservedAndReported() {
		StepVerifier.create(observed())
			.then(() -> this.turn.next(STARTED, new RoundStarted(2), FINISHED).complete())
			.expectNextCount(3)
			.expectComplete()
			.verify(TIMEOUT);
		assertObserved("success").hasContextualNameEqualTo("electron turn")
			.hasHighCardinalityKeyValue("gen_ai.conversation.id", "c1")
			.hasHighCardinalityKeyValue("electron.turn.rounds", "2")
			.doesNotHaveError();
		assertThat(this.reports).singleElement().satisfies((report) -> {
			assertThat(report.model()).isEqualTo("electron");
			assertThat(report.conversationId()).isEqualTo("c1");
			assertThat(report.outcome()).isEqualTo(RequestOutcome.SUCCESS);
			assertThat(report.rounds()).isEqualTo(2);
			assertThat(report.usage()).isEqualTo(Usage.of(10, 0, 5));
			assertThat(report.timeToFirstText()).isNull();
			assertThat(report.errorType()).isEqualTo("none");
			assertThat(report.toString()).doesNotContain("secret");
		});
	}

	@Test
	void errorIsObservedAndReported() {
		IllegalStateException failure = new IllegalStateException("Broken");
		StepVerifier.create(observed())
			.then(() -> this.turn.next(STARTED).error(failure))
			.expectNextCount(1)
			.expectErrorSatisfies((ex) -> assertThat(ex).isSameAs(failure))
			.verify(TIMEOUT);
		assertObserved("error").hasError(failure);
		assertThat(this.reports).singleElement().satisfies((report) -> {
			assertThat(report.error()).isSameAs(failure);
			assertThat(report.errorType()).isEqualTo("IllegalStateException");
			assertThat(report.usage()).isNull();
			assertThat(report.cost()).isNull();
		});
	}

	@Test
	void cancellationIsAnOutcomeOfItsOwnAndIsPassedOnFirst() {
		AtomicReference<Integer> reportsAtCancellation = new AtomicReference<>();
		Flux<TurnEvent> flux = this.turn.flux().doOnCancel(() -> reportsAtCancellation.set(this.reports.size()));
		StepVerifier.create(this.turnObservation.intercept(this.request, flux))
			.then(() -> this.turn.next(STARTED))
			.expectNextCount(1)
			.thenCancel()
			.verify(TIMEOUT);
		assertObserved("cancelled").doesNotHaveError();
		assertThat(reportsAtCancellation).hasValue(0);
		assertThat(this.reports).extracting(TurnReport::outcome).containsExactly(RequestOutcome.CANCELLED);
	}

	@Test
	void cancellationBehindTheLastEventIsASuccess() {
		StepVerifier.create(observed().take(1))
			.then(() -> this.turn.next(FINISHED))
			.expectNext(FINISHED)
			.expectComplete()
			.verify(TIMEOUT);
		assertObserved("success");
	}

	@Test
	void cancellationBeforeTheFirstEventIsObserved() {
		StepVerifier.create(observed()).thenCancel().verify(TIMEOUT);
		assertObserved("cancelled").hasHighCardinalityKeyValue("electron.turn.rounds", "0");
	}

	@Test
	void demandIsPassedOn() {
		StepVerifier.create(observed(), 0)
			.then(() -> this.turn.assertMaxRequested(0))
			.thenRequest(2)
			.then(() -> this.turn.assertMaxRequested(2).next(STARTED, TEXT))
			.expectNext(STARTED, TEXT)
			.thenCancel()
			.verify(TIMEOUT);
		this.turn.assertCancelled();
	}

	@Test
	void timeToFirstTextEndsWithTheFirstTextThatIsNotBlank() {
		Flux<TurnEvent> flux = Flux.just(at(1, STARTED), at(2, BLANK), at(3, TEXT), at(5, TEXT), at(6, FINISHED))
			.map(this::pass);
		this.turnObservation.intercept(this.request, flux).blockLast(TIMEOUT);
		assertThat(this.reports).singleElement().satisfies((report) -> {
			assertThat(report.timeToFirstText()).isEqualTo(Duration.ofMillis(3));
			assertThat(report.duration()).isEqualTo(Duration.ofMillis(6));
		});
	}

	@Test
	void whatAToolSaysIsText() {
		TurnEvent said = new ToolProgressed(1, ToolCall.function("a", "balance", "{}"), "Just a second");
		this.turnObservation.intercept(this.request, Flux.just(at(1, STARTED), at(4, said)).map(this::pass))
			.blockLast(TIMEOUT);
		assertThat(this.reports.get(0).timeToFirstText()).isEqualTo(Duration.ofMillis(4));
	}

	@Test
	void observationIsThatOfTheTurnInsideAndThatOfTheCallerIsItsParent() {
		AtomicReference<Object> inside = new AtomicReference<>();
		Observation parent = Observation.start("caller", this.registry);
		Flux<TurnEvent> flux = Flux.deferContextual((view) -> {
			inside.set(view.get(ObservationThreadLocalAccessor.KEY));
			return Flux.just(FINISHED);
		});
		this.turnObservation.intercept(this.request, flux)
			.contextWrite((context) -> context.put(ObservationThreadLocalAccessor.KEY, parent))
			.blockLast(TIMEOUT);
		parent.stop();
		assertThat(inside.get()).isInstanceOfSatisfying(Observation.class, (observation) -> {
			assertThat(observation.getContextView()).isInstanceOf(TurnObservationContext.class);
			assertThat(observation.getContextView().getParentObservation().getContextView())
				.isSameAs(parent.getContextView());
		});
	}

	@Test
	void observationOfTheThreadIsTheParentWithoutAnother() {
		Observation parent = Observation.start("caller", this.registry);
		Runnable run = () -> this.turnObservation.intercept(this.request, Flux.just(FINISHED)).subscribe();
		parent.scoped(run);
		parent.stop();
		TestObservationRegistryAssert.assertThat(this.registry)
			.hasObservationWithNameEqualTo("electron.turn.duration")
			.that()
			.hasParentObservationEqualTo(parent);
	}

	@Test
	void observationThatIsSwitchedOffDoesNotHideThatOfTheCaller() {
		this.registry.observationConfig().observationPredicate((name, context) -> !name.startsWith("electron.turn"));
		Observation parent = Observation.start("caller", this.registry);
		AtomicReference<Object> inside = new AtomicReference<>();
		Flux<TurnEvent> flux = Flux.deferContextual((view) -> {
			inside.set(view.get(ObservationThreadLocalAccessor.KEY));
			return Flux.just(FINISHED);
		});
		this.turnObservation.intercept(this.request, flux)
			.contextWrite((context) -> context.put(ObservationThreadLocalAccessor.KEY, parent))
			.blockLast(TIMEOUT);
		assertThat(inside.get()).isSameAs(parent);
		assertThat(this.reports).hasSize(1);
	}

	@Test
	void eachSubscriptionIsATurn() {
		Flux<TurnEvent> flux = this.turnObservation.intercept(this.request, Flux.just(STARTED, TEXT, FINISHED));
		flux.blockLast(TIMEOUT);
		flux.blockLast(TIMEOUT);
		TestObservationRegistryAssert.assertThat(this.registry)
			.hasNumberOfObservationsWithNameEqualTo("electron.turn.duration", 2);
		assertThat(this.reports).hasSize(2);
	}

	@Test
	void whatHandlersAndListenersThrowDoesNotBreakTheTurn() {
		this.registry.observationConfig().observationHandler(new ObservationHandler<TurnObservationContext>() {

			@Override
			public void onStop(TurnObservationContext context) {
				throw new IllegalStateException("Handler");
			}

			@Override
			public boolean supportsContext(Observation.Context context) {
				return true;
			}

		});
		TurnObservation failing = new TurnObservation(this.registry, null, (provider) -> TokenPrices.defaults(),
				List.of((report) -> {
					throw new IllegalStateException("Listener");
				}, this.reports::add));
		StepVerifier.create(failing.intercept(this.request, Flux.just(FINISHED)))
			.expectNext(FINISHED)
			.expectComplete()
			.verify(TIMEOUT);
		assertThat(this.reports).hasSize(1);
	}

	@Test
	void cancelledTurnHasUsedWhatItsRoundsHave() {
		StepVerifier.create(observed())
			.then(() -> this.turn.next(STARTED, round(1, Usage.of(1200, 1024, 80)), new RoundStarted(2), round(2, null),
					new RoundStarted(3), round(3, Usage.of(10, 0, 5)), new RoundStarted(4)))
			.expectNextCount(7)
			.thenCancel()
			.verify(TIMEOUT);
		assertUsed(RequestOutcome.CANCELLED);
	}

	@Test
	void failedTurnHasUsedWhatItsRoundsHave() {
		StepVerifier.create(observed())
			.then(() -> this.turn
				.next(STARTED, round(1, Usage.of(1200, 1024, 80)), new RoundStarted(2), round(2, Usage.of(10, 0, 5)))
				.error(new IllegalStateException("Broken")))
			.expectNextCount(4)
			.expectError(IllegalStateException.class)
			.verify(TIMEOUT);
		assertUsed(RequestOutcome.ERROR);
	}

	private void assertUsed(RequestOutcome outcome) {
		assertThat(this.reports).singleElement().satisfies((report) -> {
			assertThat(report.outcome()).isEqualTo(outcome);
			assertThat(report.usage()).isEqualTo(Usage.of(1210, 1024, 85));
			assertThat(report.cost().total()).isEqualByComparingTo(new BigDecimal("0.0003128"));
		});
	}

	private static TurnEvent round(int round, Usage usage) {
		return new RoundFinished(round, SegmentKind.FILLER,
				new ChatCompletion(null, null, null, null, Collections.emptyList(), usage), null);
	}

	@Test
	void conventionThatThrowsDoesNotBreakTheTurn() {
		assertGoesOnUnobserved(new TurnObservation(this.registry, new DefaultTurnObservationConvention() {

			@Override
			public String getName() {
				throw new IllegalStateException("Convention");
			}

		}, (provider) -> TokenPrices.defaults(), List.of(this.reports::add)));
	}

	@Test
	void handlerThatThrowsAtTheStartDoesNotBreakTheTurn() {
		AtomicInteger open = new AtomicInteger();
		ObservationRegistry plain = ObservationRegistry.create();
		plain.observationConfig().observationHandler(new ObservationHandler<TurnObservationContext>() {

			@Override
			public void onStart(TurnObservationContext context) {
				open.incrementAndGet();
			}

			@Override
			public void onStop(TurnObservationContext context) {
				open.decrementAndGet();
			}

			@Override
			public boolean supportsContext(Observation.Context context) {
				return context instanceof TurnObservationContext;
			}

		}).observationHandler(new ObservationHandler<TurnObservationContext>() {

			@Override
			public void onStart(TurnObservationContext context) {
				throw new IllegalStateException("Handler");
			}

			@Override
			public boolean supportsContext(Observation.Context context) {
				return context instanceof TurnObservationContext;
			}

		});
		assertGoesOnUnobserved(
				new TurnObservation(plain, null, (provider) -> TokenPrices.defaults(), List.of(this.reports::add)));
		assertThat(open).hasValue(0);
	}

	private void assertGoesOnUnobserved(TurnObservation failing) {
		Observation parent = Observation.start("caller", this.registry);
		AtomicReference<Object> inside = new AtomicReference<>();
		Flux<TurnEvent> flux = Flux.deferContextual((view) -> {
			inside.set(view.get(ObservationThreadLocalAccessor.KEY));
			return Flux.just(FINISHED);
		});
		StepVerifier
			.create(failing.intercept(this.request, flux)
				.contextWrite((context) -> context.put(ObservationThreadLocalAccessor.KEY, parent)))
			.expectNext(FINISHED)
			.expectComplete()
			.verify(TIMEOUT);
		assertThat(inside.get()).isSameAs(parent);
		assertThat(parent.getContext().getError()).isNull();
		assertThat(this.registry.getCurrentObservation()).isNull();
		assertThat(this.reports).hasSize(1);
	}

	@Test
	void conventionOfTheUserIsUsed() {
		TurnObservation custom = new TurnObservation(this.registry, new DefaultTurnObservationConvention() {

			@Override
			public KeyValues getLowCardinalityKeyValues(TurnObservationContext context) {
				return super.getLowCardinalityKeyValues(context).and("desk", "sales");
			}

		}, (provider) -> TokenPrices.defaults(), Collections.emptyList());
		custom.intercept(this.request, Flux.just(FINISHED)).blockLast(TIMEOUT);
		assertObserved("success").hasLowCardinalityKeyValue("desk", "sales");
	}

	@Test
	void whenEndAndCancellationRaceThereIsOneEnd() {
		TurnObservation reporting = new TurnObservation(ObservationRegistry.NOOP, null,
				(provider) -> TokenPrices.defaults(), List.of(this.reports::add));
		for (int i = 0; i < 5000; i++) {
			this.reports.clear();
			TestPublisher<TurnEvent> publisher = TestPublisher.createNoncompliant(Violation.CLEANUP_ON_TERMINATE);
			AtomicReference<Subscription> subscription = new AtomicReference<>();
			reporting.intercept(this.request, publisher.flux()).doOnSubscribe(subscription::set).subscribe();
			RaceTestUtils.race(publisher::complete, () -> subscription.get().cancel());
			assertThat(this.reports).hasSize(1);
		}
	}

	private Flux<TurnEvent> observed() {
		return this.turnObservation.intercept(this.request, this.turn.flux());
	}

	private TestObservationRegistryAssert.TestObservationRegistryAssertReturningObservationContextAssert assertObserved(
			String outcome) {
		return TestObservationRegistryAssert.assertThat(this.registry)
			.hasSingleObservationThat()
			.hasNameEqualTo("electron.turn.duration")
			.hasBeenStarted()
			.hasBeenStopped()
			.hasLowCardinalityKeyValue("model", "electron")
			.hasLowCardinalityKeyValue("outcome", outcome);
	}

	private static Timed at(long millis, TurnEvent event) {
		return new Timed(millis, event);
	}

	private TurnEvent pass(Timed timed) {
		this.nanoTime.set(Duration.ofMillis(timed.millis()).toNanos());
		return timed.event();
	}

	/**
	 * An event and when it comes.
	 */
	private record Timed(long millis, TurnEvent event) {

	}

}
