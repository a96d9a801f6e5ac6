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
import io.github.electronspring.api.FakeElectronApi;
import io.github.electronspring.api.ResponseInfo;
import io.github.electronspring.protocol.ChatCompletion;
import io.github.electronspring.protocol.ChatCompletionChunk;
import io.github.electronspring.protocol.ChatCompletionRequest;
import io.github.electronspring.protocol.Chunks;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import reactor.core.publisher.BaseSubscriber;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link FailoverElectronApi}.
 *
 * @author The Electron Spring authors
 */
class FailoverElectronApiTests extends AbstractResilienceTests {

	private static final FailoverSettings SETTINGS = FailoverSettings.defaults().withAfter(Duration.ofSeconds(2));

	private final Throwable failure = Failures.status(503, "X-Request-Id", "req-7");

	private final ElectronApi api = api(SETTINGS);

	@Test
	void answerOfTheFirstProviderIsDelivered() {
		respond(answer());
		stream(this.api);
		assertThat(this.log).containsExactly("0 first", "0 complete");
		assertThat(this.received).extracting(ChatCompletionChunk::content).containsExactly("", "Hello", null);
		assertThat(this.time.pending()).isZero();
	}

	@ParameterizedTest
	@MethodSource
	void failureLeadsToTheNextProvider(Throwable failure) {
		fail(failure);
		respondSecond(answer());
		stream(this.api);
		assertThat(this.log).containsExactly("0 first", "0 second", "0 complete");
		assertThat(this.received).hasSize(3);
	}

	static Stream<Throwable> failureLeadsToTheNextProvider() {
		return Stream.of(Failures.status(402), Failures.status(408), Failures.status(429), Failures.status(500),
				Failures.status(503), Failures.refusedConnection(), Failures.unknownHost(), Failures.lostConnection(),
				new ElectronQuotaException("a", "b", 1, null), ElectronTransportException.timedOut("a"),
				ElectronTransportException.notSent("a", null), ElectronStreamException.broken("a", null, 0),
				new RuntimeException(Failures.status(503)));
	}

	@ParameterizedTest
	@MethodSource
	void refusalDoesNotLeadToTheNextProvider(Throwable failure) {
		fail(failure);
		stream(this.api);
		assertThat(this.log).containsExactly("0 first", "0 error");
		assertThat(this.error).isSameAs(failure).hasNoSuppressedExceptions();
	}

	static Stream<Throwable> refusalDoesNotLeadToTheNextProvider() {
		return Stream.of(Failures.status(400), Failures.status(401), Failures.status(403), Failures.status(404),
				Failures.status(422), Failures.missingKey(),
				new ElectronInvalidRequestException("a", Collections.emptyList()), new IllegalStateException("a"));
	}

	@ParameterizedTest
	@MethodSource
	void refusalLeadsToTheNextProviderIfAsked(Throwable failure) {
		fail(failure);
		respondSecond(answer());
		stream(api(SETTINGS.withOnClientErrors(true)));
		assertThat(this.log).containsExactly("0 first", "0 second", "0 complete");
	}

	static Stream<Throwable> refusalLeadsToTheNextProviderIfAsked() {
		return Stream.of(Failures.status(400), Failures.status(401), Failures.status(403), Failures.status(404),
				Failures.status(422), Failures.missingKey(), Failures.status(503));
	}

	@Test
	void requestRefusedOnThisSideNeverLeadsToTheNextProvider() {
		fail(new ElectronInvalidRequestException("a", Collections.emptyList()));
		stream(api(SETTINGS.withOnClientErrors(true)));
		assertThat(this.log).containsExactly("0 first", "0 error");
	}

	@Test
	void lastFailureIsPassedOnWithTheOthers() {
		Throwable last = Failures.status(502);
		fail(this.failure);
		respondSecond(Flux.error(last));
		stream(this.api);
		assertThat(this.log).containsExactly("0 first", "0 second", "0 error");
		assertThat(this.error).isSameAs(last);
		assertThat(this.error.getSuppressed()).containsExactly(this.failure);
	}

	@Test
	void whatCameBeforeTheAnswerIsDropped() {
		respond(Flux.just(Chunks.role(), Chunks.usage(1, 0, 0)).concatWith(Flux.error(this.failure)));
		respondSecond(answer());
		stream(this.api);
		assertThat(this.received).extracting(ChatCompletionChunk::content).containsExactly("", "Hello", null);
	}

	@Test
	void whatCameBeforeTheAnswerIsDroppedBeforeTheLastFailure() {
		fail(this.failure);
		respondSecond(Flux.just(Chunks.role()).concatWith(Flux.error(Failures.status(502))));
		stream(this.api);
		assertThat(this.log).endsWith("0 error");
		assertThat(this.received).isEmpty();
	}

	@ParameterizedTest
	@MethodSource
	void nothingIsAskedBehindTheFirstToken(ChatCompletionChunk token) {
		respond(Flux.just(Chunks.role(), token).concatWith(after(5000, Flux.error(this.failure))));
		stream(this.api);
		assertThat(this.received).hasSize(2);
		assertThat(this.time.pending()).isEqualTo(1);
		this.time.advanceBy(60_000);
		assertThat(this.log).containsExactly("0 first", "5000 error");
		assertThat(this.error).isSameAs(this.failure).hasNoSuppressedExceptions();
	}

	static Stream<ChatCompletionChunk> nothingIsAskedBehindTheFirstToken() {
		return Stream.of(HELLO, Chunks.call(0, "a", "tool", ""), Chunks.finish("stop"));
	}

	@Test
	void answerWithoutATokenIsDelivered() {
		respond(Flux.just(Chunks.role()));
		stream(this.api);
		assertThat(this.log).containsExactly("0 first", "0 complete");
		assertThat(this.received).hasSize(1);
	}

	@Test
	void notMoreThanSomeChunksAreHeldBack() {
		respond(Flux.range(0, 64).map((i) -> Chunks.role()).concatWith(Flux.error(this.failure)));
		stream(this.api);
		assertThat(this.log).containsExactly("0 first", "0 error");
		assertThat(this.received).hasSize(64);
		respond(Flux.range(0, 63).map((i) -> Chunks.role()).concatWith(Flux.error(this.failure)));
		respondSecond(answer());
		stream(this.api);
		assertThat(this.log).endsWith("0 second", "0 complete");
	}

	@ParameterizedTest
	@ValueSource(strings = { "nothing", "role" })
	void slowProviderLeadsToTheNext(String what) {
		respond(("role".equals(what) ? Flux.just(Chunks.role()) : Flux.<ChatCompletionChunk>empty())
			.concatWith(after(3000, answer())));
		respondSecond(after(1000, answer()));
		stream(this.api);
		this.time.advanceBy(60_000);
		assertThat(this.log).containsExactly("0 first", "2000 second", "3000 complete");
		assertThat(this.first.cancellations()).isEqualTo(1);
		assertThat(this.received).hasSize(3);
		assertThat(this.time.pending()).isZero();
		assertThat(this.listener.events).containsExactly("a to b, ElectronTransportException");
	}

	@Test
	void slownessIsAReasonOfTheLastFailure() {
		respond(Flux.never());
		respondSecond(Flux.error(this.failure));
		stream(this.api);
		this.time.advanceBy(60_000);
		assertThat(this.error.getSuppressed()).singleElement()
			.isInstanceOf(ElectronTransportException.class)
			.hasToString(ElectronTransportException.class.getName()
					+ ": Provider 'a' sent no first token within 2000ms ('electron.failover-after')");
	}

	@Test
	void lastProviderMayTakeItsTime() {
		respond(after(1999, Flux.error(this.failure)));
		respondSecond(after(10_000, answer()));
		stream(this.api);
		this.time.advanceBy(2000);
		assertThat(this.time.pending()).as("but that of the answer").isEqualTo(1);
		this.time.advanceBy(60_000);
		assertThat(this.log).containsExactly("0 first", "1999 second", "11999 complete");
	}

	@Test
	void withoutATimeSlownessDoesNotLeadToTheNext() {
		respond(after(10_000, answer()));
		stream(api(FailoverSettings.defaults()));
		this.time.advanceBy(60_000);
		assertThat(this.log).containsExactly("0 first", "10000 complete");
	}

	@ParameterizedTest
	@ValueSource(longs = { 2000, 2001 })
	void nothingIsAskedAfterTheDeadline(long deadline) {
		respond(after(3000, answer()));
		respondSecond(answer());
		stream(this.api, deadline(deadline));
		this.time.advanceBy(60_000);
		assertThat(this.log).contains((deadline == 2000) ? "3000 complete" : "2000 complete");
		fail(this.failure);
		stream(this.api, deadline(deadline));
		assertThat(this.error).isSameAs(this.failure).hasNoSuppressedExceptions();
	}

	@Test
	void whenCancelledCancelsTheProviderAndLeavesNoTimer() {
		respond(Flux.never());
		BaseSubscriber<ChatCompletionChunk> subscriber = stream(this.api);
		assertThat(this.time.pending()).isEqualTo(1);
		subscriber.cancel();
		assertThat(this.time.pending()).isZero();
		assertThat(this.first.cancellations()).isEqualTo(1);
		this.time.advanceBy(60_000);
		assertThat(this.log).containsExactly("0 first");
	}

	@Test
	void whenCancelledWhileTheNextProviderIsAskedCancelsIt() {
		respond(Flux.never());
		BaseSubscriber<ChatCompletionChunk> subscriber = stream(this.api);
		respondToCancelled(this.second, subscriber::cancel);
		this.time.advanceBy(2000);
		assertThat(this.first.cancellations()).isEqualTo(1);
		assertThat(this.second.requests()).hasSize(1);
		assertThat(this.second.cancellations()).isEqualTo(1);
		assertThat(this.time.pending()).isZero();
	}

	@Test
	void whenCancelledBehindTheFirstTokenCancelsTheProvider() {
		fail(this.failure);
		respondSecond(Flux.just(HELLO).concatWith(Flux.never()));
		stream(this.api).cancel();
		assertThat(this.second.cancellations()).isEqualTo(1);
	}

	@Test
	void allProvidersAreAskedInOrder() {
		FakeElectronApi third = new FakeElectronApi();
		third.respond(answer());
		fail(this.failure);
		respondSecond(Flux.error(Failures.status(502)));
		stream(new FailoverElectronApi(
				List.of(new Provider("a", this.first), new Provider("b", this.second), new Provider("c", third)),
				SETTINGS, this.listener));
		assertThat(this.log).containsExactly("0 first", "0 second", "0 complete");
		assertThat(this.listener.events).containsExactly("a to b, status 503, request id 'req-7'",
				"b to c, status 502");
	}

	@Test
	void eachSubscriptionBeginsWithTheFirstProvider() {
		Flux<ChatCompletionChunk> stream = this.api.stream(REQUEST, CallContext.empty());
		fail(this.failure, this.failure);
		respondSecond(answer());
		respondSecond(answer());
		subscribe(stream);
		subscribe(stream);
		assertThat(this.log).containsExactly("0 first", "0 second", "0 complete", "0 first", "0 second", "0 complete");
		assertThat(this.received).hasSize(6);
	}

	@Test
	void wholeCompletionComesFromTheNextProvider() {
		fail(this.failure);
		respondSecond(after(10_000, answer()));
		List<ChatCompletion> completions = new ArrayList<>();
		this.api.complete(REQUEST, CallContext.empty()).subscribe(completions::add);
		this.time.advanceBy(60_000);
		assertThat(completions).hasSize(1);
	}

	@Test
	void wholeCompletionMayTakeItsTime() {
		respond(after(10_000, answer()));
		List<ChatCompletion> completions = new ArrayList<>();
		this.api.complete(REQUEST, CallContext.empty()).subscribe(completions::add);
		assertThat(this.time.pending()).isEqualTo(1);
		this.time.advanceBy(60_000);
		assertThat(completions).hasSize(1);
		assertThat(this.log).containsExactly("0 first");
	}

	@Test
	void responseOfAProviderThatWasLeftIsNotTold() {
		List<CallContext> contexts = new ArrayList<>();
		ElectronApi slow = new ElectronApi() {

			@Override
			public Mono<ChatCompletion> complete(ChatCompletionRequest request, CallContext context) {
				return Mono.never();
			}

			@Override
			public Flux<ChatCompletionChunk> stream(ChatCompletionRequest request, CallContext context) {
				contexts.add(context);
				return Flux.never();
			}

		};
		respondSecond(answer());
		stream(new FailoverElectronApi(List.of(new Provider("a", slow), new Provider("b", this.second)), SETTINGS,
				this.listener));
		ResponseInfo info = new ResponseInfo("a", 200, "req-1", Collections.emptyMap(), 1, Duration.ZERO);
		contexts.get(0).responseListener().accept(info);
		this.time.advanceBy(2000);
		contexts.get(0).responseListener().accept(info);
		assertThat(this.infos).extracting(ResponseInfo::provider).containsExactly("a", "fake");
	}

	@Test
	void whatListenerThrowsIsDropped() {
		ResilienceListener throwing = new ResilienceListener() {

			@Override
			public void onFailover(CallContext context, String from, String to, ElectronException failure) {
				throw new IllegalStateException("a");
			}

		};
		fail(this.failure);
		respondSecond(answer());
		stream(new FailoverElectronApi(providers(), SETTINGS, throwing));
		assertThat(this.log).endsWith("0 complete");
	}

	private ElectronApi api(FailoverSettings settings) {
		return new FailoverElectronApi(providers(), settings, this.listener);
	}

	private List<Provider> providers() {
		return List.of(new Provider("a", this.first), new Provider("b", this.second));
	}

}
