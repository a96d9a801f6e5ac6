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

import java.util.function.BiFunction;
import java.util.function.Predicate;

import io.github.electronspring.api.CallContext;
import io.github.electronspring.api.ElectronApi;
import org.jspecify.annotations.Nullable;
import org.reactivestreams.Subscription;
import reactor.core.CorePublisher;
import reactor.core.CoreSubscriber;
import reactor.core.publisher.Operators;

/**
 * A subscription that goes from one provider to the next until one answers. Its lock
 * decides who takes it from a provider to the next: a failure, the timer, or neither
 * because an answer or a cancellation came first.
 *
 * @param <T> the type of what is delivered
 * @author The Electron Spring authors
 */
final class FailoverCall<T> implements Subscription {

	private final CoreSubscriber<? super T> actual;

	private final ProviderChoice choice;

	private final BiFunction<ElectronApi, CallContext, CorePublisher<T>> request;

	private final Predicate<T> answer;

	/** The request that is not over yet; guarded by this. */
	private @Nullable ProviderAttempt<T> current;

	/** All that was asked for; guarded by this. */
	private long requested;

	/** Guarded by this. */
	private boolean cancelled;

	FailoverCall(CoreSubscriber<? super T> actual, ProviderChoice choice,
			BiFunction<ElectronApi, CallContext, CorePublisher<T>> request, Predicate<T> answer) {
		this.actual = actual;
		this.choice = choice;
		this.request = request;
		this.answer = answer;
	}

	void start() {
		this.actual.onSubscribe(this);
		next();
	}

	@Override
	public void request(long count) {
		if (Operators.validate(count)) {
			ProviderAttempt<T> attempt;
			synchronized (this) {
				this.requested = Operators.addCap(this.requested, count);
				attempt = this.current;
			}
			if (attempt != null) {
				attempt.drain();
			}
		}
	}

	@Override
	public void cancel() {
		ProviderAttempt<T> attempt;
		synchronized (this) {
			this.cancelled = true;
			attempt = this.current;
			this.current = null;
		}
		if (attempt != null) {
			attempt.cancel();
		}
	}

	CoreSubscriber<? super T> actual() {
		return this.actual;
	}

	ProviderChoice choice() {
		return this.choice;
	}

	CorePublisher<T> request(Provider provider, CallContext context) {
		return this.request.apply(provider.api(), context);
	}

	boolean isAnswer(T element) {
		return this.answer.test(element);
	}

	synchronized long requested() {
		return this.requested;
	}

	synchronized boolean isCurrent(ProviderAttempt<T> attempt) {
		return this.current == attempt;
	}

	/**
	 * Leave a provider if its failure leads to the next one. The caller holds the lock,
	 * and calls {@link #next(Throwable)} without it if this method returns {@code true}.
	 * @param ex what the provider failed with
	 * @return whether it was left
	 */
	boolean leave(Throwable ex) {
		boolean left = this.choice.leadsToNext(ex);
		if (left) {
			this.current = null;
		}
		return left;
	}

	void next(Throwable ex) {
		this.choice.next(ex);
		next();
	}

	/**
	 * Note that a request is over.
	 * @param attempt the request
	 * @return whether it was not over before
	 */
	synchronized boolean finish(ProviderAttempt<T> attempt) {
		boolean current = this.current == attempt;
		if (current) {
			this.current = null;
		}
		return current;
	}

	void end(@Nullable Throwable error) {
		if (error != null) {
			this.actual.onError(this.choice.last(error));
		}
		else {
			this.actual.onComplete();
		}
	}

	private void next() {
		ProviderAttempt<T> attempt = new ProviderAttempt<>(this, this.choice.provider(), this.choice.patience());
		synchronized (this) {
			if (this.cancelled) {
				return;
			}
			this.current = attempt;
		}
		attempt.start();
	}

}
