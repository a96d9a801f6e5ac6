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
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicIntegerFieldUpdater;
import java.util.concurrent.atomic.AtomicLongFieldUpdater;

import io.github.electronspring.api.ElectronApi;
import io.github.electronspring.api.ElectronTransportException;
import io.github.electronspring.protocol.ChatCompletionChunk;
import io.github.electronspring.protocol.ChatMessage;
import io.github.electronspring.protocol.ToolCall;
import io.github.electronspring.protocol.Usage;
import org.jspecify.annotations.Nullable;
import org.reactivestreams.Subscription;
import reactor.core.CoreSubscriber;
import reactor.core.Disposable;
import reactor.core.Disposables;
import reactor.core.publisher.Operators;
import reactor.core.scheduler.Schedulers;
import reactor.util.concurrent.Queues;
import reactor.util.context.Context;

/**
 * One turn of one subscriber. Chunks, results of tools, time-outs, demand and
 * cancellation come from many threads as signals; whichever thread finds nobody at work
 * takes all signals one by one. So what a signal does needs no further care about
 * threads, and each event is made and told in one order.
 * <p>
 * Chunks are asked for as the subscriber asks for events, so that nothing piles up but
 * the few events of tools.
 *
 * @author The Electron Spring authors
 */
final class Turn implements Subscription {

	private static final AtomicIntegerFieldUpdater<Turn> WORK = AtomicIntegerFieldUpdater.newUpdater(Turn.class,
			"work");

	private static final AtomicLongFieldUpdater<Turn> REQUESTED = AtomicLongFieldUpdater.newUpdater(Turn.class,
			"requested");

	private final CoreSubscriber<? super TurnEvent> actual;

	private final Context context;

	private final ElectronApi api;

	private final TurnRequest request;

	private final RoundRequests requests;

	private final ToolCalls.Factory toolCalls;

	private final ListenerNotifier listeners;

	/** Chunks and actions. */
	private final Queue<Object> signals = Queues.unboundedMultiproducer().get();

	private final Queue<TurnEvent> events = new ArrayDeque<>();

	private final List<ChatMessage> messages = new ArrayList<>();

	private final List<RoundFinished> rounds = new ArrayList<>();

	private final Disposable.Swap deadline = Disposables.swap();

	private @Nullable Round round;

	private @Nullable Throwable error;

	private boolean ended;

	private boolean terminated;

	private volatile int work;

	private volatile long requested;

	private volatile boolean cancelled;

	Turn(CoreSubscriber<? super TurnEvent> actual, Context context, ElectronApi api, TurnRequest request,
			TurnTools tools, ToolCalls.Factory toolCalls) {
		this.actual = actual;
		this.context = context;
		this.api = api;
		this.request = request;
		this.requests = new RoundRequests(request, tools);
		this.toolCalls = toolCalls;
		this.listeners = new ListenerNotifier(request.listeners());
	}

	void start() {
		this.actual.onSubscribe(this);
		Instant end = this.request.deadline();
		if (end != null) {
			Duration left = Duration.between(Instant.now(), end);
			if (left.isNegative()) {
				signal(this::deadlinePassed);
			}
			this.deadline.update(Schedulers.parallel()
				.schedule(() -> signal(this::deadlinePassed), left.toMillis(), TimeUnit.MILLISECONDS));
		}
		signal(this::nextRound);
	}

	@Override
	public void request(long count) {
		if (Operators.validate(count)) {
			Operators.addCap(REQUESTED, this, count);
			drain();
		}
	}

	@Override
	public void cancel() {
		this.cancelled = true;
		drain();
	}

	/**
	 * Have something done in its turn.
	 * @param action what to do
	 */
	void signal(Runnable action) {
		this.signals.offer(action);
		drain();
	}

	void chunk(ChatCompletionChunk chunk) {
		this.signals.offer(chunk);
		drain();
	}

	/**
	 * Make an event known, unless the turn is over. Only to be called from a signal.
	 * @param event the event
	 * @return whether it was made known
	 */
	boolean emit(TurnEvent event) {
		if (isOver()) {
			return false;
		}
		this.events.add(event);
		this.listeners.notify(event);
		return true;
	}

	/**
	 * Tell the listeners of a result that came after the end of the turn. Only to be
	 * called from the turn itself.
	 * @param call the call
	 * @param result the result
	 */
	void tellLate(ToolCall call, String result) {
		this.listeners.notifyLate(call, result);
	}

	/**
	 * Return whether the turn has ended or was cancelled, which a listener may have done
	 * just now: then no request is sent and no tool is started any more.
	 * @return whether it is over
	 */
	boolean isOver() {
		return this.ended || this.cancelled;
	}

	boolean isCancelled() {
		return this.cancelled;
	}

	/**
	 * End the turn with an error. Only to be called from a signal.
	 * @param error the error
	 */
	void fail(Throwable error) {
		if (!this.ended) {
			this.error = error;
			end();
		}
	}

	/**
	 * Return the context of requests and tools: that of the subscriber, with what the
	 * turn adds.
	 * @return the context
	 */
	Context context() {
		return this.context;
	}

	TurnLogContext logContext() {
		return this.context.get(TurnLogContextAccessor.KEY);
	}

	private void end() {
		this.ended = true;
		this.deadline.dispose();
		if (this.round != null) {
			this.round.cancel();
		}
	}

	private void drain() {
		if (WORK.getAndIncrement(this) != 0) {
			return;
		}
		int missed = 1;
		do {
			if (!this.cancelled && !this.terminated) {
				takeSignals();
			}
			if (this.cancelled || this.terminated) {
				discard();
			}
			missed = WORK.addAndGet(this, -missed);
		}
		while (missed != 0);
	}

	private void discard() {
		if (!this.ended) {
			end();
		}
		// One by one: new ones may come meanwhile, and each is told
		for (Object signal = this.signals.poll(); signal != null; signal = this.signals.poll()) {
			drop(signal);
		}
		this.events.clear();
	}

	/**
	 * Take the signals one by one, and deliver what each brings before the next.
	 */
	private void takeSignals() {
		deliverEvents();
		while (!this.cancelled && !this.terminated) {
			Object signal = this.signals.poll();
			if (signal == null) {
				return;
			}
			if (this.ended) {
				drop(signal);
			}
			else {
				handle(signal);
			}
			deliverEvents();
		}
	}

	private static void drop(Object signal) {
		if (signal instanceof ToolOutcome outcome) {
			outcome.tellLate();
		}
	}

	private void handle(Object signal) {
		try {
			if (signal instanceof ChatCompletionChunk chunk && this.round != null) {
				this.round.chunk(chunk);
			}
			else if (signal instanceof Runnable action) {
				action.run();
			}
		}
		catch (Throwable ex) {
			// An error too: the turn would hang without its end
			fail(ex);
		}
	}

	private void deliverEvents() {
		long demand = this.requested;
		long delivered = 0;
		while (delivered != demand && !this.events.isEmpty() && !this.cancelled) {
			this.actual.onNext(this.events.remove());
			delivered++;
		}
		if (this.cancelled) {
			return;
		}
		if (this.ended && this.events.isEmpty()) {
			this.terminated = true;
			signalEnd();
			return;
		}
		if (delivered != 0) {
			demand = Operators.produced(REQUESTED, this, delivered);
		}
		if (demand > 0 && this.events.isEmpty() && this.round != null) {
			this.round.requestChunks(demand == Long.MAX_VALUE);
		}
	}

	private void signalEnd() {
		if (this.error != null) {
			this.actual.onError(this.error);
		}
		else {
			this.actual.onComplete();
		}
	}

	private void deadlinePassed() {
		fail(ElectronTransportException.timedOut(
				"The turn did not end before its deadline ('electron.chat.turn-timeout', or that of its 'CallContext')"));
	}

	private void nextRound() {
		int number = this.rounds.size() + 1;
		Round next = new Round(number, this, this.request.callContext(),
				this.toolCalls.create(this, number, this.requests.isLast(number)));
		this.round = next;
		emit(new RoundStarted(number));
		if (!isOver()) {
			next.start(this.api, this.requests.create(number, this.messages));
		}
	}

	/**
	 * Called when a round and its tools have ended. Only to be called from a signal.
	 * @param finished the round
	 * @param results the results of its calls in their order, empty if they are left to
	 * the caller
	 * @param direct whether the results go to the caller instead of the model
	 */
	void roundEnded(RoundFinished finished, List<ChatMessage> results, boolean direct) {
		this.messages.addAll(results);
		if (results.isEmpty() || direct || this.requests.isLast(finished.round())) {
			finishTurn(direct ? results : Collections.emptyList());
		}
		else {
			nextRound();
		}
	}

	/**
	 * Called when the stream of a round has ended, before its tools have. Only to be
	 * called from a signal.
	 * @param finished the round
	 */
	void streamEnded(RoundFinished finished) {
		this.rounds.add(finished);
		this.messages.add(finished.message());
		emit(finished);
	}

	private void finishTurn(List<ChatMessage> directResults) {
		Usage usage = TurnFinished.usage(this.rounds);
		String directResult = directResults.isEmpty() ? null
				: String.join("\n", directResults.stream().map(ChatMessage::content).toList());
		emit(new TurnFinished(this.rounds.size(), this.rounds, this.messages, usage, directResult));
		end();
	}

}
