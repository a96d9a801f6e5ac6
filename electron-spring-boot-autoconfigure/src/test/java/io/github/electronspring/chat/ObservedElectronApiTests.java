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

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;

import io.github.electronspring.api.CallContext;
import io.github.electronspring.api.ElectronApi;
import io.github.electronspring.api.ResponseInfo;
import io.github.electronspring.chat.RequestObservationDocumentation.Events;
import io.github.electronspring.protocol.ChatCompletion;
import io.github.electronspring.protocol.ChatCompletionChoice;
import io.github.electronspring.protocol.ChatCompletionRequest;
import io.github.electronspring.protocol.ChatMessage;
import io.github.electronspring.protocol.Usage;
import io.micrometer.observation.contextpropagation.ObservationThreadLocalAccessor;
import io.micrometer.observation.tck.TestObservationRegistry;
import io.micrometer.observation.tck.TestObservationRegistryAssert;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Mono;
import reactor.test.StepVerifier;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mockito.ArgumentMatchers.any;
import static org.mockito.BDDMockito.given;
import static org.mockito.Mockito.mock;

/**
 * Tests for {@link ObservedElectronApi}.
 *
 * @author The Electron Spring authors
 */
class ObservedElectronApiTests {

	private static final Duration TIMEOUT = Duration.ofSeconds(5);

	private static final ChatCompletionRequest REQUEST = ChatCompletionRequest.builder()
		.messages(List.of(ChatMessage.user("Hi")))
		.build();

	private static final ChatCompletion COMPLETION = new ChatCompletion("chatcmpl-1", null, null, "electron",
			List.of(new ChatCompletionChoice(0, ChatMessage.assistant("Hello"), "stop", null)), Usage.of(1, 0, 2));

	private final CallContext context = new ObservedCall(ElectronChatOptions.builder().model("electron").build(), false)
		.addTo(CallContext.empty());

	private final TestObservationRegistry registry = TestObservationRegistry.create();

	private final ElectronApi delegate = mock(ElectronApi.class);

	private final FakeElectronApi fake = new FakeElectronApi();

	@Test
	void completionIsObserved() {
		AtomicReference<Object> current = new AtomicReference<>();
		given(this.delegate.complete(any(), any())).willReturn(Mono.deferContextual((view) -> {
			current.set(view.get(ObservationThreadLocalAccessor.KEY));
			return Mono.just(COMPLETION);
		}));
		StepVerifier.create(observed(this.delegate).complete(REQUEST, this.context))
			.expectNext(COMPLETION)
			.expectComplete()
			.verify(TIMEOUT);
		assertThat(current.get()).isNotNull();
		assertObserved().hasHighCardinalityKeyValue("gen_ai.usage.total_tokens", "3")
			.hasHighCardinalityKeyValue("electron.outcome", "success")
			.doesNotHaveHighCardinalityKeyValueWithKey("electron.request.id")
			.doesNotHaveError();
	}

	@Test
	void failedCompletionIsObserved() {
		IllegalStateException failure = new IllegalStateException("Broken");
		given(this.delegate.complete(any(), any())).willReturn(Mono.error(failure));
		StepVerifier.create(observed(this.delegate).complete(REQUEST, this.context))
			.expectErrorSatisfies((ex) -> assertThat(ex).isSameAs(failure))
			.verify(TIMEOUT);
		assertObserved().hasError(failure).hasHighCardinalityKeyValue("electron.outcome", "error");
	}

	@Test
	void cancelledCompletionIsObserved() {
		given(this.delegate.complete(any(), any())).willReturn(Mono.never());
		StepVerifier.create(observed(this.delegate).complete(REQUEST, this.context)).thenCancel().verify(TIMEOUT);
		assertObserved().doesNotHaveError()
			.hasHighCardinalityKeyValue("electron.outcome", "cancelled")
			.hasEvent("electron.cancelled");
	}

	@Test
	void otherRequestsAreHandedOn() {
		given(this.delegate.complete(any(), any())).willReturn(Mono.just(COMPLETION));
		this.fake.answer("Hello");
		StepVerifier.create(observed(this.delegate).complete(REQUEST))
			.expectNext(COMPLETION)
			.expectComplete()
			.verify(TIMEOUT);
		StepVerifier.create(observed(this.fake).stream(REQUEST)).expectNextCount(3).expectComplete().verify(TIMEOUT);
		TestObservationRegistryAssert.assertThat(this.registry).doesNotHaveAnyObservation();
	}

	@Test
	void lastResponseOfARequestIsNamed() {
		ElectronApi retrying = mock(ElectronApi.class);
		given(retrying.complete(any(), any())).willAnswer((invocation) -> {
			CallContext call = invocation.getArgument(1);
			call.responseListener().accept(response("req-1"));
			call.observation().event(Events.RETRY);
			call.responseListener().accept(response("req-2").withAttempts(2).withWaited(Duration.ofMillis(15)));
			return Mono.just(COMPLETION);
		});
		StepVerifier.create(observed(retrying).complete(REQUEST, this.context))
			.expectNext(COMPLETION)
			.expectComplete()
			.verify(TIMEOUT);
		assertObserved().hasHighCardinalityKeyValue("electron.request.id", "req-2")
			.hasHighCardinalityKeyValue("electron.provider", "openai")
			.hasHighCardinalityKeyValue("electron.attempts", "2")
			.hasHighCardinalityKeyValue("electron.quota.wait.ms", "15")
			.hasEvent("electron.retry");
	}

	private static ResponseInfo response(String requestId) {
		return new ResponseInfo("openai", 200, requestId, Collections.emptyMap(), 1, Duration.ZERO);
	}

	@Test
	void responseListenerStillLearnsOfTheResponse() {
		List<ResponseInfo> infos = new ArrayList<>();
		this.fake.answer("Hello");
		observed(this.fake).stream(REQUEST, this.context.withResponseListener(infos::add)).blockLast(TIMEOUT);
		assertThat(infos).extracting(ResponseInfo::requestId).containsExactly("req-1");
		assertThat(Collections.unmodifiableList(this.fake.requests)).containsExactly(REQUEST);
	}

	private ObservedElectronApi observed(ElectronApi api) {
		return new ObservedElectronApi(api, this.registry, null);
	}

	private TestObservationRegistryAssert.TestObservationRegistryAssertReturningObservationContextAssert assertObserved() {
		return TestObservationRegistryAssert.assertThat(this.registry)
			.hasSingleObservationThat()
			.hasBeenStarted()
			.hasBeenStopped();
	}

}
