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
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;

import io.github.electronspring.api.CallContext;
import io.github.electronspring.api.ElectronApi;
import io.github.electronspring.api.ElectronException;
import io.github.electronspring.api.ElectronInvalidRequestException;
import io.github.electronspring.api.ElectronQuotaException;
import io.github.electronspring.api.ElectronStreamException;
import io.github.electronspring.api.ElectronTransportException;
import io.github.electronspring.api.Failures;
import io.github.electronspring.api.ResponseInfo;
import io.github.electronspring.protocol.ChatCompletion;
import io.github.electronspring.protocol.ChatCompletionChunk;
import io.github.electronspring.protocol.ChatCompletionRequest;
import io.github.electronspring.protocol.Chunks;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.reactivestreams.Subscription;
import reactor.core.publisher.BaseSubscriber;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link RetryingElectronApi}.
 *
 * @author The Electron Spring authors
 */
class RetryingElectronApiTests extends AbstractResilienceTests {

	private static final RetrySettings SETTINGS = RetrySettings.defaults().withJitter(0);

	private final ElectronApi api = api(SETTINGS);

	@ParameterizedTest
	@MethodSource
	void failureThatMayPassIsRetriedEverLater(Throwable failure) {
		fail(failure, failure, failure, failure);
		respond(answer());
		stream(this.api);
		this.time.advanceBy(60_000);
		assertThat(this.log).containsExactly("0 first", "250 first", "750 first", "1750 first", "3750 first",
				"3750 complete");
		assertThat(this.received).containsExactlyElementsOf(answer().collectList().block(Duration.ofSeconds(5)));
	}

	static Stream<Throwable> failureThatMayPassIsRetriedEverLater() {
		return Stream.of(Failures.status(429), Failures.status(429, "Retry-After", "0"), Failures.status(502),
				Failures.status(503), Failures.status(504), Failures.status(529), Failures.refusedConnection(),
				Failures.lostConnection());
	}

	@ParameterizedTest
	@MethodSource
	void failureThatWillNotPassIsNotRetried(Throwable failure) {
		fail(failure);
		stream(this.api);
		this.time.advanceBy(60_000);
		assertThat(this.log).containsExactly("0 first", "0 error");
		assertThat(this.error).isSameAs(failure).hasNoSuppressedExceptions();
	}

	static Stream<Throwable> failureThatWillNotPassIsNotRetried() {
		return Stream.of(Failures.status(400), Failures.status(401), Failures.status(403), Failures.status(404),
				Failures.status(408), Failures.status(422), Failures.unknownHost(), Failures.missingKey(),
				new ElectronInvalidRequestException("a", Collections.emptyList()),
				new ElectronQuotaException("a", "b", 1, null), ElectronTransportException.timedOut("a"),
				ElectronTransportException.notSent("a", null), ElectronStreamException.broken("a", "req-1", 0),
				new IllegalStateException("a"));
	}

	@Test
	void internalServerErrorIsRetriedOnce() {
		fail(Failures.status(503), Failures.status(500), Failures.status(502), Failures.status(500));
		stream(this.api);
		this.time.advanceBy(60_000);
		assertThat(this.log).containsExactly("0 first", "250 first", "750 first", "1750 first", "1750 error");
	}

	@Test
	void whenNoAttemptIsLeftPassesLastFailureOnWithTheOthers() {
		List<ElectronException> failures = IntStream.rangeClosed(1, 5)
			.<ElectronException>mapToObj((i) -> Failures.status(503, "X-Request-Id", "req-" + i))
			.toList();
		fail(failures.toArray(Throwable[]::new));
		stream(this.api);
		this.time.advanceBy(60_000);
		assertThat(this.log).endsWith("3750 error").hasSize(6);
		assertThat(this.error).isSameAs(failures.get(4));
		assertThat(this.error.getSuppressed()).containsExactly(failures.subList(0, 4).toArray(Throwable[]::new));
		assertThat(this.error.getSuppressed()[0]).hasMessageContaining("req-1");
	}

	@Test
	void earlierFailuresAreBounded() {
		Throwable[] failures = IntStream.range(0, 20).mapToObj((i) -> Failures.status(503)).toArray(Throwable[]::new);
		fail(failures);
		stream(api(new RetrySettings(20, Duration.ofMillis(1), Duration.ofMillis(1), 0, Duration.ofSeconds(6))));
		this.time.advanceBy(60_000);
		assertThat(this.error).isSameAs(failures[19]);
		assertThat(this.error.getSuppressed()).hasSize(10);
	}

	@Test
	void failureThatComesTwiceIsNotItsOwnReason() {
		Throwable failure = Failures.status(503);
		fail(failure, failure);
		stream(api(SETTINGS.withMaxAttempts(2)));
		this.time.advanceBy(60_000);
		assertThat(this.error).isSameAs(failure).hasNoSuppressedExceptions();
	}

	@ParameterizedTest
	@ValueSource(strings = { "role", "text" })
	void nothingIsRetriedBehindTheFirstElement(String element) {
		ChatCompletionChunk chunk = "role".equals(element) ? Chunks.role() : HELLO;
		fail(Failures.status(503));
		Throwable failure = Failures.status(502);
		respond(Flux.just(chunk).concatWith(Flux.error(failure)));
		stream(this.api);
		this.time.advanceBy(60_000);
		assertThat(this.log).containsExactly("0 first", "250 first", "250 error");
		assertThat(this.received).containsExactly(chunk);
		assertThat(this.error).isSameAs(failure);
		assertThat(this.error.getSuppressed()).hasSize(1);
	}

	@Test
	void staleConnectionIsRetriedAtOnceAndTwiceIsNoAttempt() {
		fail(Failures.staleConnection(), Failures.staleConnection(), Failures.staleConnection(), Failures.status(503));
		stream(api(SETTINGS.withMaxAttempts(2)));
		this.time.advanceBy(60_000);
		assertThat(this.log).containsExactly("0 first", "0 first", "0 first", "250 first", "250 error");
		assertThat(this.error.getSuppressed()).hasSize(3);
	}

	@Test
	void staleConnectionIsRetriedWhereNothingElseIs() {
		fail(Failures.staleConnection());
		respond(answer());
		stream(api(SETTINGS.withMaxAttempts(1)));
		assertThat(this.log).containsExactly("0 first", "0 first", "0 complete");
	}

	@Test
	void responseTellsHowManyRequestsWereSent() {
		fail(Failures.staleConnection(), Failures.status(503));
		respond(answer());
		stream(this.api);
		this.time.advanceBy(60_000);
		assertThat(this.infos).extracting(ResponseInfo::attempts).containsExactly(1, 2, 3);
	}

	@Test
	void listenerLearnsOfRetries() {
		fail(Failures.staleConnection(), Failures.status(503, "X-Request-Id", "req-1"), Failures.status(400));
		stream(this.api);
		this.time.advanceBy(60_000);
		assertThat(this.listener.events).containsExactly("electron ElectronTransportException 1 0ms",
				"electron status 503, request id 'req-1' 2 250ms");
	}

	@Test
	void whatListenerThrowsIsDropped() {
		ResilienceListener throwing = new ResilienceListener() {

			@Override
			public void onRetry(CallContext context, String provider, ElectronException failure, int attempt,
					Duration delay) {
				throw new IllegalStateException("a");
			}

		};
		fail(Failures.staleConnection());
		respond(answer());
		stream(new RetryingElectronApi(this.first, "electron", SETTINGS, throwing));
		assertThat(this.log).containsExactly("0 first", "0 first", "0 complete");
	}

	@Test
	void whenCancelledInAPauseLeavesNoTimer() {
		fail(Failures.status(503));
		BaseSubscriber<ChatCompletionChunk> subscriber = stream(this.api);
		this.time.advanceBy(100);
		assertThat(this.time.pending()).isEqualTo(1);
		subscriber.cancel();
		assertThat(this.time.pending()).isZero();
		assertThat(this.first.cancellations()).isZero();
		this.time.advanceBy(60_000);
		assertThat(this.log).containsExactly("0 first");
	}

	@Test
	void whenCancelledInAnAttemptCancelsItOnly() {
		fail(Failures.status(503));
		respond(Flux.never());
		BaseSubscriber<ChatCompletionChunk> subscriber = stream(this.api);
		this.time.advanceBy(300);
		assertThat(this.first.cancellations()).isZero();
		subscriber.cancel();
		assertThat(this.first.cancellations()).isEqualTo(1);
		assertThat(this.time.pending()).isZero();
	}

	@Test
	void whenCancelledWhileAnAttemptBeginsCancelsIt() {
		fail(Failures.status(503));
		BaseSubscriber<ChatCompletionChunk> subscriber = stream(this.api);
		respondToCancelled(this.first, subscriber::cancel);
		this.time.advanceBy(300);
		assertThat(this.first.requests()).hasSize(2);
		assertThat(this.first.cancellations()).isEqualTo(1);
	}

	@Test
	void demandIsKeptAcrossAttempts() {
		List<Long> asked = new ArrayList<>();
		respond(after(100, Flux.<ChatCompletionChunk>error(Failures.status(503))).doOnRequest(asked::add));
		respond(answer().doOnRequest(asked::add));
		BaseSubscriber<ChatCompletionChunk> subscriber = new BaseSubscriber<>() {

			@Override
			protected void hookOnSubscribe(Subscription subscription) {
				subscription.request(1);
			}

			@Override
			protected void hookOnNext(ChatCompletionChunk chunk) {
				RetryingElectronApiTests.this.received.add(chunk);
			}

		};
		this.api.stream(REQUEST, CallContext.empty()).subscribe(subscriber);
		this.time.advanceBy(200);
		subscriber.request(1);
		assertThat(asked).containsExactly(1L);
		this.time.advanceBy(1000);
		assertThat(asked).containsExactly(1L, 2L);
		assertThat(this.received).hasSize(2);
		subscriber.request(5);
		assertThat(asked).containsExactly(1L, 2L, 5L);
		assertThat(this.received).hasSize(3);
	}

	@Test
	void wholeCompletionIsRetried() {
		fail(Failures.status(503), Failures.staleConnection());
		respond(answer());
		List<ChatCompletion> completions = new ArrayList<>();
		this.api.complete(REQUEST, CallContext.empty()).subscribe(completions::add);
		this.time.advanceBy(60_000);
		assertThat(this.log).containsExactly("0 first", "250 first", "250 first");
		assertThat(completions).hasSize(1);
		fail(Failures.status(400));
		this.api.complete(REQUEST, CallContext.empty()).subscribe(completions::add, (ex) -> this.error = ex);
		assertThat(this.error).isNotNull();
	}

	@Test
	void whatTheDelegateThrowsIsPassedOn() {
		ElectronApi throwing = new ElectronApi() {

			@Override
			public Mono<ChatCompletion> complete(ChatCompletionRequest request, CallContext context) {
				throw Failures.status(400);
			}

			@Override
			public Flux<ChatCompletionChunk> stream(ChatCompletionRequest request, CallContext context) {
				throw Failures.status(400);
			}

		};
		ElectronApi retrying = new RetryingElectronApi(throwing, "electron", SETTINGS, ResilienceListener.none());
		stream(retrying);
		assertThat(this.error).isInstanceOf(ElectronInvalidRequestException.class);
		List<Throwable> errors = new ArrayList<>();
		retrying.complete(REQUEST, CallContext.empty()).subscribe(null, errors::add);
		assertThat(errors).hasSize(1);
		assertThat(Arrays.asList(this.error.getSuppressed())).isEmpty();
	}

	@Test
	void contextOfTheSubscriberReachesEachAttempt() {
		for (int i = 0; i < 2; i++) {
			boolean last = i == 1;
			this.first.respond(Flux.deferContextual((view) -> {
				log(view.get("key"));
				return last ? answer() : Flux.error(Failures.staleConnection());
			}));
		}
		subscribe(this.api.stream(REQUEST, CallContext.empty()).contextWrite((view) -> view.put("key", "value")));
		assertThat(this.log).containsExactly("0 value", "0 value", "0 complete");
	}

	private ElectronApi api(RetrySettings settings) {
		return new RetryingElectronApi(this.first, "electron", settings, this.listener);
	}

}
