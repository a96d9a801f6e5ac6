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

import io.github.electronspring.quota.Plan;
import io.github.electronspring.quota.QuotaLimit;
import io.github.electronspring.quota.QuotaSettings;
import io.github.electronspring.quota.QuotaUsage;
import io.github.electronspring.quota.Reservation;
import org.jspecify.annotations.Nullable;
import reactor.core.scheduler.Schedulers;

/**
 * What this instance has taken itself, and whether Redis counts it or it must count
 * alone. Thread-safe; it is locked for moments only.
 *
 * @author The Electron Spring authors
 */
final class QuotaLedger {

	/**
	 * How often Redis is tried when it is gone. No shorter than a command may take: when
	 * Redis is back, no failure of an earlier command is still to come.
	 */
	private static final long RETRY_MILLIS = QuotaScript.TIMEOUT.toMillis();

	private static final long NANOS_PER_MILLI = 1_000_000;

	private final long origin = Schedulers.parallel().now(TimeUnit.NANOSECONDS);

	private final Plan plan;

	private final long window;

	private final long lease;

	private final OwnReservations own = new OwnReservations();

	private QuotaReply last = QuotaReply.NONE;

	private long lastAt;

	private boolean heard;

	private boolean shared = true;

	private long triedAt;

	private int othersUsed;

	private int othersInFlight;

	private long version;

	QuotaLedger(QuotaSettings settings, Duration lease) {
		this.plan = settings.plan();
		this.window = settings.window().plus(settings.margin()).toMillis();
		this.lease = lease.toMillis();
	}

	/**
	 * Return whether Redis counts.
	 * @return {@code false} while Redis is gone
	 */
	synchronized boolean isShared() {
		return this.shared;
	}

	/**
	 * Redis has answered.
	 * @param reply the answer; one to an instance that is not known tells nothing of the
	 * instances, and is no sign that the lease was renewed
	 */
	synchronized void heard(QuotaReply reply) {
		if (reply.isUnknownInstance()) {
			return;
		}
		this.last = reply;
		this.lastAt = now();
		this.heard = true;
	}

	/**
	 * Return whether Redis has ever answered.
	 * @return whether it has
	 */
	synchronized boolean hasHeard() {
		return this.heard;
	}

	/**
	 * Return whether Redis may not know all that the instances have taken: they have
	 * counted alone, or it has forgotten an instance whose lease was not over.
	 * @return whether the others are to be waited for
	 */
	synchronized boolean isIncomplete() {
		return !this.shared || (this.heard && now() - this.lastAt < this.lease);
	}

	/**
	 * Return whether an answer comes so late that what it grants may have lapsed before
	 * the next heartbeat.
	 * @param asked when Redis was asked, as {@link #now()} told
	 * @return whether the answer is worthless
	 */
	boolean isStale(long asked) {
		return now() - asked > this.lease / 3;
	}

	/**
	 * Redis is gone: from now on this instance counts alone.
	 * @return whether that is news
	 */
	synchronized boolean lose() {
		if (!this.shared) {
			return false;
		}
		this.shared = false;
		this.triedAt = now();
		this.othersUsed = Math.max(0, this.last.used() - this.own.used(this.lastAt));
		this.othersInFlight = Math.max(0, this.last.inFlight() - this.own.inFlight());
		return true;
	}

	/**
	 * Return whether Redis is to be tried again, at most once a second.
	 * @return whether the caller has to try
	 */
	synchronized boolean isDue() {
		long now = now();
		if (this.shared || now - this.triedAt < RETRY_MILLIS) {
			return false;
		}
		this.triedAt = now;
		return true;
	}

	/**
	 * Redis is back and knows all up to a version.
	 * @param version the version
	 * @return whether Redis counts from now on; {@code false} if it has yet to be told
	 * what has changed since
	 */
	synchronized boolean regain(long version) {
		if (version != this.version) {
			return false;
		}
		this.shared = true;
		return true;
	}

	/**
	 * Return all that has changed since a version. To write it twice does no harm.
	 * @param since the version, zero for all
	 * @return the changes, as they are to be written
	 */
	synchronized Changes changes(long since) {
		long now = now();
		this.own.forgetOver(now);
		Changes changes = new Changes(this.version);
		for (OwnReservation reservation : this.own) {
			if (reservation.version() > since) {
				reservation.tell();
				long place = reservation.isConfirmed() ? reservation.left(now) : this.lease + this.window;
				changes.add(reservation.id(), place, reservation.isInFlight() ? 1 : 0);
			}
		}
		return changes;
	}

	/**
	 * Return what has been settled while it was renewed: the renewal may have come after
	 * it, and hold again what was given back.
	 * @param renewed what was renewed
	 * @return what is to be written once more
	 */
	synchronized Changes settledSince(Changes renewed) {
		Changes changes = new Changes(this.version);
		for (String id : renewed.ids()) {
			OwnReservation reservation = this.own.get(id);
			if (reservation == null) {
				changes.add(id, 0, 0);
			}
			else if (reservation.version() > renewed.version()) {
				changes.add(id, reservation.isConfirmed() ? reservation.left(now()) : Changes.LEAVE,
						reservation.isInFlight() ? Changes.LEAVE : 0);
			}
		}
		return changes;
	}

	/**
	 * Redis has granted a reservation.
	 * @param id the reservation, which may have been abandoned meanwhile
	 */
	synchronized void grant(String id) {
		if (this.own.get(id) == null) {
			take(id, true);
		}
	}

	private void take(String id, boolean told) {
		OwnReservation reservation = new OwnReservation(id, told);
		touch(reservation);
		this.own.add(reservation);
	}

	/**
	 * Take a place and a permit of this instance's share.
	 * @param id what they are given back by
	 * @return what was taken or which limit is reached, or {@code null} if Redis counts
	 */
	synchronized @Nullable Reservation takeAlone(String id) {
		if (this.shared) {
			return null;
		}
		long now = now();
		this.own.forgetOver(now);
		PlanShare share = share();
		int used = this.own.used(now);
		if (used >= share.requestsPerMinute() || used + othersUsed(now) >= this.plan.requestsPerMinute()) {
			return Reservation.refused(QuotaLimit.REQUESTS_PER_MINUTE,
					Duration.ofMillis(Math.min(this.own.freeIn(now), RETRY_MILLIS)));
		}
		int inFlight = this.own.inFlight();
		if (inFlight >= share.concurrency() || inFlight + othersInFlight(now) >= this.plan.concurrency()) {
			return Reservation.refused(QuotaLimit.CONCURRENCY, Duration.ofMillis(RETRY_MILLIS));
		}
		take(id, false);
		return Reservation.granted(id);
	}

	/**
	 * The response headers are here, or the request has failed.
	 * @param id the reservation
	 * @return what is to be written, which is nothing if that was known
	 */
	synchronized Changes confirm(String id) {
		OwnReservation reservation = this.own.get(id);
		Changes changes = new Changes(this.version);
		if (reservation != null && !reservation.isConfirmed()) {
			confirm(reservation);
			changes.add(id, this.window, Changes.LEAVE);
		}
		return changes;
	}

	/**
	 * The response has ended.
	 * @param id the reservation
	 * @return what is to be written, which is nothing if that was known
	 */
	synchronized Changes release(String id) {
		OwnReservation reservation = this.own.get(id);
		Changes changes = new Changes(this.version);
		if (reservation != null && reservation.isInFlight()) {
			changes.add(id, reservation.isConfirmed() ? Changes.LEAVE : this.window, 0);
			if (!reservation.isConfirmed()) {
				confirm(reservation);
			}
			reservation.release();
			touch(reservation);
		}
		return changes;
	}

	/**
	 * The request was never sent.
	 * @param id the reservation
	 * @return what is to be written, which is nothing if that was known
	 */
	synchronized Changes cancel(String id) {
		OwnReservation reservation = this.own.get(id);
		if (reservation == null || reservation.isConfirmed()) {
			return release(id);
		}
		Changes changes = new Changes(this.version);
		if (!reservation.isTold()) {
			this.own.remove(id);
			return changes;
		}
		reservation.giveBack(now() + this.lease + this.window);
		touch(reservation);
		changes.add(id, 0, 0);
		return changes;
	}

	/**
	 * Nobody knows whether Redis has granted a reservation: whatever it holds is to be
	 * given back.
	 * @param id the reservation
	 * @return what is to be written
	 */
	synchronized Changes abandon(String id) {
		if (this.own.get(id) == null) {
			take(id, true);
		}
		return cancel(id);
	}

	/**
	 * Redis has learned that a reservation was given back.
	 * @param id the reservation
	 */
	synchronized void forget(String id) {
		OwnReservation reservation = this.own.get(id);
		if (reservation != null && !reservation.isInFlight() && !reservation.hasPlace(now())) {
			this.own.remove(id);
		}
	}

	synchronized PlanShare share() {
		return this.heard ? PlanShare.of(this.plan, this.last) : PlanShare.ofUnknown(this.plan);
	}

	synchronized QuotaUsage usage() {
		long now = now();
		return this.shared ? QuotaUsage.of(this.plan, this.last.used(), this.last.inFlight())
				: QuotaUsage.of(this.plan, this.own.used(now), this.own.inFlight());
	}

	/**
	 * Return the time before which a number of places cannot be free.
	 * @param places the number of places, at least 1
	 * @return the milliseconds from now, zero if nothing is known
	 */
	synchronized long freeIn(int places) {
		if (!this.shared) {
			return 0;
		}
		// Those ahead take all places that often before
		long rounds = (places - 1) / this.plan.requestsPerMinute();
		return Math.max(0, this.lastAt + this.last.freeIn() - now()) + rounds * this.window;
	}

	private void confirm(OwnReservation reservation) {
		boolean counted = this.plan.requestsPerMinute() != Integer.MAX_VALUE;
		reservation.confirm(counted ? now() + this.window : now());
		touch(reservation);
	}

	private void touch(OwnReservation reservation) {
		reservation.version(++this.version);
	}

	private int othersUsed(long now) {
		// what they held when Redis was heard last, for as long as they may hold it
		return (now < this.lastAt + this.window) ? this.othersUsed : 0;
	}

	private int othersInFlight(long now) {
		// nobody can renew a lease without Redis: a long stream may outlive it
		return (now < this.lastAt + Math.max(this.lease, this.window)) ? this.othersInFlight : 0;
	}

	/**
	 * Return the time of a clock that nobody sets.
	 * @return the milliseconds since this ledger was made
	 */
	long now() {
		return (Schedulers.parallel().now(TimeUnit.NANOSECONDS) - this.origin) / NANOS_PER_MILLI;
	}

}
