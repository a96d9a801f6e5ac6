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
import java.util.concurrent.TimeUnit;
import java.util.function.Function;

import io.github.electronspring.api.CallContext;
import org.jspecify.annotations.Nullable;
import org.reactivestreams.Subscription;
import reactor.core.CorePublisher;
import reactor.core.CoreSubscriber;
import reactor.core.Disposable;
import reactor.core.Disposables;
import reactor.core.publisher.Operators;
import reactor.core.scheduler.Schedulers;
import reactor.util.context.Context;

/**
 * A subscription whose request is sent again. It subscribes to one attempt after the
 * other until an element comes, from where on it only passes on.
 *
 * @param <T> the type of what is delivered
 * @author The Electron Spring authors
 */
final class RetryingCall<T> implements CoreSubscriber<T>, Subscription, Runnable {

	private final CoreSubscriber<? super T> actual;

	private final RetryAttempts attempts;

	private final Function<CallContext, CorePublisher<T>> request;

	private final Disposable.Swap timer = Disposables.swap();

	private boolean delivered;

	private volatile boolean cancelled;

	/** All that was asked for; guarded by this. */
	private long requested;

	/** The attempt under way; guarded by this. */
	private @Nullable Subscription current;

	RetryingCall(CoreSubscriber<? super T> actual, RetryAttempts attempts,
			Function<CallContext, CorePublisher<T>> request) {
		this.actual = actual;
		this.attempts = attempts;
		this.request = request;
	}

	void start() {
		this.actual.onSubscribe(this);
		run();
	}

	@Override
	public void run() {
		if (!this.cancelled) {
			this.request.apply(this.attempts.context()).subscribe(this);
		}
	}

	@Override
	public Context currentContext() {
		return this.actual.currentContext();
	}

	@Override
	public void onSubscribe(Subscription subscription) {
		long demand;
		synchronized (this) {
			this.current = subscription;
			demand = this.requested;
		}
		// After the attempt is known: whoever cancels sees it, or is seen here
		if (this.cancelled) {
			subscription.cancel();
		}
		else if (demand > 0) {
			subscription.request(demand);
		}
	}

	@Override
	public void onNext(T element) {
		this.delivered = true;
		this.actual.onNext(element);
	}

	@Override
	public void onError(Throwable ex) {
		if (this.cancelled) {
			return;
		}
		synchronized (this) {
			// Who cancels from here on has nothing to do with it
			this.current = null;
		}
		Duration delay = this.delivered ? null : this.attempts.failed(ex);
		if (delay == null) {
			this.actual.onError(this.attempts.last(ex));
		}
		else if (delay.isZero()) {
			run();
		}
		else {
			this.timer.update(Schedulers.parallel().schedule(this, delay.toMillis(), TimeUnit.MILLISECONDS));
		}
	}

	@Override
	public void onComplete() {
		this.actual.onComplete();
	}

	@Override
	public void request(long count) {
		if (Operators.validate(count)) {
			Subscription subscription;
			synchronized (this) {
				this.requested = Operators.addCap(this.requested, count);
				subscription = this.current;
			}
			if (subscription != null) {
				subscription.request(count);
			}
		}
	}

	@Override
	public void cancel() {
		this.cancelled = true;
		this.timer.dispose();
		Subscription subscription;
		synchronized (this) {
			subscription = this.current;
		}
		if (subscription != null) {
			subscription.cancel();
		}
	}

}
