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

package io.github.electronspring.benchmarks;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/**
 * Pauses that do not keep a processor busy.
 *
 * @author The Electron Spring authors
 */
final class Pause {

	private Pause() {
	}

	/**
	 * Wait until a time.
	 * @param nanoTime the time, as {@link System#nanoTime()} tells it
	 */
	static void until(long nanoTime) {
		long left = nanoTime - System.nanoTime();
		while (left > 0) {
			LockSupport.parkNanos(left);
			if (Thread.interrupted()) {
				throw new IllegalStateException("Interrupted while pausing");
			}
			left = nanoTime - System.nanoTime();
		}
	}

	/**
	 * Return the time some milliseconds after another.
	 * @param nanoTime the other time
	 * @param millis the milliseconds
	 * @return the time
	 */
	static long after(long nanoTime, long millis) {
		return nanoTime + TimeUnit.MILLISECONDS.toNanos(millis);
	}

}
