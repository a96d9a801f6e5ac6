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

import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;

import io.github.electronspring.protocol.ChatCompletion;
import io.github.electronspring.protocol.ChatCompletionAssembler;
import io.github.electronspring.protocol.ChatCompletionChunk;
import io.github.electronspring.protocol.ChatCompletionRequest;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/**
 * {@link ElectronApi} that plays scripted responses, one for each subscription, and
 * records what was asked.
 *
 * @author The Electron Spring authors
 */
public final class FakeElectronApi implements ElectronApi {

	private final Queue<Flux<ChatCompletionChunk>> responses = new ConcurrentLinkedQueue<>();

	private final List<ChatCompletionRequest> requests = new CopyOnWriteArrayList<>();

	private final List<CallContext> contexts = new CopyOnWriteArrayList<>();

	private final AtomicInteger cancellations = new AtomicInteger();

	/**
	 * Add a response.
	 * @param chunks its chunks
	 * @return this object
	 */
	public FakeElectronApi respond(ChatCompletionChunk... chunks) {
		return respond(Flux.fromArray(chunks));
	}

	/**
	 * Add a response.
	 * @param chunks its chunks, with pauses and errors as they may come
	 * @return this object
	 */
	public FakeElectronApi respond(Flux<ChatCompletionChunk> chunks) {
		this.responses.add(chunks);
		return this;
	}

	/**
	 * Return the requests so far.
	 * @return the requests in order
	 */
	public List<ChatCompletionRequest> requests() {
		return this.requests;
	}

	/**
	 * Return the contexts of the requests so far.
	 * @return the contexts in order
	 */
	public List<CallContext> contexts() {
		return this.contexts;
	}

	/**
	 * Return how many responses were cancelled.
	 * @return the number
	 */
	public int cancellations() {
		return this.cancellations.get();
	}

	@Override
	public Mono<ChatCompletion> complete(ChatCompletionRequest request, CallContext context) {
		return stream(request, context).collect(ChatCompletionAssembler::new, ChatCompletionAssembler::add)
			.map(ChatCompletionAssembler::toCompletion);
	}

	@Override
	public Flux<ChatCompletionChunk> stream(ChatCompletionRequest request, CallContext context) {
		return Flux.defer(() -> {
			this.requests.add(request);
			this.contexts.add(context);
			Flux<ChatCompletionChunk> response = this.responses.poll();
			if (response == null) {
				return Flux.error(new AssertionError("No response is scripted for request " + this.requests.size()));
			}
			context.sendListener().run();
			context.responseListener()
				.accept(new ResponseInfo("fake", 200, "req-" + this.requests.size(), Collections.emptyMap(), 1,
						Duration.ZERO));
			return response.doOnCancel(this.cancellations::incrementAndGet);
		});
	}

}
