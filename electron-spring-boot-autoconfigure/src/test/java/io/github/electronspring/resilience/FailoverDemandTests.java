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
import java.util.List;

import io.github.electronspring.api.CallContext;
import io.github.electronspring.api.ElectronApi;
import io.github.electronspring.api.Failures;
import io.github.electronspring.protocol.ChatCompletionChunk;
import io.github.electronspring.protocol.Chunks;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.reactivestreams.Subscription;
import reactor.core.publisher.BaseSubscriber;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link FailoverElectronApi} with a subscriber that asks for a few elements at
 * a time.
 *
 * @author The Electron Spring authors
 */
class FailoverDemandTests extends AbstractResilienceTests {

	private final List<Long> asked = new ArrayList<>();

	private final List<Long> askedSecond = new ArrayList<>();

	private final BaseSubscriber<ChatCompletionChunk> subscriber = new BaseSubscriber<>() {

		@Override
		protected void hookOnSubscribe(Subscription subscription) {
		}

		@Override
		protected void hookOnNext(ChatCompletionChunk chunk) {
			log(String.valueOf(chunk.content()));
		}

		@Override
		protected void hookOnComplete() {
			log("complete");
		}

		@Override
		protected void hookOnError(Throwable ex) {
			log("error");
		}

	};

	private Flux<ChatCompletionChunk> stream;

	@BeforeEach
	void createStream() {
		ElectronApi api = new FailoverElectronApi(
				List.of(new Provider("a", this.first), new Provider("b", this.second)),
				FailoverSettings.defaults().withAfter(Duration.ofSeconds(2)), this.listener);
		this.stream = api.stream(REQUEST, CallContext.empty());
	}

	@Test
	void notMoreIsDeliveredThanAskedFor() {
		this.first.respond(texts().doOnRequest(this.asked::add));
		this.stream.subscribe(this.subscriber);
		assertThat(this.asked).isEmpty();
		this.subscriber.request(1);
		assertThat(this.asked).containsExactly(1L, 1L, 1L);
		assertThat(this.log).containsExactly("0 ");
		this.subscriber.request(1);
		assertThat(this.asked).hasSize(3);
		assertThat(this.log).containsExactly("0 ", "0 ");
		this.subscriber.request(2);
		assertThat(this.asked).containsExactly(1L, 1L, 1L, 1L);
		assertThat(this.log).containsExactly("0 ", "0 ", "0 a", "0 b");
		this.subscriber.request(1);
		assertThat(this.asked).containsExactly(1L, 1L, 1L, 1L, 1L);
		assertThat(this.log).containsExactly("0 ", "0 ", "0 a", "0 b", "0 c", "0 complete");
	}

	@Test
	void elementsAskedForAreNotAskedForTwice() {
		this.first.respond(texts().doOnRequest(this.asked::add));
		this.stream.subscribe(this.subscriber);
		this.subscriber.request(4);
		assertThat(this.asked).containsExactly(4L);
		assertThat(this.log).containsExactly("0 ", "0 ", "0 a", "0 b");
		this.subscriber.request(3);
		assertThat(this.asked).containsExactly(4L, 3L);
		assertThat(this.log).endsWith("0 c", "0 complete");
	}

	@Test
	void unboundedDemandIsPassedOn() {
		this.first.respond(texts().doOnRequest(this.asked::add));
		this.stream.subscribe(this.subscriber);
		this.subscriber.requestUnbounded();
		assertThat(this.asked).containsExactly(Long.MAX_VALUE);
		assertThat(this.log).endsWith("0 c", "0 complete");
	}

	@Test
	void demandMayBecomeUnbounded() {
		this.first.respond(texts().doOnRequest(this.asked::add));
		this.stream.subscribe(this.subscriber);
		this.subscriber.request(1);
		this.subscriber.requestUnbounded();
		assertThat(this.asked).containsExactly(1L, 1L, 1L, Long.MAX_VALUE);
		assertThat(this.log).endsWith("0 c", "0 complete");
	}

	@Test
	void demandReachesTheNextProvider() {
		this.first.respond(Flux.just(Chunks.role())
			.concatWith(Mono.delay(Duration.ofMillis(100)).then(Mono.error(Failures.status(503))))
			.doOnRequest(this.asked::add));
		this.second.respond(texts().doOnRequest(this.askedSecond::add));
		this.stream.subscribe(this.subscriber);
		this.subscriber.request(1);
		this.subscriber.request(2);
		assertThat(this.asked).containsExactly(1L, 1L, 1L);
		this.time.advanceBy(100);
		assertThat(this.askedSecond).containsExactly(3L);
		assertThat(this.log).containsExactly("100 ", "100 ", "100 a");
	}

	@Test
	void timeToFailoverBeginsWithTheDemand() {
		this.first.respond(Flux.never());
		this.second.respond(texts());
		this.stream.subscribe(this.subscriber);
		this.time.advanceBy(60_000);
		assertThat(this.time.pending()).isZero();
		this.subscriber.request(2);
		this.subscriber.request(1);
		assertThat(this.time.pending()).isEqualTo(1);
		this.time.advanceBy(1999);
		assertThat(this.second.requests()).isEmpty();
		this.time.advanceBy(1);
		assertThat(this.log).containsExactly("62000 ", "62000 ", "62000 a");
	}

	@Test
	void endNeedsNoDemand() {
		this.first.respond(Flux.empty());
		this.stream.subscribe(this.subscriber);
		assertThat(this.log).containsExactly("0 complete");
	}

	@Test
	void failureNeedsNoDemand() {
		this.first.respond(Flux.error(Failures.status(503)));
		this.second.respond(Flux.error(Failures.status(503)));
		this.stream.subscribe(this.subscriber);
		assertThat(this.log).containsExactly("0 error");
	}

	@Test
	void endComesBehindWhatIsHeldBack() {
		this.first.respond(Flux.just(Chunks.role(), HELLO));
		this.stream.subscribe(this.subscriber);
		this.subscriber.request(1);
		assertThat(this.log).containsExactly("0 ");
		this.subscriber.request(1);
		assertThat(this.log).containsExactly("0 ", "0 Hello", "0 complete");
	}

	@Test
	void failureComesBehindWhatIsHeldBack() {
		this.first.respond(Flux.just(Chunks.role(), HELLO).concatWith(Flux.error(Failures.status(503))));
		this.stream.subscribe(this.subscriber);
		this.subscriber.request(1);
		assertThat(this.log).containsExactly("0 ");
		this.subscriber.request(1);
		assertThat(this.log).containsExactly("0 ", "0 Hello", "0 error");
	}

	@Test
	void whenCancelledNothingHeldBackIsDelivered() {
		this.first.respond(texts());
		this.stream.subscribe(this.subscriber);
		this.subscriber.request(1);
		this.subscriber.cancel();
		this.subscriber.request(1);
		assertThat(this.log).containsExactly("0 ");
		assertThat(this.first.cancellations()).isEqualTo(1);
	}

	private static Flux<ChatCompletionChunk> texts() {
		return Flux.just(Chunks.role(), Chunks.role(), Chunks.text("a"), Chunks.text("b"), Chunks.text("c"));
	}

}
