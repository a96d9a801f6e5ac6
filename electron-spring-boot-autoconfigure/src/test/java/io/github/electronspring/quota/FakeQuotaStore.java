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
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;

import reactor.core.publisher.Mono;
import reactor.core.publisher.MonoSink;

/**
 * {@link QuotaStore} that answers when a test says so, and records what it is told.
 *
 * @author The Electron Spring authors
 */
class FakeQuotaStore implements QuotaStore {

	final List<String> log = new ArrayList<>();

	final Deque<MonoSink<Reservation>> asked = new ArrayDeque<>();

	Mono<Void> answer = Mono.empty();

	Duration freeIn = Duration.ZERO;

	void grant(String id) {
		this.asked.remove().success(Reservation.granted(id));
	}

	void refuse(Duration retryIn) {
		this.asked.remove().success(Reservation.refused(QuotaLimit.CONCURRENCY, retryIn));
	}

	void fail(Throwable ex) {
		this.asked.remove().error(ex);
	}

	@Override
	public Mono<Reservation> reserve() {
		return Mono.create(this.asked::add);
	}

	@Override
	public Mono<Void> confirm(String id) {
		return told("confirm " + id);
	}

	@Override
	public Mono<Void> release(String id) {
		return told("release " + id);
	}

	@Override
	public Mono<Void> cancel(String id) {
		return told("cancel " + id);
	}

	private Mono<Void> told(String what) {
		return Mono.defer(() -> {
			this.log.add(what);
			return this.answer;
		});
	}

	@Override
	public QuotaUsage usage() {
		return QuotaUsage.of(Plan.STANDARD, 7, 2);
	}

	@Override
	public Duration freeIn(int places) {
		return this.freeIn;
	}

}
