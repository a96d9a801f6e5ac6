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

import java.lang.management.ManagementFactory;
import java.util.Arrays;

import com.sun.management.ThreadMXBean;
import org.junit.jupiter.api.Test;
import org.reactivestreams.Subscription;
import reactor.core.CoreSubscriber;

import org.springframework.ai.chat.model.ChatResponse;
import org.springframework.ai.chat.prompt.Prompt;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for what a token costs where nothing is observed: memory, from the chunk to the
 * response of the model, as this thread allocates it.
 *
 * @author The Electron Spring authors
 */
class TurnAllocationTests {

	/** What was measured is 845 at most. */
	private static final double MAX_BYTES_PER_TOKEN = 1100;

	private static final int TOKENS = 200;

	private static final int WARM_UP = 300;

	private final ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();

	@Test
	void tokenCostsWhatItsResponseDoes() {
		double bytes = (double) (leastBytes(2 * TOKENS) - leastBytes(TOKENS)) / TOKENS;
		assertThat(bytes).isLessThan(MAX_BYTES_PER_TOKEN);
	}

	private long leastBytes(int tokens) {
		String[] pieces = new String[tokens];
		Arrays.fill(pieces, "word ");
		FakeElectronApi api = new FakeElectronApi();
		ElectronChatModel model = ElectronChatModel.builder(api).build();
		long least = Long.MAX_VALUE;
		for (int i = 0; i < WARM_UP; i++) {
			api.answer(pieces);
			long before = this.threads.getCurrentThreadAllocatedBytes();
			model.stream(new Prompt("Hi")).subscribe(new Consumer());
			least = Math.min(least, this.threads.getCurrentThreadAllocatedBytes() - before);
		}
		return least;
	}

	/**
	 * A subscriber that keeps nothing.
	 */
	private static final class Consumer implements CoreSubscriber<ChatResponse> {

		@Override
		public void onSubscribe(Subscription subscription) {
			subscription.request(Long.MAX_VALUE);
		}

		@Override
		public void onNext(ChatResponse response) {
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
