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

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Mono;
import reactor.test.scheduler.VirtualTimeScheduler;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link LocalQuotaStore}.
 *
 * @author The Electron Spring authors
 */
class LocalQuotaStoreTests {

	private final TrackedTime time = TrackedTime.install();

	private LocalQuotaStore store = store(3, 2);

	@AfterEach
	void resetTime() {
		VirtualTimeScheduler.reset();
	}

	private static LocalQuotaStore store(int requestsPerMinute, int concurrency) {
		return new LocalQuotaStore(Plan.custom(requestsPerMinute, concurrency), Duration.ofSeconds(60),
				Duration.ofMillis(500));
	}

	@Test
	void saysWhichLimitIsReachedAndWhenToAskAgain() {
		this.time.advanceBy(1000);
		String first = reserve();
		String second = reserve();
		assertThat(first).isNotEqualTo(second);
		assertThat(refusal()).isEqualTo(Reservation.refused(QuotaLimit.CONCURRENCY, null));
		release(first);
		this.time.advanceBy(1000);
		reserve();
		assertThat(refusal()).isEqualTo(Reservation.refused(QuotaLimit.REQUESTS_PER_MINUTE, Duration.ofMillis(59_500)));
		this.time.advanceBy(59_499);
		assertThat(refusal().limit()).isEqualTo(QuotaLimit.REQUESTS_PER_MINUTE);
		this.time.advanceBy(1);
		assertThat(refusal().limit()).isEqualTo(QuotaLimit.CONCURRENCY);
	}

	@Test
	void doesNotSayWhenToAskAgainWhileAllPlacesAreHeld() {
		this.store = store(1, 9);
		reserve();
		assertThat(refusal()).isEqualTo(Reservation.refused(QuotaLimit.REQUESTS_PER_MINUTE, null));
	}

	@Test
	void doesAllAtSubscription() {
		Mono<Reservation> reserve = this.store.reserve();
		assertUsage(0, 0);
		String id = reserve.block(Duration.ZERO).id();
		Mono<Void> confirm = this.store.confirm(id);
		Mono<Void> release = this.store.release(id);
		Mono<Void> cancel = this.store.cancel(id);
		assertUsage(1, 1);
		confirm.block(Duration.ZERO);
		assertUsage(1, 1);
		cancel.block(Duration.ZERO);
		assertUsage(1, 0);
		release.block(Duration.ZERO);
		assertUsage(1, 0);
		assertThat(reserve.block(Duration.ZERO).id()).isNotNull();
		assertUsage(2, 1);
	}

	@Test
	void reservationIsEndedOnce() {
		String first = reserve();
		String second = reserve();
		this.store.cancel(first).block(Duration.ZERO);
		this.store.cancel(first).block(Duration.ZERO);
		release(first);
		this.store.confirm(first).block(Duration.ZERO);
		assertUsage(1, 1);
		release(second);
		release(second);
		assertUsage(1, 0);
		this.store.release("unknown").block(Duration.ZERO);
		assertUsage(1, 0);
		this.time.advanceBy(60_500);
		assertUsage(0, 0);
	}

	@Test
	void knowsWhenPlacesAreFree() {
		assertThat(this.store.freeIn(3)).isZero();
		assertThat(this.store.freeIn(4)).isEqualTo(Duration.ofMillis(60_500));
		assertThat(this.store.freeIn(7)).isEqualTo(Duration.ofMillis(121_000));
		release(reserve());
		this.time.advanceBy(1000);
		release(reserve());
		reserve();
		assertThat(this.store.freeIn(1)).isZero();
		assertThat(this.store.freeIn(2)).isEqualTo(Duration.ofMillis(59_500));
		assertThat(this.store.freeIn(3)).isEqualTo(Duration.ofMillis(60_500));
		assertThat(this.store.freeIn(4)).isEqualTo(Duration.ofMillis(60_500));
		assertThat(this.store.freeIn(5)).isEqualTo(Duration.ofMillis(120_000));
		this.time.advanceBy(59_500);
		assertThat(this.store.freeIn(2)).isZero();
	}

	@Test
	void keepsNoLogWhereThereIsNoLimit() {
		this.store = store(Integer.MAX_VALUE, 2);
		for (int i = 0; i < 5; i++) {
			release(reserve());
		}
		reserve();
		assertUsage(1, 1);
		assertThat(this.store.freeIn(1000)).isZero();
	}

	private String reserve() {
		String id = this.store.reserve().block(Duration.ZERO).id();
		assertThat(id).isNotNull();
		return id;
	}

	private Reservation refusal() {
		Reservation reservation = this.store.reserve().block(Duration.ZERO);
		assertThat(reservation.id()).isNull();
		return reservation;
	}

	private void release(String id) {
		this.store.release(id).block(Duration.ZERO);
	}

	private void assertUsage(int used, int inFlight) {
		assertThat(this.store.usage().used()).isEqualTo(used);
		assertThat(this.store.usage().inFlight()).isEqualTo(inFlight);
	}

}
