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

package io.github.electronspring.observation;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.atomic.AtomicIntegerFieldUpdater;

import io.github.electronspring.api.Cost;
import io.github.electronspring.protocol.Usage;
import io.github.electronspring.turn.RoundFinished;
import io.github.electronspring.turn.RoundStarted;
import io.github.electronspring.turn.TextReceived;
import io.github.electronspring.turn.ToolProgressed;
import io.github.electronspring.turn.TurnEvent;
import io.github.electronspring.turn.TurnFinished;
import io.micrometer.observation.Observation;
import io.micrometer.observation.contextpropagation.ObservationThreadLocalAccessor;
import org.jspecify.annotations.Nullable;
import org.reactivestreams.Subscription;
import reactor.core.CoreSubscriber;
import reactor.core.publisher.Operators;
import reactor.util.context.Context;

/**
 * A turn that is observed. Passes everything on as it comes; whichever of end and
 * cancellation is first ends the observation.
 *
 * @author The Electron Spring authors
 */
final class ObservedTurn implements CoreSubscriber<TurnEvent>, Subscription {

	private static final AtomicIntegerFieldUpdater<ObservedTurn> ENDED = AtomicIntegerFieldUpdater
		.newUpdater(ObservedTurn.class, "ended");

	private final CoreSubscriber<? super TurnEvent> actual;

	private final Context reactorContext;

	private final TurnObservation turnObservation;

	private final TurnObservationContext context;

	private final Observation observation;

	private final long start;

	private Subscription subscription = Operators.emptySubscription();

	private boolean spoken;

	private volatile int rounds;

	private volatile @Nullable Duration timeToFirstText;

	/** Written by one thread, replaced as a whole because another one may cancel. */
	private volatile List<RoundFinished> roundsFinished = Collections.emptyList();

	private volatile @Nullable TurnFinished finished;

	private volatile int ended;

	ObservedTurn(CoreSubscriber<? super TurnEvent> actual, TurnObservation turnObservation,
			TurnObservationContext context, Observation observation) {
		this.actual = actual;
		// One that does nothing would hide that of the caller
		this.reactorContext = observation.isNoop() ? actual.currentContext()
				: actual.currentContext().put(ObservationThreadLocalAccessor.KEY, observation);
		this.turnObservation = turnObservation;
		this.context = context;
		this.observation = observation;
		this.start = turnObservation.now();
	}

	@Override
	public Context currentContext() {
		return this.reactorContext;
	}

	@Override
	public void onSubscribe(Subscription subscription) {
		this.subscription = subscription;
		this.actual.onSubscribe(this);
	}

	@Override
	public void onNext(TurnEvent event) {
		if (!this.spoken && speaks(event)) {
			this.spoken = true;
			this.timeToFirstText = sinceStart();
		}
		if (event instanceof RoundStarted) {
			this.rounds = event.round();
		}
		else if (event instanceof RoundFinished round) {
			List<RoundFinished> all = new ArrayList<>(this.roundsFinished);
			all.add(round);
			this.roundsFinished = all;
		}
		else if (event instanceof TurnFinished last) {
			this.finished = last;
		}
		this.actual.onNext(event);
	}

	private static boolean speaks(TurnEvent event) {
		return (event instanceof TextReceived text && !text.text().isBlank())
				|| (event instanceof ToolProgressed progress && !progress.text().isBlank());
	}

	@Override
	public void onError(Throwable ex) {
		if (isFirst()) {
			end(RequestOutcome.ERROR, ex);
		}
		this.actual.onError(ex);
	}

	@Override
	public void onComplete() {
		if (isFirst()) {
			end(RequestOutcome.SUCCESS, null);
		}
		this.actual.onComplete();
	}

	@Override
	public void request(long count) {
		this.subscription.request(count);
	}

	@Override
	public void cancel() {
		boolean first = isFirst();
		// Rounds and tools end before their turn does
		this.subscription.cancel();
		if (first) {
			end((this.finished != null) ? RequestOutcome.SUCCESS : RequestOutcome.CANCELLED, null);
		}
	}

	private boolean isFirst() {
		return ENDED.compareAndSet(this, 0, 1);
	}

	private void end(RequestOutcome outcome, @Nullable Throwable error) {
		TurnFinished last = this.finished;
		List<RoundFinished> known = (last != null) ? last.rounds() : this.roundsFinished;
		boolean used = last != null || !known.isEmpty();
		Usage usage = used ? ((last != null) ? last.usage() : TurnFinished.usage(known)) : null;
		Cost cost = used ? TurnFinished.cost(known, this.turnObservation.prices()) : null;
		String model = DefaultTurnObservationConvention.model(this.context);
		String conversationId = this.context.getRequest().callContext().conversationId();
		this.turnObservation.end(this.observation, this.context, new TurnReport(model, conversationId, outcome, error,
				this.rounds, sinceStart(), this.timeToFirstText, usage, cost));
	}

	private Duration sinceStart() {
		return Duration.ofNanos(this.turnObservation.now() - this.start);
	}

}
