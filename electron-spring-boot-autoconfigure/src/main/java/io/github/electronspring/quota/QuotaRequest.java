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
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicIntegerFieldUpdater;
import java.util.function.Function;

import io.github.electronspring.api.CallContext;
import io.github.electronspring.api.ElectronApiException;
import io.github.electronspring.api.ElectronException;
import io.github.electronspring.api.ElectronRateLimitException;
import io.github.electronspring.api.ElectronTransportException;
import org.jspecify.annotations.Nullable;
import org.reactivestreams.Subscription;
import reactor.core.CorePublisher;
import reactor.core.CoreSubscriber;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Operators;
import reactor.core.scheduler.Schedulers;
import reactor.util.context.Context;

/**
 * One request of one subscriber: waits for its permit, is sent, and gives the permit back
 * exactly once, by whichever comes first of its end and its cancellation.
 *
 * @param <T> what the response consists of
 * @author The Electron Spring authors
 */
final class QuotaRequest<T> extends Operators.DeferredSubscription implements CoreSubscriber<T> {

	@SuppressWarnings("rawtypes")
	private static final AtomicIntegerFieldUpdater<QuotaRequest> STATE = AtomicIntegerFieldUpdater
		.newUpdater(QuotaRequest.class, "state");

	/**
	 * How long a request may be on its way: one that was given up before it was answered
	 * may come to the service that much later.
	 */
	private static final Duration LONGEST_WAY = Duration.ofSeconds(2);

	private static final int WAITING = 0;

	private static final int SENT = 1;

	private static final int OVER = 2;

	private final CoreSubscriber<? super T> actual;

	private final RequestQuota quota;

	private final CallContext context;

	private final boolean single;

	private final Function<CallContext, CorePublisher<T>> response;

	@SuppressWarnings("NullAway.Init") // set before the request is sent
	private QuotaPermit permit;

	private volatile @Nullable Subscription waiting;

	/** When the response ends, where the API tells. */
	private volatile @Nullable Mono<Boolean> end;

	private volatile boolean mayBeOnItsWay = true;

	private volatile int state;

	/**
	 * Create a request.
	 * @param actual who wants the response
	 * @param quota what the request waits for
	 * @param context the context of the call
	 * @param single whether the response is over with its first element
	 * @param response what sends the request
	 */
	QuotaRequest(CoreSubscriber<? super T> actual, RequestQuota quota, CallContext context, boolean single,
			Function<CallContext, CorePublisher<T>> response) {
		this.actual = actual;
		this.quota = quota;
		this.context = context;
		this.single = single;
		this.response = response;
	}

	void start() {
		this.actual.onSubscribe(this);
		this.quota.acquire(this.context).subscribe(new PermitSubscriber());
	}

	@Override
	public Context currentContext() {
		return this.actual.currentContext();
	}

	@Override
	public void request(long count) {
		if (Operators.validate(count)) {
			super.request(count);
		}
	}

	@Override
	public void cancel() {
		int before = STATE.getAndSet(this, OVER);
		super.cancel();
		Subscription waiting = this.waiting;
		if (waiting != null) {
			waiting.cancel();
		}
		if (before == SENT) {
			releaseAtEnd(false);
		}
	}

	@Override
	public void onSubscribe(Subscription subscription) {
		set(subscription);
	}

	@Override
	public void onNext(T element) {
		this.mayBeOnItsWay = false;
		if (this.single && STATE.compareAndSet(this, SENT, OVER)) {
			this.permit.release();
		}
		this.actual.onNext(element);
	}

	@Override
	public void onComplete() {
		this.mayBeOnItsWay = false;
		if (STATE.compareAndSet(this, SENT, OVER)) {
			releaseAtEnd(true);
		}
		this.actual.onComplete();
	}

	@Override
	public void onError(Throwable ex) {
		if (STATE.compareAndSet(this, SENT, OVER)) {
			failed(ex);
		}
		this.actual.onError(ex);
	}

	private void failed(Throwable ex) {
		ElectronException failure = ElectronException.find(ex);
		if (failure instanceof ElectronRateLimitException refused) {
			this.quota.throttled(refused.getRetryAfter());
		}
		if (failure != null && !failure.isSent()) {
			this.permit.cancel();
		}
		else if (failure instanceof ElectronApiException) {
			this.permit.release();
		}
		else {
			if (failure instanceof ElectronTransportException lost && lost.isStaleConnection()) {
				// It was the service that has closed the connection
				this.mayBeOnItsWay = false;
			}
			releaseAtEnd(false);
		}
	}

	/**
	 * Give the permit back when the response has ended.
	 * @param ended whether the service has ended it, where the API does not tell
	 */
	private void releaseAtEnd(boolean ended) {
		Mono<Boolean> end = this.end;
		if (end != null) {
			end.subscribe(this::release);
		}
		else {
			release(ended);
		}
	}

	private void release(boolean ended) {
		if (ended) {
			this.permit.release();
		}
		else {
			// The service has not seen yet that the connection is closed
			Duration margin = this.quota.settings().margin();
			Duration delay = this.mayBeOnItsWay ? LONGEST_WAY.plus(margin) : margin;
			Schedulers.parallel().schedule(this.permit::release, QuotaTime.nanos(delay), TimeUnit.NANOSECONDS);
		}
	}

	private void granted(QuotaPermit permit) {
		this.permit = permit;
		if (!STATE.compareAndSet(this, WAITING, SENT)) {
			permit.cancel();
			return;
		}
		CallContext context = this.context.withResponseListener((info) -> {
			this.mayBeOnItsWay = false;
			permit.confirm();
			this.context.responseListener().accept(info.withWaited(permit.waited()));
		}).withResponseEndListener((end) -> {
			this.end = end;
			this.context.responseEndListener().accept(end);
		});
		this.response.apply(context).subscribe(this);
	}

	/**
	 * Takes the permit.
	 */
	private final class PermitSubscriber implements CoreSubscriber<QuotaPermit> {

		@Override
		public Context currentContext() {
			return QuotaRequest.this.currentContext();
		}

		@Override
		public void onSubscribe(Subscription subscription) {
			QuotaRequest.this.waiting = subscription;
			if (QuotaRequest.this.state == OVER) {
				subscription.cancel();
			}
			else {
				subscription.request(1);
			}
		}

		@Override
		public void onNext(QuotaPermit permit) {
			granted(permit);
		}

		@Override
		public void onError(Throwable ex) {
			QuotaRequest.this.actual.onError(ex);
		}

		@Override
		public void onComplete() {
			// The permit says all
		}

	}

}
