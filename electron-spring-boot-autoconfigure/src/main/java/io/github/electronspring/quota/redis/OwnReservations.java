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

import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;

import org.jspecify.annotations.Nullable;

/**
 * The reservations of this instance, in the order in which they were taken. Not
 * thread-safe: {@link QuotaLedger} locks it.
 *
 * @author The Electron Spring authors
 */
final class OwnReservations implements Iterable<OwnReservation> {

	private final Map<String, OwnReservation> byId = new LinkedHashMap<>();

	@Nullable OwnReservation get(String id) {
		return this.byId.get(id);
	}

	void add(OwnReservation reservation) {
		this.byId.put(reservation.id(), reservation);
	}

	void remove(String id) {
		this.byId.remove(id);
	}

	/**
	 * Forget all of which Redis does not hold anything either.
	 * @param now the time
	 */
	void forgetOver(long now) {
		this.byId.values().removeIf((reservation) -> reservation.isOver(now));
	}

	int used(long now) {
		return (int) this.byId.values().stream().filter((reservation) -> reservation.hasPlace(now)).count();
	}

	int inFlight() {
		return (int) this.byId.values().stream().filter(OwnReservation::isInFlight).count();
	}

	/**
	 * Return when the first place is free.
	 * @param now the time
	 * @return the time left, very long if no place is held
	 */
	long freeIn(long now) {
		return this.byId.values()
			.stream()
			.filter((reservation) -> reservation.hasPlace(now))
			.mapToLong(OwnReservation::placeUntil)
			.min()
			.orElse(Long.MAX_VALUE) - now;
	}

	@Override
	public Iterator<OwnReservation> iterator() {
		return this.byId.values().iterator();
	}

}
