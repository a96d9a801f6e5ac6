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
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicReference;

import io.github.electronspring.quota.Plan;
import io.github.electronspring.quota.QuotaLimit;
import io.github.electronspring.quota.QuotaSettings;
import io.github.electronspring.quota.QuotaUsage;
import io.github.electronspring.quota.Reservation;
import io.lettuce.core.cluster.SlotHash;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link RedisQuotaStore} with a Redis that answers.
 *
 * @author The Electron Spring authors
 */
class RedisQuotaStoreTests {

	private static final Duration TIMEOUT = TestRedis.TIMEOUT;

	private static final RedisQuotaSettings SETTINGS = RedisQuotaSettings.defaults();

	private static TestRedis redis;

	private final List<RedisQuotaStore> stores = new ArrayList<>();

	private final AtomicReference<String> apiKey = new AtomicReference<>("sk_" + UUID.randomUUID());

	@BeforeAll
	static void startRedis() {
		redis = TestRedis.start();
	}

	@AfterAll
	static void stopRedis() {
		redis.close();
	}

	@AfterEach
	void closeStores() {
		this.stores.forEach(RedisQuotaStore::close);
		redis.inspect((commands) -> commands.flushall());
	}

	@Test
	void concurrentReservationsOfManyInstancesNeverExceedThePlan() {
		List<RedisQuotaStore> instances = List.of(store(quota(50, 1000)), store(quota(50, 1000)),
				store(quota(50, 1000)));
		connect(instances);
		List<Reservation> reservations = Flux.range(0, 600)
			.flatMap((i) -> instances.get(i % 3).reserve(), 600)
			.collectList()
			.block(TIMEOUT);
		assertThat(reservations).hasSize(600);
		assertThat(reservations.stream().filter((reservation) -> reservation.id() != null)).hasSize(50);
		assertThat(reservations.stream().map(Reservation::limit).filter((limit) -> limit != null))
			.containsOnly(QuotaLimit.REQUESTS_PER_MINUTE);
	}

	@Test
	void permitsOfManyInstancesNeverExceedThePlan() {
		List<RedisQuotaStore> instances = List.of(store(quota(1000, 7)), store(quota(1000, 7)));
		connect(instances);
		List<Reservation> reservations = Flux.range(0, 100)
			.flatMap((i) -> instances.get(i % 2).reserve(), 100)
			.collectList()
			.block(TIMEOUT);
		assertThat(reservations.stream().filter((reservation) -> reservation.id() != null)).hasSize(7);
		Reservation refused = reserve(instances.get(0));
		assertThat(refused.limit()).isEqualTo(QuotaLimit.CONCURRENCY);
		assertThat(refused.retryIn()).isBetween(Duration.ofMillis(25), Duration.ofMillis(50));
	}

	@Test
	void openingTheConnectionBlocksNoEventLoop() {
		RedisQuotaStore store = store(quota(10, 10));
		Mono<Reservation> reservation = store.reserve().subscribeOn(Schedulers.parallel());
		assertThat(reservation.block(TIMEOUT).limit()).isNull();
		assertThat(contents("places")).hasSize(1);
	}

	@Test
	void refusalTakesNothing() {
		RedisQuotaStore store = store(quota(1, 1));
		reserve(store);
		reserve(store);
		assertThat(contents("places")).hasSize(1);
		assertThat(contents("permits")).hasSize(1);
	}

	@Test
	void confirmedPlaceIsFreeAWindowAndAMarginLaterByTheClockOfTheServer() {
		RedisQuotaStore store = store(quota(1, 10).withWindow(Duration.ofSeconds(5)).withMargin(Duration.ofMillis(50)));
		String id = granted(store);
		long before = serverTime();
		store.confirm(id).block(TIMEOUT);
		long after = serverTime();
		double lapse = contents("places").get(id);
		assertThat(lapse).isBetween(before + 5050.0, after + 5050.0);
		assertThat(reserve(store).retryIn()).isLessThanOrEqualTo(Duration.ofMillis(5051));
		TestRedis.await(() -> reserve(store).limit() == null);
		assertThat((double) serverTime()).isGreaterThan(lapse);
	}

	@Test
	void placeThatIsNotConfirmedIsHeldForTheLeaseToo() {
		RedisQuotaStore store = store(quota(1, 10));
		long before = serverTime();
		String id = granted(store);
		assertThat(contents("places").get(id)).isBetween(before + 75_500.0, serverTime() + 75_500.0);
		assertThat(reserve(store).retryIn()).isBetween(Duration.ofMillis(60_400), Duration.ofMillis(60_501));
	}

	@Test
	void secondConfirmationDoesNotHoldThePlaceLonger() {
		RedisQuotaStore store = store(quota(10, 10));
		String id = granted(store);
		store.confirm(id).block(TIMEOUT);
		Map<String, Double> places = contents("places");
		Mono.delay(Duration.ofMillis(20)).block(TIMEOUT);
		store.confirm(id).block(TIMEOUT);
		store.release(id).block(TIMEOUT);
		store.release(id).block(TIMEOUT);
		store.confirm(id).block(TIMEOUT);
		assertThat(contents("places")).isEqualTo(places);
	}

	@Test
	void releaseFreesThePermitAndConfirmsThePlace() {
		RedisQuotaStore store = store(quota(10, 1));
		String id = granted(store);
		store.release(id).block(TIMEOUT);
		assertThat(contents("permits")).isEmpty();
		assertThat(contents("places").get(id)).isLessThanOrEqualTo(serverTime() + 60_500.0);
		granted(store);
	}

	@Test
	void cancellationFreesBoth() {
		RedisQuotaStore store = store(quota(1, 1));
		String id = granted(store);
		store.cancel(id).block(TIMEOUT);
		assertThat(contents("permits")).isEmpty();
		assertThat(contents("places")).isEmpty();
		granted(store);
	}

	@Test
	void cancellationOfAConfirmedReservationFreesThePermitOnly() {
		RedisQuotaStore store = store(quota(1, 1));
		String id = granted(store);
		store.confirm(id).block(TIMEOUT);
		store.cancel(id).block(TIMEOUT);
		assertThat(contents("permits")).isEmpty();
		assertThat(contents("places")).containsOnlyKeys(id);
	}

	@Test
	void unknownReservationIsIgnored() {
		RedisQuotaStore store = store(quota(1, 1));
		store.confirm("unknown").then(store.release("unknown")).then(store.cancel("unknown")).block(TIMEOUT);
		assertThat(redis.contents()).isEmpty();
	}

	@Test
	void reservationWhoseSubscriberCancelsLeavesNoTrace() {
		RedisQuotaStore store = store(quota(10, 10));
		store.cancel(granted(store)).block(TIMEOUT);
		redis.hang(Duration.ofMillis(300));
		for (int i = 0; i < 5; i++) {
			store.reserve().subscribe().dispose();
		}
		granted(store);
		assertThat(contents("places")).hasSize(1);
		assertThat(contents("permits")).hasSize(1);
	}

	@Test
	void leaseOfADeadInstanceLapses() {
		RedisQuotaSettings settings = SETTINGS.withLease(Duration.ofSeconds(6));
		RedisQuotaStore store = store(quota(10, 1), settings);
		store.cancel(granted(store)).block(TIMEOUT);
		RedisQuotaStore dead = store(quota(10, 1), settings);
		String lost = granted(dead);
		dead.close();
		assertThat(reserve(store).limit()).isEqualTo(QuotaLimit.CONCURRENCY);
		double lapse = contents("permits").get(lost);
		TestRedis.await(() -> reserve(store).limit() == null);
		assertThat((double) serverTime()).isGreaterThan(lapse);
	}

	@Test
	void leaseIsRenewedWhileTheRequestRuns() {
		RedisQuotaSettings settings = SETTINGS.withLease(Duration.ofSeconds(3));
		RedisQuotaStore store = store(quota(10, 2).withWindow(Duration.ofMillis(100)).withMargin(Duration.ZERO),
				settings);
		RedisQuotaStore other = store(quota(10, 2), settings);
		String first = granted(store);
		String second = granted(store);
		store.confirm(second).block(TIMEOUT);
		List<Reservation> refused = Flux.interval(Duration.ofMillis(50))
			.onBackpressureDrop()
			.take(80)
			.concatMap((tick) -> other.reserve())
			.collectList()
			.block(TIMEOUT);
		assertThat(refused).extracting(Reservation::limit).containsOnly(QuotaLimit.CONCURRENCY);
		assertThat(contents("permits")).containsOnlyKeys(first, second);
		assertThat(contents("places")).containsOnlyKeys(first);
		store.release(first).block(TIMEOUT);
		granted(other);
	}

	@Test
	void instancesAnnounceThemselvesUntilTheyAreClosed() {
		RedisQuotaSettings settings = SETTINGS.withLease(Duration.ofSeconds(2));
		RedisQuotaStore first = store(quota(10, 10), settings);
		RedisQuotaStore second = store(quota(10, 10), settings);
		first.cancel(granted(first)).block(TIMEOUT);
		second.cancel(granted(second)).block(TIMEOUT);
		Mono.delay(settings.lease().multipliedBy(2)).block(TIMEOUT);
		TestRedis.await(() -> contents("instances").size() == 2);
		first.leave().block(TIMEOUT);
		first.close();
		assertThat(contents("instances")).hasSize(1);
		for (int i = 0; i < 3; i++) {
			Map<String, Double> before = contents("instances");
			TestRedis.await(() -> !contents("instances").equals(before));
		}
		assertThat(contents("instances")).as("timers left").hasSizeLessThanOrEqualTo(1);
		second.close();
		TestRedis.await(() -> contents("instances").isEmpty());
	}

	@Test
	void keysHoldAHashOfTheApiKeyInOneSlotAndExpire() {
		granted(store(quota(10, 10)));
		assertThat(redis.contents().keySet()).hasSize(3).allSatisfy((key) -> {
			assertThat(key).matches("electron:quota:\\{[0-9a-f]{16}}:(places|permits|instances)");
			assertThat(redis.<Long>inspect((commands) -> commands.pttl(key))).isBetween(1L, 76_500L);
		});
		assertThat(redis.contents().keySet()).extracting(SlotHash::getSlot)
			.hasSize(3)
			.containsOnly(SlotHash.getSlot(redis.contents().keySet().iterator().next()));
		assertThat(redis.contents().toString()).doesNotContain(this.apiKey.get().substring(3));
	}

	@Test
	void prefixOfTheKeysCanBeSet() {
		granted(store(quota(10, 10), SETTINGS.withKeyPrefix("mine:")));
		assertThat(redis.contents().keySet()).allMatch((key) -> key.startsWith("mine:{"));
	}

	@Test
	void accountsAreCountedApart() {
		granted(store(quota(1, 1)));
		this.apiKey.set("sk_other");
		granted(store(quota(1, 1)));
	}

	@Test
	void whenTheApiKeyCannotBeHadTheRequestIsToSaySo() {
		RedisQuotaStore store = store(quota(3, 3), SETTINGS.withLease(Duration.ofSeconds(3)));
		this.apiKey.set(null);
		String id = granted(store);
		store.cancel(id).block(TIMEOUT);
		this.apiKey.set("sk_" + UUID.randomUUID());
		TestRedis.await(() -> reserve(store).id() != null);
		this.apiKey.set(null);
		granted(store);
		assertThat(store.usage().used()).isEqualTo(2);
	}

	@Test
	void newApiKeyTakesOverWhatTheInstanceHasTaken() {
		RedisQuotaStore store = store(quota(3, 3), SETTINGS.withLease(Duration.ofSeconds(3)));
		String first = granted(store);
		String second = granted(store);
		store.release(first).block(TIMEOUT);
		this.apiKey.set("sk_rotated");
		TestRedis.await(() -> reserve(store).id() != null);
		assertThat(reserve(store).limit()).isEqualTo(QuotaLimit.REQUESTS_PER_MINUTE);
		store.release(second).block(TIMEOUT);
		assertThat(redis.contents().values()).anyMatch((members) -> members.size() == 3 && members.containsKey(first));
		assertThat(store.usage().inFlight()).isOne();
	}

	@Test
	void idleInstanceLearnsOfANewApiKey() {
		granted(store(quota(3, 3), SETTINGS.withLease(Duration.ofSeconds(3))));
		this.apiKey.set("sk_rotated");
		TestRedis.await(() -> redis.contents().keySet().stream().filter((key) -> key.endsWith("places")).count() == 2);
	}

	@Test
	void whatTheInstanceHasTakenIsWrittenAgainWhenRedisHasLostItsMemory() {
		RedisQuotaStore store = store(quota(3, 3), SETTINGS.withLease(Duration.ofSeconds(3)));
		String released = granted(store);
		String running = granted(store);
		store.release(released).block(TIMEOUT);
		redis.inspect((commands) -> commands.flushall());
		assertThat(reserve(store).limit()).isEqualTo(QuotaLimit.REQUESTS_PER_MINUTE);
		assertThat(contents("places")).containsOnlyKeys(released, running);
		assertThat(contents("permits")).containsOnlyKeys(running);
		assertThat(contents("places").get(released)).isLessThanOrEqualTo(serverTime() + 60_500.0);
		TestRedis.await(() -> reserve(store).id() != null);
		assertThat(contents("places")).hasSize(3);
	}

	@Test
	void whenRedisHasLostItsMemoryNothingIsReservedUntilEachInstanceHasRestoredItsOwn() {
		RedisQuotaSettings settings = SETTINGS.withLease(Duration.ofSeconds(6));
		RedisQuotaStore idle = store(quota(10, 10), settings);
		RedisQuotaStore busy = store(quota(10, 10), settings);
		connect(List.of(busy));
		for (int i = 0; i < 7; i++) {
			idle.release(granted(idle)).block(TIMEOUT);
		}
		redis.inspect((commands) -> commands.flushall());
		Reservation refused = reserve(busy);
		assertThat(refused.limit()).isEqualTo(QuotaLimit.REQUESTS_PER_MINUTE);
		assertThat(refused.retryIn()).isBetween(Duration.ofMillis(1), Duration.ofMillis(3001));
		assertThat(contents("pause")).hasSize(1);
		List<String> taken = new ArrayList<>();
		TestRedis.await(() -> {
			Reservation reservation = reserve(busy);
			if (reservation.id() != null) {
				taken.add(reservation.id());
			}
			return contents("places").size() >= 10;
		});
		assertThat(taken).hasSize(3);
		assertThat(reserve(busy).limit()).isEqualTo(QuotaLimit.REQUESTS_PER_MINUTE);
	}

	@Test
	void concurrentFirstReservationsDoNotWaitForOthers() {
		RedisQuotaStore store = store(quota(1000, 1000));
		List<Reservation> reservations = Flux.range(0, 200)
			.flatMap((i) -> store.reserve(), 200)
			.collectList()
			.block(TIMEOUT);
		assertThat(reservations).extracting(Reservation::limit).containsOnlyNulls();
		assertThat(contents("pause")).isEmpty();
	}

	@Test
	void firstReservationOfANewInstanceDoesNotWaitForOthers() {
		RedisQuotaStore first = store(quota(10, 10));
		granted(first);
		granted(store(quota(10, 10)));
		first.leave().block(TIMEOUT);
		granted(first);
		assertThat(contents("pause")).isEmpty();
	}

	@Test
	void whatReplicationHasLostIsHealedByTheHeartbeat() {
		RedisQuotaStore store = store(quota(10, 10), SETTINGS.withLease(Duration.ofSeconds(3)));
		String released = granted(store);
		String running = granted(store);
		store.release(released).block(TIMEOUT);
		store.confirm(running).block(TIMEOUT);
		Map<String, Double> before = contents("places");
		redis.inspect((commands) -> commands.del(key("places")));
		TestRedis.await(() -> contents("places").size() == 2);
		assertThat(contents("places").get(released)).isBetween(before.get(released) - 5, before.get(released) + 5000);
		assertThat(contents("permits")).containsOnlyKeys(running);
	}

	@Test
	void answerThatComesTooLateIsNotUsed() {
		RedisQuotaStore store = store(quota(10, 10), SETTINGS.withLease(Duration.ofMillis(1200)));
		String first = granted(store);
		store.cancel(first).block(TIMEOUT);
		redis.hang(Duration.ofMillis(600));
		String id = granted(store);
		assertThat(number(id)).isGreaterThan(number(first) + 1);
		TestRedis.await(() -> contents("places").keySet().equals(Set.of(id)));
		TestRedis.await(() -> contents("permits").keySet().equals(Set.of(id)));
	}

	@Test
	void reservationThatIsSentTwiceIsTakenOnce() {
		QuotaScript script = new QuotaScript(redis.connect(), "instance", quota(1, 1), Duration.ofSeconds(15));
		List<String> keys = new QuotaKeys("test:", () -> "sk_key").names();
		script.run(keys, "restore", Collections.emptyList()).block(TIMEOUT);
		assertThat(script.run(keys, "reserve", List.of("a")).block(TIMEOUT).status()).isEqualTo(QuotaReply.DONE);
		assertThat(script.run(keys, "reserve", List.of("a")).block(TIMEOUT).status()).isEqualTo(QuotaReply.DONE);
		assertThat(script.run(keys, "reserve", List.of("b")).block(TIMEOUT).status()).isEqualTo(QuotaReply.NO_PLACE);
		assertThat(contents("places")).containsOnlyKeys("a");
	}

	@Test
	void reservationsArriveOnNoThreadOfTheConnection() {
		RedisQuotaStore store = store(quota(10, 10));
		connect(List.of(store));
		String thread = store.reserve().map((reservation) -> Thread.currentThread().getName()).block(TIMEOUT);
		assertThat(thread).startsWith("parallel");
	}

	@Test
	void usageIsThatOfAllInstances() {
		RedisQuotaStore first = store(quota(10, 5));
		RedisQuotaStore second = store(quota(10, 5));
		assertThat(first.usage()).isEqualTo(new QuotaUsage(0, 10, 0, 5, 0, 0));
		assertThat(first.freeIn(1)).isZero();
		first.release(granted(first)).block(TIMEOUT);
		granted(second);
		assertThat(second.usage()).isEqualTo(new QuotaUsage(2, 10, 1, 5, 0, 0));
		for (int i = 0; i < 4; i++) {
			granted(second);
		}
		assertThat(reserve(second).limit()).isEqualTo(QuotaLimit.CONCURRENCY);
		assertThat(second.freeIn(1)).isZero();
		for (int i = 0; i < 4; i++) {
			first.release(granted(store(quota(10, 100)))).block(TIMEOUT);
		}
		assertThat(reserve(first).limit()).isEqualTo(QuotaLimit.REQUESTS_PER_MINUTE);
		assertThat(first.freeIn(1)).isBetween(Duration.ofSeconds(50), Duration.ofMillis(60_501));
	}

	@Test
	void unlimitedPlanIsNotCounted() {
		RedisQuotaStore store = store(QuotaSettings.of(Plan.UNLIMITED));
		store.confirm(granted(store)).block(TIMEOUT);
		store.release(granted(store)).block(TIMEOUT);
		store.cancel(granted(store)).block(TIMEOUT);
		assertThat(contents("places")).isEmpty();
		assertThat(contents("permits")).isEmpty();
		assertThat(store.usage()).isEqualTo(QuotaUsage.of(Plan.UNLIMITED, 0, 0));
	}

	private static QuotaSettings quota(int requestsPerMinute, int concurrency) {
		return QuotaSettings.of(Plan.custom(requestsPerMinute, concurrency));
	}

	private RedisQuotaStore store(QuotaSettings quota) {
		return store(quota, SETTINGS);
	}

	private RedisQuotaStore store(QuotaSettings quota, RedisQuotaSettings settings) {
		RedisQuotaStore store = new RedisQuotaStore(redis.connect(), quota, settings, this.apiKey::get);
		this.stores.add(store);
		return store;
	}

	private static void connect(List<RedisQuotaStore> instances) {
		instances.forEach((store) -> store.cancel(granted(store)).block(TIMEOUT));
	}

	private static Reservation reserve(RedisQuotaStore store) {
		return store.reserve().block(TIMEOUT);
	}

	private static String granted(RedisQuotaStore store) {
		Reservation reservation = reserve(store);
		assertThat(reservation.limit()).isNull();
		return reservation.id();
	}

	private static int number(String id) {
		return Integer.parseInt(id.substring(id.indexOf('-') + 1));
	}

	private static String key(String kind) {
		return redis.contents().keySet().stream().filter((key) -> key.endsWith(kind)).findFirst().orElseThrow();
	}

	private static Map<String, Double> contents(String kind) {
		return redis.contents(kind);
	}

	private static long serverTime() {
		return redis.inspect((commands) -> {
			List<String> time = commands.time();
			return Long.parseLong(time.get(0)) * 1000 + Long.parseLong(time.get(1)) / 1000;
		});
	}

}
