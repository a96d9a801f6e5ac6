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

import java.lang.management.ManagementFactory;
import java.util.List;

import com.sun.management.ThreadMXBean;
import io.github.electronspring.api.CallContext;
import io.github.electronspring.api.ElectronApi;
import io.github.electronspring.api.TokenPrices;
import io.github.electronspring.protocol.ChatCompletion;
import io.github.electronspring.protocol.ChatCompletionChunk;
import io.github.electronspring.protocol.ChatCompletionRequest;
import io.github.electronspring.protocol.ChatMessage;
import io.github.electronspring.protocol.Chunks;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import org.junit.jupiter.api.Test;
import org.reactivestreams.Subscription;
import reactor.core.CoreSubscriber;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for what a report costs: memory for each token, as this thread allocates it.
 *
 * @author The Electron Spring authors
 */
class ReportAllocationTests {

	private static final int TOKENS = 20_000;

	private static final int WARM_UP = 40;

	private static final double MAX_BYTES_PER_TOKEN = 2;

	private static final ChatCompletionRequest REQUEST = ChatCompletionRequest.builder()
		.model("electron")
		.messages(List.of(ChatMessage.user("Hello")))
		.build();

	private final ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();

	@Test
	void tokenCostsNextToNothing() {
		ElectronApi plain = new TokenApi();
		ElectronApi reporting = new ReportingElectronApi(plain,
				List.of(new ReportedProvider("electron", "electron", TokenPrices.defaults())),
				List.of(new RequestMeters(new SimpleMeterRegistry()), new RequestLog()));
		double without = bytesPerToken(plain);
		double with = bytesPerToken(reporting);
		assertThat(with - without).isBetween(-MAX_BYTES_PER_TOKEN, MAX_BYTES_PER_TOKEN);
	}

	private double bytesPerToken(ElectronApi api) {
		for (int i = 0; i < WARM_UP; i++) {
			run(api);
		}
		long least = Long.MAX_VALUE;
		for (int i = 0; i < 5; i++) {
			long before = this.threads.getCurrentThreadAllocatedBytes();
			run(api);
			least = Math.min(least, this.threads.getCurrentThreadAllocatedBytes() - before);
		}
		return (double) least / TOKENS;
	}

	private static void run(ElectronApi api) {
		api.stream(REQUEST).subscribe(new Consumer());
	}

	/**
	 * An API that answers with many tokens, which are made before.
	 */
	private static final class TokenApi implements ElectronApi {

		private final ChatCompletionChunk token = Chunks.text("Hello");

		@Override
		public Mono<ChatCompletion> complete(ChatCompletionRequest request, CallContext context) {
			return Mono.empty();
		}

		@Override
		public Flux<ChatCompletionChunk> stream(ChatCompletionRequest request, CallContext context) {
			return Flux.range(0, TOKENS).map((index) -> this.token);
		}

	}

	/**
	 * A subscriber that keeps nothing.
	 */
	private static final class Consumer implements CoreSubscriber<ChatCompletionChunk> {

		@Override
		public void onSubscribe(Subscription subscription) {
			subscription.request(Long.MAX_VALUE);
		}

		@Override
		public void onNext(ChatCompletionChunk chunk) {
		}

		@Override
		public void onError(Throwable ex) {
			throw new AssertionError(ex);
		}

		@Override
		public void onComplete() {
		}

	}

}
