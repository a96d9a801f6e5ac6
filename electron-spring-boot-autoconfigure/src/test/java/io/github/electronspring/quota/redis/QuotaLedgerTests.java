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

package io.github.electronspring.quota.redis;

import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

import io.github.electronspring.quota.Plan;
import io.github.electronspring.quota.QuotaLimit;
import io.github.electronspring.quota.QuotaSettings;
import io.github.electronspring.quota.QuotaUsage;
import io.github.electronspring.quota.Reservation;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import reactor.test.scheduler.VirtualTimeScheduler;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link QuotaLedger}, in virtual time: a window of 60 seconds and a margin of
 * half a second, a lease of 15 seconds.
 *
 * @author The Electron Spring authors
 */
class QuotaLedgerTests {

	private final VirtualTimeScheduler time = VirtualTimeScheduler.getOrSet();

	private final Plan plan = Plan.custom(10, 4);

	private final QuotaLedger ledger = new QuotaLedger(QuotaSettings.of(this.plan), Duration.ofSeconds(15));

	@AfterEach
	void resetTime() {
		VirtualTimeScheduler.reset();
	}

	@Test
	void whileRedisCountsNothingIsTakenAlone() {
		assertThat(this.ledger.isShared()).isTrue();
		assertThat(this.ledger.takeAlone("a")).isNull();
		assertThat(this.ledger.isDue()).isFalse();
	}

	@Test
	void losingRedisIsNewsOnce() {
		assertThat(this.ledger.lose()).isTrue();
		assertThat(this.ledger.lose()).isFalse();
		assertThat(this.ledger.isShared()).isFalse();
	}

	@Test
	void clockOfTheMachineIsNotTheClockOfTheLedger() {
		AtomicLong clock = new AtomicLong();
		VirtualTimeScheduler.set(new VirtualTimeScheduler(false) {

			@Override
			public long now(TimeUnit unit) {
				return super.now(unit) + ((unit == TimeUnit.MILLISECONDS) ? clock.get() : 0);
			}

		});
		QuotaLedger ledger = new QuotaLedger(QuotaSettings.of(this.plan), Duration.ofSeconds(15));
		ledger.lose();
		for (int i = 0; i < 5; i++) {
			ledger.takeAlone("a" + i);
			ledger.release("a" + i);
		}
		clock.set(Duration.ofHours(1).toMillis());
		assertThat(ledger.takeAlone("b").limit()).isEqualTo(QuotaLimit.REQUESTS_PER_MINUTE);
	}

	@Test
	void redisMayBeIncompleteAfterItWasGoneOrWhenItForgotAnInstanceTooEarly() {
		assertThat(this.ledger.isIncomplete()).isFalse();
		heard(0, 0, 1, 0);
		advance(14_999);
		this.ledger.heard(new QuotaReply(QuotaReply.UNKNOWN_INSTANCE, 0, 0, 0, 0, 0));
		assertThat(this.ledger.isIncomplete()).isTrue();
		advance(1);
		assertThat(this.ledger.isIncomplete()).isFalse();
		this.ledger.lose();
		assertThat(this.ledger.isIncomplete()).isTrue();
	}

	@Test
	void answerIsStaleWhenItIsOlderThanAThirdOfTheLease() {
		long asked = this.ledger.now();
		advance(5000);
		assertThat(this.ledger.isStale(asked)).isFalse();
		advance(1);
		assertThat(this.ledger.isStale(asked)).isTrue();
	}

	@Test
	void instanceThatHasNeverHeardRedisTakesHalf() {
		this.ledger.heard(new QuotaReply(QuotaReply.UNKNOWN_INSTANCE, 0, 0, 0, 0, 0));
		this.ledger.lose();
		taken("a");
		taken("b");
		assertThat(this.ledger.takeAlone("c").limit()).isEqualTo(QuotaLimit.CONCURRENCY);
	}

	@Test
	void redisIsTriedOnceASecond() {
		this.ledger.lose();
		assertThat(this.ledger.isDue()).isFalse();
		advance(999);
		assertThat(this.ledger.isDue()).isFalse();
		advance(1);
		assertThat(this.ledger.isDue()).isTrue();
		assertThat(this.ledger.isDue()).isFalse();
		advance(1000);
		assertThat(this.ledger.isDue()).isTrue();
	}

	@Test
	void permitsOfTheShareAreTakenAlone() {
		heard(0, 0, 2, 0);
		this.ledger.lose();
		taken("a");
		taken("b");
		assertThat(this.ledger.takeAlone("c"))
			.isEqualTo(Reservation.refused(QuotaLimit.CONCURRENCY, Duration.ofSeconds(1)));
		this.ledger.release("a");
		taken("c");
	}

	@Test
	void placesOfTheShareAreTakenAlone() {
		heard(0, 0, 2, 1);
		this.ledger.lose();
		for (int i = 0; i < 5; i++) {
			taken("a" + i);
			this.ledger.release("a" + i);
		}
		assertThat(this.ledger.takeAlone("b"))
			.isEqualTo(Reservation.refused(QuotaLimit.REQUESTS_PER_MINUTE, Duration.ofSeconds(1)));
		advance(60_200);
		assertThat(this.ledger.takeAlone("b"))
			.isEqualTo(Reservation.refused(QuotaLimit.REQUESTS_PER_MINUTE, Duration.ofMillis(300)));
		advance(300);
		taken("b");
	}

	@Test
	void placesThatRedisGrantedCountInTheShare() {
		for (int i = 0; i < 5; i++) {
			this.ledger.grant("a" + i);
			this.ledger.release("a" + i);
		}
		heard(5, 0, 2, 0);
		this.ledger.lose();
		assertThat(this.ledger.takeAlone("b").limit()).isEqualTo(QuotaLimit.REQUESTS_PER_MINUTE);
	}

	@Test
	void placesOfOthersCountForAWindowAfterRedisWasHeard() {
		this.ledger.grant("a");
		heard(9, 1, 2, 0);
		this.ledger.lose();
		taken("b");
		assertThat(this.ledger.takeAlone("c").limit()).isEqualTo(QuotaLimit.REQUESTS_PER_MINUTE);
		advance(60_499);
		assertThat(this.ledger.takeAlone("c").limit()).isEqualTo(QuotaLimit.REQUESTS_PER_MINUTE);
		this.ledger.release("a");
		advance(1);
		taken("c");
	}

	@Test
	void permitsOfOthersCountForAWindowAfterRedisWasHeardSinceNobodyCanRenewThem() {
		heard(4, 4, 2, 0);
		advance(5000);
		this.ledger.lose();
		assertThat(this.ledger.takeAlone("a").limit()).isEqualTo(QuotaLimit.CONCURRENCY);
		advance(55_499);
		assertThat(this.ledger.takeAlone("a").limit()).isEqualTo(QuotaLimit.CONCURRENCY);
		advance(1);
		taken("a");
	}

	@Test
	void redisIsBackWhenItKnowsAll() {
		heard(0, 0, 1, 0);
		this.ledger.lose();
		taken("a");
		Changes changes = this.ledger.changes(0);
		assertThat(changes.arguments()).containsExactly("a", "75500", "1");
		taken("b");
		this.ledger.confirm("a");
		assertThat(this.ledger.regain(changes.version())).isFalse();
		assertThat(this.ledger.isShared()).isFalse();
		advance(100);
		Changes more = this.ledger.changes(changes.version());
		assertThat(more.arguments()).containsExactly("a", "60400", "1", "b", "75500", "1");
		assertThat(this.ledger.regain(more.version())).isTrue();
		assertThat(this.ledger.isShared()).isTrue();
		assertThat(this.ledger.changes(more.version()).isEmpty()).isTrue();
	}

	@Test
	void changesTellWhatIsNotHeldAnyMore() {
		this.ledger.grant("released");
		this.ledger.grant("cancelled");
		this.ledger.grant("running");
		this.ledger.lose();
		this.ledger.release("released");
		this.ledger.cancel("cancelled");
		this.ledger.confirm("running");
		advance(60_000);
		assertThat(this.ledger.changes(0).arguments()).containsExactly("released", "500", "0", "cancelled", "0", "0",
				"running", "500", "1");
		advance(500);
		assertThat(this.ledger.changes(0).arguments()).containsExactly("cancelled", "0", "0", "running", "0", "1");
		advance(15_000);
		assertThat(this.ledger.changes(0).ids()).containsExactly("running");
	}

	@Test
	void whatWasTakenAndCancelledAloneIsDroppedUnlessRedisMayHaveSeenIt() {
		heard(0, 0, 1, 0);
		this.ledger.lose();
		taken("a");
		assertThat(this.ledger.cancel("a").isEmpty()).isTrue();
		assertThat(this.ledger.changes(0).isEmpty()).isTrue();
		taken("b");
		Changes changes = this.ledger.changes(0);
		this.ledger.cancel("b");
		assertThat(this.ledger.regain(changes.version())).isFalse();
		assertThat(this.ledger.changes(changes.version()).arguments()).containsExactly("b", "0", "0");
	}

	@Test
	void whatIsSettledDuringARenewalIsWrittenOnceMore() {
		for (String id : new String[] { "unchanged", "confirmed", "released", "cancelled", "forgotten" }) {
			this.ledger.grant(id);
		}
		Changes renewed = this.ledger.changes(0);
		assertThat(this.ledger.settledSince(renewed).isEmpty()).isTrue();
		this.ledger.confirm("confirmed");
		this.ledger.release("released");
		this.ledger.cancel("cancelled");
		this.ledger.cancel("forgotten");
		this.ledger.forget("forgotten");
		advance(100);
		assertThat(this.ledger.settledSince(renewed).arguments()).containsExactly("confirmed", "60400", "-1",
				"released", "60400", "0", "cancelled", "0", "0", "forgotten", "0", "0");
	}

	@Test
	void eachChangeIsWrittenOnce() {
		this.ledger.grant("a");
		assertThat(this.ledger.confirm("a").arguments()).containsExactly("a", "60500", "-1");
		assertThat(this.ledger.confirm("a").isEmpty()).isTrue();
		assertThat(this.ledger.release("a").arguments()).containsExactly("a", "-1", "0");
		assertThat(this.ledger.release("a").isEmpty()).isTrue();
		assertThat(this.ledger.cancel("a").isEmpty()).isTrue();
		this.ledger.grant("b");
		assertThat(this.ledger.release("b").arguments()).containsExactly("b", "60500", "0");
		this.ledger.grant("c");
		assertThat(this.ledger.cancel("c").arguments()).containsExactly("c", "0", "0");
		assertThat(this.ledger.confirm("c").isEmpty()).isTrue();
		assertThat(this.ledger.release("c").isEmpty()).isTrue();
	}

	@Test
	void abandonedReservationIsNotGrantedAfterwards() {
		assertThat(this.ledger.abandon("a").arguments()).containsExactly("a", "0", "0");
		this.ledger.grant("a");
		this.ledger.lose();
		assertThat(this.ledger.usage()).isEqualTo(QuotaUsage.of(this.plan, 0, 0));
		this.ledger.forget("a");
		assertThat(this.ledger.changes(0).isEmpty()).isTrue();
	}

	@Test
	void whatStillCountsIsNotForgotten() {
		this.ledger.grant("a");
		this.ledger.forget("a");
		this.ledger.release("a");
		this.ledger.forget("a");
		assertThat(this.ledger.changes(0).ids()).containsExactly("a");
	}

	@Test
	void usageIsTheLastOneOfRedisOrItsOwn() {
		this.ledger.grant("a");
		this.ledger.grant("b");
		this.ledger.release("b");
		heard(7, 3, 2, 0);
		assertThat(this.ledger.usage()).isEqualTo(QuotaUsage.of(this.plan, 7, 3));
		this.ledger.lose();
		assertThat(this.ledger.usage()).isEqualTo(QuotaUsage.of(this.plan, 2, 1));
	}

	@Test
	void timeToTheNextPlaceRunsFromTheLastAnswer() {
		assertThat(this.ledger.freeIn(1)).isZero();
		this.ledger.heard(new QuotaReply(QuotaReply.NO_PLACE, 5000, 10, 0, 1, 0));
		advance(2000);
		assertThat(this.ledger.freeIn(1)).isEqualTo(3000);
		advance(4000);
		assertThat(this.ledger.freeIn(1)).isZero();
	}

	@Test
	void placesAfterAllOfThePlanAreAWindowLater() {
		this.ledger.heard(new QuotaReply(QuotaReply.NO_PLACE, 5000, 10, 0, 1, 0));
		assertThat(this.ledger.freeIn(10)).isEqualTo(5000);
		assertThat(this.ledger.freeIn(11)).isEqualTo(65_500);
		assertThat(this.ledger.freeIn(21)).isEqualTo(126_000);
		this.ledger.lose();
		assertThat(this.ledger.freeIn(21)).isZero();
	}

	@Test
	void withoutALimitOfRequestsNoPlaceIsRemembered() {
		QuotaLedger unlimited = new QuotaLedger(QuotaSettings.of(Plan.custom(Integer.MAX_VALUE, 1)),
				Duration.ofSeconds(15));
		unlimited.lose();
		for (int i = 0; i < 1000; i++) {
			assertThat(unlimited.takeAlone("a" + i).id()).isNotNull();
			unlimited.release("a" + i);
		}
		assertThat(unlimited.changes(0).isEmpty()).isTrue();
	}

	private void heard(int used, int inFlight, int instances, int rank) {
		this.ledger.heard(new QuotaReply(QuotaReply.DONE, 0, used, inFlight, instances, rank));
	}

	private void taken(String id) {
		assertThat(this.ledger.takeAlone(id)).isEqualTo(Reservation.granted(id));
	}

	private void advance(long millis) {
		this.time.advanceTimeBy(Duration.ofMillis(millis));
	}

}
