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

import java.util.Queue;
import java.util.concurrent.atomic.AtomicIntegerFieldUpdater;

import reactor.core.publisher.Operators;
import reactor.util.concurrent.Queues;
import reactor.util.context.Context;

/**
 * Takes signals from many threads one by one: whichever thread finds nobody at work takes
 * all that are there. So what a signal does needs no further care about threads. What
 * throws holds up nobody else. Thread-safe.
 *
 * @author The Electron Spring authors
 */
final class Signals {

	private static final AtomicIntegerFieldUpdater<Signals> WORK = AtomicIntegerFieldUpdater.newUpdater(Signals.class,
			"work");

	private final Queue<Runnable> waiting = Queues.<Runnable>unboundedMultiproducer().get();

	private final Runnable afterEach;

	private final Runnable afterAll;

	private volatile int work;

	/**
	 * Create signals.
	 * @param afterEach what follows each signal
	 * @param afterAll what follows when no more signals are there
	 */
	Signals(Runnable afterEach, Runnable afterAll) {
		this.afterEach = afterEach;
		this.afterAll = afterAll;
	}

	void take(Runnable signal) {
		this.waiting.offer(signal);
		if (WORK.getAndIncrement(this) != 0) {
			return;
		}
		int missed = 1;
		do {
			takeWaiting();
			missed = WORK.addAndGet(this, -missed);
		}
		while (missed != 0);
	}

	private void takeWaiting() {
		Runnable signal = this.waiting.poll();
		while (signal != null) {
			run(signal);
			run(this.afterEach);
			signal = this.waiting.poll();
		}
		run(this.afterAll);
	}

	private static void run(Runnable action) {
		try {
			action.run();
		}
		catch (Throwable ex) {
			drop(ex);
		}
	}

	private static void drop(Throwable ex) {
		try {
			Operators.onErrorDropped(ex, Context.empty());
		}
		catch (Throwable hookFailure) {
			// The hook of the application may throw, and there is nobody else to tell
		}
	}

}
