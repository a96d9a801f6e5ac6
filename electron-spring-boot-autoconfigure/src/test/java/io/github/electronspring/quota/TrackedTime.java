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
import java.time.Instant;
import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.TimeUnit;

import reactor.core.Disposable;
import reactor.core.Disposables;
import reactor.test.scheduler.VirtualTimeScheduler;

/**
 * Virtual time that knows which timers are still to come.
 *
 * @author The Electron Spring authors
 */
final class TrackedTime extends VirtualTimeScheduler {

	private final Set<Disposable> timers = new HashSet<>();

	private TrackedTime() {
		super(false);
	}

	static TrackedTime install() {
		TrackedTime time = new TrackedTime();
		VirtualTimeScheduler.set(time);
		return time;
	}

	@Override
	public Disposable schedule(Runnable task, long delay, TimeUnit unit) {
		Disposable.Composite timer = Disposables.composite();
		timer.add(() -> this.timers.remove(timer));
		this.timers.add(timer);
		timer.add(super.schedule(() -> {
			this.timers.remove(timer);
			task.run();
		}, delay, unit));
		return timer;
	}

	int timers() {
		return this.timers.size();
	}

	void advanceBy(long millis) {
		advanceTimeBy(Duration.ofMillis(millis));
	}

	long millis() {
		return now(TimeUnit.MILLISECONDS);
	}

	static Instant at(long millis) {
		return Instant.ofEpochMilli(millis);
	}

}
