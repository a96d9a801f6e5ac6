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

import java.util.concurrent.atomic.AtomicReference;

import io.github.electronspring.api.CallContext;
import io.github.electronspring.api.ElectronApi;
import io.github.electronspring.api.ResponseInfo;
import io.github.electronspring.protocol.ChatCompletion;
import io.github.electronspring.protocol.ChatCompletionAssembler;
import io.github.electronspring.protocol.ChatCompletionChunk;
import io.github.electronspring.protocol.ChatCompletionRequest;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Flux;

/**
 * One round of a turn: the stream of one request, put together while it is handed on.
 *
 * @author The Electron Spring authors
 */
final class Round {

	private final int number;

	private final CallContext callContext;

	private final ChatCompletionAssembler assembler = new ChatCompletionAssembler();

	private final AtomicReference<@Nullable ResponseInfo> response = new AtomicReference<>();

	Round(int number, CallContext callContext) {
		this.number = number;
		this.callContext = callContext;
	}

	int number() {
		return this.number;
	}

	Flux<TurnEvent> stream(ElectronApi api, ChatCompletionRequest request) {
		return api.stream(request, context()).handle((chunk, sink) -> {
			this.assembler.add(chunk);
			String text = textOf(chunk);
			if (text != null) {
				sink.next(new TextReceived(this.number, text, chunk));
			}
		});
	}

	private CallContext context() {
		return this.callContext.withContinuesTurn(this.callContext.continuesTurn() || this.number > 1)
			.withResponseListener((info) -> {
				this.response.set(info);
				this.callContext.responseListener().accept(info);
			});
	}

	private static @Nullable String textOf(ChatCompletionChunk chunk) {
		String content = chunk.content();
		return (content != null && !content.isEmpty()) ? content : null;
	}

	RoundFinished finish() {
		ChatCompletion completion = this.assembler.toCompletion();
		boolean callsTools = completion.choice() != null && !completion.choice().message().toolCalls().isEmpty();
		return new RoundFinished(this.number, callsTools ? SegmentKind.FILLER : SegmentKind.ANSWER, completion,
				this.response.get());
	}

}
