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

package io.github.electronspring.autoconfigure;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;

import io.github.electronspring.api.CallContext;
import io.github.electronspring.api.ElectronApi;
import io.github.electronspring.protocol.ChatCompletionChunk;
import io.github.electronspring.protocol.ChatCompletionRequest;
import org.junit.jupiter.api.Test;
import org.mockito.ArgumentCaptor;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.test.StepVerifier;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mockito.ArgumentMatchers.any;
import static org.mockito.BDDMockito.given;
import static org.mockito.BDDMockito.then;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.times;

/**
 * Tests for {@link RequestCustomizingElectronApi}.
 *
 * @author The Electron Spring authors
 */
class RequestCustomizingElectronApiTests {

	private static final Duration TIMEOUT = Duration.ofSeconds(5);

	private final ElectronApi delegate = mock(ElectronApi.class);

	private final AtomicLong seeds = new AtomicLong();

	private final ElectronApi api = new RequestCustomizingElectronApi(this.delegate,
			List.of((request) -> request.seed(this.seeds.incrementAndGet()), (request) -> request.user("someone")));

	private final ChatCompletionRequest request = ChatCompletionRequest.builder().model("electron").build();

	@Test
	void completionHasTheCustomizedRequest() {
		given(this.delegate.complete(any(), any())).willReturn(Mono.empty());
		CallContext context = CallContext.empty().withConversationId("one");
		StepVerifier.create(this.api.complete(this.request, context)).expectComplete().verify(TIMEOUT);
		then(this.delegate).should().complete(this.request.mutate().seed(1L).user("someone").build(), context);
	}

	@Test
	void eachSubscriptionOfAStreamIsCustomizedAnew() {
		given(this.delegate.stream(any(), any())).willReturn(Flux.empty());
		Flux<ChatCompletionChunk> stream = this.api.stream(this.request);
		assertThat(this.seeds).hasValue(0);
		StepVerifier.create(stream.repeat(1)).expectComplete().verify(TIMEOUT);
		ArgumentCaptor<ChatCompletionRequest> requests = ArgumentCaptor.captor();
		then(this.delegate).should(times(2)).stream(requests.capture(), any());
		assertThat(requests.getAllValues()).extracting(ChatCompletionRequest::seed).containsExactly(1L, 2L);
		assertThat(this.request.seed()).isNull();
	}

	@Test
	void whenCustomizerFailsTheRequestFails() {
		ElectronApi failing = new RequestCustomizingElectronApi(this.delegate, List.of((builder) -> {
			throw new IllegalStateException("No user");
		}));
		StepVerifier.create(failing.stream(this.request)).expectErrorMessage("No user").verify(TIMEOUT);
		StepVerifier.create(failing.complete(this.request)).expectErrorMessage("No user").verify(TIMEOUT);
		then(this.delegate).shouldHaveNoInteractions();
	}

}
