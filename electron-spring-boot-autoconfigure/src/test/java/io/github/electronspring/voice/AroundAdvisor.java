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

package io.github.electronspring.voice;

import java.util.function.UnaryOperator;

import reactor.core.publisher.Flux;

import org.springframework.ai.chat.client.ChatClientRequest;
import org.springframework.ai.chat.client.ChatClientResponse;
import org.springframework.ai.chat.client.advisor.api.StreamAdvisor;
import org.springframework.ai.chat.client.advisor.api.StreamAdvisorChain;

/**
 * An advisor for tests that changes the stream of what is inside of it.
 *
 * @param order the place among advisors
 * @param change what it makes of the stream
 * @author The Electron Spring authors
 */
record AroundAdvisor(int order, UnaryOperator<Flux<ChatClientResponse>> change) implements StreamAdvisor {

	@Override
	public String getName() {
		return "around";
	}

	@Override
	public int getOrder() {
		return this.order;
	}

	@Override
	public Flux<ChatClientResponse> adviseStream(ChatClientRequest request, StreamAdvisorChain chain) {
		return this.change.apply(Flux.defer(() -> chain.copy(this).nextStream(request)));
	}

}
