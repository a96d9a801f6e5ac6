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
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

import io.github.electronspring.api.CallContext;
import io.github.electronspring.api.ElectronApi;
import io.github.electronspring.api.ElectronException;
import io.github.electronspring.api.FakeElectronApi;
import io.github.electronspring.api.ResponseInfo;
import io.github.electronspring.protocol.ChatCompletionChunk;
import io.github.electronspring.protocol.ChatCompletionRequest;
import io.github.electronspring.protocol.ChatMessage;
import io.github.electronspring.protocol.Chunks;
import org.junit.jupiter.api.AfterEach;
import reactor.core.CoreSubscriber;
import reactor.core.publisher.BaseSubscriber;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/**
 * Base of the tests for decorators of {@link ElectronApi}, in virtual time. The log has
 * the milliseconds at which each request was made, and how the call ended.
 *
 * @author The Electron Spring authors
 */
abstract class AbstractResilienceTests {

	static final ChatCompletionRequest REQUEST = ChatCompletionRequest.builder()
		.model("electron")
		.messages(List.of(ChatMessage.user("Hello")))
		.build();

	static final ChatCompletionChunk HELLO = Chunks.text("Hello");

	final TrackedTime time = TrackedTime.install();

	final FakeElectronApi first = new FakeElectronApi();

	final FakeElectronApi second = new FakeElectronApi();

	final List<String> log = new ArrayList<>();

	final List<ChatCompletionChunk> received = new ArrayList<>();

	final List<ResponseInfo> infos = new ArrayList<>();

	final RecordingListener listener = new RecordingListener();

	Throwable error;

	@AfterEach
	void resetTime() {
		this.time.close();
	}

	void log(String what) {
		this.log.add(this.time.millis() + " " + what);
	}

	/**
	 * Script a response of the first API, and note when it is asked for.
	 * @param response the response
	 */
	void respond(Flux<ChatCompletionChunk> response) {
		this.first.respond(response.doOnSubscribe((subscription) -> log("first")));
	}

	void respondSecond(Flux<ChatCompletionChunk> response) {
		this.second.respond(response.doOnSubscribe((subscription) -> log("second")));
	}

	void fail(Throwable... failures) {
		for (Throwable failure : failures) {
			respond(Flux.error(failure));
		}
	}

	static Flux<ChatCompletionChunk> answer() {
		return Flux.just(Chunks.role(), HELLO, Chunks.finish("stop"));
	}

	static Flux<ChatCompletionChunk> after(long millis, Flux<ChatCompletionChunk> response) {
		return Mono.delay(Duration.ofMillis(millis)).thenMany(response);
	}

	/**
	 * Script a response whose request is cancelled while it is made.
	 * @param api the API
	 * @param cancel what cancels the call
	 */
	static void respondToCancelled(FakeElectronApi api, Runnable cancel) {
		api.respond(new Flux<>() {

			@Override
			public void subscribe(CoreSubscriber<? super ChatCompletionChunk> actual) {
				cancel.run();
				Flux.<ChatCompletionChunk>never().subscribe(actual);
			}

		});
	}

	static CallContext deadline(long millis) {
		return CallContext.empty().withDeadline(Instant.ofEpochMilli(millis));
	}

	BaseSubscriber<ChatCompletionChunk> stream(ElectronApi api, CallContext context) {
		return subscribe(api.stream(REQUEST, context.withResponseListener(this.infos::add)));
	}

	BaseSubscriber<ChatCompletionChunk> stream(ElectronApi api) {
		return stream(api, CallContext.empty());
	}

	BaseSubscriber<ChatCompletionChunk> subscribe(Flux<ChatCompletionChunk> stream) {
		return stream.subscribeWith(new BaseSubscriber<>() {

			@Override
			protected void hookOnNext(ChatCompletionChunk chunk) {
				AbstractResilienceTests.this.received.add(chunk);
			}

			@Override
			protected void hookOnError(Throwable ex) {
				AbstractResilienceTests.this.error = ex;
				log((ex instanceof AssertionError) ? "request without a script" : "error");
			}

			@Override
			protected void hookOnComplete() {
				log("complete");
			}

		});
	}

	/**
	 * What happened, by a listener's account.
	 */
	final class RecordingListener implements ResilienceListener {

		final List<String> events = new ArrayList<>();

		@Override
		public void onRetry(CallContext context, String provider, ElectronException failure, int attempt,
				Duration delay) {
			this.events
				.add("%s %s %d %dms".formatted(provider, EarlierFailures.describe(failure), attempt, delay.toMillis()));
		}

		@Override
		public void onFailover(CallContext context, String from, String to, ElectronException failure) {
			this.events.add("%s to %s, %s".formatted(from, to, EarlierFailures.describe(failure)));
		}

	}

}
