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
import java.util.List;

import io.github.electronspring.api.ElectronApi;
import io.github.electronspring.protocol.ChatMessage;
import io.github.electronspring.protocol.ToolCall;
import io.github.electronspring.protocol.Usage;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Scheduler;

/**
 * One turn of one subscriber: its rounds one after another, and what they add to the
 * history. Everything is a concatenation of sources that wait for demand, so that nothing
 * is queued.
 *
 * @author The Electron Spring authors
 */
final class Turn {

	private final ElectronApi api;

	private final TurnRequest request;

	private final RoundRequests requests;

	private final TurnTools tools;

	private final ToolRunner runner;

	private final ListenerNotifier listeners;

	private final List<ChatMessage> messages = new ArrayList<>();

	private final List<RoundFinished> rounds = new ArrayList<>();

	private final List<String> results = new ArrayList<>();

	private boolean resultsAreDirect;

	private @Nullable String directResult;

	private boolean ended;

	Turn(ElectronApi api, Scheduler toolScheduler, TurnRequest request, TurnTools tools) {
		this.api = api;
		this.request = request;
		this.requests = new RoundRequests(request, tools);
		this.tools = tools;
		this.runner = new ToolRunner(request, tools, toolScheduler);
		this.listeners = new ListenerNotifier(request.listeners());
	}

	Flux<TurnEvent> events() {
		return Flux.defer(this::nextRound)
			.repeat(() -> !this.ended)
			.concatWith(Mono.fromSupplier(this::finishTurn))
			.doOnNext(this.listeners::notify);
	}

	private Flux<TurnEvent> nextRound() {
		Round round = new Round(this.rounds.size() + 1, this.request.callContext());
		return Flux.concat(Mono.just(new RoundStarted(round.number())),
				round.stream(this.api, this.requests.create(round.number(), this.messages)),
				Flux.defer(() -> finishRound(round.finish())));
	}

	private Flux<TurnEvent> finishRound(RoundFinished finished) {
		this.rounds.add(finished);
		this.messages.add(finished.message());
		List<ToolCall> calls = finished.message().toolCalls();
		if (calls.isEmpty() || !this.request.executeTools()) {
			this.ended = true;
			return Flux.just(finished);
		}
		this.results.clear();
		this.resultsAreDirect = calls.stream().allMatch(this::isReturnDirect);
		return Flux.concat(Mono.just(finished), answer(finished.round(), calls))
			.doOnComplete(() -> finishTools(finished.round(), calls));
	}

	private boolean isReturnDirect(ToolCall call) {
		TurnTool tool = this.tools.find(call.function().name());
		return tool != null && tool.returnDirect();
	}

	private Flux<TurnEvent> answer(int round, List<ToolCall> calls) {
		Flux<ToolCall> source = Flux.fromIterable(calls);
		Flux<TurnEvent> events = this.requests.isLast(round)
				? source.map((call) -> new ToolCallFailed(round, call, ToolTexts.refused(), Duration.ZERO, null))
				: source.concatMap((call) -> this.runner.run(round, call), 1);
		return events.doOnNext(this::keepResult);
	}

	private void keepResult(TurnEvent event) {
		if (event instanceof ToolCallFinished finished) {
			this.results.add(finished.result());
		}
		else if (event instanceof ToolCallFailed failed) {
			this.results.add(failed.result());
			this.resultsAreDirect = false;
		}
	}

	private void finishTools(int round, List<ToolCall> calls) {
		for (int i = 0; i < calls.size(); i++) {
			this.messages.add(new ChatMessage(ChatMessage.TOOL, this.results.get(i), List.of(), calls.get(i).id()));
		}
		if (this.resultsAreDirect) {
			this.directResult = String.join("\n", this.results);
		}
		this.ended = this.resultsAreDirect || this.requests.isLast(round);
	}

	private TurnEvent finishTurn() {
		Usage usage = this.rounds.stream()
			.map((round) -> round.completion().usage())
			.reduce(Usage.NONE, (sum, next) -> (next != null) ? sum.plus(next) : sum);
		return new TurnFinished(this.rounds.size(), this.rounds, this.messages, usage, this.directResult);
	}

}
