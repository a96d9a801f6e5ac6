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

import java.util.List;

import io.github.electronspring.api.CallContext;
import io.github.electronspring.api.ElectronApi;
import io.github.electronspring.api.ResponseInfo;
import io.github.electronspring.protocol.ChatCompletion;
import io.github.electronspring.protocol.ChatCompletionAssembler;
import io.github.electronspring.protocol.ChatCompletionChunk;
import io.github.electronspring.protocol.ChatCompletionRequest;
import io.github.electronspring.protocol.StreamedToolCall;
import org.jspecify.annotations.Nullable;
import org.reactivestreams.Subscription;
import reactor.core.CoreSubscriber;
import reactor.util.context.Context;

/**
 * One round of a turn: the stream of one request, put together while it is handed on, and
 * the tools that it calls. The stream's signals are taken from its thread to the turn's
 * order; everything else is called from signals of the turn.
 *
 * @author The Electron Spring authors
 */
final class Round implements CoreSubscriber<ChatCompletionChunk> {

	private final int number;

	private final Turn turn;

	private final CallContext callContext;

	private final ToolCalls toolCalls;

	private final ChatCompletionAssembler assembler = new ChatCompletionAssembler();

	private volatile @Nullable ResponseInfo response;

	private volatile @Nullable Subscription stream;

	private volatile boolean cancelled;

	private int receivedChunks;

	private boolean awaitsChunk;

	private boolean unbounded;

	private boolean streamEnded;

	private boolean callsBegun;

	private boolean callsComplete;

	private boolean callsWait;

	private @Nullable RoundFinished finished;

	Round(int number, Turn turn, CallContext callContext, ToolCalls toolCalls) {
		this.number = number;
		this.turn = turn;
		this.callContext = callContext;
		this.toolCalls = toolCalls;
	}

	void start(ElectronApi api, ChatCompletionRequest request) {
		HistoryValidation.validate(request.messages());
		this.turn.logContext().roundStarts();
		api.stream(request, context()).subscribe(this);
	}

	void chunk(ChatCompletionChunk chunk) {
		this.awaitsChunk = this.unbounded;
		this.receivedChunks++;
		this.assembler.add(chunk);
		String text = chunk.content();
		if (text != null && !text.isEmpty()) {
			this.turn.emit(new TextReceived(this.number, text, chunk));
		}
		boolean last = chunk.finishReason() != null;
		boolean calls = chunk.choice() != null && !chunk.choice().delta().toolCalls().isEmpty();
		if (calls && !this.callsBegun) {
			this.callsBegun = true;
			this.turn.emit(new ToolCallsBegun(this.number));
		}
		if (last || calls) {
			this.callsComplete = last;
			takeCalls();
		}
	}

	/**
	 * Hand on what is known of the calls. As long as their arguments cannot be checked on
	 * this thread it is tried again later.
	 */
	private void takeCalls() {
		List<StreamedToolCall> calls = this.assembler.toolCalls();
		if (!calls.isEmpty() && !this.toolCalls.mayArrive()) {
			if (!this.callsWait) {
				this.callsWait = true;
				this.toolCalls.factory().checks().whenReady(() -> this.turn.signal(() -> {
					if (this.callsWait) {
						takeCalls();
					}
				}));
			}
			return;
		}
		this.callsWait = false;
		if (this.finished != null) {
			this.toolCalls.finish(this.finished);
		}
		else {
			this.toolCalls.arrived(calls, this.callsComplete, this.response, this.receivedChunks);
		}
	}

	void requestChunks(boolean all) {
		Subscription subscription = this.stream;
		if (subscription == null || this.streamEnded) {
			return;
		}
		if (all && !this.unbounded) {
			this.unbounded = true;
			this.awaitsChunk = true;
			subscription.request(Long.MAX_VALUE);
		}
		else if (!this.awaitsChunk) {
			this.awaitsChunk = true;
			subscription.request(1);
		}
	}

	void cancel() {
		this.cancelled = true;
		Subscription subscription = this.stream;
		if (subscription != null && !this.streamEnded) {
			subscription.cancel();
		}
		this.toolCalls.cancel();
	}

	@Override
	public Context currentContext() {
		return this.turn.context();
	}

	@Override
	public void onSubscribe(Subscription subscription) {
		this.stream = subscription;
		if (this.cancelled) {
			subscription.cancel();
			return;
		}
		// Demand that came before is met now
		this.turn.signal(() -> {
		});
	}

	@Override
	public void onNext(ChatCompletionChunk chunk) {
		this.turn.chunk(chunk);
	}

	@Override
	public void onError(Throwable ex) {
		this.turn.signal(() -> {
			this.streamEnded = true;
			this.turn.fail(ex);
		});
	}

	@Override
	public void onComplete() {
		this.turn.signal(this::finish);
	}

	private void finish() {
		this.streamEnded = true;
		ChatCompletion completion = this.assembler.toCompletion();
		boolean callsTools = completion.choice() != null && !completion.choice().message().toolCalls().isEmpty();
		RoundFinished finished = new RoundFinished(this.number, callsTools ? SegmentKind.FILLER : SegmentKind.ANSWER,
				completion, this.response);
		this.turn.streamEnded(finished);
		this.finished = finished;
		takeCalls();
	}

	private CallContext context() {
		return this.callContext.withContinuesTurn(this.callContext.continuesTurn() || this.number > 1)
			.withResponseListener((info) -> {
				this.response = info;
				this.turn.logContext().received(info);
				this.callContext.responseListener().accept(info);
			});
	}

}
