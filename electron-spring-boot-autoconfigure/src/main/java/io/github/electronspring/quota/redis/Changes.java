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

import java.util.ArrayList;
import java.util.List;

/**
 * Reservations as they are to be written to Redis. Not thread-safe.
 *
 * @author The Electron Spring authors
 */
final class Changes {

	/**
	 * What Redis knows is right.
	 */
	static final int LEAVE = -1;

	private final long version;

	private final List<String> ids = new ArrayList<>();

	private final List<String> arguments = new ArrayList<>();

	Changes(long version) {
		this.version = version;
	}

	/**
	 * Add a reservation.
	 * @param id the reservation
	 * @param place how many milliseconds the place is held, 0 for no longer
	 * @param permit whether the permit is held, 1 or 0
	 */
	void add(String id, long place, int permit) {
		this.ids.add(id);
		this.arguments.add(id);
		this.arguments.add(String.valueOf(place));
		this.arguments.add(String.valueOf(permit));
	}

	/**
	 * Return how much of the ledger's history is in these changes.
	 * @return the version of the ledger
	 */
	long version() {
		return this.version;
	}

	boolean isEmpty() {
		return this.ids.isEmpty();
	}

	List<String> ids() {
		return this.ids;
	}

	List<String> arguments() {
		return this.arguments;
	}

}
