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
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.UUID;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Supplier;

import io.github.electronspring.api.ElectronQuotaException;
import io.github.electronspring.quota.Plan;
import io.github.electronspring.quota.QuotaLimit;
import io.github.electronspring.quota.QuotaSettings;
import io.github.electronspring.quota.QuotaStore;
import io.github.electronspring.quota.QuotaUsage;
import io.github.electronspring.quota.Reservation;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.jspecify.annotations.Nullable;
import reactor.core.Disposable;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;

import org.springframework.core.NestedExceptionUtils;
import org.springframework.data.redis.connection.ReactiveRedisConnectionFactory;
import org.springframework.util.Assert;

/**
 * A {@link QuotaStore} in Redis, for all instances that share an account. Places and
 * permits are taken by one script, which goes by the clock of the Redis server. Permits
 * are leases that are renewed while their requests run, so that an instance that dies
 * gives them back. Thread-safe.
 * <p>
 * The store tells Redis from its first reservation on that this instance is there, until
 * it is closed: the share of each instance, for a time without Redis, depends on their
 * number.
 *
 * @author The Electron Spring authors
 */
public final class RedisQuotaStore implements QuotaStore, AutoCloseable {

	private static final Log logger = LogFactory.getLog(RedisQuotaStore.class);

	/**
	 * How often to ask for a permit that another instance holds, in milliseconds.
	 */
	private static final int PERMIT_POLL = 25;

	private final String instance = UUID.randomUUID().toString().substring(24);

	private final AtomicLong ids = new AtomicLong();

	private final Plan plan;

	private final RedisQuotaSettings settings;

	private final QuotaKeys keys;

	private final QuotaScript script;

	private final QuotaLedger ledger;

	private final AtomicBoolean gone = new AtomicBoolean();

	private @Nullable Disposable heartbeat;

	private volatile boolean closed;

	private volatile @Nullable Throwable failure;

	/**
	 * Create a store.
	 * @param connectionFactory the application's connection to Redis
	 * @param quota the plan, its window and its margin
	 * @param settings the settings of the store
	 * @param apiKey the API key, asked for with each reservation since it may change;
	 * only its hash goes to Redis
	 */
	public RedisQuotaStore(ReactiveRedisConnectionFactory connectionFactory, QuotaSettings quota,
			RedisQuotaSettings settings, Supplier<String> apiKey) {
		Assert.notNull(connectionFactory, "'connectionFactory' must not be null");
		Assert.notNull(quota, "'quota' must not be null");
		Assert.notNull(settings, "'settings' must not be null");
		Assert.notNull(apiKey, "'apiKey' must not be null");
		this.plan = quota.plan();
		this.settings = settings;
		this.keys = new QuotaKeys(settings.keyPrefix(), apiKey);
		this.script = new QuotaScript(connectionFactory, this.instance, quota, settings.lease());
		this.ledger = new QuotaLedger(quota, settings.lease());
	}

	@Override
	public Mono<Reservation> reserve() {
		return Mono.defer(() -> {
			this.keys.refresh();
			startHeartbeat();
			return take();
		});
	}

	private Mono<Reservation> take() {
		if (this.ledger.isShared()) {
			return takeShared();
		}
		if (this.settings.onFailure() == RedisQuotaFailure.REJECT) {
			return tryAgain().then(Mono.defer(() -> this.ledger.isShared() ? takeShared() : Mono.error(rejected())));
		}
		tryAgain().subscribe();
		return takeAlone();
	}

	private Mono<Reservation> takeShared() {
		String id = nextId();
		AtomicBoolean settled = new AtomicBoolean();
		Runnable abandon = () -> {
			if (settled.compareAndSet(false, true)) {
				write(this.ledger.abandon(id)).subscribe();
			}
		};
		return askForPlace(id).map((reply) -> reservation(id, reply)).onErrorResume((ex) -> {
			lost(ex);
			return Mono.empty();
		}).doOnNext((reservation) -> settled.set(true)).doOnCancel(abandon).switchIfEmpty(Mono.defer(() -> {
			abandon.run();
			return take();
		}));
	}

	/**
	 * Ask Redis for a place.
	 * @param id the reservation
	 * @return the answer, or empty if it came too late to be of use
	 */
	private Mono<QuotaReply> askForPlace(String id) {
		Mono<QuotaReply> ask = Mono.defer(() -> {
			long asked = this.ledger.now();
			return run("reserve", List.of(id)).filter((reply) -> !this.ledger.isStale(asked));
		});
		return Mono.defer(() -> {
			boolean incomplete = isIncomplete();
			return ask.flatMap((reply) -> reply.isUnknownInstance() ? restore(incomplete).then(ask) : Mono.just(reply));
		});
	}

	private String nextId() {
		return this.instance + "-" + this.ids.incrementAndGet();
	}

	private Reservation reservation(String id, QuotaReply reply) {
		switch (reply.status()) {
			case QuotaReply.DONE -> {
				this.ledger.grant(id);
				return Reservation.granted(id);
			}
			case QuotaReply.NO_PLACE -> {
				return Reservation.refused(QuotaLimit.REQUESTS_PER_MINUTE, Duration.ofMillis(reply.freeIn()));
			}
			case QuotaReply.NO_PERMIT -> {
				// those of other instances come back without a word, and not for all who
				// wait at the same moment
				int poll = PERMIT_POLL + ThreadLocalRandom.current().nextInt(PERMIT_POLL);
				return Reservation.refused(QuotaLimit.CONCURRENCY, Duration.ofMillis(poll));
			}
			default -> throw new IllegalStateException("Redis has lost instance '%s' again".formatted(this.instance));
		}
	}

	private Mono<Reservation> takeAlone() {
		PlanShare share = this.ledger.share();
		if (share.isEmpty()) {
			return Mono.error(new ElectronQuotaException(
					"Redis does not answer, and there are more instances than the plan '%s' has places or permits, so that none is left for this one: raise the plan or set 'electron.quota.redis.on-failure'"
						.formatted(this.plan.name()),
					"Redis", 0, null));
		}
		Reservation reservation = this.ledger.takeAlone(nextId());
		return (reservation != null) ? Mono.just(reservation) : takeShared();
	}

	private ElectronQuotaException rejected() {
		return new ElectronQuotaException(
				"Redis, which counts the plan's requests, does not answer, and 'electron.quota.redis.on-failure' is 'reject'",
				"Redis", 0, null, this.failure);
	}

	@Override
	public Mono<Void> confirm(String id) {
		return Mono.defer(() -> write(this.ledger.confirm(id)));
	}

	@Override
	public Mono<Void> release(String id) {
		return Mono.defer(() -> write(this.ledger.release(id)));
	}

	@Override
	public Mono<Void> cancel(String id) {
		return Mono.defer(() -> write(this.ledger.cancel(id)));
	}

	@Override
	public QuotaUsage usage() {
		return this.ledger.usage();
	}

	@Override
	public Duration freeIn(int places) {
		return Duration.ofMillis(this.ledger.freeIn(places));
	}

	/**
	 * Renew nothing any more, and tell Redis that this instance is gone. Does nothing if
	 * that was done before.
	 * @return completion when Redis knows, at the latest after a second; never an error
	 */
	public Mono<Void> leave() {
		return Mono.defer(() -> {
			if (!stopHeartbeat() || !this.ledger.isShared()) {
				return Mono.empty();
			}
			return run("leave", Collections.emptyList()).timeout(QuotaScript.TIMEOUT)
				.doOnError((ex) -> logger.debug("Redis has not learned that this instance is gone", ex))
				.onErrorComplete()
				.then();
		});
	}

	/**
	 * {@link #leave() Leave} without waiting for Redis.
	 */
	@Override
	public void close() {
		leave().subscribe();
	}

	private synchronized void startHeartbeat() {
		if (this.heartbeat == null && !this.closed) {
			long period = Math.max(1, this.settings.lease().toMillis() / 3);
			this.heartbeat = Schedulers.parallel()
				.schedulePeriodically(this::beat, period, period, TimeUnit.MILLISECONDS);
		}
	}

	private synchronized boolean stopHeartbeat() {
		this.closed = true;
		Disposable running = this.heartbeat;
		if (running == null || running.isDisposed()) {
			return false;
		}
		running.dispose();
		return true;
	}

	private void beat() {
		this.keys.refresh();
		(this.ledger.isShared() ? renew() : tryAgain()).subscribe();
	}

	private Mono<Void> renew() {
		return Mono.defer(() -> {
			boolean incomplete = isIncomplete();
			Changes renewed = this.ledger.changes(0);
			return run("renew", renewed.arguments()).flatMap((reply) -> (reply.isUnknownInstance() && !this.closed)
					? restore(incomplete) : write(this.ledger.settledSince(renewed)));
		}).doOnError(this::lost).onErrorComplete();
	}

	private Mono<Void> write(Changes changes) {
		// when Redis is gone, it is told when it is back
		if (changes.isEmpty() || !this.ledger.isShared()) {
			return Mono.empty();
		}
		return run("write", changes.arguments()).doOnNext((reply) -> changes.ids().forEach(this.ledger::forget))
			.doOnError(this::lost)
			.onErrorComplete()
			.then();
	}

	private boolean isIncomplete() {
		// one that leaves and takes another place has not been forgotten
		return this.ledger.isIncomplete() && !this.closed;
	}

	/**
	 * Write all again.
	 * @param incomplete whether Redis was incomplete when it was asked: by now another
	 * reservation may have restored all
	 * @return completion, or an error if Redis does not answer
	 */
	private Mono<Void> restore(boolean incomplete) {
		return restore(incomplete ? "return" : "restore", 0);
	}

	private Mono<Void> restore(String operation, long since) {
		return Mono.defer(() -> {
			Changes changes = this.ledger.changes(since);
			return run(operation, changes.arguments()).flatMap((reply) -> {
				if (!this.ledger.regain(changes.version())) {
					return restore("restore", changes.version());
				}
				this.failure = null;
				if (this.gone.compareAndSet(true, false)) {
					logger.info("Redis answers again and counts the plan's requests");
				}
				return Mono.empty();
			});
		});
	}

	private Mono<Void> tryAgain() {
		return this.ledger.isDue() ? restore(isIncomplete()).doOnError(this::failedAgain).onErrorComplete()
				: Mono.empty();
	}

	private void failedAgain(Throwable ex) {
		this.failure = ex;
		logger.debug("Redis does not answer yet", ex);
	}

	private Mono<QuotaReply> run(String operation, List<String> arguments) {
		return this.script.run(this.keys.names(), operation, arguments).doOnNext(this.ledger::heard);
	}

	private void lost(Throwable ex) {
		if (!this.ledger.lose()) {
			return;
		}
		this.failure = ex;
		this.gone.set(true);
		String onFailure = this.settings.onFailure().name().toLowerCase(Locale.ROOT);
		logger.warn("Redis does not answer ('%s'): %s until it does ('electron.quota.redis.on-failure' is '%s')"
			.formatted(NestedExceptionUtils.getMostSpecificCause(ex), consequence(), onFailure));
	}

	private String consequence() {
		if (this.settings.onFailure() == RedisQuotaFailure.REJECT) {
			return "requests are refused";
		}
		PlanShare share = this.ledger.share();
		return "this instance %s, %s requests per minute and %s at a time,".formatted(
				this.ledger.hasHeard() ? "keeps to its share of the plan"
						: "takes half of the plan, since it does not know how many others there are",
				number(share.requestsPerMinute()), number(share.concurrency()));
	}

	private static String number(int limit) {
		return (limit != Integer.MAX_VALUE) ? String.valueOf(limit) : "any number of";
	}

}
