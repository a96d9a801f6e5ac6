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

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.TimeUnit;

import io.github.electronspring.api.CallContext;
import io.github.electronspring.protocol.ChatCompletionChunk;
import org.junit.jupiter.api.AfterEach;
import reactor.core.Disposable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.test.scheduler.VirtualTimeScheduler;

/**
 * Base of the tests for what {@link TurnEngine} does when, in virtual time. The log has a
 * line for each event that a listener sees, each request and each tool that begins or is
 * cancelled, with the milliseconds since the start.
 *
 * @author The Electron Spring authors
 */
abstract class AbstractVirtualTimeTests extends AbstractTurnTests {

	static final TurnSettings SETTINGS = TurnSettings.defaults().withToolExecutor(Runnable::run);

	final VirtualTimeScheduler time = VirtualTimeScheduler.getOrSet();

	final List<String> log = new ArrayList<>();

	final List<TurnEvent> events = new ArrayList<>();

	Throwable error;

	TurnEngine inTime;

	@AfterEach
	void resetTime() {
		VirtualTimeScheduler.reset();
	}

	void log(String what) {
		this.log.add(this.time.now(TimeUnit.MILLISECONDS) + " " + what);
	}

	static Step at(long millis, ChatCompletionChunk... chunks) {
		return new Step(millis, List.of(chunks));
	}

	/**
	 * Script a response. A step without chunks closes the stream when it comes.
	 * @param steps what comes when, in milliseconds since the request
	 */
	void respondInTime(Step... steps) {
		List<Mono<List<ChatCompletionChunk>>> parts = new ArrayList<>();
		long last = 0;
		for (Step step : steps) {
			parts.add(Mono.delay(Duration.ofMillis(step.millis() - last)).thenReturn(step.chunks()));
			last = step.millis();
		}
		Flux<ChatCompletionChunk> stream = Flux.concat(parts).concatMapIterable((chunks) -> chunks);
		this.api.respond(stream.doOnSubscribe((subscription) -> log("request")));
	}

	FakeTool taking(String name, long millis, String result) {
		return FakeTool.of(name, (arguments, execution) -> {
			log("tool " + name);
			return Mono.delay(Duration.ofMillis(millis))
				.thenReturn(result)
				.doOnCancel(() -> log("tool " + name + " cancelled"));
		});
	}

	Disposable start(TurnSettings settings, CallContext context, TurnTool... tools) {
		TurnListener listener = (event) -> names(List.of(event)).forEach(this::log);
		TurnRequest request = new TurnRequest(builder().build(), context, TurnRequest.DEFAULT_MAX_ROUNDS, true,
				Collections.emptyMap(), List.of(listener));
		this.inTime = new TurnEngine(this.api, settings);
		return this.inTime.run(request, List.of(tools)).subscribe(this.events::add, (ex) -> {
			this.error = ex;
			log("error");
		}, () -> log("complete"));
	}

	Disposable start(TurnTool... tools) {
		return start(SETTINGS, CallContext.empty(), tools);
	}

	void advanceBy(long millis) {
		this.time.advanceTimeBy(Duration.ofMillis(millis));
	}

	void finish(TurnTool... tools) {
		start(tools);
		advanceBy(60_000);
	}

	/**
	 * Chunks that come at one moment.
	 *
	 * @param millis when
	 * @param chunks the chunks
	 */
	record Step(long millis, List<ChatCompletionChunk> chunks) {

	}

}
