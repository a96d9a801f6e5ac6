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
import java.time.Instant;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.Consumer;

import io.github.electronspring.api.CallContext;
import io.github.electronspring.api.ElectronApiException;
import io.github.electronspring.api.ElectronException;
import io.github.electronspring.api.ElectronTransportException;
import io.github.electronspring.api.LogContext;
import io.github.electronspring.api.ResponseInfo;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.jspecify.annotations.Nullable;

/**
 * The attempts of one call: which failures are worth another one, and when it may begin.
 * Told of one failure after the other.
 *
 * @author The Electron Spring authors
 */
final class RetryAttempts {

	private static final Log logger = LogFactory.getLog(RetryingElectronApi.class);

	/**
	 * How often a call may meet a stale connection without that being an attempt.
	 */
	private static final int MAX_STALE = 2;

	private static final int INTERNAL_SERVER_ERROR = 500;

	private final RetrySettings settings;

	private final String provider;

	private final CallContext context;

	private final ResilienceListener listener;

	/** When no retry begins any more; set by the first failure. */
	private @Nullable Instant end;

	private final EarlierFailures earlier = new EarlierFailures();

	private int requests = 1;

	private int attempts = 1;

	private int stale;

	private boolean serverFault;

	RetryAttempts(RetrySettings settings, String provider, CallContext context, ResilienceListener listener) {
		this.settings = settings;
		this.provider = provider;
		this.context = context;
		this.listener = listener;
	}

	/**
	 * Return the context of the next request.
	 * @return the context
	 */
	CallContext context() {
		if (this.end == null || this.requests == 1) {
			return this.context;
		}
		int number = this.requests;
		Consumer<ResponseInfo> responseListener = this.context.responseListener();
		return this.context.withStartBy(earlier(this.end, this.context.startBy()))
			.withResponseListener((info) -> responseListener.accept(info.withAttempts(number)));
	}

	/**
	 * Take note of a failure before which nothing was delivered.
	 * @param ex what the request ended with
	 * @return how long to wait before the next attempt, or {@code null} if there is none
	 */
	@Nullable Duration failed(Throwable ex) {
		if (!(ex instanceof ElectronException failure)) {
			return null;
		}
		Instant now = Times.now();
		if (this.end == null) {
			this.end = earlier(now.plus(this.settings.budget()), this.context.deadline());
		}
		Duration delay = delay(failure);
		if (delay == null || !now.plus(delay).isBefore(this.end)) {
			return null;
		}
		if (logger.isDebugEnabled()) {
			LogContext.run(failure.getRequestId(), this.context.conversationId(),
					() -> logger.debug("Attempt %d at provider '%s' failed (%s), the next one comes in %dms"
						.formatted(this.requests, this.provider, EarlierFailures.describe(failure), delay.toMillis())));
		}
		this.listener.onRetry(this.context, this.provider, failure, this.requests, delay);
		this.earlier.add(failure);
		this.requests++;
		return delay;
	}

	/**
	 * Add what the earlier attempts ended with to what the last one did.
	 * @param ex what the call ends with
	 * @return the same exception
	 */
	Throwable last(Throwable ex) {
		return this.earlier.suppressedBy(ex);
	}

	private @Nullable Duration delay(ElectronException failure) {
		if (!failure.isRetryable()) {
			return null;
		}
		if (failure instanceof ElectronTransportException transport && transport.isStaleConnection()
				&& this.stale < MAX_STALE) {
			this.stale++;
			return Duration.ZERO;
		}
		if (this.attempts >= this.settings.maxAttempts()) {
			return null;
		}
		Duration retryAfter = null;
		if (failure instanceof ElectronApiException answer) {
			if (answer.getStatus() == INTERNAL_SERVER_ERROR) {
				if (this.serverFault) {
					return null;
				}
				this.serverFault = true;
			}
			retryAfter = answer.getRetryAfter();
		}
		Duration backoff = backoff();
		this.attempts++;
		return (retryAfter != null && !retryAfter.isZero()) ? retryAfter : backoff;
	}

	private Duration backoff() {
		double longest = this.settings.maxBackoff().toMillis();
		double pause = Math.min(longest, this.settings.minBackoff().toMillis() * Math.pow(2, this.attempts - 1));
		double stray = pause * this.settings.jitter() * (2 * ThreadLocalRandom.current().nextDouble() - 1);
		return Duration.ofMillis((long) Math.min(longest, pause + stray));
	}

	private static Instant earlier(Instant first, @Nullable Instant second) {
		return (second != null && second.isBefore(first)) ? second : first;
	}

}
