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

import reactor.core.publisher.Mono;

/**
 * Permit that a store has granted.
 *
 * @author The Electron Spring authors
 */
final class StorePermit implements QuotaPermit {

	private static final AtomicIntegerFieldUpdater<StorePermit> STATE = AtomicIntegerFieldUpdater
		.newUpdater(StorePermit.class, "state");

	private static final int SENT = 0;

	private static final int CONFIRMED = 1;

	private static final int ENDED = 2;

	private final QuotaStore store;

	private final String id;

	private final Duration waited;

	private final Runnable afterChange;

	private volatile int state = SENT;

	/**
	 * Create a permit.
	 * @param store the store that has granted it
	 * @param id what it is given back by
	 * @param waited how long the request waited
	 * @param afterChange what to do when something may have become free
	 */
	StorePermit(QuotaStore store, String id, Duration waited, Runnable afterChange) {
		this.store = store;
		this.id = id;
		this.waited = waited;
		this.afterChange = afterChange;
	}

	@Override
	public Duration waited() {
		return this.waited;
	}

	@Override
	public void confirm() {
		if (STATE.compareAndSet(this, SENT, CONFIRMED)) {
			tell(this.store.confirm(this.id));
		}
	}

	@Override
	public void release() {
		if (STATE.getAndSet(this, ENDED) != ENDED) {
			tell(this.store.release(this.id));
		}
	}

	@Override
	public void cancel() {
		if (STATE.getAndSet(this, ENDED) != ENDED) {
			tell(this.store.cancel(this.id));
		}
	}

	private void tell(Mono<Void> change) {
		change.subscribe(null, (ex) -> this.afterChange.run(), this.afterChange);
	}

}
