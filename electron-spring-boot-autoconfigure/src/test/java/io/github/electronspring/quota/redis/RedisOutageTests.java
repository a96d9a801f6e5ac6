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
import java.util.List;
import java.util.Map;
import java.util.Set;

import io.github.electronspring.api.ElectronQuotaException;
import io.github.electronspring.quota.Plan;
import io.github.electronspring.quota.QuotaLimit;
import io.github.electronspring.quota.QuotaSettings;
import io.github.electronspring.quota.Reservation;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import reactor.core.publisher.Mono;
import reactor.test.StepVerifier;

import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.util.StringUtils;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link RedisQuotaStore} with a Redis that goes and comes back.
 *
 * @author The Electron Spring authors
 */
@ExtendWith(OutputCaptureExtension.class)
class RedisOutageTests {

	private static final Duration TIMEOUT = TestRedis.TIMEOUT;

	private static final String GONE = "Redis does not answer";

	private static final String BACK = "Redis answers again";

	private static final RedisQuotaSettings SETTINGS = RedisQuotaSettings.defaults().withLease(Duration.ofSeconds(6));

	private final TestRedis redis = TestRedis.stopped();

	private final List<RedisQuotaStore> stores = new ArrayList<>();

	@AfterEach
	void close() {
		this.stores.forEach(RedisQuotaStore::close);
		this.redis.close();
	}

	@Test
	void instancesKeepToTheirSharesAndComeBackWithWhatTheyHaveTaken(CapturedOutput output) {
		this.redis.restart();
		List<RedisQuotaStore> instances = List.of(store(quota(8, 8), SETTINGS), store(quota(8, 8), SETTINGS),
				store(quota(8, 8), SETTINGS));
		announce(instances);
		this.redis.stop();
		List<Integer> taken = instances.stream().map(RedisOutageTests::takeAll).toList();
		assertThat(taken).containsExactlyInAnyOrder(3, 3, 2);
		assertThat(StringUtils.countOccurrencesOf(output.getAll(), GONE)).isEqualTo(3);
		assertThat(output).contains(
				"this instance keeps to its share of the plan, 2 requests per minute and 2 at a time, until it does");
		assertThat(output).doesNotContain("sk_key");
		this.redis.restart();
		TestRedis.await(() -> contents("places").size() == 8 && contents("permits").size() == 8);
		TestRedis.await(() -> StringUtils.countOccurrencesOf(output.getAll(), BACK) == 3);
		TestRedis.await(() -> contents("pause").isEmpty());
		instances.forEach((store) -> assertThat(reserve(store).limit()).isEqualTo(QuotaLimit.REQUESTS_PER_MINUTE));
		assertThat(StringUtils.countOccurrencesOf(output.getAll(), GONE)).isEqualTo(3);
	}

	@Test
	void whatHappensWithoutRedisIsWrittenBeforeTheFirstNewReservation() {
		this.redis.restart();
		RedisQuotaSettings settings = SETTINGS.withLease(Duration.ofMinutes(1));
		RedisQuotaStore store = store(quota(1000, 1000), settings);
		String released = granted(store);
		String confirmed = granted(store);
		String cancelled = granted(store);
		this.redis.stop();
		String local = granted(store);
		StepVerifier.create(store.release(released).then(store.confirm(confirmed)).then(store.cancel(cancelled)))
			.expectComplete()
			.verify(TIMEOUT);
		assertThat(store.usage().used()).isEqualTo(3);
		assertThat(store.usage().inFlight()).isEqualTo(2);
		this.redis.restart();
		List<String> more = new ArrayList<>();
		TestRedis.await(() -> {
			Mono.delay(Duration.ofMillis(300)).block(TIMEOUT);
			return !takeIfFree(store, more) && contents("places").keySet().containsAll(more);
		});
		assertThat(contents("places")).containsKeys(released, confirmed, local).doesNotContainKey(cancelled);
		assertThat(contents("permits")).containsKeys(confirmed, local).doesNotContainKeys(released, cancelled);
		double soon = contents("instances").values().iterator().next() + 1000;
		assertThat(contents("places").get(released)).isLessThan(soon);
		assertThat(contents("places").get(local)).isGreaterThan(soon);
	}

	@Test
	void whenRedisHangsItIsGoneAfterASecondAndRememberedThingsAreMended() {
		this.redis.restart();
		RedisQuotaSettings settings = SETTINGS.withLease(Duration.ofMinutes(1));
		RedisQuotaStore store = store(quota(1000, 1000), settings);
		String released = granted(store);
		this.redis.hang(Duration.ofSeconds(6));
		long start = System.nanoTime();
		String local = granted(store);
		assertThat(Duration.ofNanos(System.nanoTime() - start)).isBetween(Duration.ofMillis(950),
				Duration.ofMillis(5900));
		store.release(released).block(TIMEOUT);
		List<String> more = new ArrayList<>();
		TestRedis.await(() -> {
			Mono.delay(Duration.ofMillis(400)).block(TIMEOUT);
			return !takeIfFree(store, more) && contents("places").containsKey(local);
		});
		more.add(local);
		TestRedis.await(() -> contents("permits").keySet().equals(Set.copyOf(more)));
		more.add(released);
		TestRedis.await(() -> contents("places").keySet().equals(Set.copyOf(more)));
	}

	@Test
	void withRejectReservationsFailUntilRedisIsBack(CapturedOutput output) {
		this.redis.restart();
		RedisQuotaStore store = store(quota(10, 10), SETTINGS.withOnFailure(RedisQuotaFailure.REJECT));
		granted(store);
		this.redis.stop();
		expectRejection(store);
		expectRejection(store);
		assertThat(StringUtils.countOccurrencesOf(output.getAll(), GONE)).isOne();
		assertThat(output)
			.contains("requests are refused until it does ('electron.quota.redis.on-failure' is 'reject')");
		this.redis.restart();
		TestRedis.await(() -> Boolean.TRUE.equals(
				store.reserve().map((reservation) -> reservation.id() != null).onErrorReturn(false).block(TIMEOUT)));
		assertThat(contents("places")).hasSize(2);
	}

	@Test
	void instanceThatNeverReachedRedisHasHalfOfThePlan(CapturedOutput output) {
		RedisQuotaStore store = store(quota(8, 4), SETTINGS);
		assertThat(takeAll(store)).isEqualTo(2);
		assertThat(output).contains(
				"takes half of the plan, since it does not know how many others there are, 4 requests per minute and 2 at a time, until it does");
		this.redis.restart();
		TestRedis.await(() -> contents("permits").size() == 2);
	}

	@Test
	void instanceWithoutAShareRefuses() {
		this.redis.restart();
		List<RedisQuotaStore> instances = List.of(store(quota(10, 1), SETTINGS), store(quota(10, 1), SETTINGS));
		announce(instances);
		this.redis.stop();
		List<String> outcomes = instances.stream()
			.map((store) -> store.reserve()
				.map((reservation) -> "granted")
				.onErrorResume(ElectronQuotaException.class, (ex) -> Mono.just(ex.getMessage()))
				.block(TIMEOUT))
			.toList();
		assertThat(outcomes).containsExactlyInAnyOrder("granted",
				"Redis does not answer, and there are more instances than the plan 'custom' has places or permits, so that none is left for this one: raise the plan or set 'electron.quota.redis.on-failure'");
	}

	@Test
	void leavingWithoutRedisIsNoError() {
		this.redis.restart();
		RedisQuotaStore store = store(quota(8, 4), SETTINGS);
		granted(store);
		this.redis.stop();
		StepVerifier.create(store.leave()).expectComplete().verify(TIMEOUT);
		StepVerifier.create(store.leave()).expectComplete().verify(TIMEOUT);
	}

	private static void expectRejection(RedisQuotaStore store) {
		StepVerifier.create(store.reserve())
			.expectErrorSatisfies((ex) -> assertThat(ex).isInstanceOf(ElectronQuotaException.class)
				.hasCauseInstanceOf(Exception.class)
				.hasMessageContaining("'electron.quota.redis.on-failure' is 'reject'"))
			.verify(TIMEOUT);
	}

	private static int takeAll(RedisQuotaStore store) {
		int taken = 0;
		while (reserve(store).limit() == null) {
			taken++;
		}
		return taken;
	}

	private static boolean takeIfFree(RedisQuotaStore store, List<String> taken) {
		Reservation reservation = reserve(store);
		if (reservation.id() != null) {
			taken.add(reservation.id());
		}
		return reservation.id() != null;
	}

	/**
	 * Let instances know of each other: in the second round each hears of all.
	 */
	private static void announce(List<RedisQuotaStore> instances) {
		for (int i = 0; i < 2; i++) {
			instances.forEach((store) -> store.cancel(granted(store)).block(TIMEOUT));
		}
	}

	private static QuotaSettings quota(int requestsPerMinute, int concurrency) {
		return QuotaSettings.of(Plan.custom(requestsPerMinute, concurrency));
	}

	private RedisQuotaStore store(QuotaSettings quota, RedisQuotaSettings settings) {
		RedisQuotaStore store = new RedisQuotaStore(this.redis.connect(), quota, settings, () -> "sk_key");
		this.stores.add(store);
		return store;
	}

	private static Reservation reserve(RedisQuotaStore store) {
		return store.reserve().block(TIMEOUT);
	}

	private static String granted(RedisQuotaStore store) {
		Reservation reservation = reserve(store);
		assertThat(reservation.limit()).isNull();
		return reservation.id();
	}

	private Map<String, Double> contents(String kind) {
		return this.redis.contents(kind);
	}

}
