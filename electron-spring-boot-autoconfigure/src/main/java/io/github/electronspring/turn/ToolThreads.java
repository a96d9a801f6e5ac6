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

package io.github.electronspring.turn;

import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Threads for tools that are made when they are needed and kept for a minute. No tool
 * waits for another: one more than the most is refused, which the model is told.
 *
 * @author The Electron Spring authors
 */
final class ToolThreads implements Executor {

	private static final int KEEP_ALIVE_SECONDS = 60;

	private final AtomicInteger number = new AtomicInteger();

	private final ThreadPoolExecutor pool;

	ToolThreads(int maxThreads) {
		this.pool = new ThreadPoolExecutor(0, maxThreads, KEEP_ALIVE_SECONDS, TimeUnit.SECONDS,
				new SynchronousQueue<>(), threadFactory());
	}

	private ThreadFactory threadFactory() {
		return (task) -> {
			// Nothing inherited: a thread serves others after the one whose call made it
			Thread thread = new Thread(null, task, "electron-tool-" + this.number.incrementAndGet(), 0, false);
			thread.setContextClassLoader(ToolThreads.class.getClassLoader());
			thread.setDaemon(true);
			return thread;
		};
	}

	@Override
	public void execute(Runnable command) {
		try {
			this.pool.execute(command);
		}
		catch (RejectedExecutionException ex) {
			throw new RejectedExecutionException(
					"As many tools are running as may (%d): set another executor of tools or shorter time-outs"
						.formatted(this.pool.getMaximumPoolSize()),
					ex);
		}
	}

}
