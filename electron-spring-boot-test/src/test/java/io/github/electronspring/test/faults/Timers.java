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

package io.github.electronspring.test.faults;

import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ScheduledThreadPoolExecutor;

import reactor.core.scheduler.Schedulers;

/**
 * The timers that are set in Reactor's schedulers. Thread-safe.
 *
 * @author The Electron Spring authors
 */
final class Timers implements AutoCloseable {

	private static final String NAME = "timers";

	private final Set<ScheduledThreadPoolExecutor> executors = ConcurrentHashMap.newKeySet();

	private Timers() {
	}

	/**
	 * Watch the timers that are set from now on, in schedulers that are made anew.
	 */
	static Timers watch() {
		Timers timers = new Timers();
		Schedulers.addExecutorServiceDecorator(NAME, (scheduler, executor) -> {
			if (executor instanceof ScheduledThreadPoolExecutor pool) {
				timers.executors.add(pool);
			}
			return executor;
		});
		Schedulers.setFactory(new Schedulers.Factory() {
		});
		return timers;
	}

	int pending() {
		return this.executors.stream().mapToInt((executor) -> executor.getQueue().size()).sum();
	}

	@Override
	public void close() {
		Schedulers.removeExecutorServiceDecorator(NAME);
		Schedulers.resetFactory();
	}

}
