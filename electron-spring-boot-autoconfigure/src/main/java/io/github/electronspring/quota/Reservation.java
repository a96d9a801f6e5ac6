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

import org.jspecify.annotations.Nullable;

import org.springframework.util.Assert;

/**
 * What a {@link QuotaStore} answers to a request for a place: either an {@code id} or the
 * {@code limit} that is reached. Immutable.
 *
 * @param id what the place and the permit are given back by, or {@code null} if there is
 * none
 * @param limit the limit that is reached, or {@code null} if there is a place
 * @param retryIn when to ask again at the latest, or {@code null} for when something has
 * been given back through the same store
 * @author The Electron Spring authors
 */
public record Reservation(@Nullable String id, @Nullable QuotaLimit limit, @Nullable Duration retryIn) {

	/**
	 * Create a reservation.
	 * @throws IllegalArgumentException unless exactly one of id and limit is there
	 */
	public Reservation {
		Assert.isTrue((id != null) != (limit != null), "Either 'id' or 'limit' must be null");
	}

	/**
	 * A place and a permit are taken.
	 * @param id what they are given back by
	 * @return the reservation
	 */
	public static Reservation granted(String id) {
		return new Reservation(id, null, null);
	}

	/**
	 * Nothing is taken.
	 * @param limit the limit that is reached
	 * @param retryIn when to ask again at the latest, or {@code null} for when something
	 * has been given back through the same store
	 * @return the reservation
	 */
	public static Reservation refused(QuotaLimit limit, @Nullable Duration retryIn) {
		return new Reservation(null, limit, retryIn);
	}

}
