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

import java.time.Duration;
import java.util.concurrent.Executor;

import io.micrometer.context.ContextSnapshotFactory;

import org.springframework.util.Assert;

/**
 * Settings of a {@link TurnEngine}. Immutable.
 *
 * @param toolExecutor where tools are called, on threads that may be blocked; one that
 * queues calls makes tools wait for each other
 * @param toolTimeout how long a tool may take that sets no time of its own
 * @param parallel whether the tools of a round run at the same time
 * @param contextSnapshotFactory what carries the context of the caller (security,
 * logging, observation, locale) to the threads of tools
 * @author The Electron Spring authors
 */
public record TurnSettings(Executor toolExecutor, Duration toolTimeout, boolean parallel,
		ContextSnapshotFactory contextSnapshotFactory) {

	/**
	 * The default of how long a tool may take.
	 */
	public static final Duration DEFAULT_TOOL_TIMEOUT = Duration.ofSeconds(8);

	private static final int MAX_TOOL_THREADS = 1000;

	private static final TurnSettings DEFAULTS = new TurnSettings(new ToolThreads(MAX_TOOL_THREADS),
			DEFAULT_TOOL_TIMEOUT, true, ContextSnapshotFactory.builder().build());

	/**
	 * Create settings.
	 * @throws IllegalArgumentException if the time for tools is not positive
	 */
	public TurnSettings {
		Assert.notNull(toolExecutor, "'toolExecutor' must not be null");
		Assert.notNull(contextSnapshotFactory, "'contextSnapshotFactory' must not be null");
		Assert.isTrue(!toolTimeout.isNegative() && !toolTimeout.isZero(),
				() -> "'toolTimeout' must be positive but is '%s'".formatted(toolTimeout));
	}

	/**
	 * Return the defaults: tools run at the same time, each on a thread of its own, for
	 * at most 8 seconds.
	 * @return the defaults
	 */
	public static TurnSettings defaults() {
		return DEFAULTS;
	}

	/**
	 * Return these settings with another executor of tools.
	 * @param toolExecutor where tools are called
	 * @return the settings
	 */
	public TurnSettings withToolExecutor(Executor toolExecutor) {
		return new TurnSettings(toolExecutor, this.toolTimeout, this.parallel, this.contextSnapshotFactory);
	}

	/**
	 * Return these settings with another time for tools.
	 * @param toolTimeout how long a tool may take
	 * @return the settings
	 */
	public TurnSettings withToolTimeout(Duration toolTimeout) {
		return new TurnSettings(this.toolExecutor, toolTimeout, this.parallel, this.contextSnapshotFactory);
	}

	/**
	 * Return these settings with tools that run at the same time or do not.
	 * @param parallel whether they do
	 * @return the settings
	 */
	public TurnSettings withParallel(boolean parallel) {
		return new TurnSettings(this.toolExecutor, this.toolTimeout, parallel, this.contextSnapshotFactory);
	}

	/**
	 * Return these settings with another way to carry the context of the caller.
	 * @param contextSnapshotFactory what carries the context
	 * @return the settings
	 */
	public TurnSettings withContextSnapshotFactory(ContextSnapshotFactory contextSnapshotFactory) {
		return new TurnSettings(this.toolExecutor, this.toolTimeout, this.parallel, contextSnapshotFactory);
	}

}
