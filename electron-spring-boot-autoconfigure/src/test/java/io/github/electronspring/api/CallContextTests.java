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

package io.github.electronspring.api;

import java.math.BigDecimal;
import java.net.UnknownHostException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

import io.github.electronspring.protocol.ChatCompletionRequest;
import io.github.electronspring.protocol.ChatMessage;
import io.github.electronspring.protocol.Usage;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Mono;

import org.springframework.web.reactive.function.client.WebClient;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

/**
 * Tests for {@link CallContext} and the other values that go with a call.
 *
 * @author The Electron Spring authors
 */
class CallContextTests {

	@Test
	void emptyContextSaysNothing() {
		CallContext context = CallContext.empty();
		assertThat(context.conversationId()).isNull();
		assertThat(context.continuesTurn()).isFalse();
		assertThat(context.deadline()).isNull();
		assertThat(context.attributes()).isEmpty();
		context.responseListener().accept(info());
	}

	@Test
	void changesOneThingAtATime() {
		List<ResponseInfo> infos = new ArrayList<>();
		CallContext context = CallContext.empty()
			.withConversationId("c")
			.withContinuesTurn(true)
			.withDeadline(Instant.EPOCH)
			.withAttribute("a", 1)
			.withAttribute("b", 2)
			.withResponseListener(infos::add)
			.withAttribute("a", 3);
		assertThat(context.conversationId()).isEqualTo("c");
		assertThat(context.continuesTurn()).isTrue();
		assertThat(context.deadline()).isEqualTo(Instant.EPOCH);
		assertThat(context.attributes()).isEqualTo(Map.of("a", 3, "b", 2));
		context.withConversationId("d").responseListener().accept(info());
		assertThat(infos).containsExactly(info());
		assertThat(CallContext.empty().attributes()).isEmpty();
	}

	@Test
	void senderTellsThatTheRequestGoesOut() throws Exception {
		ChatCompletionRequest request = ChatCompletionRequest.builder()
			.model("electron")
			.messages(List.of(ChatMessage.user("Hello")))
			.build();
		CallContext.empty().sendListener().run();
		List<String> sent = new ArrayList<>();
		CallContext context = CallContext.empty().withSendListener(() -> sent.add("sent"));
		CallContext late = context.withDeadline(Instant.EPOCH);
		try (RawServer server = RawServer.answering(RawServer.json("500 Wrong", "{}"))) {
			ElectronApi api = ElectronApi.builder().baseUrl(server.baseUrl()).apiKey("sk_test").build();
			for (Mono<?> call : List.of(api.stream(request, context).then(), api.complete(request, context),
					api.stream(request, late).then(), api.complete(request, late))) {
				call.onErrorComplete().block(Duration.ofSeconds(20));
			}
		}
		assertThat(sent).hasSize(2);
	}

	@Test
	void keepsACopyOfItsAttributes() {
		Map<String, Object> attributes = new HashMap<>();
		CallContext context = new CallContext(null, false, null, attributes, (info) -> {
		});
		attributes.put("a", 1);
		assertThat(context.attributes()).isEmpty();
		assertThatIllegalArgumentException().isThrownBy(() -> context.withResponseListener(null));
	}

	@Test
	void infoTellsOfDecorators() {
		assertThat(info().withAttempts(3).withWaited(Duration.ofSeconds(1)))
			.isEqualTo(new ResponseInfo("electron", 200, "req-1", Collections.emptyMap(), 3, Duration.ofSeconds(1)));
	}

	@Test
	void costIsExact() {
		Cost cost = Cost.of(Usage.of(1_000_003, 1_000_000, 7), TokenPrices.defaults());
		assertThat(cost.input()).isEqualByComparingTo("0.0000012");
		assertThat(cost.cachedInput()).isEqualByComparingTo("0.1");
		assertThat(cost.output()).isEqualByComparingTo("0.0000112");
		assertThat(cost.total()).isEqualByComparingTo("0.1000124");
		TokenPrices free = new TokenPrices(BigDecimal.ZERO, BigDecimal.ZERO, BigDecimal.ZERO);
		assertThat(Cost.of(Usage.of(1, 1, 1), free).total()).isZero();
	}

	@Test
	void pricesMustNotBeNegative() {
		BigDecimal one = BigDecimal.ONE;
		assertThatIllegalArgumentException().isThrownBy(() -> new TokenPrices(one, one, one.negate()))
			.withMessage("'output' must not be negative but is '-1'");
		assertThatIllegalArgumentException().isThrownBy(() -> new TokenPrices(one, one.negate(), one));
		assertThatIllegalArgumentException().isThrownBy(() -> new TokenPrices(null, one, one));
	}

	@Test
	void timeoutsMustBePositive() {
		Duration second = Duration.ofSeconds(1);
		Timeouts timeouts = Timeouts.defaults().withConnect(second).withFirstToken(second).withIdle(second);
		assertThat(timeouts).isEqualTo(new Timeouts(second, second, second, Duration.ofSeconds(60)));
		assertThat(timeouts.withResponse(second).response()).isEqualTo(second);
		assertThatIllegalArgumentException().isThrownBy(() -> timeouts.withIdle(Duration.ZERO))
			.withMessage("'idle' must be positive but is 'PT0S'");
		assertThatIllegalArgumentException().isThrownBy(() -> timeouts.withConnect(second.negated()));
		assertThatIllegalArgumentException().isThrownBy(() -> timeouts.withFirstToken(null));
		assertThatIllegalArgumentException().isThrownBy(() -> timeouts.withResponse(Duration.ZERO));
	}

	@Test
	void findsExceptionInCauses() {
		ElectronException ex = new ElectronInvalidRequestException("a", Collections.emptyList());
		assertThat(ElectronException.find(ex)).isSameAs(ex);
		assertThat(ElectronException.find(new IllegalStateException(new RuntimeException(ex)))).isSameAs(ex);
		assertThat(ElectronException.find(new IllegalStateException())).isNull();
		assertThat(ElectronException.find(null)).isNull();
	}

	@Test
	void unknownHostIsNamed() {
		HttpEndpoint endpoint = new HttpEndpoint(WebClient.create(), BaseUrl.endpoint("https://unknown.invalid"),
				"electron", Timeouts.defaults(), new ErrorResponses(Clock.systemUTC(), "electron"));
		ElectronException ex = TransportFailures.unanswered(new IllegalStateException(new UnknownHostException("x")),
				endpoint, ConnectionUse.NONE);
		assertThat(ex)
			.hasMessage("The host of 'https://unknown.invalid/chat/completions' is unknown: check 'electron.base-url'");
		assertThat(ex.isRetryable()).isFalse();
		assertThat(TransportFailures.unanswered(new IllegalStateException(), endpoint, ConnectionUse.NEW).isRetryable())
			.isFalse();
	}

	private static ResponseInfo info() {
		return new ResponseInfo("electron", 200, "req-1", Collections.emptyMap(), 1, Duration.ZERO);
	}

	@Test
	void responseEndListenerDoesNothingUnlessItIsSet() {
		CallContext.empty().responseEndListener().accept(Mono.just(Boolean.TRUE));
		List<Mono<Boolean>> ends = new ArrayList<>();
		CallContext context = CallContext.empty().withResponseEndListener(ends::add).withContinuesTurn(true);
		Mono<Boolean> end = Mono.just(Boolean.FALSE);
		context.responseEndListener().accept(end);
		assertThat(ends).containsExactly(end);
	}

}
