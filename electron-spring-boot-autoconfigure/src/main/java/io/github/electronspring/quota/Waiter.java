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
import java.util.concurrent.atomic.AtomicIntegerFieldUpdater;

import io.github.electronspring.api.CallContext;
import org.reactivestreams.Subscription;
import reactor.core.CoreSubscriber;
import reactor.core.Disposable;
import reactor.core.Disposables;
import reactor.core.publisher.Operators;

/**
 * One subscriber that waits for its permit: enters the line when it asks for it. Only
 * granting, refusing and cancelling may come from several threads at once, of which the
 * first one counts.
 *
 * @author The Electron Spring authors
 */
final class Waiter implements Subscription {

	private static final AtomicIntegerFieldUpdater<Waiter> STATE = AtomicIntegerFieldUpdater.newUpdater(Waiter.class,
			"state");

	private static final int NEW = 0;

	private static final int WAITING = 1;

	private static final int OVER = 2;

	private final CoreSubscriber<? super QuotaPermit> actual;

	private final WaitingLine line;

	private final boolean continuesTurn;

	private final long since;

	private final long until;

	private final boolean boundByCall;

	/** Used by the line alone. */
	private final Disposable.Swap timer = Disposables.swap();

	private volatile int state = NEW;

	Waiter(CoreSubscriber<? super QuotaPermit> actual, WaitingLine line, CallContext context, Duration maxWait) {
		this.actual = actual;
		this.line = line;
		this.continuesTurn = context.continuesTurn();
		this.since = line.time().now();
		long call = Math.min(QuotaTime.until(context.deadline()), QuotaTime.until(context.startBy()));
		this.boundByCall = call < QuotaTime.nanos(maxWait);
		this.until = this.since + (this.boundByCall ? call : QuotaTime.nanos(maxWait));
	}

	boolean continuesTurn() {
		return this.continuesTurn;
	}

	/**
	 * Return since when the request waits.
	 * @return the time
	 */
	long since() {
		return this.since;
	}

	/**
	 * Return until when the request may wait.
	 * @return the time
	 */
	long until() {
		return this.until;
	}

	/**
	 * Return whether the call itself has less time than any request may wait.
	 * @return whether the call bounds the wait
	 */
	boolean isBoundByCall() {
		return this.boundByCall;
	}

	boolean isWaiting() {
		return this.state == WAITING;
	}

	/**
	 * Set the timer that runs while the request waits.
	 * @param timer the timer, in place of the one before
	 */
	void watch(Disposable timer) {
		this.timer.update(timer);
	}

	@Override
	public void request(long count) {
		if (Operators.validate(count) && STATE.compareAndSet(this, NEW, WAITING)) {
			this.line.enter(this);
		}
	}

	@Override
	public void cancel() {
		if (STATE.getAndSet(this, OVER) == WAITING) {
			this.line.leave(this);
		}
	}

	/**
	 * Hand the permit over.
	 * @param permit the permit
	 * @return whether the request still waited for it
	 */
	boolean grant(QuotaPermit permit) {
		if (!STATE.compareAndSet(this, WAITING, OVER)) {
			return false;
		}
		this.timer.dispose();
		this.actual.onNext(permit);
		this.actual.onComplete();
		return true;
	}

	void refuse(Throwable reason) {
		if (STATE.compareAndSet(this, WAITING, OVER)) {
			this.timer.dispose();
			this.actual.onError(reason);
		}
	}

	/**
	 * Let go of what a request holds that was cancelled.
	 */
	void left() {
		this.timer.dispose();
	}

}
