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
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;

import io.github.electronspring.api.CallContext;
import io.github.electronspring.api.ElectronQuotaException;
import io.github.electronspring.api.ElectronStreamException;
import io.github.electronspring.api.ElectronTransportException;
import io.github.electronspring.api.FakeElectronApi;
import io.github.electronspring.api.ResponseInfo;
import io.github.electronspring.api.TokenPrices;
import io.github.electronspring.protocol.ChatCompletionChunk;
import io.github.electronspring.protocol.ChatCompletionRequest;
import io.github.electronspring.protocol.ChatMessage;
import io.github.electronspring.protocol.Chunks;
import io.github.electronspring.protocol.FunctionCall;
import io.github.electronspring.protocol.ToolCall;
import io.github.electronspring.protocol.Usage;
import io.micrometer.observation.Observation;
import io.micrometer.observation.ObservationHandler;
import io.micrometer.observation.ObservationRegistry;
import io.micrometer.observation.tck.TestObservationRegistry;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Flux;
import reactor.test.StepVerifier;
import reactor.test.publisher.TestPublisher;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link ReportingElectronApi}.
 *
 * @author The Electron Spring authors
 */
class ReportingElectronApiTests {

	private static final Duration TIMEOUT = Duration.ofSeconds(5);

	private static final ChatCompletionRequest REQUEST = ChatCompletionRequest.builder()
		.model("electron")
		.messages(List.of(ChatMessage.system("12345678"), ChatMessage.user("1234")))
		.build();

	private final FakeElectronApi delegate = new FakeElectronApi();

	private final List<RequestReport> reports = new ArrayList<>();

	private final AtomicLong clock = new AtomicLong(-5_000_000);

	private final ReportingElectronApi api = api(this.reports::add);

	@Test
	void listenersAreToldInTheObservationOfTheRequest() {
		TestObservationRegistry registry = TestObservationRegistry.create();
		Observation observation = Observation.start("request", registry);
		List<Observation> current = new ArrayList<>();
		ReportingElectronApi observed = api((report) -> current.add(registry.getCurrentObservation()));
		this.delegate.respond(Chunks.text("Hello")).respond(Chunks.text("Hello")).respond(Chunks.text("Hello"));
		CallContext context = CallContext.empty().withObservation(observation);
		observed.stream(REQUEST, context).blockLast(TIMEOUT);
		observed.complete(REQUEST, context).block(TIMEOUT);
		StepVerifier.create(observed.stream(REQUEST, context), 0).thenCancel().verify(TIMEOUT);
		assertThat(current).hasSize(3).allMatch((one) -> one == observation);
		assertThat(registry.getCurrentObservation()).isNull();
		observation.stop();
	}

	@Test
	void observationThatThrowsDoesNotKeepTheReportBack() {
		ObservationRegistry registry = ObservationRegistry.create();
		registry.observationConfig().observationHandler(new ObservationHandler<>() {

			@Override
			public void onScopeOpened(Observation.Context context) {
				throw new IllegalStateException("Handler");
			}

			@Override
			public boolean supportsContext(Observation.Context context) {
				return true;
			}

		});
		this.delegate.respond(Chunks.text("Hello"));
		this.api.stream(REQUEST, CallContext.empty().withObservation(Observation.start("request", registry)))
			.blockLast(TIMEOUT);
		assertThat(this.reports).hasSize(1);
		assertThat(registry.getCurrentObservation()).isNull();
	}

	@Test
	void streamIsReportedAtItsEnd() {
		this.delegate.respond(timed(Chunks.role(), Chunks.text("Hel"), Chunks.text("lo"), Chunks.text("!"),
				Chunks.finish("stop"), Chunks.usage(1200, 1024, 80)));
		StepVerifier.create(this.api.stream(REQUEST, CallContext.empty().withConversationId("call-7")))
			.expectNextCount(6)
			.expectComplete()
			.verify(TIMEOUT);
		assertThat(this.reports).singleElement().satisfies((report) -> {
			assertThat(report.provider()).isEqualTo("fake");
			assertThat(report.model()).isEqualTo("electron");
			assertThat(report.outcome()).isEqualTo(RequestOutcome.SUCCESS);
			assertThat(report.error()).isNull();
			assertThat(report.errorType()).isEqualTo("none");
			assertThat(report.requestId()).isEqualTo("req-1");
			assertThat(report.conversationId()).isEqualTo("call-7");
			assertThat(report.status()).isEqualTo(200);
			assertThat(report.attempts()).isEqualTo(1);
			assertThat(report.waited()).isZero();
			assertThat(report.timeToFirstChunk()).isEqualTo(Duration.ofMillis(20));
			assertThat(report.timePerOutputChunk()).isEqualTo(Duration.ofMillis(10));
			assertThat(report.duration()).isEqualTo(Duration.ofMillis(60));
			assertThat(report.usage()).isEqualTo(Usage.of(1200, 1024, 80));
			assertThat(report.usageEstimated()).isFalse();
			assertThat(report.cost().total()).isEqualByComparingTo(new BigDecimal("0.0003008"));
		});
	}

	@Test
	void toolDeltaIsTheFirstChunkWithoutText() {
		this.delegate.respond(timed(Chunks.role(), Chunks.call(0, "call-1", "balance", ""), Chunks.finish("tool_calls"),
				Chunks.usage(10, 0, 5)));
		this.api.stream(REQUEST).blockLast(TIMEOUT);
		assertThat(this.reports).singleElement().satisfies((report) -> {
			assertThat(report.timeToFirstChunk()).isEqualTo(Duration.ofMillis(20));
			assertThat(report.timePerOutputChunk()).isNull();
		});
	}

	@Test
	void completionIsReportedOnceThoughItsConsumerCancels() {
		this.delegate.respond(Chunks.role(), Chunks.text("Hello"), Chunks.finish("stop"), Chunks.usage(10, 4, 5));
		StepVerifier.create(Flux.from(this.api.complete(REQUEST, CallContext.empty())).take(1))
			.expectNextCount(1)
			.expectComplete()
			.verify(TIMEOUT);
		assertThat(this.reports).singleElement().satisfies((report) -> {
			assertThat(report.outcome()).isEqualTo(RequestOutcome.SUCCESS);
			assertThat(report.usage()).isEqualTo(Usage.of(10, 4, 5));
			assertThat(report.timeToFirstChunk()).isNull();
			assertThat(report.timePerOutputChunk()).isNull();
		});
	}

	@Test
	void cancelledStreamHasAnEstimatedUsage() {
		TestPublisher<ChatCompletionChunk> wire = TestPublisher.create();
		this.delegate.respond(wire.flux());
		StepVerifier.create(this.api.stream(REQUEST))
			.then(() -> wire.next(Chunks.role(), Chunks.text("Hel"), Chunks.text("lo")))
			.expectNextCount(3)
			.thenCancel()
			.verify(TIMEOUT);
		assertThat(this.delegate.cancellations()).isOne();
		assertThat(this.reports).singleElement().satisfies((report) -> {
			assertThat(report.outcome()).isEqualTo(RequestOutcome.CANCELLED);
			assertThat(report.error()).isNull();
			assertThat(report.usage()).isEqualTo(new Usage(3, 2, 5, null));
			assertThat(report.usageEstimated()).isTrue();
			assertThat(report.cost().output()).isEqualByComparingTo(new BigDecimal("0.0000032"));
		});
	}

	@Test
	void usageThatTheServiceHasToldIsExactEvenIfTheStreamIsCancelled() {
		TestPublisher<ChatCompletionChunk> wire = TestPublisher.create();
		this.delegate.respond(wire.flux());
		StepVerifier.create(this.api.stream(REQUEST))
			.then(() -> wire.next(Chunks.text("Hello"), Chunks.usage(10, 4, 5)))
			.expectNextCount(2)
			.thenCancel()
			.verify(TIMEOUT);
		assertThat(this.reports).singleElement().satisfies((report) -> {
			assertThat(report.outcome()).isEqualTo(RequestOutcome.CANCELLED);
			assertThat(report.usage()).isEqualTo(Usage.of(10, 4, 5));
			assertThat(report.usageEstimated()).isFalse();
		});
	}

	@Test
	void requestThatIsCancelledBeforeItsResponseHasUsedThePrompt() {
		ReportingElectronApi sent = new ReportingElectronApi(new SilentApi(), List.of(electron()),
				List.of(this.reports::add));
		StepVerifier.create(sent.stream(REQUEST)).thenCancel().verify(TIMEOUT);
		assertThat(this.reports).singleElement().satisfies((report) -> {
			assertThat(report.provider()).isEqualTo("electron");
			assertThat(report.status()).isZero();
			assertThat(report.attempts()).isOne();
			assertThat(report.usage()).isEqualTo(new Usage(3, 0, 3, null));
			assertThat(report.usageEstimated()).isTrue();
		});
	}

	@Test
	void failedAttemptSaysNothingOfTheNextOne() {
		ReportingElectronApi retried = new ReportingElectronApi(new SilentApi() {

			@Override
			public Flux<ChatCompletionChunk> stream(ChatCompletionRequest request, CallContext context) {
				context.sendListener().run();
				context.responseListener()
					.accept(new ResponseInfo("electron", 503, "req-1", Collections.emptyMap(), 1, Duration.ZERO));
				return super.stream(request, context);
			}

		}, List.of(electron()), List.of(this.reports::add));
		StepVerifier.create(retried.stream(REQUEST)).thenCancel().verify(TIMEOUT);
		assertThat(this.reports).singleElement().satisfies((report) -> {
			assertThat(report.status()).isZero();
			assertThat(report.requestId()).isNull();
			assertThat(report.attempts()).isEqualTo(2);
			assertThat(report.usageEstimated()).isTrue();
		});
	}

	@Test
	void toolCallsOfTheHistoryAreEstimatedToo() {
		ChatCompletionRequest request = REQUEST.mutate()
			.messages(List.of(ChatMessage.user("1234"),
					ChatMessage.assistant(null,
							List.of(new ToolCall("call-1", "function", new FunctionCall("1234", "{\"a\":1}")))),
					ChatMessage.tool("call-1", "1")))
			.build();
		this.delegate.respond(Flux.never());
		StepVerifier.create(this.api.stream(request)).thenCancel().verify(TIMEOUT);
		assertThat(this.reports).singleElement()
			.satisfies((report) -> assertThat(report.usage().promptTokens()).isEqualTo(4));
	}

	@Test
	void brokenStreamHasAnEstimatedUsageAndItsError() {
		ElectronStreamException failure = ElectronStreamException.broken("Broken", "req-of-error", 2);
		this.delegate.respond(Flux.just(Chunks.role(), Chunks.text("Hello")).concatWith(Flux.error(failure)));
		StepVerifier.create(this.api.stream(REQUEST))
			.expectNextCount(2)
			.expectErrorMatches((ex) -> ex == failure)
			.verify(TIMEOUT);
		assertThat(this.reports).singleElement().satisfies((report) -> {
			assertThat(report.outcome()).isEqualTo(RequestOutcome.ERROR);
			assertThat(report.error()).isSameAs(failure);
			assertThat(report.errorType()).isEqualTo("ElectronStreamException");
			assertThat(report.requestId()).isEqualTo("req-of-error");
			assertThat(report.usage()).isEqualTo(new Usage(3, 1, 4, null));
			assertThat(report.usageEstimated()).isTrue();
		});
	}

	@Test
	void requestThatWasNotSentHasNeitherUsageNorAttempts() {
		ElectronQuotaException failure = new ElectronQuotaException("Full", "concurrency", 3, null);
		FailingApi refusing = new FailingApi(new RuntimeException(failure));
		ReportingElectronApi refused = new ReportingElectronApi(refusing, List.of(electron()),
				List.of(this.reports::add));
		StepVerifier.create(refused.complete(REQUEST)).expectError(RuntimeException.class).verify(TIMEOUT);
		assertThat(this.reports).singleElement().satisfies((report) -> {
			assertThat(report.outcome()).isEqualTo(RequestOutcome.ERROR);
			assertThat(report.errorType()).isEqualTo("ElectronQuotaException");
			assertThat(report.provider()).isEqualTo("electron");
			assertThat(report.attempts()).isZero();
			assertThat(report.status()).isZero();
			assertThat(report.usage()).isNull();
			assertThat(report.usageEstimated()).isFalse();
			assertThat(report.cost()).isNull();
		});
	}

	@Test
	void requestThatFailsBeforeItsResponseHasNoUsage() {
		ReportingElectronApi failing = new ReportingElectronApi(
				new FailingApi(ElectronTransportException.timedOut("Too late")), List.of(electron()),
				List.of(this.reports::add));
		StepVerifier.create(failing.stream(REQUEST)).expectError().verify(TIMEOUT);
		assertThat(this.reports).singleElement().satisfies((report) -> assertThat(report.usage()).isNull());
	}

	@Test
	void modelAndPricesAreThoseOfTheProviderThatAnswered() {
		ReportedProvider other = new ReportedProvider("fake", "gpt-5",
				new TokenPrices(BigDecimal.ONE, BigDecimal.ONE, BigDecimal.TEN));
		ReportingElectronApi failedOver = new ReportingElectronApi(this.delegate, List.of(electron(), other),
				List.of(this.reports::add));
		this.delegate.respond(Chunks.text("Hello"), Chunks.finish("stop"), Chunks.usage(10, 4, 5));
		failedOver.stream(REQUEST).blockLast(TIMEOUT);
		assertThat(this.reports).singleElement().satisfies((report) -> {
			assertThat(report.model()).isEqualTo("gpt-5");
			assertThat(report.cost().total()).isEqualByComparingTo(new BigDecimal("0.00006"));
		});
	}

	@Test
	void costIsUnknownWithoutPrices() {
		ReportingElectronApi unpriced = new ReportingElectronApi(this.delegate, List.of(electron()),
				List.of(this.reports::add));
		this.delegate.respond(Chunks.text("Hello"), Chunks.finish("stop"), Chunks.usage(10, 4, 5));
		unpriced.stream(REQUEST).blockLast(TIMEOUT);
		assertThat(this.reports).singleElement().satisfies((report) -> {
			assertThat(report.provider()).isEqualTo("fake");
			assertThat(report.model()).isEqualTo("electron");
			assertThat(report.usage()).isNotNull();
			assertThat(report.cost()).isNull();
		});
	}

	@Test
	void providerIsNamedThatTheRequestHasGoneOnTo() {
		ReportedProvider other = new ReportedProvider("openai", "gpt-5", null);
		ReportingElectronApi failedOver = new ReportingElectronApi(new FailingApi(new IllegalStateException("Down")) {

			@Override
			void beforeFailure(CallContext context) {
				new ReportedFailovers().onFailover(context, "electron", "openai",
						ElectronTransportException.timedOut("Too slow"));
			}

		}, List.of(electron(), other), List.of(this.reports::add));
		StepVerifier.create(failedOver.stream(REQUEST)).expectError().verify(TIMEOUT);
		assertThat(this.reports).singleElement().satisfies((report) -> {
			assertThat(report.provider()).isEqualTo("openai");
			assertThat(report.model()).isEqualTo("gpt-5");
			assertThat(report.errorType()).isEqualTo("IllegalStateException");
		});
	}

	@Test
	void resubscriptionIsANewRequest() {
		Flux<ChatCompletionChunk> stream = this.api.stream(REQUEST);
		this.delegate.respond(Chunks.text("Hello"), Chunks.text("you"), Chunks.finish("stop"))
			.respond(Chunks.text("Hello"), Chunks.finish("stop"), Chunks.usage(10, 4, 5));
		stream.blockLast(TIMEOUT);
		stream.blockLast(TIMEOUT);
		assertThat(this.reports).extracting(RequestReport::requestId).containsExactly("req-1", "req-2");
		assertThat(this.reports).extracting(RequestReport::usage).containsExactly(null, Usage.of(10, 4, 5));
	}

	@Test
	void listenersOfTheContextAreToldToo() {
		List<String> told = new ArrayList<>();
		this.delegate.respond(Chunks.text("Hello"), Chunks.finish("stop"));
		this.api
			.stream(REQUEST,
					CallContext.empty()
						.withSendListener(() -> told.add("sent"))
						.withResponseListener((info) -> told.add(info.requestId())))
			.blockLast(TIMEOUT);
		assertThat(told).containsExactly("sent", "req-1");
	}

	@Test
	void listenersAreToldInOrderBeforeTheSubscriberAndDoNotBreakTheRequest() {
		List<String> told = new ArrayList<>();
		ReportingElectronApi several = api((report) -> {
			told.add("first");
			throw new IllegalStateException("Broken listener");
		}, (report) -> told.add("second"));
		this.delegate.respond(Chunks.text("Hello"), Chunks.finish("stop"));
		several.stream(REQUEST).doOnComplete(() -> told.add("subscriber")).blockLast(TIMEOUT);
		assertThat(told).containsExactly("first", "second", "subscriber");
	}

	@Test
	void demandIsPassedOn() {
		TestPublisher<ChatCompletionChunk> wire = TestPublisher.create();
		this.delegate.respond(wire.flux());
		StepVerifier.create(this.api.stream(REQUEST), 0)
			.then(() -> wire.assertWasNotRequested())
			.thenRequest(1)
			.then(() -> wire.assertMinRequested(1))
			.then(() -> wire.next(Chunks.text("Hello")))
			.expectNextCount(1)
			.thenCancel()
			.verify(TIMEOUT);
	}

	@Test
	void textOfAReportHoldsNoContents() {
		RequestReport report = new RequestReport("electron", "electron", RequestOutcome.ERROR,
				new IllegalStateException("secret"), "req-1", "call-7", 0, 0, Duration.ZERO, null, null, Duration.ZERO,
				null, false, null);
		assertThat(report).asString().contains("IllegalStateException", "req-1").doesNotContain("secret");
	}

	private ReportingElectronApi api(RequestReportListener... listeners) {
		return new ReportingElectronApi(this.delegate,
				List.of(new ReportedProvider("fake", "electron", TokenPrices.defaults())), List.of(listeners),
				this.clock::get);
	}

	private static ReportedProvider electron() {
		return new ReportedProvider("electron", "electron", TokenPrices.defaults());
	}

	/**
	 * Return chunks of which each takes 10 ms.
	 */
	private Flux<ChatCompletionChunk> timed(ChatCompletionChunk... chunks) {
		return Flux.fromArray(chunks).doOnNext((chunk) -> this.clock.addAndGet(10_000_000));
	}

}
