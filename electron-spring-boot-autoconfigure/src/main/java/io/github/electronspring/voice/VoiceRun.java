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

package io.github.electronspring.voice;

import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;

import io.github.electronspring.memory.TurnTranscript;
import io.github.electronspring.turn.TurnEvent;
import org.jspecify.annotations.Nullable;
import org.reactivestreams.Subscription;
import reactor.core.CoreSubscriber;
import reactor.core.Exceptions;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Operators;
import reactor.core.publisher.Sinks;
import reactor.util.concurrent.Queues;
import reactor.util.context.Context;

/**
 * A {@link VoiceTurn} at work. Events of the engine, timers, demand and interruptions
 * come from many threads as signals; whichever thread finds nobody at work takes all of
 * them one by one, so that what a signal does needs no further care about threads.
 * <p>
 * The end of the turn is decided by whoever sets the outcome first, on its own thread:
 * whoever interrupts has stopped request and tools when the call returns.
 *
 * @author The Electron Spring authors
 */
final class VoiceRun implements Subscription {

	private static final String SECOND_SUBSCRIBER = "The events of a turn have one subscriber: share them, "
			+ "or begin another turn with 'say'";

	private final VoiceParts parts;

	private final VoiceRequest request;

	private final TurnTranscript transcript = new TurnTranscript();

	private final VoiceSpeech speech;

	private final VoiceMeter meter;

	private final VoiceFailures failures;

	private final AtomicReference<@Nullable VoiceOutcome> outcome = new AtomicReference<>();

	private final ConversationPlace place;

	private final Sinks.One<VoiceReport> report = Sinks.one();

	private final AtomicReference<@Nullable CoreSubscriber<? super VoiceEvent>> actual = new AtomicReference<>();

	/** Events of the engine and actions. */
	private final Queue<Object> signals = Queues.unboundedMultiproducer().get();

	private final VoiceOutbox outbox = new VoiceOutbox();

	private final AtomicInteger work = new AtomicInteger();

	private final VoiceStream stream = new VoiceStream(this);

	private final VoiceTimers timers = new VoiceTimers(this);

	private volatile boolean cancelled;

	/** Whether the apology comes too late. */
	private volatile boolean silenced;

	private volatile int heard;

	/** What came after the answer and failed. */
	private @Nullable String failure;

	private boolean streamEnded;

	private boolean ended;

	private boolean terminated;

	VoiceRun(VoiceParts parts, VoiceRequest request, Phrases phrases) {
		this.parts = parts;
		this.request = request;
		this.place = new ConversationPlace(parts.conversations(), request.conversationId());
		this.meter = new VoiceMeter(parts.prices());
		this.speech = new VoiceSpeech(this.outbox, this.timers, parts, phrases, this.meter);
		this.failures = new VoiceFailures(parts.settings());
	}

	String conversationId() {
		return this.request.conversationId();
	}

	Mono<VoiceReport> report() {
		return this.report.asMono();
	}

	/**
	 * Return when nothing of this turn or those before it goes on any more.
	 * @return the moment
	 */
	CompletableFuture<Void> left() {
		return this.place.left();
	}

	void subscribe(CoreSubscriber<? super VoiceEvent> subscriber) {
		if (!this.actual.compareAndSet(null, subscriber)) {
			Operators.error(subscriber, new IllegalStateException(SECOND_SUBSCRIBER));
			return;
		}
		this.meter.start();
		subscriber.onSubscribe(this);
		signal(this::begin);
	}

	private void begin() {
		if (isOver()) {
			return;
		}
		this.timers.start(this.parts.settings().deadline(), this::deadlinePassed);
		this.place.enter(this);
		this.place.entered().whenComplete((nothing, ex) -> signal(this::connect));
	}

	private void deadlinePassed() {
		if (!this.streamEnded) {
			failed(this.failures.deadline());
		}
	}

	private void connect() {
		if (!isOver()) {
			this.request.send(this.parts, this.transcript, this.place).subscribe(this.stream);
		}
	}

	@Override
	public void request(long count) {
		if (Operators.validate(count)) {
			this.outbox.request(count);
			drain();
		}
	}

	@Override
	public void cancel() {
		this.cancelled = true;
		if (this.outcome.compareAndSet(null, VoiceOutcome.INTERRUPTED)) {
			stop(this.outbox.handedOut());
		}
		drain();
	}

	/**
	 * Interrupt the turn, unless it has ended: what was handed out counts as heard. If it
	 * has failed nobody waits for its apology any more.
	 */
	void bargeIn() {
		if (this.outcome.compareAndSet(null, VoiceOutcome.INTERRUPTED)) {
			stop(this.outbox.handedOut());
			signal(this::interrupted);
		}
		else if (this.outcome.get() == VoiceOutcome.FAILED) {
			this.silenced = true;
			this.place.leave(this);
		}
	}

	/**
	 * Interrupt the turn, or correct what was heard of it.
	 * @param end up to where the caller has heard the raw text
	 */
	void interrupt(int end) {
		int known = Math.min(end, this.speech.length());
		if (this.outcome.compareAndSet(null, VoiceOutcome.INTERRUPTED)) {
			stop(known);
			signal(this::interrupted);
		}
		else if (this.outcome.get() != VoiceOutcome.COMPLETED || known < this.speech.length()) {
			heard(known);
		}
	}

	/**
	 * Stop what goes on, after the history knows what was heard of it.
	 * @param end up to where the caller has heard the raw text
	 */
	private void stop(int end) {
		VoiceFailures.attempt(() -> heard(end));
		VoiceFailures.attempt(this.stream::cancel);
		this.place.leave(this);
	}

	private void heard(int end) {
		this.heard = end;
		this.transcript.heard(Math.max(0, end - this.speech.start()));
	}

	private void interrupted() {
		this.outbox.clear();
		VoiceReport end = this.meter.report(VoiceOutcome.INTERRUPTED, null);
		this.outbox.add(new VoiceTurnInterrupted(this.meter.at(), this.heard, end));
		end(end);
	}

	/**
	 * Take the end of the engine's events. The turn has ended when all of its own are
	 * handed out: until then it can be interrupted. Only to be called from a signal.
	 */
	void completed() {
		if (isOver()) {
			return;
		}
		this.streamEnded = true;
		this.speech.finish();
		if (this.speech.isSilent()) {
			apologise(this.failures.nothingSaid());
		}
	}

	/**
	 * End the turn with an apology, unless all of the answer is there: then what fails
	 * comes after it, as the writing of the history does. Only to be called from a
	 * signal.
	 * @param ex what it fails with
	 */
	void failed(Throwable ex) {
		if (this.streamEnded || !this.speech.isFinished()) {
			apologise(ex);
		}
		else if (!isOver()) {
			this.failure = this.failures.report("after its answer", ex, this.meter);
			completed();
		}
	}

	private void apologise(Throwable ex) {
		if (!this.outcome.compareAndSet(null, VoiceOutcome.FAILED)) {
			return;
		}
		this.outbox.removeSegments();
		int handedOut = this.outbox.handedOut();
		if (handedOut < this.speech.length()) {
			VoiceFailures.attempt(() -> heard(handedOut));
		}
		VoiceFailures.attempt(this.stream::cancel);
		if (this.transcript.text().isEmpty() && this.transcript.messages().isEmpty()) {
			// Nothing of the turn is kept
			this.place.returnNotes();
		}
		this.speech.apologise(handedOut);
		complete(this.meter.report(VoiceOutcome.FAILED, this.failures.report("with an apology", ex, this.meter)));
	}

	private void complete(VoiceReport end) {
		this.outbox.add(new VoiceTurnCompleted(this.meter.at(), end));
		end(end);
	}

	private void end(VoiceReport end) {
		this.ended = true;
		this.timers.stop();
		this.report.tryEmitValue(end);
	}

	boolean isOver() {
		return this.outcome.get() != null;
	}

	/**
	 * Return the context of the subscriber.
	 * @return the context
	 */
	Context context() {
		CoreSubscriber<? super VoiceEvent> subscriber = this.actual.get();
		return (subscriber != null) ? subscriber.currentContext() : Context.empty();
	}

	void signal(Runnable action) {
		this.signals.offer(action);
		drain();
	}

	void event(TurnEvent event) {
		this.signals.offer(event);
		drain();
	}

	private void drain() {
		CoreSubscriber<? super VoiceEvent> subscriber = this.actual.get();
		if (subscriber == null || this.work.getAndIncrement() != 0) {
			return;
		}
		int missed = 1;
		do {
			if (!this.cancelled && !this.terminated) {
				takeSignals(subscriber);
			}
			if (this.cancelled || this.terminated) {
				discard();
			}
			missed = this.work.addAndGet(-missed);
		}
		while (missed != 0);
	}

	private void discard() {
		if (!this.ended) {
			VoiceOutcome how = this.outcome.get();
			end(this.meter.report((how != null) ? how : VoiceOutcome.INTERRUPTED, null));
		}
		this.place.leave(this);
		this.signals.clear();
		this.outbox.clear();
	}

	private void takeSignals(CoreSubscriber<? super VoiceEvent> subscriber) {
		deliver(subscriber);
		while (!this.cancelled && !this.terminated) {
			Object signal = this.signals.poll();
			if (signal == null) {
				return;
			}
			if (!this.ended) {
				handle(signal);
			}
			deliver(subscriber);
		}
	}

	private void handle(Object signal) {
		try {
			if (signal instanceof TurnEvent event) {
				if (!isOver()) {
					this.stream.received();
					this.speech.accept(event);
				}
			}
			else if (signal instanceof Runnable action) {
				action.run();
			}
		}
		catch (Throwable ex) {
			Exceptions.throwIfJvmFatal(ex);
			failed(ex);
		}
	}

	private void deliver(CoreSubscriber<? super VoiceEvent> subscriber) {
		this.outbox.deliver(subscriber, this::isWanted);
		if (this.streamEnded && this.outbox.isEmpty() && this.outcome.compareAndSet(null, VoiceOutcome.COMPLETED)) {
			VoiceFailures.attempt(this.stream::cancel);
			this.place.leave(this);
			complete(this.meter.report(VoiceOutcome.COMPLETED, this.failure));
			this.outbox.deliver(subscriber, this::isWanted);
		}
		if (this.cancelled) {
			return;
		}
		if (this.ended && this.outbox.isEmpty()) {
			this.terminated = true;
			subscriber.onComplete();
			return;
		}
		long demand = this.outbox.demand();
		if (demand > 0 && this.outbox.isEmpty() && !isOver()) {
			this.stream.ask(demand == Long.MAX_VALUE);
		}
	}

	private boolean isWanted(VoiceEvent event) {
		if (this.cancelled || (this.silenced && event instanceof VoiceSegment)) {
			return false;
		}
		return this.outcome.get() != VoiceOutcome.INTERRUPTED || event instanceof VoiceTurnInterrupted;
	}

}
