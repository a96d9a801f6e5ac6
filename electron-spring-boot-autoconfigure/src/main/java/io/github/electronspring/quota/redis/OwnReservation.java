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

/**
 * A reservation of this instance, as {@link QuotaLedger} knows it.
 *
 * @author The Electron Spring authors
 */
final class OwnReservation {

	private static final long NOT_CONFIRMED = Long.MAX_VALUE;

	private final String id;

	private long placeUntil = NOT_CONFIRMED;

	private boolean inFlight = true;

	private long keptUntil = NOT_CONFIRMED;

	private long version;

	private boolean told;

	/**
	 * Create a reservation.
	 * @param id the reservation
	 * @param told whether Redis may know of it
	 */
	OwnReservation(String id, boolean told) {
		this.id = id;
		this.told = told;
	}

	String id() {
		return this.id;
	}

	long version() {
		return this.version;
	}

	void version(long version) {
		this.version = version;
	}

	/**
	 * Return whether Redis may know of it.
	 * @return {@code false} if it was taken alone and not written yet
	 */
	boolean isTold() {
		return this.told;
	}

	void tell() {
		this.told = true;
	}

	boolean isConfirmed() {
		return this.placeUntil != NOT_CONFIRMED;
	}

	boolean isInFlight() {
		return this.inFlight;
	}

	boolean hasPlace(long now) {
		return this.placeUntil > now;
	}

	/**
	 * Return when the place is free.
	 * @return the time, in the far future if the place is not confirmed
	 */
	long placeUntil() {
		return this.placeUntil;
	}

	/**
	 * Return how long the place is held.
	 * @param now the time
	 * @return the time left, 0 for no longer
	 */
	long left(long now) {
		return Math.max(0, this.placeUntil - now);
	}

	/**
	 * Return whether Redis does not hold anything of it either.
	 * @param now the time
	 * @return whether it can be forgotten
	 */
	boolean isOver(long now) {
		return !this.inFlight && this.keptUntil <= now;
	}

	void confirm(long placeUntil) {
		this.placeUntil = placeUntil;
		this.keptUntil = placeUntil;
	}

	void release() {
		this.inFlight = false;
	}

	/**
	 * Give the place back too.
	 * @param keptUntil until when Redis would hold the place if it never learned of that
	 */
	void giveBack(long keptUntil) {
		this.inFlight = false;
		this.placeUntil = 0;
		this.keptUntil = keptUntil;
	}

}
