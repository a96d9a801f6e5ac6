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

import java.util.function.Consumer;
import java.util.function.Supplier;

import io.github.electronspring.turn.TurnEvent;
import reactor.core.publisher.Flux;

import org.springframework.ai.chat.client.ChatClient;
import org.springframework.ai.chat.prompt.Prompt;
import org.springframework.util.Assert;

/**
 * The {@link ElectronChatClient} over Spring AI's own client.
 *
 * @author The Electron Spring authors
 */
final class DefaultElectronChatClient implements ElectronChatClient {

	private final ChatClient delegate;

	DefaultElectronChatClient(ChatClient delegate) {
		this.delegate = delegate;
	}

	@Override
	public ChatClientRequestSpec prompt() {
		return this.delegate.prompt();
	}

	@Override
	public ChatClientRequestSpec prompt(String content) {
		return this.delegate.prompt(content);
	}

	@Override
	public ChatClientRequestSpec prompt(Prompt prompt) {
		return this.delegate.prompt(prompt);
	}

	@Override
	public ElectronChatClientBuilder mutate() {
		return new ElectronChatClientBuilder(this.delegate.mutate());
	}

	@Override
	public Flux<TurnEvent> turn(Prompt prompt) {
		Assert.notNull(prompt, "'prompt' must not be null");
		return turn(() -> prompt(prompt));
	}

	@Override
	public Flux<TurnEvent> turn(Consumer<ChatClientRequestSpec> customizer) {
		Assert.notNull(customizer, "'customizer' must not be null");
		return turn(() -> {
			ChatClientRequestSpec spec = prompt();
			customizer.accept(spec);
			return spec;
		});
	}

	private Flux<TurnEvent> turn(Supplier<ChatClientRequestSpec> spec) {
		return Flux.create((sink) -> TurnEvents.subscribe(spec.get(), sink));
	}

}
