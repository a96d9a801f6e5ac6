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

import reactor.core.publisher.Mono;

/**
 * Where the places and permits of a plan are counted: in this process or across many.
 * Never waits for a place, and does all at subscription. Implementations are thread-safe,
 * never block, and bound the time of each answer.
 *
 * @author The Electron Spring authors
 */
public interface QuotaStore {

	/**
	 * Take a place and a permit, both or neither.
	 * @return what was taken or which limit is reached; an error if the store cannot be
	 * reached, of which an {@link io.github.electronspring.api.ElectronException} reaches
	 * the caller as it is
	 */
	Mono<Reservation> reserve();

	/**
	 * The response headers are here, or the request has failed: its place is free a
	 * window and a margin from now. Does nothing if that was told before or the
	 * reservation is not known.
	 * @param id the reservation
	 * @return completion, or an error if the store cannot be reached
	 */
	Mono<Void> confirm(String id);

	/**
	 * The response has ended: the permit is free. Confirms the place if nobody has.
	 * @param id the reservation
	 * @return completion, or an error if the store cannot be reached
	 */
	Mono<Void> release(String id);

	/**
	 * The request was never sent: the permit is free, and so is the place unless it is
	 * confirmed.
	 * @param id the reservation
	 * @return completion, or an error if the store cannot be reached
	 */
	Mono<Void> cancel(String id);

	/**
	 * Return how much is used, as far as it is known without asking anybody.
	 * @return the usage, in which nobody waits
	 */
	QuotaUsage usage();

	/**
	 * Return the time before which a number of places cannot be free, as far as it is
	 * known without asking anybody. Requests that would have to wait longer than they may
	 * are refused at once.
	 * @param places the number of places, at least 1
	 * @return the time from now, zero if nothing is known
	 */
	default Duration freeIn(int places) {
		return Duration.ZERO;
	}

}
