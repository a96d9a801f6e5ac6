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
import java.util.HashMap;
import java.util.Map;

import reactor.core.publisher.Mono;

/**
 * Counts the places and permits of this process. A place is held from the reservation on
 * and gets its time in the log when it is confirmed.
 *
 * @author The Electron Spring authors
 */
final class LocalQuotaStore implements QuotaStore {

	private final QuotaTime time = new QuotaTime();

	private final Plan plan;

	/** How long a place is taken after it was confirmed. */
	private final long taken;

	private final SlidingLog log = new SlidingLog();

	/** By id, whether the place of a request in flight is confirmed. */
	private final Map<String, Boolean> inFlight = new HashMap<>();

	/** How many places are taken but not confirmed. */
	private int held;

	private long ids;

	LocalQuotaStore(Plan plan, Duration window, Duration margin) {
		this.plan = plan;
		this.taken = QuotaTime.nanos(window) + QuotaTime.nanos(margin);
	}

	@Override
	public Mono<Reservation> reserve() {
		return Mono.fromSupplier(this::tryReserve);
	}

	@Override
	public Mono<Void> confirm(String id) {
		return Mono.fromRunnable(() -> confirmPlace(id));
	}

	@Override
	public Mono<Void> release(String id) {
		return Mono.fromRunnable(() -> end(id, true));
	}

	@Override
	public Mono<Void> cancel(String id) {
		return Mono.fromRunnable(() -> end(id, false));
	}

	@Override
	public synchronized QuotaUsage usage() {
		this.log.removeUntil(this.time.now());
		return QuotaUsage.of(this.plan, used(), this.inFlight.size());
	}

	@Override
	public synchronized Duration freeIn(int places) {
		long now = this.time.now();
		this.log.removeUntil(now);
		int limit = this.plan.requestsPerMinute();
		// Those ahead take all places that often before
		long rounds = (places - 1) / limit;
		// Places that are held may be given back at any time
		int position = (places - 1) % limit - (limit - this.log.size());
		long first = (position < 0) ? 0 : this.log.get(position) - now;
		return Duration.ofNanos(first + rounds * this.taken);
	}

	private synchronized Reservation tryReserve() {
		long now = this.time.now();
		this.log.removeUntil(now);
		if (used() >= this.plan.requestsPerMinute()) {
			Duration retryIn = (this.log.size() > 0) ? Duration.ofNanos(this.log.get(0) - now) : null;
			return Reservation.refused(QuotaLimit.REQUESTS_PER_MINUTE, retryIn);
		}
		if (this.inFlight.size() >= this.plan.concurrency()) {
			return Reservation.refused(QuotaLimit.CONCURRENCY, null);
		}
		String id = Long.toString(++this.ids);
		this.inFlight.put(id, Boolean.FALSE);
		this.held++;
		return Reservation.granted(id);
	}

	private synchronized void confirmPlace(String id) {
		if (this.inFlight.replace(id, Boolean.FALSE, Boolean.TRUE)) {
			confirmHeld();
		}
	}

	private synchronized void end(String id, boolean sent) {
		if (Boolean.FALSE.equals(this.inFlight.remove(id))) {
			if (sent) {
				confirmHeld();
			}
			else {
				this.held--;
			}
		}
	}

	private void confirmHeld() {
		this.held--;
		if (this.plan.requestsPerMinute() != Integer.MAX_VALUE) {
			this.log.add(this.time.now() + this.taken);
		}
	}

	private int used() {
		return this.held + this.log.size();
	}

}
