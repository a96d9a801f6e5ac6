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

package io.github.electronspring.resilience;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Queue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;

import io.github.electronspring.api.CallContext;
import io.github.electronspring.api.ElectronException;
import io.github.electronspring.api.ResponseInfo;
import org.jspecify.annotations.Nullable;
import org.reactivestreams.Subscription;
import reactor.core.CoreSubscriber;
import reactor.core.Disposable;
import reactor.core.Disposables;
import reactor.core.scheduler.Schedulers;
import reactor.util.context.Context;

/**
 * The request to one provider. What comes before its answer is held back, so that nothing
 * is delivered of a provider that fails; behind it elements are only passed on. Once it
 * is not the current one of its call it has no effect any more.
 *
 * @param <T> the type of what is delivered
 * @author The Electron Spring authors
 */
final class ProviderAttempt<T> implements CoreSubscriber<T>, Consumer<ResponseInfo>, Runnable {

	/**
	 * After how many elements a provider is taken to answer, whatever they are.
	 */
	static final int MAX_HELD = 64;

	private final FailoverCall<T> call;

	private final Provider provider;

	private final Disposable.Swap timer = Disposables.swap();

	private final Departure departure = new Departure();

	private final AtomicInteger work = new AtomicInteger();

	/** Guarded by the call, as all state below. */
	private final Queue<T> held = new ArrayDeque<>();

	private @Nullable Subscription response;

	/** How long to wait for an answer, until the timer is set. */
	private @Nullable Duration patience;

	private long asked;

	private long delivered;

	private boolean answered;

	private boolean done;

	private @Nullable Throwable error;

	/** Whether nothing is held back any more; written under the lock. */
	private volatile boolean passing;

	ProviderAttempt(FailoverCall<T> call, Provider provider, @Nullable Duration patience) {
		this.call = call;
		this.provider = provider;
		this.patience = patience;
	}

	void start() {
		CallContext context = this.departure.addTo(this.call.choice().context().withResponseListener(this));
		setTimer();
		this.call.request(this.provider, context).subscribe(this);
	}

	@Override
	public Context currentContext() {
		return this.call.actual().currentContext();
	}

	@Override
	public void accept(ResponseInfo info) {
		if (this.call.isCurrent(this)) {
			this.call.choice().context().responseListener().accept(info);
		}
	}

	@Override
	public void onSubscribe(Subscription response) {
		boolean late;
		synchronized (this.call) {
			this.response = response;
			late = !this.call.isCurrent(this);
		}
		if (late) {
			response.cancel();
		}
		else {
			drain();
		}
	}

	@Override
	public void onNext(T element) {
		if (this.passing || !hold(element)) {
			this.call.actual().onNext(element);
		}
	}

	@Override
	public void onError(Throwable ex) {
		boolean left = false;
		synchronized (this.call) {
			if (!this.answered && this.call.isCurrent(this)) {
				left = this.call.leave(ex);
				this.held.clear();
			}
		}
		if (left) {
			this.timer.dispose();
			this.call.next(ex);
		}
		else {
			end(ex);
		}
	}

	@Override
	public void onComplete() {
		end(null);
	}

	/**
	 * Called when the provider has taken too long.
	 */
	@Override
	public void run() {
		ElectronException failure;
		synchronized (this.call) {
			if (this.answered || !this.call.isCurrent(this)) {
				return;
			}
			failure = this.call.choice().tooSlow();
			if (!this.call.leave(failure)) {
				return;
			}
		}
		this.departure.setReason(failure);
		cancel();
		this.call.next(failure);
	}

	void cancel() {
		this.timer.dispose();
		Subscription subscription;
		synchronized (this.call) {
			subscription = this.response;
		}
		if (subscription != null) {
			subscription.cancel();
		}
	}

	/**
	 * Deliver what is held back if it may be, and ask for more.
	 */
	void drain() {
		if (this.work.getAndIncrement() != 0) {
			return;
		}
		int missed = 1;
		do {
			T element = poll();
			while (element != null) {
				this.call.actual().onNext(element);
				element = poll();
			}
			setTimer();
			askForMore();
			if (takeEnd()) {
				this.call.end(this.error);
			}
			missed = this.work.addAndGet(-missed);
		}
		while (missed != 0);
	}

	/**
	 * Set the timer once there is demand: without it no provider can answer.
	 */
	private void setTimer() {
		Duration time;
		synchronized (this.call) {
			if (this.answered || this.call.requested() == 0 || !this.call.isCurrent(this)) {
				return;
			}
			time = this.patience;
			this.patience = null;
		}
		if (time != null) {
			this.timer.update(Schedulers.parallel().schedule(this, time.toMillis(), TimeUnit.MILLISECONDS));
		}
	}

	private boolean hold(T element) {
		boolean first;
		synchronized (this.call) {
			if (this.passing) {
				return false;
			}
			this.held.add(element);
			first = !this.answered && (this.held.size() == MAX_HELD || this.call.isAnswer(element));
			this.answered = this.answered || first;
		}
		if (first) {
			this.timer.dispose();
		}
		drain();
		return true;
	}

	private void end(@Nullable Throwable error) {
		synchronized (this.call) {
			this.answered = true;
			this.done = true;
			this.error = error;
		}
		this.timer.dispose();
		drain();
	}

	private @Nullable T poll() {
		synchronized (this.call) {
			if (!this.answered || this.delivered == this.call.requested() || !this.call.isCurrent(this)) {
				return null;
			}
			T element = this.held.poll();
			if (element != null) {
				this.delivered++;
			}
			return element;
		}
	}

	private boolean takeEnd() {
		synchronized (this.call) {
			return this.done && this.held.isEmpty() && this.call.finish(this);
		}
	}

	private void askForMore() {
		Subscription subscription;
		long count;
		synchronized (this.call) {
			subscription = this.response;
			if (subscription == null || !this.call.isCurrent(this)) {
				return;
			}
			long wanted = this.call.requested();
			if (this.answered && this.held.isEmpty()) {
				this.passing = true;
			}
			else if (!this.answered && wanted > 0) {
				// What is held back is not delivered: one more is needed
				wanted = Math.max(wanted, this.held.size() + 1);
			}
			count = (wanted == Long.MAX_VALUE && this.asked != wanted) ? wanted : wanted - this.asked;
			this.asked = Math.max(this.asked, wanted);
		}
		if (count > 0) {
			subscription.request(count);
		}
	}

}
