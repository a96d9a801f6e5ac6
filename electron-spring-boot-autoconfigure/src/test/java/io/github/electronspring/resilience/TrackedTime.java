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

package io.github.electronspring.resilience;

import java.time.Duration;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;

import reactor.core.Disposable;
import reactor.core.scheduler.Scheduler;
import reactor.core.scheduler.Schedulers;
import reactor.test.scheduler.VirtualTimeScheduler;

/**
 * Virtual time that knows how many timers are set. It takes the place of the timers of
 * this process until it is closed.
 *
 * @author The Electron Spring authors
 */
final class TrackedTime implements Scheduler, AutoCloseable {

	private final VirtualTimeScheduler time = VirtualTimeScheduler.create();

	private final AtomicInteger pending = new AtomicInteger();

	private TrackedTime() {
	}

	static TrackedTime install() {
		TrackedTime time = new TrackedTime();
		Schedulers.setFactory(new Schedulers.Factory() {

			@Override
			public Scheduler newParallel(int parallelism, ThreadFactory threadFactory) {
				return time;
			}

		});
		return time;
	}

	int pending() {
		return this.pending.get();
	}

	long millis() {
		return this.time.now(TimeUnit.MILLISECONDS);
	}

	void advanceBy(long millis) {
		this.time.advanceTimeBy(Duration.ofMillis(millis));
	}

	@Override
	public long now(TimeUnit unit) {
		return this.time.now(unit);
	}

	@Override
	public Disposable schedule(Runnable task) {
		return this.time.schedule(task);
	}

	@Override
	public Disposable schedule(Runnable task, long delay, TimeUnit unit) {
		AtomicBoolean over = new AtomicBoolean();
		this.pending.incrementAndGet();
		Disposable timer = this.time.schedule(() -> {
			if (over.compareAndSet(false, true)) {
				this.pending.decrementAndGet();
				task.run();
			}
		}, delay, unit);
		return () -> {
			if (over.compareAndSet(false, true)) {
				this.pending.decrementAndGet();
				timer.dispose();
			}
		};
	}

	@Override
	public Worker createWorker() {
		return this.time.createWorker();
	}

	@Override
	public void close() {
		Schedulers.resetFactory();
	}

}
