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

package io.github.electronspring.turn;

import java.util.Collections;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

import io.github.electronspring.api.FakeElectronApi;
import io.github.electronspring.protocol.Chunks;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.NonBlocking;
import reactor.core.scheduler.Schedulers;
import reactor.test.StepVerifier;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link ArgumentChecks}.
 *
 * @author The Electron Spring authors
 */
class ArgumentChecksTests extends AbstractTurnTests {

	private final CountDownLatch release = new CountDownLatch(1);

	private final CountDownLatch begun = new CountDownLatch(1);

	private final List<Thread> loaders = new CopyOnWriteArrayList<>();

	private final ArgumentChecks checks = new ArgumentChecks(this::load);

	private final TurnEngine loading = new TurnEngine(this.api, TurnSettings.defaults().withToolExecutor(Runnable::run),
			this.checks);

	private final FakeTool balance = FakeTool.of("balance", (arguments, execution) -> Mono.just("100"));

	/**
	 * Load the engine and its logging, which no test here is about.
	 */
	@BeforeAll
	static void runTurn() {
		FakeElectronApi api = new FakeElectronApi();
		api.respond(Chunks.text("Hello"), Chunks.finish("stop"));
		new TurnEngine(api).run(request(), Collections.emptyList()).blockLast(TIMEOUT);
	}

	@AfterEach
	void release() {
		this.release.countDown();
	}

	@Test
	void nothingIsLoadedWithoutTools() throws Exception {
		this.api.respond(Chunks.text("Hello"), Chunks.finish("stop"));
		this.loading.run(request(), Collections.emptyList()).blockLast(TIMEOUT);
		assertThat(this.begun.await(100, TimeUnit.MILLISECONDS)).isFalse();
	}

	@Test
	void answerWithoutCallsDoesNotWait() {
		this.api.respond(Chunks.text("Hello"), Chunks.finish("stop"));
		StepVerifier.create(onEventLoop()).expectNextCount(4).expectComplete().verify(TIMEOUT);
		this.release.countDown();
		assertThat(this.checks.isReady()).isTrue();
		assertThat(this.loaders).hasSize(1).noneMatch((thread) -> thread instanceof NonBlocking);
	}

	@Test
	void callOnAnEventLoopIsMadeOnceAllIsLoaded() {
		respondWithCalls(A).respond(Chunks.text("Done"), Chunks.finish("stop"));
		StepVerifier.create(onEventLoop().map(AbstractTurnTests::name))
			.expectNext("RoundStarted 1", "'One moment. '", "ToolCallsBegun 1", "RoundFinished 1 FILLER")
			.then(() -> {
				assertThat(this.balance.calls()).isEmpty();
				this.release.countDown();
			})
			.expectNext("ToolCallStarted 1 a", "ToolCallFinished 1 a=100", "RoundStarted 2", "'Done'",
					"RoundFinished 2 ANSWER", "TurnFinished 2")
			.expectComplete()
			.verify(TIMEOUT);
		assertThat(this.loaders).hasSize(1);
		assertThat(this.balance.calls()).hasSize(1);
	}

	@Test
	void callStartsOnceAllIsLoadedThoughTheStreamGoesOn() {
		this.api.respond(Flux.just(FILLER, call(A)).concatWith(Flux.never()));
		StepVerifier.create(onEventLoop().map(AbstractTurnTests::name))
			.expectNext("RoundStarted 1", "'One moment. '", "ToolCallsBegun 1")
			.then(this.release::countDown)
			.expectNext("ToolCallStarted 1 a", "ToolCallFinished 1 a=100")
			.thenCancel()
			.verify(TIMEOUT);
	}

	@Test
	void threadThatMayBlockWaits() {
		respondWithCalls(A).respond(Chunks.text("Done"), Chunks.finish("stop"));
		this.release.countDown();
		List<TurnEvent> events = this.loading.run(request(), List.of(this.balance)).collectList().block(TIMEOUT);
		assertThat(names(events)).contains("ToolCallFinished 1 a=100");
		assertThat(this.loaders).hasSize(1);
	}

	@Test
	void whatCannotBeLoadedKeepsNobodyWaiting() {
		ArgumentChecks failing = new ArgumentChecks(() -> {
			throw new IllegalStateException("Missing");
		});
		assertThat(failing.isReady()).isTrue();
	}

	private Flux<TurnEvent> onEventLoop() {
		return this.loading.run(request(), List.of(this.balance)).subscribeOn(Schedulers.parallel());
	}

	private void load() {
		this.loaders.add(Thread.currentThread());
		this.begun.countDown();
		try {
			this.release.await(TIMEOUT.toSeconds(), TimeUnit.SECONDS);
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
		}
	}

}
