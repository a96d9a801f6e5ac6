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

package io.github.electronspring.chat;

import java.math.BigDecimal;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;

import io.github.electronspring.api.Cost;
import io.github.electronspring.api.ElectronInvalidRequestException;
import io.github.electronspring.api.TokenPrices;
import io.github.electronspring.protocol.ChatCompletionRequest;
import io.github.electronspring.protocol.ChatMessage;
import io.github.electronspring.protocol.Logprobs;
import io.github.electronspring.protocol.TokenLogprob;
import io.github.electronspring.protocol.ToolChoice;
import io.github.electronspring.protocol.Usage;
import io.github.electronspring.turn.RoundFinished;
import io.github.electronspring.turn.SegmentKind;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;
import reactor.test.StepVerifier;
import reactor.test.publisher.TestPublisher;

import org.springframework.ai.chat.messages.SystemMessage;
import org.springframework.ai.chat.messages.UserMessage;
import org.springframework.ai.chat.metadata.ChatResponseMetadata;
import org.springframework.ai.chat.metadata.EmptyRateLimit;
import org.springframework.ai.chat.model.ChatResponse;
import org.springframework.ai.chat.model.MessageAggregator;
import org.springframework.ai.chat.prompt.ChatOptions;
import org.springframework.ai.chat.prompt.Prompt;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

/**
 * Tests for {@link ElectronChatModel}.
 *
 * @author The Electron Spring authors
 */
class ElectronChatModelTests {

	private static final Duration TIMEOUT = Duration.ofSeconds(5);

	private final FakeElectronApi api = new FakeElectronApi();

	private final ElectronChatModel model = ElectronChatModel.builder(this.api).build();

	@Test
	void callReturnsTheAnswer() {
		this.api.answer("Hel", "lo");
		ChatResponse response = this.model.call(new Prompt("Hi"));
		assertThat(response.getResults()).hasSize(1);
		assertThat(response.getResult().getOutput().getText()).isEqualTo("Hello");
		assertThat(response.getResult().getMetadata().getFinishReason()).isEqualTo("stop");
		assertThat(response.hasToolCalls()).isFalse();
	}

	@Test
	void callReturnsMetadata() {
		this.api.answer("Hello");
		ChatResponseMetadata metadata = this.model.call(new Prompt("Hi")).getMetadata();
		assertThat(metadata.getId()).isEqualTo("chatcmpl-1");
		assertThat(metadata.getModel()).isEqualTo("electron");
		assertThat(metadata.getUsage().getPromptTokens()).isEqualTo(20);
		assertThat(metadata.getUsage().getCompletionTokens()).isEqualTo(5);
		assertThat(metadata.getUsage().getTotalTokens()).isEqualTo(25);
		assertThat(metadata.getUsage().getCacheReadInputTokens()).isEqualTo(8);
		assertThat(metadata.getUsage().getNativeUsage()).isEqualTo(Usage.of(20, 8, 5));
		assertThat(metadata.<String>get(ElectronMetadata.REQUEST_ID)).isEqualTo("req-1");
		assertThat(metadata.<String>get(ElectronMetadata.PROVIDER)).isEqualTo("electron");
		assertThat(metadata.<Integer>get(ElectronMetadata.ROUND)).isEqualTo(1);
		assertThat(metadata.<SegmentKind>get(ElectronMetadata.SEGMENT)).isEqualTo(SegmentKind.ANSWER);
		assertThat(metadata.<List<RoundFinished>>get(ElectronMetadata.ROUNDS)).hasSize(1);
		assertThat(metadata.getRateLimit()).isInstanceOf(EmptyRateLimit.class);
	}

	@Test
	void costUsesThePricesOfTheModel() {
		this.api.answer("Hello").answer("Hello");
		assertThat(this.model.call(new Prompt("Hi")).getMetadata().<Cost>get(ElectronMetadata.COST))
			.isEqualTo(Cost.of(Usage.of(20, 8, 5), TokenPrices.defaults()));
		TokenPrices prices = new TokenPrices(BigDecimal.ONE, BigDecimal.ONE, BigDecimal.ONE);
		Cost cost = this.model.mutate()
			.prices(prices)
			.build()
			.call(new Prompt("Hi"))
			.getMetadata()
			.get(ElectronMetadata.COST);
		assertThat(cost.total()).isEqualByComparingTo("0.000025");
	}

	@Test
	void rateLimitIsRead() {
		this.api.rateLimit(Map.of("x-ratelimit-limit-requests", "10", "retry-after", "3")).answer("Hello");
		ChatResponseMetadata metadata = this.model.call(new Prompt("Hi")).getMetadata();
		assertThat(metadata.getRateLimit().getRequestsLimit()).isEqualTo(10L);
		assertThat(metadata.<Map<String, String>>get(ElectronMetadata.RATE_LIMIT)).containsEntry("retry-after", "3");
	}

	@Test
	void logprobsAreInTheMetadataOfTheGeneration() {
		Logprobs logprobs = new Logprobs(List.of(new TokenLogprob("Hi", -0.1, null, Collections.emptyList())));
		this.api.play(Flux.just(FakeElectronApi.text("Hi"), FakeElectronApi.finish("stop", logprobs)));
		assertThat(this.model.call(new Prompt("Hi")).getResult().getMetadata().<Logprobs>get(ElectronMetadata.LOGPROBS))
			.isEqualTo(logprobs);
	}

	@Test
	void missingUsageIsNone() {
		this.api.play(Flux.just(FakeElectronApi.text("Hi"), FakeElectronApi.finish("length", null)));
		ChatResponse response = this.model.call(new Prompt("Hi"));
		assertThat(response.getMetadata().getUsage().getTotalTokens()).isZero();
		assertThat(response.getResult().getMetadata().getFinishReason()).isEqualTo("length");
	}

	@Test
	void emptyAnswerIsAnEmptyText() {
		this.api.play(Flux.just(FakeElectronApi.finish("stop", null)))
			.play(Flux.just(FakeElectronApi.finish("stop", null)));
		assertThat(this.model.call(new Prompt("Hi")).getResult().getOutput().getText()).isEmpty();
		StepVerifier.create(this.model.stream(new Prompt("Hi"))).assertNext((response) -> {
			assertThat(response.getResult().getOutput().getText()).isEmpty();
			assertThat(response.getResult().getMetadata().getFinishReason()).isEqualTo("stop");
		}).expectComplete().verify(TIMEOUT);
	}

	@Test
	void requestCarriesMessagesAndOptions() {
		this.api.answer("Hello");
		ElectronChatOptions options = ElectronChatOptions.builder()
			.temperature(0.2)
			.seed(7L)
			.user("u")
			.extraBody(Map.of("x", 1))
			.toolChoice(ToolChoice.AUTO)
			.conversationId("c1")
			.build();
		this.model.call(new Prompt(List.of(new SystemMessage("Be brief"), new UserMessage("Hi")), options));
		ChatCompletionRequest request = this.api.requests.get(0);
		assertThat(request.model()).isEqualTo("electron");
		assertThat(request.messages()).containsExactly(ChatMessage.system("Be brief"), ChatMessage.user("Hi"));
		assertThat(request.temperature()).isEqualTo(0.2);
		assertThat(request.seed()).isEqualTo(7L);
		assertThat(request.user()).isEqualTo("u");
		assertThat(request.extraBody()).containsEntry("x", 1);
		assertThat(request.tools()).isEmpty();
		assertThat(request.toolChoice()).isNull();
		assertThat(this.api.contexts.get(0).conversationId()).isEqualTo("c1");
	}

	@Test
	void defaultsFillGapsOfTheCall() {
		this.api.answer("1").answer("2").answer("3");
		ElectronChatModel withDefaults = this.model.mutate()
			.options(ElectronChatOptions.builder()
				.model("electron-2")
				.temperature(0.2)
				.stopSequences(List.of("x"))
				.build())
			.build();
		withDefaults.call(new Prompt("Hi"));
		withDefaults.call(new Prompt("Hi", ElectronChatOptions.builder().temperature(0.9).build()));
		withDefaults.call(new Prompt("Hi", ChatOptions.builder().model("gpt-5").topP(0.5).build()));
		assertThat(this.api.requests).extracting(ChatCompletionRequest::model)
			.containsExactly("electron-2", "electron-2", "electron-2");
		assertThat(this.api.requests).extracting(ChatCompletionRequest::temperature).containsExactly(0.2, 0.9, 0.2);
		assertThat(this.api.requests).extracting(ChatCompletionRequest::topP).containsExactly(null, null, 0.5);
		assertThat(this.api.requests).extracting(ChatCompletionRequest::stop).allMatch(List.of("x")::equals);
		assertThat(withDefaults.getOptions().getModel()).isEqualTo("electron-2");
		assertThat(this.model.getOptions().getModel()).isEqualTo("electron");
	}

	@Test
	void streamHandsOnTextAsItComes() {
		TestPublisher<io.github.electronspring.protocol.ChatCompletionChunk> wire = TestPublisher.create();
		this.api.play(wire.flux());
		StepVerifier.create(this.model.stream(new Prompt("Hi")))
			.then(() -> wire.next(FakeElectronApi.text("Hel")))
			.assertNext((response) -> {
				assertThat(response.getResult().getOutput().getText()).isEqualTo("Hel");
				assertThat(response.getResult().getMetadata().getFinishReason()).isNull();
				assertThat(response.getMetadata().<Integer>get(ElectronMetadata.ROUND)).isEqualTo(1);
				assertThat(response.getMetadata().getUsage().getTotalTokens()).isZero();
				assertThat(response.getMetadata().getId()).isEqualTo("chatcmpl-1");
			})
			.then(() -> wire.next(FakeElectronApi.text("lo"), FakeElectronApi.finish("stop", null),
					FakeElectronApi.usage(Usage.of(9, 0, 2))))
			.assertNext((response) -> assertThat(response.getResult().getOutput().getText()).isEqualTo("lo"))
			.then(wire::complete)
			.assertNext((response) -> {
				assertThat(response.getResult().getOutput().getText()).isEmpty();
				assertThat(response.getResult().getMetadata().getFinishReason()).isEqualTo("stop");
				assertThat(response.getMetadata().getUsage().getTotalTokens()).isEqualTo(11);
				assertThat(response.getMetadata().<String>get(ElectronMetadata.REQUEST_ID)).isEqualTo("req-1");
				assertThat(response.getMetadata().<SegmentKind>get(ElectronMetadata.SEGMENT))
					.isEqualTo(SegmentKind.ANSWER);
			})
			.expectComplete()
			.verify(TIMEOUT);
	}

	@Test
	void aggregatorOfSpringAiEndsRight() {
		this.api.answer("Hel", "lo");
		AtomicReference<ChatResponse> whole = new AtomicReference<>();
		new MessageAggregator().aggregate(this.model.stream(new Prompt("Hi")), whole::set).blockLast(TIMEOUT);
		assertThat(whole.get().getResult().getOutput().getText()).isEqualTo("Hello");
		assertThat(whole.get().getResult().getMetadata().getFinishReason()).isEqualTo("stop");
		assertThat(whole.get().getMetadata().getUsage().getTotalTokens()).isEqualTo(25);
	}

	@Test
	void eachSubscriptionSendsANewRequest() {
		this.api.answer("one").answer("two");
		Flux<String> stream = this.model.stream(new Prompt("Hi"))
			.map((response) -> String.valueOf(response.getResult().getOutput().getText()))
			.filter((text) -> !text.isEmpty());
		assertThat(this.api.requests).isEmpty();
		assertThat(stream.collectList().block(TIMEOUT)).containsExactly("one");
		assertThat(stream.collectList().block(TIMEOUT)).containsExactly("two");
	}

	@Test
	void cancellingTheStreamCancelsTheRequest() {
		TestPublisher<io.github.electronspring.protocol.ChatCompletionChunk> wire = TestPublisher.create();
		this.api.play(wire.flux());
		StepVerifier.create(this.model.stream(new Prompt("Hi")))
			.then(() -> wire.next(FakeElectronApi.text("Hel")))
			.expectNextCount(1)
			.thenCancel()
			.verify(TIMEOUT);
		wire.assertCancelled();
	}

	@Test
	void errorsReachTheCallerAsTheyAre() {
		ElectronInvalidRequestException failure = new ElectronInvalidRequestException("Wrong", Collections.emptyList());
		this.api.play(Flux.error(failure)).play(Flux.error(failure));
		assertThatExceptionOfType(ElectronInvalidRequestException.class)
			.isThrownBy(() -> this.model.call(new Prompt("Hi")))
			.isSameAs(failure);
		StepVerifier.create(this.model.stream(new Prompt("Hi")))
			.expectErrorSatisfies((ex) -> assertThat(ex).isSameAs(failure))
			.verify(TIMEOUT);
	}

	@Test
	void callOnAnEventLoopNamesStream() {
		this.api.answer("Hello");
		Mono<ChatResponse> onEventLoop = Mono.fromCallable(() -> this.model.call(new Prompt("Hi")))
			.subscribeOn(Schedulers.parallel());
		StepVerifier.create(onEventLoop).expectErrorSatisfies((ex) -> {
			assertThat(ex).isInstanceOf(IllegalStateException.class)
				.hasMessageContaining("'stream()'")
				.hasMessageContaining("'parallel-");
			assertThat(this.api.requests).isEmpty();
		}).verify(TIMEOUT);
	}

	@Test
	void negativeRoundsAreRefused() {
		assertThatIllegalArgumentException().isThrownBy(() -> ElectronChatModel.builder(this.api).maxToolRounds(-1))
			.withMessage("'maxToolRounds' must not be negative but is '-1'");
	}

}
