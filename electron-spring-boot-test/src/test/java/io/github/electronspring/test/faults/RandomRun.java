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

package io.github.electronspring.test.faults;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.atomic.AtomicBoolean;

import io.github.electronspring.api.CallContext;
import io.github.electronspring.api.ElectronApi;
import io.github.electronspring.api.ElectronException;
import io.github.electronspring.chat.ElectronChatModel;
import io.github.electronspring.chat.ElectronChatOptions;
import io.github.electronspring.protocol.ChatCompletionRequest;
import io.github.electronspring.protocol.ChatMessage;
import io.github.electronspring.test.simulator.ElectronSimulator;
import org.jspecify.annotations.Nullable;
import reactor.core.Disposable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Scheduler;

import org.springframework.ai.chat.messages.UserMessage;
import org.springframework.ai.chat.model.ChatResponse;
import org.springframework.ai.chat.prompt.Prompt;

/**
 * One caller: calls in a way, for a time and with an end that chance decides.
 *
 * @author The Electron Spring authors
 */
final class RandomRun {

	private static final ChatCompletionRequest REQUEST = ChatCompletionRequest.builder()
		.model("electron")
		.messages(List.of(ChatMessage.user("Hi")))
		.build();

	private final int number;

	private final SplittableRandom random;

	private final RandomResults results;

	private final AtomicBoolean ended = new AtomicBoolean();

	RandomRun(long seed, int number, RandomResults results) {
		this.number = number;
		this.random = new SplittableRandom(seed + number);
		this.results = results;
	}

	void enqueue(String provider, ElectronSimulator simulator, int most) {
		int count = this.random.nextInt(most + 1);
		for (int i = 0; i < count; i++) {
			simulator.enqueue(RandomScript.create("%s-%d-%d".formatted(provider, this.number, i), this.random));
		}
	}

	/**
	 * Run it.
	 * @return completes whatever comes of it, which is noted in the results
	 */
	Mono<Void> run(ElectronApi api, ElectronChatModel model, Scheduler callers) {
		DeliveredTokens tokens = new DeliveredTokens(this.results.deliveredTokens());
		Flux<String> texts = texts(api, model, callers);
		if (this.random.nextInt(3) == 0) {
			texts = texts.limitRate(1);
		}
		Flux<String> watched = texts.doOnNext(tokens::add)
			.doOnComplete(tokens::complete)
			.doOnTerminate(() -> this.ended.set(true));
		return Flux.defer(() -> cancelled(watched))
			.then()
			.doOnSuccess((nothing) -> this.results.add(this.ended.get() ? "ended well" : "cancelled"))
			.onErrorResume(this::failed)
			.doOnSubscribe((subscription) -> this.results.begin(this.number))
			.doFinally((signal) -> this.results.end(this.number));
	}

	private Flux<String> texts(ElectronApi api, ElectronChatModel model, Scheduler callers) {
		Duration time = (this.random.nextInt(4) == 0) ? Duration.ofMillis(1 + this.random.nextInt(100)) : null;
		Prompt prompt = new Prompt(List.of(new UserMessage("Hi")),
				ElectronChatOptions.builder().turnTimeout(time).build());
		CallContext context = CallContext.empty().withDeadline((time != null) ? Instant.now().plus(time) : null);
		return switch (this.random.nextInt(6)) {
			case 0 -> api.complete(REQUEST, context).map((completion) -> text(completion.choice().message())).flux();
			case 1 -> api.stream(REQUEST, context).mapNotNull((chunk) -> chunk.content());
			case 2, 3 -> call(model, prompt, callers);
			default -> model.stream(prompt).map(RandomRun::text);
		};
	}

	private Flux<String> cancelled(Flux<String> texts) {
		return switch (this.random.nextInt(6)) {
			case 0 -> texts.take(this.random.nextInt(MAX_TAKEN));
			case 1, 2 -> texts.takeUntilOther(Mono.delay(Duration.ofMillis(this.random.nextInt(60))));
			default -> texts;
		};
	}

	private static final int MAX_TAKEN = 4;

	/**
	 * Call on a thread that is interrupted if the caller gives up.
	 */
	private static Flux<String> call(ElectronChatModel model, Prompt prompt, Scheduler callers) {
		return Flux.create((sink) -> {
			Disposable task = callers.schedule(() -> {
				try {
					sink.next(text(model.call(prompt)));
					sink.complete();
				}
				catch (RuntimeException ex) {
					if (!sink.isCancelled()) {
						sink.error(ex);
					}
				}
			});
			sink.onDispose(task);
		});
	}

	private Mono<Void> failed(Throwable ex) {
		ElectronException failure = ElectronException.find(ex);
		if (failure == null) {
			this.results.unexpected(this.number, ex);
			return Mono.empty();
		}
		this.results.add(failure.getClass().getSimpleName());
		// While the circuit breakers are open all callers would be through at once
		return failure.isSent() ? Mono.empty() : Mono.delay(Duration.ofMillis(5)).then();
	}

	private static String text(@Nullable ChatResponse response) {
		return response.getResult().getOutput().getText();
	}

	private static String text(ChatMessage message) {
		return (message.content() != null) ? message.content() : "";
	}

}
