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

import java.util.Collections;
import java.util.List;

import io.github.electronspring.api.ElectronException;
import io.github.electronspring.protocol.ChatCompletion;
import io.github.electronspring.protocol.ChatCompletionChoice;
import io.github.electronspring.protocol.ChatCompletionChunk;
import io.github.electronspring.protocol.ChatCompletionChunkChoice;
import io.github.electronspring.protocol.ChatMessage;
import io.github.electronspring.protocol.ChatMessageDelta;
import io.github.electronspring.protocol.Usage;
import io.github.electronspring.turn.RoundFinished;
import io.github.electronspring.turn.RoundStarted;
import io.github.electronspring.turn.SegmentKind;
import io.github.electronspring.turn.TextReceived;
import io.github.electronspring.turn.TurnEvent;
import io.github.electronspring.turn.TurnFinished;
import io.github.electronspring.turn.TurnListener;
import org.reactivestreams.Subscription;
import reactor.core.publisher.BaseSubscriber;
import reactor.core.publisher.FluxSink;
import reactor.util.context.Context;

import org.springframework.ai.chat.client.ChatClient.ChatClientRequestSpec;
import org.springframework.ai.chat.client.ChatClientResponse;
import org.springframework.ai.chat.model.ChatResponse;

/**
 * Runs a request of a chat client for the events of its turn. Each response of the client
 * comes with at least one event, so that the demand for events is passed on as demand for
 * responses. Where an advisor answers in place of the model, its answer is a turn of one
 * round.
 *
 * @author The Electron Spring authors
 */
final class TurnEvents extends BaseSubscriber<ChatClientResponse> {

	private final FluxSink<TurnEvent> sink;

	private final StringBuilder text = new StringBuilder();

	private volatile boolean started;

	private TurnEvents(FluxSink<TurnEvent> sink) {
		this.sink = sink;
	}

	static void subscribe(ChatClientRequestSpec spec, FluxSink<TurnEvent> sink) {
		TurnEvents events = new TurnEvents(sink);
		TurnListener listener = events::onEvent;
		sink.onDispose(events);
		spec.advisors((advisors) -> advisors.param(ElectronChatClientAdvisor.TURN_LISTENER, listener))
			.stream()
			.chatClientResponse()
			.subscribe(events);
	}

	private void onEvent(TurnEvent event) {
		this.started = true;
		this.sink.next(event);
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
	protected void hookOnNext(ChatClientResponse response) {
		ChatResponse chatResponse = response.chatResponse();
		if (!this.started && chatResponse != null && chatResponse.getResult() != null) {
			String piece = chatResponse.getResult().getOutput().getText();
			this.text.append((piece != null) ? piece : "");
		}
	}

	@Override
	protected void hookOnComplete() {
		if (!this.started) {
			answeredByAdvisor();
		}
		this.sink.complete();
	}

	private void answeredByAdvisor() {
		ChatMessage message = ChatMessage.assistant(this.text.toString());
		ChatCompletion completion = new ChatCompletion(null, null, null, null,
				List.of(new ChatCompletionChoice(0, message, "stop", null)), null);
		RoundFinished round = new RoundFinished(1, SegmentKind.ANSWER, completion, null);
		this.sink.next(new RoundStarted(1));
		if (!this.text.isEmpty()) {
			this.sink.next(new TextReceived(1, this.text.toString(),
					new ChatCompletionChunk(null, null, null, null, List.of(new ChatCompletionChunkChoice(0,
							new ChatMessageDelta(null, this.text.toString(), Collections.emptyList()), null, null)),
							null)));
		}
		this.sink.next(round);
		this.sink.next(new TurnFinished(1, List.of(round), List.of(message), Usage.NONE, null));
	}

	@Override
	protected void hookOnError(Throwable throwable) {
		ElectronException found = ElectronException.find(throwable);
		this.sink.error((found != null) ? found : throwable);
	}

}
