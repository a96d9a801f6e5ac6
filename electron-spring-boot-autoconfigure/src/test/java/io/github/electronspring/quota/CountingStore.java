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

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;

import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;

/**
 * {@link QuotaStore} that counts how often each reservation is given back.
 *
 * @author The Electron Spring authors
 */
final class CountingStore implements QuotaStore {

	private final LocalQuotaStore store;

	private final boolean answersLater;

	private final Map<String, AtomicInteger> ends = new ConcurrentHashMap<>();

	CountingStore(QuotaSettings settings, boolean answersLater) {
		this.store = new LocalQuotaStore(settings.plan(), settings.window(), settings.margin());
		this.answersLater = answersLater;
	}

	@Override
	public Mono<Reservation> reserve() {
		Mono<Reservation> reserve = this.store.reserve().doOnNext((reservation) -> {
			if (reservation.id() != null) {
				this.ends.put(reservation.id(), new AtomicInteger());
			}
		});
		return this.answersLater ? reserve.publishOn(Schedulers.parallel()) : reserve;
	}

	@Override
	public Mono<Void> confirm(String id) {
		return this.store.confirm(id);
	}

	@Override
	public Mono<Void> release(String id) {
		return this.store.release(id).doFirst(this.ends.get(id)::incrementAndGet);
	}

	@Override
	public Mono<Void> cancel(String id) {
		return this.store.cancel(id).doFirst(this.ends.get(id)::incrementAndGet);
	}

	@Override
	public QuotaUsage usage() {
		return this.store.usage();
	}

	int granted() {
		return this.ends.size();
	}

	/**
	 * Return how many reservations have not been given back exactly once.
	 * @return the number of reservations
	 */
	long notGivenBackOnce() {
		return this.ends.values().stream().filter((count) -> count.get() != 1).count();
	}

}
