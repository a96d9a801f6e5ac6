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
import java.util.concurrent.atomic.LongAdder;

import io.github.electronspring.api.CallContext;
import io.github.electronspring.api.ElectronApi;
import org.jspecify.annotations.Nullable;
import reactor.core.CoreSubscriber;
import reactor.core.publisher.Mono;

import org.springframework.util.Assert;

/**
 * Keeps the requests of this process within the limits of a plan, so that the service
 * need not refuse any. A request waits for its place, first come first served, but one
 * that continues a turn goes before those that begin one. It is refused with an
 * {@link io.github.electronspring.api.ElectronQuotaException} as soon as it is known that
 * its place would come too late.
 * <p>
 * Thread-safe; no thread is blocked. An unlimited plan lets everything through and counts
 * nothing.
 *
 * @author The Electron Spring authors
 */
public final class RequestQuota {

	private static final Duration DEFAULT_PAUSE = Duration.ofSeconds(1);

	private static final QuotaPermit UNLIMITED = new UnlimitedPermit();

	private final QuotaSettings settings;

	private final QuotaStore store;

	private final WaitingLine line;

	private final LongAdder throttled = new LongAdder();

	/**
	 * Create a quota.
	 * @param settings the limits and how long requests wait
	 * @param store where places and permits are counted
	 */
	public RequestQuota(QuotaSettings settings, QuotaStore store) {
		Assert.notNull(settings, "'settings' must not be null");
		Assert.notNull(store, "'store' must not be null");
		this.settings = settings;
		this.store = store;
		this.line = new WaitingLine(settings, store);
	}

	/**
	 * Create a quota that this process does not share.
	 * @param settings the limits and how long requests wait
	 * @return the quota
	 */
	public static RequestQuota local(QuotaSettings settings) {
		Assert.notNull(settings, "'settings' must not be null");
		return new RequestQuota(settings, new LocalQuotaStore(settings.plan(), settings.window(), settings.margin()));
	}

	/**
	 * Wait for the permit to send a request. A caller that cancels before the permit is
	 * there holds nothing; after that it has to give it back.
	 * @param context what is known of the call: whether it continues a turn and until
	 * when it may wait
	 * @return the permit, or an
	 * {@link io.github.electronspring.api.ElectronQuotaException}
	 */
	public Mono<QuotaPermit> acquire(CallContext context) {
		Assert.notNull(context, "'context' must not be null");
		if (this.settings.plan().isUnlimited()) {
			return Mono.just(UNLIMITED);
		}
		return new Mono<>() {

			@Override
			public void subscribe(CoreSubscriber<? super QuotaPermit> actual) {
				RequestQuota quota = RequestQuota.this;
				actual.onSubscribe(new Waiter(actual, quota.line, context, quota.settings.maxWait()));
			}

		};
	}

	/**
	 * Keep the requests of an API within the limits. Each subscription takes a place of
	 * its own, and each response tells how long its request has waited.
	 * @param api where requests go
	 * @return the API within the limits, or the same one if the plan is unlimited
	 */
	public ElectronApi limit(ElectronApi api) {
		Assert.notNull(api, "'api' must not be null");
		return this.settings.plan().isUnlimited() ? api : new QuotaElectronApi(api, this);
	}

	/**
	 * The service has refused a request all the same (429): nobody starts for as long as
	 * it asks, and others may have used places that are not counted here.
	 * @param retryAfter how long it asks to wait, or {@code null} if it does not say,
	 * which means one second
	 */
	public void throttled(@Nullable Duration retryAfter) {
		this.throttled.increment();
		if (!this.settings.plan().isUnlimited()) {
			this.line.pause((retryAfter != null) ? retryAfter : DEFAULT_PAUSE);
		}
	}

	/**
	 * Return how much of the plan is used and how many wait.
	 * @return the usage
	 */
	public QuotaUsage usage() {
		return this.store.usage().withPending(this.line.pending()).withThrottled(this.throttled.sum());
	}

	/**
	 * Return the settings.
	 * @return the settings
	 */
	public QuotaSettings settings() {
		return this.settings;
	}

	/**
	 * Permit where there are no limits.
	 */
	private static final class UnlimitedPermit implements QuotaPermit {

		@Override
		public Duration waited() {
			return Duration.ZERO;
		}

		@Override
		public void confirm() {
		}

		@Override
		public void release() {
		}

		@Override
		public void cancel() {
		}

	}

}
