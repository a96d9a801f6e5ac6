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
import java.util.concurrent.TimeUnit;

import org.jspecify.annotations.Nullable;
import reactor.core.Disposable;
import reactor.core.scheduler.Schedulers;

/**
 * Time as the parallel scheduler has it, in nanoseconds since this object was made.
 * Thread-safe.
 *
 * @author The Electron Spring authors
 */
final class QuotaTime {

	static final long NEVER = Long.MAX_VALUE;

	private static final long NANOS_PER_MILLI = 1_000_000;

	private static final Duration LONGEST = Duration.ofDays(365);

	private final long origin = Schedulers.parallel().now(TimeUnit.NANOSECONDS);

	long now() {
		return Schedulers.parallel().now(TimeUnit.NANOSECONDS) - this.origin;
	}

	/**
	 * Return a time of this clock as an instant, to the next full millisecond.
	 * @param time the time
	 * @return the instant
	 */
	Instant instant(long time) {
		return wallClock().plusMillis(-Math.floorDiv(now() - time, NANOS_PER_MILLI));
	}

	Disposable schedule(Runnable task, long time) {
		return Schedulers.parallel().schedule(task, Math.max(0, time - now()), TimeUnit.NANOSECONDS);
	}

	/**
	 * Return how long it is until an instant.
	 * @param instant the instant, or {@code null} for none
	 * @return the nanoseconds, 0 if the instant has passed
	 */
	static long until(@Nullable Instant instant) {
		return (instant != null) ? Math.max(0, nanos(Duration.between(wallClock(), instant))) : NEVER;
	}

	/**
	 * Return a duration in nanoseconds, at most a year so that it can be added to a time.
	 * @param duration the duration
	 * @return the nanoseconds
	 */
	static long nanos(Duration duration) {
		if (duration.isNegative()) {
			return 0;
		}
		return (duration.compareTo(LONGEST) < 0) ? duration.toNanos() : LONGEST.toNanos();
	}

	private static Instant wallClock() {
		return Instant.ofEpochMilli(Schedulers.parallel().now(TimeUnit.MILLISECONDS));
	}

}
