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

import io.github.electronspring.api.ElectronException;
import io.github.electronspring.turn.TurnEvent;
import io.github.electronspring.turn.TurnListener;
import org.reactivestreams.Subscription;
import reactor.core.publisher.BaseSubscriber;
import reactor.core.publisher.FluxSink;
import reactor.util.context.Context;

import org.springframework.ai.chat.client.ChatClient.ChatClientRequestSpec;
import org.springframework.ai.chat.client.ChatClientResponse;

/**
 * Runs a request of a chat client for the events of its turn. Each response of the client
 * comes with at least one event, so that the demand for events is passed on as demand for
 * responses.
 *
 * @author The Electron Spring authors
 */
final class TurnEvents extends BaseSubscriber<ChatClientResponse> {

	private final FluxSink<TurnEvent> sink;

	private TurnEvents(FluxSink<TurnEvent> sink) {
		this.sink = sink;
	}

	static void subscribe(ChatClientRequestSpec spec, FluxSink<TurnEvent> sink) {
		TurnListener listener = sink::next;
		TurnEvents events = new TurnEvents(sink);
		sink.onDispose(events);
		spec.advisors((advisors) -> advisors.param(ElectronChatClientAdvisor.TURN_LISTENER, listener))
			.stream()
			.chatClientResponse()
			.subscribe(events);
	}

	@Override
	public Context currentContext() {
		return Context.of(this.sink.contextView());
	}

	@Override
	protected void hookOnSubscribe(Subscription subscription) {
		this.sink.onRequest(this::request);
	}

	@Override
	protected void hookOnComplete() {
		this.sink.complete();
	}

	@Override
	protected void hookOnError(Throwable throwable) {
		ElectronException found = ElectronException.find(throwable);
		this.sink.error((found != null) ? found : throwable);
	}

}
