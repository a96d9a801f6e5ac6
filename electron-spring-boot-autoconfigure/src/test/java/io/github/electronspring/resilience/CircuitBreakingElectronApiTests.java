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

import java.lang.reflect.Proxy;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.stream.Stream;

import io.github.electronspring.api.CallContext;
import io.github.electronspring.api.ElectronApi;
import io.github.electronspring.api.ElectronException;
import io.github.electronspring.api.ElectronInvalidRequestException;
import io.github.electronspring.api.ElectronQuotaException;
import io.github.electronspring.api.ElectronStreamException;
import io.github.electronspring.api.ElectronTransportException;
import io.github.electronspring.api.Failures;
import io.github.electronspring.protocol.ChatCompletionChunk;
import io.github.resilience4j.circuitbreaker.CircuitBreaker;
import io.github.resilience4j.circuitbreaker.CircuitBreaker.State;
import io.github.resilience4j.circuitbreaker.CircuitBreakerConfig;
import io.github.resilience4j.core.IntervalFunction;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import reactor.core.publisher.Flux;

import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link CircuitBreakingElectronApi}.
 *
 * @author The Electron Spring authors
 */
class CircuitBreakingElectronApiTests extends AbstractResilienceTests {

	private static final Throwable FAILURE = Failures.status(503, "X-Request-Id", "req-7");

	private CircuitBreaker circuitBreaker = CircuitBreaker.of("electron", CircuitBreakingElectronApi.defaultConfig());

	private CircuitBreakingElectronApi api = new CircuitBreakingElectronApi(this.first, "electron",
			this.circuitBreaker);

	@Test
	void opensIfHalfOfTenRequestsHaveFailed() {
		for (int i = 0; i < 5; i++) {
			call(answer());
			call(Flux.error(FAILURE));
		}
		assertThat(this.circuitBreaker.getState()).isEqualTo(State.OPEN);
	}

	@Test
	void staysClosedIfLessThanHalfHaveFailed() {
		for (int i = 0; i < 40; i++) {
			call((i % 5 == 1 || i % 5 == 3) ? Flux.error(FAILURE) : answer());
		}
		assertThat(this.circuitBreaker.getState()).isEqualTo(State.CLOSED);
	}

	@Test
	void sendListenerOfTheCallIsToldToo() {
		respond(answer());
		stream(this.api, CallContext.empty().withSendListener(() -> log("sent")));
		assertThat(this.log).containsExactly("0 sent", "0 first", "0 complete");
	}

	@Test
	void staysClosedBeforeTenRequests() {
		fail(9);
		assertThat(this.circuitBreaker.getState()).isEqualTo(State.CLOSED);
		fail(1);
		assertThat(this.circuitBreaker.getState()).isEqualTo(State.OPEN);
	}

	@Test
	void stateIsHalfOpenOnceThePauseIsOver() {
		assertThat(this.api.getState()).isEqualTo(State.CLOSED);
		fail(10);
		assertThat(this.api.getState()).isEqualTo(State.OPEN);
		this.time.advanceBy(10_000);
		assertThat(this.api.getState()).isEqualTo(State.OPEN);
		this.time.advanceBy(1);
		assertThat(this.api.getState()).isEqualTo(State.HALF_OPEN);
		call(answer());
		assertThat(this.api.getState()).isEqualTo(State.CLOSED);
	}

	@ParameterizedTest
	@MethodSource
	void failureOfTheProviderCounts(Throwable failure) {
		for (int i = 0; i < 10; i++) {
			call(Flux.error(failure));
		}
		assertThat(this.circuitBreaker.getMetrics().getNumberOfFailedCalls()).isEqualTo(10);
		assertThat(this.circuitBreaker.getState()).isEqualTo(State.OPEN);
	}

	static Stream<Throwable> failureOfTheProviderCounts() {
		return Stream.of(Failures.status(500), Failures.status(503), Failures.refusedConnection(),
				Failures.unknownHost(), Failures.lostConnection(), ElectronTransportException.timedOut("a"),
				ElectronStreamException.broken("a", null, 0));
	}

	@ParameterizedTest
	@MethodSource
	void whatSaysNothingAboutTheProviderDoesNotCount(Throwable failure) {
		for (int i = 0; i < 30; i++) {
			call(Flux.error(failure));
		}
		assertThat(this.circuitBreaker.getMetrics().getNumberOfBufferedCalls()).isZero();
		assertThat(this.log).hasSize(60);
	}

	static Stream<Throwable> whatSaysNothingAboutTheProviderDoesNotCount() {
		return Stream.of(Failures.status(400), Failures.status(401), Failures.status(403), Failures.status(404),
				Failures.status(408), Failures.status(422), Failures.status(429), Failures.missingKey(),
				new ElectronInvalidRequestException("a", Collections.emptyList()),
				new ElectronQuotaException("a", "b", 1, null), ElectronTransportException.notSent("a", null),
				ElectronTransportException.notSent("a", new IllegalStateException()), Failures.staleConnection(),
				new IllegalStateException("a"));
	}

	@Test
	void deadlineOfTheCallerDoesNotCount() {
		for (int i = 0; i < 10; i++) {
			respond(after(100, Flux.error(ElectronTransportException.timedOut("The caller's deadline passed"))));
			stream(this.api, deadline(this.time.millis() + 100));
			this.time.advanceBy(100);
		}
		assertThat(this.circuitBreaker.getMetrics().getNumberOfBufferedCalls()).isZero();
		respond(after(100, Flux.error(ElectronTransportException.timedOut("No first token came"))));
		stream(this.api, deadline(this.time.millis() + 101));
		this.time.advanceBy(100);
		assertThat(this.circuitBreaker.getMetrics().getNumberOfFailedCalls()).isEqualTo(1);
	}

	@Test
	void streamIsASuccessWhenItEndsWell() {
		respond(answer().concatWith(Flux.never()));
		stream(this.api);
		assertThat(this.received).hasSize(3);
		assertThat(this.circuitBreaker.getMetrics().getNumberOfBufferedCalls()).isZero();
		call(answer());
		assertThat(this.circuitBreaker.getMetrics().getNumberOfSuccessfulCalls()).isEqualTo(1);
	}

	@Test
	void streamThatBreaksIsAFailure() {
		call(answer().concatWith(Flux.error(ElectronStreamException.broken("a", null, 3))));
		assertThat(this.circuitBreaker.getMetrics().getNumberOfFailedCalls()).isEqualTo(1);
	}

	@Test
	void cancelledStreamDoesNotCount() {
		respond(Flux.never());
		stream(this.api).cancel();
		assertThat(this.first.cancellations()).isEqualTo(1);
		assertThat(this.circuitBreaker.getMetrics().getNumberOfBufferedCalls()).isZero();
	}

	@Test
	void whenOpenDoesNotSend() {
		fail(10);
		this.log.clear();
		stream(this.api);
		assertThat(this.log).containsExactly("0 error");
		assertThat(this.error).isInstanceOf(ElectronTransportException.class)
			.hasMessage("Provider 'electron' has failed too often and is not asked before '1970-01-01T00:00:10Z', "
					+ "it failed last with status 503, request id 'req-7'");
		ElectronException refusal = (ElectronException) this.error;
		assertThat(refusal.isSent()).isFalse();
		assertThat(refusal.isRetryable()).isFalse();
		List<Throwable> errors = new ArrayList<>();
		this.api.complete(REQUEST, CallContext.empty()).subscribe(null, errors::add);
		assertThat(errors).hasSize(1).first().isInstanceOf(ElectronTransportException.class);
	}

	@Test
	void whenForcedOpenTellsNoTime() {
		this.circuitBreaker.transitionToForcedOpenState();
		stream(this.api);
		assertThat(this.error).hasMessage("Provider 'electron' has failed too often and is not asked for now");
	}

	@Test
	void outcomeIsKnownBeforeItIsPassedOn() {
		fail(9);
		respond(Flux.error(FAILURE));
		List<State> states = new ArrayList<>();
		this.api.stream(REQUEST, CallContext.empty())
			.subscribe(null, (ex) -> states.add(this.circuitBreaker.getState()));
		assertThat(states).containsExactly(State.OPEN);
	}

	@Test
	void wholeCompletionCounts() {
		respond(answer());
		this.api.complete(REQUEST, CallContext.empty()).subscribe();
		assertThat(this.circuitBreaker.getMetrics().getNumberOfSuccessfulCalls()).isEqualTo(1);
		respond(Flux.error(FAILURE));
		this.api.complete(REQUEST, CallContext.empty()).subscribe(null, (ex) -> this.error = ex);
		assertThat(this.circuitBreaker.getMetrics().getNumberOfFailedCalls()).isEqualTo(1);
		assertThat(this.error).isSameAs(FAILURE);
	}

	@Test
	void permissionIsTakenForASubscriptionOnly() {
		Flux<ChatCompletionChunk> stream = this.api.stream(REQUEST, CallContext.empty());
		this.api.complete(REQUEST, CallContext.empty());
		assertThat(this.first.requests()).isEmpty();
		for (int i = 0; i < 2; i++) {
			respond(answer());
			subscribe(stream);
		}
		assertThat(this.circuitBreaker.getMetrics().getNumberOfSuccessfulCalls()).isEqualTo(2);
	}

	@Test
	void demandIsPassedOn() {
		List<Long> asked = new ArrayList<>();
		this.first.respond(answer().doOnRequest(asked::add));
		this.api.stream(REQUEST, CallContext.empty()).limitRate(2).subscribe();
		assertThat(asked).startsWith(2L);
	}

	@Test
	void longAnswerIsNoSlowCall() {
		CircuitBreakerConfig config = CircuitBreakingElectronApi.defaultConfig();
		assertThat(config.getSlowCallDurationThreshold()).isGreaterThan(Duration.ofHours(1));
		assertThat(config.isAutomaticTransitionFromOpenToHalfOpenEnabled()).isFalse();
		assertThat(config.getSlidingWindowSize()).isEqualTo(20);
	}

	@Test
	void timeOfAConfigurationOfTheApplicationIsTold() {
		CircuitBreakerConfig config = CircuitBreakerConfig.from(CircuitBreakingElectronApi.defaultConfig())
			.waitIntervalFunctionInOpenState(IntervalFunction.ofExponentialBackoff(1000, 2))
			.build();
		this.circuitBreaker = CircuitBreaker.of("other", config);
		this.api = new CircuitBreakingElectronApi(this.first, "other", this.circuitBreaker);
		fail(10);
		stream(this.api);
		assertThat(this.error).hasMessageContaining("Provider 'other'").hasMessageContaining("00:00:01Z");
		this.time.advanceBy(1001);
		fail(1);
		stream(this.api);
		assertThat(this.error).hasMessageContaining("00:00:03.001Z");
		this.time.advanceBy(2001);
		call(answer());
		fail(10);
		stream(this.api);
		assertThat(this.error).hasMessageContaining("00:00:04.002Z");
	}

	@Test
	@ExtendWith(OutputCaptureExtension.class)
	void predicateThatThrowsDoesNotSwallowTheEndOfACall(CapturedOutput output) {
		CircuitBreakerConfig config = CircuitBreakerConfig.from(CircuitBreakingElectronApi.defaultConfig())
			.permittedNumberOfCallsInHalfOpenState(1)
			.recordException((ex) -> {
				throw new IllegalStateException("secret");
			})
			.build();
		this.circuitBreaker = CircuitBreaker.of("electron", config);
		this.api = new CircuitBreakingElectronApi(this.first, "electron", this.circuitBreaker);
		call(Flux.error(FAILURE));
		assertThat(this.error).isSameAs(FAILURE);
		this.circuitBreaker.transitionToOpenState();
		this.circuitBreaker.transitionToHalfOpenState();
		for (int i = 0; i < 3; i++) {
			this.error = null;
			call(Flux.error(FAILURE));
			assertThat(this.error).isSameAs(FAILURE);
		}
		assertThat(output).containsOnlyOnce("because of 'java.lang.IllegalStateException'").doesNotContain("secret");
	}

	@Test
	void whatTheDelegateThrowsIsPassedOn() {
		ElectronApi throwing = (ElectronApi) Proxy.newProxyInstance(getClass().getClassLoader(),
				new Class<?>[] { ElectronApi.class }, (proxy, method, arguments) -> {
					throw FAILURE;
				});
		stream(new CircuitBreakingElectronApi(throwing, "electron", this.circuitBreaker));
		assertThat(this.error).isSameAs(FAILURE);
		assertThat(this.circuitBreaker.getMetrics().getNumberOfFailedCalls()).isEqualTo(1);
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
