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

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Stream;

import io.github.electronspring.api.CallContext;
import io.github.electronspring.api.ElectronApi;
import io.github.electronspring.api.ElectronQuotaException;
import io.github.electronspring.api.ElectronStreamException;
import io.github.electronspring.api.ElectronTransportException;
import io.github.electronspring.api.Failures;
import io.github.electronspring.protocol.ChatCompletionChunk;
import io.github.resilience4j.circuitbreaker.CircuitBreaker;
import io.github.resilience4j.circuitbreaker.CircuitBreaker.State;
import io.github.resilience4j.circuitbreaker.CircuitBreakerConfig;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.reactivestreams.Subscription;
import reactor.core.publisher.BaseSubscriber;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Sinks;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for the request that {@link CircuitBreakingElectronApi} lets through to see
 * whether a provider is well again.
 *
 * @author The Electron Spring authors
 */
class CircuitBreakerTrialTests extends AbstractResilienceTests {

	private static final Throwable FAILURE = Failures.status(503, "X-Request-Id", "req-7");

	private final CircuitBreaker circuitBreaker = CircuitBreaker.of("electron",
			CircuitBreakingElectronApi.defaultConfig());

	private final ElectronApi api = new CircuitBreakingElectronApi(this.first, "electron", this.circuitBreaker);

	@Test
	void firstElementOfARequestAfterTheTimeCloses() {
		fail(10);
		this.time.advanceBy(9_999);
		stream(this.api);
		assertThat(this.log).endsWith("9999 error");
		this.time.advanceBy(2);
		Sinks.Many<ChatCompletionChunk> trial = Sinks.many().unicast().onBackpressureBuffer();
		respond(trial.asFlux());
		stream(this.api);
		assertThat(this.circuitBreaker.getState()).isEqualTo(State.HALF_OPEN);
		stream(this.api);
		assertThat(this.log).endsWith("10001 first", "10001 error");
		trial.tryEmitNext(HELLO);
		assertThat(this.circuitBreaker.getState()).isEqualTo(State.CLOSED);
		call(answer());
		assertThat(this.log).endsWith("10001 error", "10001 first", "10001 complete");
		trial.tryEmitComplete();
		assertThat(this.circuitBreaker.getState()).isEqualTo(State.CLOSED);
		assertThat(this.circuitBreaker.getMetrics().getNumberOfSuccessfulCalls()).isEqualTo(2);
	}

	@Test
	void whenAnotherRequestIsTheTrialTellsNoTime() {
		fail(10);
		this.time.advanceBy(10_001);
		respond(Flux.never());
		stream(this.api);
		stream(this.api);
		assertThat(this.error).hasMessage("Provider 'electron' has failed too often and is not asked for now, "
				+ "it failed last with status 503, request id 'req-7'");
	}

	@ParameterizedTest
	@MethodSource
	void answerThatSaysNothingElseCloses(Throwable answer) {
		fail(10);
		this.time.advanceBy(10_001);
		call(Flux.error(answer));
		assertThat(this.circuitBreaker.getState()).isEqualTo(State.CLOSED);
		assertThat(this.circuitBreaker.getMetrics().getNumberOfBufferedCalls()).isZero();
	}

	static Stream<Throwable> answerThatSaysNothingElseCloses() {
		return Stream.of(Failures.status(400), Failures.status(401), Failures.status(404), Failures.status(408),
				Failures.status(429));
	}

	@ParameterizedTest
	@MethodSource
	void trialThatIsNotAnsweredLeavesItToTheNext(Throwable failure) {
		fail(10);
		this.time.advanceBy(10_001);
		call(Flux.error(failure));
		assertThat(this.circuitBreaker.getState()).isEqualTo(State.HALF_OPEN);
		call(answer());
		assertThat(this.circuitBreaker.getState()).isEqualTo(State.CLOSED);
	}

	static Stream<Throwable> trialThatIsNotAnsweredLeavesItToTheNext() {
		return Stream.of(Failures.missingKey(), Failures.staleConnection(),
				new ElectronQuotaException("a", "b", 1, null),
				ElectronTransportException.notSent("a", new IllegalStateException()), new IllegalStateException("a"));
	}

	@Test
	void trialThatIsCancelledBehindItsFirstElementHasClosed() {
		fail(10);
		this.time.advanceBy(10_001);
		respond(Flux.just(HELLO).concatWith(Flux.never()));
		stream(this.api).cancel();
		assertThat(this.circuitBreaker.getState()).isEqualTo(State.CLOSED);
		assertThat(this.circuitBreaker.tryAcquirePermission()).isTrue();
		assertThat(this.circuitBreaker.getMetrics().getNumberOfBufferedCalls()).isZero();
	}

	@Test
	void trialThatBreaksBehindItsFirstElementIsAFailureLikeAnyOther() {
		fail(10);
		this.time.advanceBy(10_001);
		call(Flux.just(HELLO).concatWith(Flux.error(ElectronStreamException.broken("a", null, 1))));
		assertThat(this.circuitBreaker.getState()).isEqualTo(State.CLOSED);
		assertThat(this.circuitBreaker.getMetrics().getNumberOfFailedCalls()).isEqualTo(1);
	}

	@Test
	void trialThatHasClosedDoesNotDecideTheNext() {
		fail(10);
		this.time.advanceBy(10_001);
		Sinks.Many<ChatCompletionChunk> trial = Sinks.many().unicast().onBackpressureBuffer();
		respond(trial.asFlux());
		stream(this.api);
		trial.tryEmitNext(HELLO);
		fail(10);
		this.time.advanceBy(10_001);
		respond(Flux.never());
		stream(this.api);
		trial.tryEmitNext(HELLO);
		trial.tryEmitComplete();
		assertThat(this.circuitBreaker.getState()).isEqualTo(State.HALF_OPEN);
	}

	@Test
	void oneTrialIsOneOfSeveral() {
		CircuitBreaker several = CircuitBreaker.of("several",
				CircuitBreakerConfig.from(CircuitBreakingElectronApi.defaultConfig())
					.initialState(State.HALF_OPEN)
					.permittedNumberOfCallsInHalfOpenState(2)
					.build());
		ElectronApi api = new CircuitBreakingElectronApi(this.first, "electron", several);
		respond(answer());
		stream(api);
		assertThat(several.getState()).isEqualTo(State.HALF_OPEN);
		respond(answer());
		stream(api);
		assertThat(several.getState()).isEqualTo(State.CLOSED);
	}

	@Test
	void emptyTrialCloses() {
		fail(10);
		this.time.advanceBy(10_001);
		call(Flux.empty());
		assertThat(this.circuitBreaker.getState()).isEqualTo(State.CLOSED);
	}

	@Test
	void requestThatFailsAfterTheTimeOpensAgain() {
		fail(10);
		this.time.advanceBy(10_001);
		call(Flux.error(FAILURE));
		assertThat(this.circuitBreaker.getState()).isEqualTo(State.OPEN);
		stream(this.api);
		assertThat(this.error).hasMessageContaining("before '1970-01-01T00:00:20.001Z'");
	}

	@Test
	void trialThatIsCancelledLeavesItToTheNext() {
		fail(10);
		this.time.advanceBy(10_001);
		respond(Flux.never());
		BaseSubscriber<ChatCompletionChunk> trial = stream(this.api);
		trial.cancel();
		respond(Flux.never());
		stream(this.api);
		assertThat(this.log).endsWith("10001 first", "10001 first");
		stream(this.api);
		assertThat(this.log).endsWith("10001 first", "10001 error");
	}

	@Test
	void permissionIsGivenBackOnce() {
		fail(10);
		this.time.advanceBy(10_001);
		respond(Flux.never());
		AtomicReference<Subscription> subscription = new AtomicReference<>();
		this.api.stream(REQUEST, CallContext.empty()).doOnSubscribe(subscription::set).subscribe();
		subscription.get().cancel();
		subscription.get().cancel();
		assertThat(this.circuitBreaker.tryAcquirePermission()).isTrue();
		assertThat(this.circuitBreaker.tryAcquirePermission()).isFalse();
	}

	@Test
	void whatBeganBeforeDoesNotDecideTheTrial() {
		List<Sinks.Many<ChatCompletionChunk>> old = new ArrayList<>();
		List<BaseSubscriber<ChatCompletionChunk>> subscribers = new ArrayList<>();
		for (int i = 0; i < 3; i++) {
			Sinks.Many<ChatCompletionChunk> sink = Sinks.many().unicast().onBackpressureBuffer();
			old.add(sink);
			respond(sink.asFlux());
			subscribers.add(stream(this.api));
		}
		fail(10);
		this.time.advanceBy(10_001);
		respond(Flux.never());
		stream(this.api);
		old.get(0).tryEmitError(FAILURE);
		old.get(1).tryEmitComplete();
		subscribers.get(2).cancel();
		assertThat(this.circuitBreaker.getState()).isEqualTo(State.HALF_OPEN);
		stream(this.api);
		assertThat(this.log).endsWith("10001 error");
	}

	private void fail(int times) {
		for (int i = 0; i < times; i++) {
			call(Flux.error(FAILURE));
		}
	}

	private void call(Flux<ChatCompletionChunk> response) {
		respond(response);
		stream(this.api);
	}

}
