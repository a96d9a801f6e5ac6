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

package io.github.electronspring.quota;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Iterator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.Consumer;

import io.github.electronspring.api.ElectronException;
import io.github.electronspring.api.ElectronTransportException;
import org.jspecify.annotations.Nullable;
import reactor.core.Disposable;
import reactor.core.Disposables;
import reactor.core.publisher.Mono;

/**
 * Those who wait for a permit, in two lines: who continues a turn goes before who begins
 * one. Arrivals, answers of the store, timers and all else come from many threads as
 * signals, which are taken one by one.
 * <p>
 * The store is asked for one place at a time, for whoever is first when it answers. It is
 * not asked while it is known that there is no place.
 *
 * @author The Electron Spring authors
 */
final class WaitingLine {

	/** How long the store may take to answer for a request whose time is over. */
	private static final Duration ANSWER_TIME = Duration.ofSeconds(1);

	private static final long NOW = Long.MIN_VALUE;

	private final QuotaTime time = new QuotaTime();

	private final int maxPending;

	/** How many may wait while it is not known whether they have to. */
	private final int maxArrivals;

	private final QuotaStore store;

	private final Rejections rejections;

	private final Signals signals = new Signals(this::advance, this::settle);

	private final Set<Waiter> continuing = new LinkedHashSet<>();

	private final Set<Waiter> beginning = new LinkedHashSet<>();

	/** Those who have arrived but whose time is not watched yet. */
	private final Queue<Waiter> arrived = new ArrayDeque<>();

	private final Disposable.Swap timer = Disposables.swap();

	private long timerAt = QuotaTime.NEVER;

	/** The limit that the store said is reached. */
	private @Nullable QuotaLimit reached;

	private long retryAt = NOW;

	private long pausedUntil = NOW;

	private boolean asking;

	private boolean freedWhileAsking;

	private volatile int pending;

	WaitingLine(QuotaSettings settings, QuotaStore store) {
		this.maxPending = settings.maxPending();
		Plan plan = settings.plan();
		long atOnce = Math.min(plan.concurrency(), plan.requestsPerMinute());
		this.maxArrivals = (int) Math.min(this.maxPending + atOnce, Integer.MAX_VALUE);
		this.rejections = new Rejections(settings);
		this.store = store;
	}

	QuotaTime time() {
		return this.time;
	}

	int pending() {
		return this.pending;
	}

	void enter(Waiter waiter) {
		signal(() -> {
			if (makeRoom(waiter)) {
				lineOf(waiter).add(waiter);
				this.arrived.add(waiter);
				if (isBlocked()) {
					checkNew(waiter);
				}
			}
		});
	}

	void leave(Waiter waiter) {
		signal(() -> {
			waiter.left();
			lineOf(waiter).remove(waiter);
		});
	}

	/**
	 * A place or a permit may be free.
	 */
	void freed() {
		signal(() -> {
			this.retryAt = NOW;
			this.freedWhileAsking = this.asking;
		});
	}

	/**
	 * Let nobody start for some time.
	 * @param duration how long
	 */
	void pause(Duration duration) {
		signal(() -> {
			this.pausedUntil = Math.max(this.pausedUntil, this.time.now() + QuotaTime.nanos(duration));
			checkAll();
		});
	}

	private Set<Waiter> lineOf(Waiter waiter) {
		return waiter.continuesTurn() ? this.continuing : this.beginning;
	}

	private int size() {
		return this.continuing.size() + this.beginning.size();
	}

	private void signal(Runnable signal) {
		this.signals.take(signal);
	}

	/**
	 * Ask the store for the first one in line, or set the timer for when to ask.
	 */
	private void advance() {
		if (size() == 0) {
			this.reached = null;
			this.retryAt = NOW;
			setTimer(QuotaTime.NEVER);
		}
		else if (!this.asking) {
			long askAt = Math.max(this.retryAt, this.pausedUntil);
			if (askAt <= this.time.now()) {
				ask();
			}
			else {
				setTimer(askAt);
			}
		}
	}

	private void setTimer(long at) {
		if (this.timerAt != at) {
			this.timer.update((at != QuotaTime.NEVER) ? this.time.schedule(() -> signal(this::timerOver), at)
					: Disposables.disposed());
			this.timerAt = at;
		}
	}

	private void timerOver() {
		this.timerAt = QuotaTime.NEVER;
	}

	private void ask() {
		this.asking = true;
		this.freedWhileAsking = false;
		Mono.defer(this.store::reserve)
			.single()
			.subscribe((reservation) -> signal(() -> answered(reservation)), (ex) -> signal(() -> failed(ex)));
	}

	private void answered(Reservation reservation) {
		this.asking = false;
		if (reservation.id() != null) {
			this.reached = null;
			if (this.pausedUntil > this.time.now()) {
				// The service has refused a request since the store was asked
				giveBack(reservation.id());
			}
			else {
				grant(reservation.id());
			}
			return;
		}
		this.reached = reservation.limit();
		if (this.freedWhileAsking) {
			this.retryAt = NOW;
		}
		else {
			Duration retryIn = reservation.retryIn();
			this.retryAt = (retryIn != null) ? this.time.now() + QuotaTime.nanos(retryIn) : QuotaTime.NEVER;
			checkAll();
		}
	}

	private void grant(String id) {
		Waiter first = removeFirst();
		while (first != null) {
			Duration waited = Duration.ofNanos(this.time.now() - first.since());
			if (first.grant(new StorePermit(this.store, id, waited, this::freed))) {
				return;
			}
			first = removeFirst();
		}
		giveBack(id);
	}

	private void giveBack(String id) {
		new StorePermit(this.store, id, Duration.ZERO, this::freed).cancel();
	}

	private void failed(Throwable ex) {
		this.asking = false;
		Waiter first = removeFirst();
		if (first != null) {
			ElectronException refusal = ElectronException.find(ex);
			first.refuse((refusal != null) ? refusal : unreachable(ex));
		}
	}

	private @Nullable Waiter removeFirst() {
		Iterator<Waiter> waiters = (!this.continuing.isEmpty() ? this.continuing : this.beginning).iterator();
		if (!waiters.hasNext()) {
			return null;
		}
		Waiter first = waiters.next();
		waiters.remove();
		return first;
	}

	private boolean isBlocked() {
		return this.reached != null || this.pausedUntil > this.time.now();
	}

	/**
	 * See to it that one more can wait. Who continues a turn takes the room of the last
	 * one who begins one.
	 * @param arriving who is to wait
	 * @return whether there is room, or else it is refused
	 */
	private boolean makeRoom(Waiter arriving) {
		int others = size();
		if (others < (isBlocked() ? this.maxPending : this.maxArrivals)) {
			return true;
		}
		Waiter last = arriving.continuesTurn() ? lastBeginning() : null;
		if (last == null) {
			arriving.refuse(this.rejections.tooMany(others));
			return false;
		}
		refuse(last, this.rejections.tooMany(others));
		return true;
	}

	private @Nullable Waiter lastBeginning() {
		Waiter last = null;
		for (Waiter waiter : this.beginning) {
			last = waiter;
		}
		return last;
	}

	private void checkNew(Waiter waiter) {
		int before = (waiter.continuesTurn() ? this.continuing.size() : size()) - 1;
		ElectronException objection = objection(waiter, before);
		if (objection != null) {
			refuse(waiter, objection);
		}
	}

	private void checkAll() {
		int position = 0;
		for (Set<Waiter> line : List.of(this.continuing, this.beginning)) {
			Iterator<Waiter> waiters = line.iterator();
			while (waiters.hasNext()) {
				Waiter waiter = waiters.next();
				ElectronException objection = objection(waiter, position);
				if (objection != null) {
					waiters.remove();
					waiter.refuse(objection);
				}
				else {
					position++;
				}
			}
		}
	}

	/**
	 * Return why a request cannot go on waiting: there is no room for it, or its place
	 * would come too late.
	 * @param waiter the request
	 * @param position how many are before it
	 * @return the reason, or {@code null} if it can
	 */
	private @Nullable ElectronException objection(Waiter waiter, int position) {
		if (position >= this.maxPending) {
			return this.rejections.tooMany(size() - 1);
		}
		long placeAt = placeAt(position);
		boolean late = placeAt > waiter.until() || this.time.now() >= waiter.until();
		return late ? tooLate(waiter, placeAt) : null;
	}

	private long placeAt(int position) {
		long free = this.time.now() + QuotaTime.nanos(this.store.freeIn(position + 1));
		return Math.max(free, this.pausedUntil);
	}

	private ElectronException tooLate(Waiter waiter, long placeAt) {
		int others = size() - 1;
		if (placeAt <= this.time.now()) {
			QuotaLimit limit = (this.reached != null) ? this.reached : QuotaLimit.REQUESTS_PER_MINUTE;
			return this.rejections.tooLate(limit, waiter, others, null);
		}
		Instant until = this.time.instant(placeAt);
		return (placeAt == this.pausedUntil) ? this.rejections.throttled(waiter, others, until)
				: this.rejections.tooLate(QuotaLimit.REQUESTS_PER_MINUTE, waiter, others, until);
	}

	private void refuse(Waiter waiter, ElectronException reason) {
		lineOf(waiter).remove(waiter);
		waiter.refuse(reason);
	}

	private void settle() {
		this.pending = size();
		Waiter waiter = this.arrived.poll();
		while (waiter != null) {
			if (waiter.isWaiting()) {
				watch(waiter, waiter.until(), this::timeOver);
			}
			waiter = this.arrived.poll();
		}
		this.pending = size();
	}

	private void watch(Waiter waiter, long until, Consumer<Waiter> action) {
		try {
			waiter.watch(this.time.schedule(() -> signal(() -> action.accept(waiter)), until));
		}
		catch (RejectedExecutionException ex) {
			// Nothing would end its wait
			refuse(waiter, ElectronTransportException
				.notSent("The request cannot wait for its place: the scheduler is shut down", ex));
		}
	}

	private void timeOver(Waiter waiter) {
		if (this.asking) {
			// The answer may be on its way and decides
			watch(waiter, this.time.now() + QuotaTime.nanos(ANSWER_TIME), this::answerTimeOver);
		}
		else {
			refuse(waiter, tooLate(waiter, placeAt(0)));
		}
	}

	private void answerTimeOver(Waiter waiter) {
		refuse(waiter, unreachable(null));
	}

	private static ElectronException unreachable(@Nullable Throwable cause) {
		return ElectronTransportException
			.notSent("The shared quota cannot be reached: check the store that 'electron.quota.store' names", cause);
	}

}
