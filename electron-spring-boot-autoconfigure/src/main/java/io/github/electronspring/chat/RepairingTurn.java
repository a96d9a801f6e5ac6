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

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

import io.github.electronspring.protocol.ChatMessage;
import io.github.electronspring.turn.RoundFinished;
import io.github.electronspring.turn.RoundStarted;
import io.github.electronspring.turn.TextReceived;
import io.github.electronspring.turn.TurnEngine;
import io.github.electronspring.turn.TurnEvent;
import io.github.electronspring.turn.TurnFinished;
import io.github.electronspring.turn.TurnListener;
import io.github.electronspring.turn.TurnRequest;
import io.github.electronspring.turn.TurnTool;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Flux;

/**
 * A turn whose answer has a form. An answer that does not fit is asked for once more, in
 * one further round without tools, which names what is wrong.
 *
 * @author The Electron Spring authors
 */
final class RepairingTurn {

	private final TurnEngine engine;

	private final StructuredOutput output;

	RepairingTurn(TurnEngine engine, StructuredOutput output) {
		this.engine = engine;
		this.output = output;
	}

	Flux<TurnEvent> run(TurnRequest request, List<TurnTool> tools) {
		return this.engine.run(withListeners(request, request.listeners().stream().map(this::untilEnd).toList()), tools)
			.concatMap(
					(event) -> (event instanceof TurnFinished finished) ? finish(request, finished) : Flux.just(event));
	}

	private TurnListener untilEnd(TurnListener target) {
		return (event) -> {
			if (!(event instanceof TurnFinished finished) || problem(finished) == null) {
				target.onEvent(event);
			}
		};
	}

	private Flux<TurnEvent> finish(TurnRequest request, TurnFinished finished) {
		String problem = problem(finished);
		if (problem == null) {
			return Flux.just(finished);
		}
		List<ChatMessage> messages = new ArrayList<>(request.request().messages());
		messages.addAll(finished.messages());
		messages.add(ChatMessage
			.user("The last answer does not fit the JSON Schema: %s. Answer again, with nothing but JSON that fits."
				.formatted(problem)));
		TurnRequest repair = new TurnRequest(
				request.request().mutate().messages(messages).tools(Collections.emptyList()).toolChoice(null).build(),
				request.callContext().withContinuesTurn(true), 0, true, Collections.emptyMap(),
				request.listeners()
					.stream()
					.<TurnListener>map((target) -> (event) -> target.onEvent(continued(event, finished)))
					.toList());
		return this.engine.run(repair, Collections.emptyList()).map((event) -> continued(event, finished));
	}

	private static TurnRequest withListeners(TurnRequest request, List<TurnListener> listeners) {
		return new TurnRequest(request.request(), request.callContext(), request.maxRounds(), request.executeTools(),
				request.toolContext(), listeners);
	}

	private @Nullable String problem(TurnFinished finished) {
		if (finished.directResult() != null || finished.rounds().isEmpty()) {
			return null;
		}
		ChatMessage answer = finished.rounds().get(finished.rounds().size() - 1).message();
		if (!answer.toolCalls().isEmpty()) {
			return null;
		}
		return this.output.read((answer.content() != null) ? answer.content() : "").problem();
	}

	private static TurnEvent continued(TurnEvent event, TurnFinished before) {
		int round = before.round() + event.round();
		if (event instanceof RoundStarted) {
			return new RoundStarted(round);
		}
		if (event instanceof TextReceived text) {
			return new TextReceived(round, text.text(), text.chunk());
		}
		if (event instanceof RoundFinished finished) {
			return new RoundFinished(round, finished.kind(), finished.completion(), finished.response());
		}
		return (event instanceof TurnFinished finished) ? continued(finished, before) : event;
	}

	private static TurnFinished continued(TurnFinished finished, TurnFinished before) {
		List<RoundFinished> rounds = new ArrayList<>(before.rounds());
		finished.rounds().forEach((round) -> rounds.add((RoundFinished) continued(round, before)));
		List<ChatMessage> messages = new ArrayList<>(before.messages());
		if (!messages.isEmpty()) {
			// What did not fit is no part of the history
			messages.remove(messages.size() - 1);
		}
		messages.addAll(finished.messages());
		return new TurnFinished(before.round() + finished.round(), rounds, messages,
				before.usage().plus(finished.usage()), finished.directResult());
	}

}
