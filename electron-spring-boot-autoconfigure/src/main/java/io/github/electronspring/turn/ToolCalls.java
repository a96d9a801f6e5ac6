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
import java.util.concurrent.atomic.LongAdder;

import io.github.electronspring.api.ElectronStreamException;
import io.github.electronspring.api.ResponseInfo;
import io.github.electronspring.protocol.ChatMessage;
import io.github.electronspring.protocol.StreamedToolCall;
import io.github.electronspring.protocol.ToolCall;
import io.micrometer.context.ContextSnapshot;
import org.jspecify.annotations.Nullable;

/**
 * The tool calls of a round: starts each as soon as it may, while the stream goes on, and
 * gathers one result for each. Called from signals of the turn only.
 *
 * @author The Electron Spring authors
 */
final class ToolCalls {

	private final Turn turn;

	private final int round;

	private final boolean refused;

	private final Factory factory;

	private final List<PendingCall> calls = new ArrayList<>();

	private @Nullable RoundFinished finished;

	private ToolCalls(Turn turn, int round, boolean refused, Factory factory) {
		this.turn = turn;
		this.round = round;
		this.refused = refused;
		this.factory = factory;
	}

	/**
	 * Return whether calls can be taken now.
	 * @return {@code false} if their arguments have to be checked, and cannot yet be on
	 * this thread
	 */
	boolean mayArrive() {
		return this.refused || !this.factory.request().executeTools() || this.factory.checks().isReady();
	}

	/**
	 * Start the calls whose arguments are complete.
	 * @param arrived the calls so far, in the order in which they came
	 * @param last whether the model has finished
	 * @param response what the response told beside its body
	 * @param receivedChunks how many chunks have arrived
	 */
	void arrived(List<StreamedToolCall> arrived, boolean last, @Nullable ResponseInfo response, int receivedChunks) {
		if (this.refused || !this.factory.request().executeTools()) {
			return;
		}
		for (int i = 0; i < arrived.size(); i++) {
			if (i == this.calls.size()) {
				this.calls.add(new PendingCall());
			}
			PendingCall call = this.calls.get(i);
			StreamedToolCall streamed = arrived.get(i);
			if (call.isStarted() && !streamed.isComplete()) {
				throw ElectronStreamException.broken(
						"The arguments of the call of tool '%s' went on after their end".formatted(streamed.name()),
						(response != null) ? response.requestId() : null, receivedChunks);
			}
			if (call.isReady() && !call.isStarted() && !streamed.isComplete()) {
				// It waited for another tool and went on meanwhile
				call.ready(null);
			}
			else if (!call.isReady()) {
				call.ready(complete(streamed, last || i < arrived.size() - 1));
			}
		}
		startReady();
	}

	/**
	 * Take the end of the stream: all calls are known.
	 * @param finished the round
	 */
	void finish(RoundFinished finished) {
		List<ToolCall> all = finished.message().toolCalls();
		this.finished = finished;
		if (!this.factory.request().executeTools()) {
			this.turn.roundEnded(finished, Collections.emptyList(), false);
			return;
		}
		List<PendingCall> ordered = new ArrayList<>();
		for (ToolCall call : all) {
			ordered.add(pending(call));
		}
		this.calls.clear();
		this.calls.addAll(ordered);
		startReady();
		endIfDone();
	}

	private PendingCall pending(ToolCall call) {
		for (PendingCall pending : this.calls) {
			if (pending.isReady() && pending.call().id() != null && pending.call().id().equals(call.id())) {
				return pending;
			}
		}
		PendingCall pending = new PendingCall();
		pending.ready(call);
		return pending;
	}

	void cancel() {
		this.calls.forEach(PendingCall::cancel);
	}

	private @Nullable ToolCall complete(StreamedToolCall streamed, boolean ended) {
		String id = streamed.id();
		TurnTool tool = this.factory.tools().find(streamed.name());
		if (id == null || tool == null || !streamed.isComplete()) {
			return null;
		}
		String arguments = streamed.arguments();
		// An empty object may be the whole of it, or what a server begins with
		boolean mayGoOn = !ended && ToolArguments.isEmptyObject(arguments);
		return (mayGoOn || ToolArguments.check(tool, arguments).problem() != null) ? null
				: ToolCall.function(id, streamed.name(), arguments);
	}

	private void startReady() {
		for (PendingCall call : this.calls) {
			if (call.isReady() && !call.isStarted() && !this.turn.isOver()) {
				TurnTool tool = this.factory.tools().find(call.call().function().name());
				boolean alone = !this.factory.settings().parallel() || (tool != null && tool.sequential());
				if (isRunning(alone)) {
					return;
				}
				start(call, tool);
			}
		}
	}

	private boolean isRunning(boolean any) {
		return this.calls.stream()
			.anyMatch((call) -> call.isRunning() && (any || !this.factory.settings().parallel() || call.isAlone()));
	}

	private void start(PendingCall pending, @Nullable TurnTool tool) {
		ToolCall call = pending.call();
		String name = call.function().name();
		if (this.refused || tool == null) {
			String result = this.refused ? ToolTexts.refused() : ToolTexts.unknown(name, this.factory.tools().names());
			pending.started(null);
			failed(pending, result, Duration.ZERO, null);
			return;
		}
		ToolArguments arguments = ToolArguments.check(tool, call.function().arguments());
		if (arguments.problem() != null) {
			pending.started(null);
			failed(pending, ToolTexts.wrongArguments(name, arguments.problem()), Duration.ZERO, null);
			return;
		}
		this.turn.emit(new ToolCallStarted(this.round, call));
		if (this.turn.isOver()) {
			return;
		}
		ToolInvocation invocation = new ToolInvocation(this, pending, tool, arguments.json());
		pending.started(invocation);
		invocation.start();
	}

	/**
	 * Take a result.
	 * @param pending the call
	 * @param result what the tool returned
	 * @param duration how long it took
	 */
	void succeeded(PendingCall pending, String result, Duration duration) {
		String text = ToolTexts.result(pending.call().function().name(), result);
		pending.ended(text, false);
		if (!this.turn.emit(new ToolCallFinished(this.round, pending.call(), text, duration))) {
			pending.tellLate(this.turn);
		}
		ended();
	}

	/**
	 * Take a failure.
	 * @param pending the call
	 * @param result what the model is told
	 * @param duration how long the tool took
	 * @param cause what it threw
	 */
	void failed(PendingCall pending, String result, Duration duration, @Nullable Throwable cause) {
		pending.ended(result, true);
		if (!this.turn.emit(new ToolCallFailed(this.round, pending.call(), result, duration, cause))) {
			pending.tellLate(this.turn);
		}
		ended();
	}

	private void ended() {
		startReady();
		endIfDone();
	}

	private void endIfDone() {
		RoundFinished round = this.finished;
		if (round == null || !this.calls.stream().allMatch((call) -> call.result() != null)) {
			return;
		}
		this.finished = null;
		List<ChatMessage> results = this.calls.stream().map(PendingCall::toMessage).toList();
		boolean direct = !this.calls.isEmpty() && this.calls.stream().allMatch(this::isDirect);
		this.turn.roundEnded(round, results, direct);
	}

	private boolean isDirect(PendingCall call) {
		TurnTool tool = this.factory.tools().find(call.call().function().name());
		return tool != null && tool.returnDirect() && !call.isFailed();
	}

	Turn turn() {
		return this.turn;
	}

	int round() {
		return this.round;
	}

	Factory factory() {
		return this.factory;
	}

	/**
	 * What the tool calls of all rounds of a turn share.
	 *
	 * @param request what the turn began with
	 * @param tools the tools
	 * @param settings the settings of the engine
	 * @param context the context of the caller
	 * @param checks what the arguments of tools are checked with
	 * @param late counts results that came after their time
	 */
	record Factory(TurnRequest request, TurnTools tools, TurnSettings settings, ContextSnapshot context,
			ArgumentChecks checks, LongAdder late) {

		ToolCalls create(Turn turn, int round, boolean refused) {
			return new ToolCalls(turn, round, refused, this);
		}

	}

}
