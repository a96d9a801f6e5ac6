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
import java.util.ArrayList;
import java.util.List;

import io.github.electronspring.api.CallContext;
import io.github.electronspring.api.ElectronApi;
import io.github.electronspring.api.ElectronQuotaException;
import io.github.electronspring.api.ElectronTransportException;
import io.github.electronspring.api.Failures;
import io.github.electronspring.api.FakeElectronApi;
import io.github.electronspring.api.ResponseInfo;
import io.github.electronspring.protocol.ChatCompletionChunk;
import io.github.electronspring.protocol.ChatCompletionRequest;
import io.github.electronspring.protocol.ChatMessage;
import io.github.electronspring.protocol.Chunks;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import reactor.core.Disposable;
import reactor.core.Fuseable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;
import reactor.test.StepVerifier;
import reactor.test.publisher.TestPublisher;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mockito.ArgumentMatchers.any;
import static org.mockito.BDDMockito.given;
import static org.mockito.Mockito.mock;

/**
 * Tests for {@link QuotaElectronApi}.
 *
 * @author The Electron Spring authors
 */
class QuotaElectronApiTests extends AbstractQuotaTests {

	private static final ChatCompletionRequest REQUEST = ChatCompletionRequest.builder()
		.model("electron")
		.messages(List.of(ChatMessage.user("Hi")))
		.build();

	private static final Duration TIMEOUT = Duration.ofSeconds(5);

	private final FakeElectronApi wire = new FakeElectronApi();

	private final List<ResponseInfo> infos = new ArrayList<>();

	private final CallContext context = CallContext.empty().withResponseListener(this.infos::add);

	private ElectronApi api;

	@BeforeEach
	void limit() {
		limit(settings(10, 1));
	}

	private void limit(QuotaSettings settings) {
		this.quota = RequestQuota.local(settings);
		this.api = this.quota.limit(this.wire);
	}

	private Disposable stream(String name) {
		return this.api.stream(REQUEST, this.context)
			.subscribe((chunk) -> log(name + " chunk"), (ex) -> log(name + " " + ex.getClass().getSimpleName()),
					() -> log(name + " complete"));
	}

	private Disposable complete(String name) {
		return this.api.complete(REQUEST, this.context)
			.subscribe((completion) -> log(name + " value"), (ex) -> log(name + " " + ex.getClass().getSimpleName()),
					() -> log(name + " complete"));
	}

	private static Flux<ChatCompletionChunk> after(long millis, ChatCompletionChunk... chunks) {
		return Mono.delay(Duration.ofMillis(millis)).thenMany(Flux.fromArray(chunks));
	}

	@Test
	void streamIsInFlightUntilItsEnd() {
		this.wire.respond(after(200, Chunks.text("Hi"), Chunks.finish("stop"))).respond(Chunks.text("Ho"));
		stream("a");
		stream("b");
		assertThat(this.wire.requests()).hasSize(1);
		assertUsage(1, 1, 1);
		this.time.advanceBy(200);
		assertThat(this.log).containsExactly("200 a chunk", "200 a chunk", "200 b chunk", "200 b complete",
				"200 a complete");
		assertUsage(2, 0, 0);
		assertThat(this.time.timers()).isZero();
	}

	@Test
	void responseTellsHowLongItsRequestWaited() {
		this.wire.respond(after(200, Chunks.text("Hi"))).respond(Chunks.text("Ho"));
		stream("a");
		this.time.advanceBy(50);
		complete("b");
		this.time.advanceBy(150);
		assertThat(this.infos).extracting(ResponseInfo::waited).containsExactly(Duration.ZERO, Duration.ofMillis(150));
		assertThat(this.infos).extracting(ResponseInfo::requestId).containsExactly("req-1", "req-2");
	}

	@Test
	void placeIsConfirmedWhenTheHeadersAreHere() {
		FakeQuotaStore store = new FakeQuotaStore();
		this.quota = new RequestQuota(settings(1, 9), store);
		this.api = this.quota.limit(this.wire);
		this.wire.respond(after(1_000, Chunks.text("Hi")));
		stream("a");
		assertThat(this.infos).isEmpty();
		store.grant("1");
		assertThat(this.infos).hasSize(1);
		assertThat(store.log).containsExactly("confirm 1");
		this.time.advanceBy(1_000);
		assertThat(store.log).containsExactly("confirm 1", "release 1");
	}

	@Test
	void completionIsOverWithItsValue() {
		this.wire.respond(Chunks.text("Hi")).respond(Chunks.text("Ho"));
		List<Integer> inFlight = new ArrayList<>();
		StepVerifier
			.create(this.api.complete(REQUEST, this.context)
				.doOnNext((completion) -> inFlight.add(this.quota.usage().inFlight()))
				.flatMap((completion) -> this.api.complete(REQUEST, this.context)))
			.expectNextMatches((completion) -> "Ho".equals(completion.choices().get(0).message().content()))
			.expectComplete()
			.verify(TIMEOUT);
		assertThat(inFlight).containsExactly(0);
		assertUsage(2, 0, 0);
		assertThat(this.time.timers()).isZero();
	}

	@Test
	void completionWithoutAValueIsOverToo() {
		ElectronApi empty = mock(ElectronApi.class);
		given(empty.complete(any(), any())).willReturn(Mono.empty());
		this.api = this.quota.limit(empty);
		complete("a");
		assertThat(this.log).containsExactly("0 a complete");
		assertUsage(1, 0, 0);
	}

	@Test
	void permitIsKeptAMarginWhenTheStreamIsCancelled() {
		this.wire.respond(Flux.never()).respond(Chunks.text("Ho"));
		Disposable a = stream("a");
		stream("b");
		this.time.advanceBy(100);
		a.dispose();
		a.dispose();
		assertThat(this.wire.cancellations()).isOne();
		this.time.advanceBy(499);
		assertUsage(1, 1, 1);
		this.time.advanceBy(1);
		assertThat(this.log).containsExactly("600 b chunk", "600 b complete");
		assertUsage(2, 0, 0);
		this.time.advanceBy(60_000);
		assertUsage(1, 0, 0);
	}

	@Test
	void requestThatIsGivenUpBeforeItsHeadersMayStillBeOnItsWay() {
		limit(settings(2, 9));
		ElectronApi silent = mock(ElectronApi.class);
		given(silent.stream(any(), any())).willReturn(Flux.never())
			.willReturn(Flux.error(ElectronTransportException.timedOut("No token came")));
		this.api = this.quota.limit(silent);
		Disposable a = stream("a");
		this.time.advanceBy(100);
		a.dispose();
		stream("b");
		this.time.advanceBy(2_499);
		assertUsage(2, 2, 0);
		this.time.advanceBy(1);
		assertUsage(2, 0, 0);
		this.time.advanceBy(60_499);
		assertUsage(2, 0, 0);
		this.time.advanceBy(1);
		assertUsage(0, 0, 0);
	}

	@Test
	void requestOnAConnectionThatHadGoneStaleIsNotOnItsWay() {
		ElectronApi stale = mock(ElectronApi.class);
		given(stale.stream(any(), any())).willReturn(Flux.error(Failures.staleConnection()));
		this.api = this.quota.limit(stale);
		stream("a");
		this.time.advanceBy(499);
		assertUsage(1, 1, 0);
		this.time.advanceBy(1);
		assertUsage(1, 0, 0);
	}

	@Test
	void permitIsKeptAMarginWhenTheResponseFailsOnItsWay() {
		this.wire.respond(Flux.error(ElectronTransportException.timedOut("Too slow")));
		stream("a");
		assertThat(this.log).containsExactly("0 a ElectronTransportException");
		assertUsage(1, 1, 0);
		this.time.advanceBy(500);
		assertUsage(1, 0, 0);
		this.wire.respond(Flux.error(new IllegalStateException("unknown")));
		complete("b");
		assertUsage(2, 1, 0);
		this.time.advanceBy(500);
		assertUsage(2, 0, 0);
		assertThat(this.time.timers()).isZero();
	}

	@Test
	void permitIsKeptUntilTheWireTellsThatTheResponseHasEnded() {
		limit(settings(10, 2));
		Sinks.One<Boolean> first = Sinks.one();
		Sinks.One<Boolean> second = Sinks.one();
		ElectronApi telling = mock(ElectronApi.class);
		given(telling.stream(any(), any())).willAnswer((call) -> {
			call.<CallContext>getArgument(1).responseEndListener().accept(first.asMono());
			return Flux.empty();
		}).willAnswer((call) -> {
			call.<CallContext>getArgument(1).responseEndListener().accept(second.asMono());
			return Flux.empty();
		});
		this.api = this.quota.limit(telling);
		List<Mono<Boolean>> ends = new ArrayList<>();
		this.api.stream(REQUEST, this.context.withResponseEndListener(ends::add)).subscribe();
		stream("b");
		this.time.advanceBy(10_000);
		assertUsage(2, 2, 0);
		first.tryEmitValue(true);
		assertUsage(2, 1, 0);
		second.tryEmitValue(false);
		this.time.advanceBy(499);
		assertUsage(2, 1, 0);
		this.time.advanceBy(1);
		assertUsage(2, 0, 0);
		assertThat(ends).hasSize(1);
	}

	@Test
	void answerThatIsAnErrorEndsTheRequest() {
		this.wire.respond(Flux.error(Failures.status(500)));
		stream("a");
		assertThat(this.log).containsExactly("0 a ElectronServerException");
		assertUsage(1, 0, 0);
	}

	@Test
	void requestThatWasNotSentTakesNothing() {
		ElectronApi unsent = mock(ElectronApi.class);
		given(unsent.stream(any(), any()))
			.willReturn(Flux.error(ElectronTransportException.notSent("No connection", null)));
		this.api = this.quota.limit(unsent);
		stream("a");
		assertThat(this.log).containsExactly("0 a ElectronTransportException");
		assertUsage(0, 0, 0);
		assertThat(this.time.timers()).isZero();
	}

	@Test
	void apiThatThrowsFailsTheRequest() {
		ElectronApi broken = mock(ElectronApi.class);
		given(broken.stream(any(), any())).willThrow(new IllegalStateException("broken"));
		given(broken.complete(any(), any())).willThrow(new IllegalStateException("broken"));
		this.api = this.quota.limit(broken);
		stream("a");
		this.time.advanceBy(2_500);
		complete("b");
		this.time.advanceBy(2_500);
		assertThat(this.log).containsExactly("0 a IllegalStateException", "2500 b IllegalStateException");
		assertUsage(2, 0, 0);
	}

	@Test
	void refusalByTheServiceLetsAllWait() {
		this.wire.respond(Flux.error(Failures.status(429, "Retry-After", "7"))).respond(Chunks.text("Ho"));
		stream("a");
		stream("b");
		this.time.advanceBy(7_000);
		assertThat(this.log).containsExactly("0 a ElectronRateLimitException", "7000 b chunk", "7000 b complete");
		assertThat(this.quota.usage().throttled()).isOne();
	}

	@Test
	void nobodyStartsBetweenARefusalByTheServiceAndItsPause() {
		Sinks.Many<ChatCompletionChunk> response = Sinks.many().unicast().onBackpressureBuffer();
		this.wire.respond(response.asFlux()).respond(Chunks.text("Ho"));
		stream("a");
		stream("b");
		response.tryEmitError(Failures.status(429));
		assertThat(this.wire.requests()).hasSize(1);
		this.time.advanceBy(1_000);
		assertThat(this.wire.requests()).hasSize(2);
	}

	@Test
	void requestThatIsRefusedIsNotSent() {
		limit(settings(10, 1).withMaxWait(Duration.ZERO));
		this.wire.respond(Flux.never());
		stream("a");
		StepVerifier.create(this.api.stream(REQUEST, this.context))
			.expectError(ElectronQuotaException.class)
			.verify(TIMEOUT);
		StepVerifier.create(this.api.complete(REQUEST, this.context))
			.expectError(ElectronQuotaException.class)
			.verify(TIMEOUT);
		assertThat(this.wire.requests()).hasSize(1);
	}

	@Test
	void callerThatCancelsWhileItWaitsSendsNothing() {
		this.wire.respond(Flux.never());
		stream("a");
		Disposable b = stream("b");
		Disposable c = complete("c");
		b.dispose();
		c.dispose();
		assertUsage(1, 1, 0);
		assertThat(this.time.timers()).isZero();
		assertThat(this.wire.requests()).hasSize(1);
	}

	@Test
	void callerThatCancelsAtOnceSendsNothing() {
		StepVerifier.create(this.api.stream(REQUEST, this.context).take(0)).expectComplete().verify(TIMEOUT);
		assertThat(this.wire.requests()).isEmpty();
		assertUsage(0, 0, 0);
	}

	@Test
	void cancellationAfterTheEndChangesNothing() {
		this.wire.respond(Chunks.text("Hi"), Chunks.finish("stop"));
		Disposable a = stream("a");
		a.dispose();
		assertUsage(1, 0, 0);
		assertThat(this.time.timers()).isZero();
	}

	@Test
	void endAfterTheCancellationChangesNothing() {
		TestPublisher<ChatCompletionChunk> response = TestPublisher.createNoncompliant(
				TestPublisher.Violation.CLEANUP_ON_TERMINATE, TestPublisher.Violation.DEFER_CANCELLATION);
		this.wire.respond(response.flux());
		Disposable a = stream("a");
		a.dispose();
		response.complete();
		assertUsage(1, 1, 0);
		this.time.advanceBy(500);
		assertUsage(1, 0, 0);
		assertThat(this.quota.usage().throttled()).isZero();
	}

	@Test
	void demandIsPassedOn() {
		TestPublisher<ChatCompletionChunk> response = TestPublisher.create();
		this.wire.respond(response.flux());
		StepVerifier.create(this.api.stream(REQUEST, this.context), 0)
			.then(() -> response.assertMinRequested(0))
			.thenRequest(2)
			.then(() -> response.assertMinRequested(2).assertMaxRequested(2))
			.then(() -> response.next(Chunks.text("a"), Chunks.text("b")))
			.expectNextCount(2)
			.thenRequest(1)
			.then(() -> response.assertMinRequested(1).assertMaxRequested(1))
			.then(() -> response.emit(Chunks.text("c")))
			.expectNextCount(1)
			.expectComplete()
			.verify(TIMEOUT);
	}

	@Test
	void demandOfAWaitingCallerIsKept() {
		this.wire.respond(after(100)).respond(Chunks.text("a"), Chunks.text("b"), Chunks.text("c"));
		stream("first");
		StepVerifier.create(this.api.stream(REQUEST, this.context), 2)
			.then(() -> this.time.advanceBy(100))
			.expectNextCount(2)
			.expectNoEvent(Duration.ofMillis(1))
			.thenRequest(1)
			.expectNextCount(1)
			.expectComplete()
			.verify(TIMEOUT);
	}

	@Test
	void contextOfTheCallerReachesTheWire() {
		ElectronApi echo = mock(ElectronApi.class);
		given(echo.stream(any(), any()))
			.willReturn(Flux.deferContextual((view) -> Flux.just(Chunks.text(view.get("key")))));
		this.api = this.quota.limit(echo);
		StepVerifier
			.create(this.api.stream(REQUEST, this.context).contextWrite((context) -> context.put("key", "value")))
			.expectNextMatches((chunk) -> "value".equals(chunk.choice().delta().content()))
			.expectComplete()
			.verify(TIMEOUT);
	}

	@Test
	void requestThatContinuesATurnGoesFirst() {
		this.wire.respond(after(100)).respond(Chunks.text("c")).respond(Chunks.text("b"));
		stream("a");
		stream("b");
		this.api.stream(REQUEST, this.context.withContinuesTurn(true)).subscribe((chunk) -> log("c chunk"));
		this.time.advanceBy(100);
		assertThat(this.log).startsWith("100 c chunk", "100 b chunk");
		assertThat(this.wire.contexts()).extracting(CallContext::continuesTurn).containsExactly(false, true, false);
	}

	@Test
	void eachSubscriptionIsARequestOfItsOwn() {
		this.wire.respond(Chunks.text("a")).respond(Chunks.text("b"));
		Flux<ChatCompletionChunk> stream = this.api.stream(REQUEST, this.context);
		StepVerifier.create(Flux.concat(stream, stream)).expectNextCount(2).expectComplete().verify(TIMEOUT);
		assertUsage(2, 0, 0);
	}

	@Test
	void streamIsNotFused() {
		this.wire.respond(Chunks.text("a"));
		assertThat(this.api.stream(REQUEST, this.context)).isNotInstanceOf(Fuseable.class);
	}

}
