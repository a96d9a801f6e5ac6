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

package io.github.electronspring.autoconfigure;

import java.util.concurrent.Executor;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.ThreadPoolExecutor.CallerRunsPolicy;

import io.github.electronspring.turn.TurnSettings;
import org.jspecify.annotations.Nullable;

import org.springframework.boot.thread.Threading;
import org.springframework.core.env.Environment;
import org.springframework.core.task.SimpleAsyncTaskExecutor;
import org.springframework.core.task.SyncTaskExecutor;
import org.springframework.core.task.VirtualThreadTaskExecutor;
import org.springframework.scheduling.concurrent.ThreadPoolTaskExecutor;

/**
 * Chooses where tools are called. Boot's task executor has eight threads and a queue
 * without an end, unless it is set otherwise: eight tools that hang would hold up every
 * other turn. So an executor that lets tasks wait, or the event loop that submits them,
 * is passed over.
 *
 * @author The Electron Spring authors
 */
final class ToolExecutors {

	private ToolExecutors() {
	}

	/**
	 * Return where tools are called.
	 * @param applicationTaskExecutor the task executor of the application, or
	 * {@code null} if it has none
	 * @param environment says whether virtual threads are wanted
	 * @return the task executor of the application if no task waits in it, else virtual
	 * threads if they are wanted, else threads of the engine's own
	 */
	static Executor choose(@Nullable Executor applicationTaskExecutor, Environment environment) {
		if (applicationTaskExecutor != null && !letsWait(applicationTaskExecutor)) {
			return applicationTaskExecutor;
		}
		return Threading.VIRTUAL.isActive(environment) ? new VirtualThreadTaskExecutor("electron-tool-")
				: TurnSettings.defaults().toolExecutor();
	}

	private static boolean letsWait(Executor executor) {
		return executor instanceof SyncTaskExecutor
				|| (executor instanceof SimpleAsyncTaskExecutor simple && simple.isThrottleActive())
				|| (executor instanceof ThreadPoolTaskExecutor pool && letsWait(pool.getThreadPoolExecutor()))
				|| (executor instanceof ThreadPoolExecutor pool
						&& (pool.getQueue().size() + pool.getQueue().remainingCapacity() > 0
								|| pool.getRejectedExecutionHandler() instanceof CallerRunsPolicy));
	}

}
