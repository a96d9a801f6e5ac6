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

import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import java.util.function.Function;

import io.github.electronspring.api.CallContext;
import io.github.electronspring.api.ElectronApiException;
import io.github.electronspring.api.ElectronException;
import io.github.electronspring.api.ElectronServerException;
import io.github.electronspring.api.ElectronStreamException;
import io.github.electronspring.api.ElectronTransportException;
import io.github.resilience4j.circuitbreaker.CircuitBreaker;
import io.github.resilience4j.circuitbreaker.CircuitBreaker.State;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.reactivestreams.Subscription;
import reactor.core.CorePublisher;
import reactor.core.CoreSubscriber;
import reactor.util.context.Context;

/**
 * A subscription that has a permission of a circuit breaker, and tells it how the request
 * ended. A trial is decided by the first sign of life; how it ends then counts like the
 * end of any other request.
 *
 * @param <T> the type of what is delivered
 * @author The Electron Spring authors
 */
final class CircuitBreakerCall<T> implements CoreSubscriber<T>, Subscription {

	private static final Log logger = LogFactory.getLog(CircuitBreakerCall.class);

	private final CoreSubscriber<? super T> actual;

	private final CircuitBreaker circuitBreaker;

	private final CallContext context;

	private final Consumer<ElectronException> failureListener;

	private final AtomicBoolean failureLogged;

	/** Whether the permission is that of a trial which is not decided. */
	private final AtomicBoolean trial;

	private final long start = System.nanoTime();

	private final AtomicBoolean ended = new AtomicBoolean();

	private volatile boolean sent;

	@SuppressWarnings("NullAway.Init") // set before any other signal
	private Subscription response;

	CircuitBreakerCall(CoreSubscriber<? super T> actual, CircuitBreaker circuitBreaker, CallContext context,
			Consumer<ElectronException> failureListener, AtomicBoolean failureLogged) {
		this.actual = actual;
		this.circuitBreaker = circuitBreaker;
		this.context = context;
		this.failureListener = failureListener;
		this.failureLogged = failureLogged;
		this.trial = new AtomicBoolean(isHalfOpen());
	}

	void start(Function<CallContext, CorePublisher<T>> request) {
		Runnable sendListener = this.context.sendListener();
		request.apply(this.context.withSendListener(() -> {
			this.sent = true;
			sendListener.run();
		})).subscribe(this);
	}

	@Override
	public Context currentContext() {
		return this.actual.currentContext();
	}

	@Override
	public void onSubscribe(Subscription response) {
		this.response = response;
		this.actual.onSubscribe(this);
	}

	@Override
	public void onNext(T element) {
		if (isTrialOver()) {
			tell(this::succeeded);
		}
		this.actual.onNext(element);
	}

	@Override
	public void onError(Throwable ex) {
		// Before the signal: whoever tries again at once meets the new state
		end(() -> {
			if (ex instanceof ElectronException failure && isFailure(failure)) {
				failed(failure);
			}
			else if (isTrialOver()) {
				if (isAnswer(ex)) {
					succeeded();
				}
				else {
					this.circuitBreaker.releasePermission();
				}
			}
		});
		this.actual.onError(ex);
	}

	@Override
	public void onComplete() {
		end(() -> {
			if (mayRecord()) {
				succeeded();
			}
		});
		this.actual.onComplete();
	}

	@Override
	public void request(long count) {
		this.response.request(count);
	}

	@Override
	public void cancel() {
		end(() -> {
			ElectronException failure = this.sent ? Departure.reason(this.context) : null;
			if (failure != null) {
				failed(failure);
			}
			else if (isTrialOver()) {
				this.circuitBreaker.releasePermission();
			}
		});
		this.response.cancel();
	}

	private void end(Runnable action) {
		if (this.ended.compareAndSet(false, true)) {
			tell(action);
		}
	}

	private void tell(Runnable action) {
		try {
			action.run();
		}
		catch (RuntimeException ex) {
			// A predicate of the application's; a trial must not keep its permission
			this.circuitBreaker.releasePermission();
			if (this.failureLogged.compareAndSet(false, true)) {
				// Without its message, which may quote anything
				logger.warn(
						"The circuit breaker '%s' did not take the end of a request because of '%s', which is logged once"
							.formatted(this.circuitBreaker.getName(), ex.getClass().getName()));
			}
		}
	}

	/**
	 * Take the decision of the trial.
	 * @return whether this is a trial that was not decided before
	 */
	private boolean isTrialOver() {
		return this.trial.get() && this.trial.compareAndSet(true, false);
	}

	private boolean mayRecord() {
		// What began before the circuit breaker opened must not decide the trial
		return isTrialOver() || !isHalfOpen();
	}

	private void succeeded() {
		this.circuitBreaker.onSuccess(elapsed(), TimeUnit.NANOSECONDS);
	}

	private void failed(ElectronException failure) {
		this.failureListener.accept(failure);
		if (mayRecord()) {
			this.circuitBreaker.onError(elapsed(), TimeUnit.NANOSECONDS, failure);
		}
	}

	private static boolean isAnswer(Throwable ex) {
		return ex instanceof ElectronApiException answer && answer.isSent();
	}

	private boolean isFailure(ElectronException ex) {
		if (ex instanceof ElectronTransportException transport) {
			return (ex.isSent() || transport.isConnectFailure()) && !transport.isStaleConnection()
					&& !Times.isPast(this.context.deadline());
		}
		return ex instanceof ElectronServerException || ex instanceof ElectronStreamException;
	}

	private boolean isHalfOpen() {
		return this.circuitBreaker.getState() == State.HALF_OPEN;
	}

	private long elapsed() {
		return System.nanoTime() - this.start;
	}

}
