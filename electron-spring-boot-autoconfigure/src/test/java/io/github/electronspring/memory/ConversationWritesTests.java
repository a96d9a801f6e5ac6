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

package io.github.electronspring.memory;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

import org.junit.jupiter.api.Test;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;
import reactor.test.StepVerifier;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link ConversationWrites}.
 *
 * @author The Electron Spring authors
 */
class ConversationWritesTests {

	private final ConversationWrites writes = new ConversationWrites();

	private final List<String> written = new CopyOnWriteArrayList<>();

	private final CountDownLatch slow = new CountDownLatch(1);

	@Test
	void writesOfAConversationRunInTheirOrder() {
		this.writes.schedule("c1", this::writeSlowly);
		Mono<Void> second = this.writes.schedule("c1", () -> this.written.add("second"));
		this.writes.schedule("c2", () -> {
			this.written.add("other");
			this.slow.countDown();
		});
		this.writes.run("c1", () -> this.written.add("third"));
		StepVerifier.create(second).expectComplete().verify(Conversation.TIMEOUT);
		assertThat(this.written).containsExactly("other", "first", "second", "third");
	}

	@Test
	void failedWriteDoesNotHoldUpTheNext() {
		Mono<Void> failed = this.writes.schedule("c1", () -> {
			throw new IllegalStateException("full");
		});
		this.writes.run("c1", () -> this.written.add("second"));
		StepVerifier.create(failed).expectErrorMessage("full").verify(Conversation.TIMEOUT);
		assertThat(this.written).containsExactly("second");
	}

	@Test
	void writesDoNotWaitForThreadsThatWaitForThem() {
		int threads = Schedulers.DEFAULT_BOUNDED_ELASTIC_SIZE;
		CountDownLatch waiting = new CountDownLatch(threads);
		runSlowly();
		Mono<Void> second = this.writes.schedule("c1", () -> this.written.add("second"));
		Mono<Void> all = Flux.range(0, threads).flatMap((i) -> Mono.fromRunnable(() -> {
			waiting.countDown();
			this.writes.run("c1", () -> {
			});
		}).subscribeOn(Schedulers.boundedElastic()), threads).then().cache();
		all.subscribe();
		Conversation.await(waiting);
		this.slow.countDown();
		StepVerifier.create(all.then(second)).expectComplete().verify(Conversation.TIMEOUT);
		assertThat(this.written).containsExactly("first", "second");
	}

	@Test
	void whatFollowsAWriteDoesNotRunOnTheThreadThatDidIt() {
		runSlowly();
		List<String> threads = new CopyOnWriteArrayList<>();
		Mono<Void> second = this.writes.schedule("c1", () -> threads.add(Thread.currentThread().getName()))
			.doOnSuccess((nothing) -> threads.add(Thread.currentThread().getName()))
			.cache();
		second.subscribe();
		Schedulers.boundedElastic().schedule(this.slow::countDown, 50, TimeUnit.MILLISECONDS);
		this.writes.run("c1", () -> this.written.add("third"));
		StepVerifier.create(second).expectComplete().verify(Conversation.TIMEOUT);
		assertThat(threads.get(0)).isEqualTo(Thread.currentThread().getName());
		assertThat(threads.get(1)).startsWith("boundedElastic");
		assertThat(this.written).containsExactly("first", "third");
	}

	private void runSlowly() {
		CountDownLatch begun = new CountDownLatch(1);
		new Thread(() -> this.writes.run("c1", () -> {
			begun.countDown();
			writeSlowly();
		})).start();
		Conversation.await(begun);
	}

	private void writeSlowly() {
		Conversation.await(this.slow);
		this.written.add("first");
	}

}
