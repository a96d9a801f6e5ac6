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

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;

import reactor.core.scheduler.Schedulers;

/**
 * Loads what checks the arguments of tools. That reads files and takes a while, so it is
 * done once, on a thread of its own, when the first turn with tools starts. Thread-safe.
 *
 * @author The Electron Spring authors
 */
final class ArgumentChecks {

	/** Shared by all engines, as what is loaded is. */
	static final ArgumentChecks SHARED = new ArgumentChecks(ToolArguments::load);

	private final Runnable loader;

	private final AtomicBoolean started = new AtomicBoolean();

	private final CompletableFuture<Void> loaded = new CompletableFuture<>();

	ArgumentChecks(Runnable loader) {
		this.loader = loader;
	}

	/**
	 * Begin to load, unless that was done before.
	 */
	void prepare() {
		if (!this.started.get() && this.started.compareAndSet(false, true)) {
			// No scheduler: those of tests stand still, and this one serves all tests
			Thread thread = new Thread(null, this::load, "electron-tool-arguments", 0, false);
			thread.setContextClassLoader(ArgumentChecks.class.getClassLoader());
			thread.setDaemon(true);
			thread.start();
		}
	}

	private void load() {
		try {
			this.loader.run();
		}
		finally {
			// What cannot be loaded fails the turn that needs it
			this.loaded.complete(null);
		}
	}

	/**
	 * Return whether arguments can be checked on this thread now. A thread that may wait
	 * waits for it.
	 * @return {@code false} on a thread that must not block, as long as nothing is loaded
	 */
	boolean isReady() {
		if (!this.loaded.isDone()) {
			prepare();
			if (Schedulers.isInNonBlockingThread()) {
				return false;
			}
			this.loaded.join();
		}
		return true;
	}

	/**
	 * Do something as soon as all is loaded.
	 * @param action what to do
	 */
	void whenReady(Runnable action) {
		this.loaded.thenRun(action);
	}

}
