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

package io.github.electronspring.api;

import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.TimeUnit;

import org.jspecify.annotations.Nullable;
import reactor.core.Disposable;
import reactor.core.Disposables;
import reactor.core.scheduler.Schedulers;

/**
 * Watches the deadlines of a stream with one timer, which is set a few times in a stream
 * and not for each chunk. Told by the thread that reads the body.
 *
 * @author The Electron Spring authors
 */
final class StreamWatch implements Runnable {

	/**
	 * How long the body may go on after the end mark before the stream completes.
	 */
	static final Duration END_MARK_GRACE = Duration.ofMillis(100);

	/**
	 * How long the usage and the end mark may take after the finish reason.
	 */
	static final Duration FINISH_GRACE = Duration.ofSeconds(1);

	/**
	 * How long a body is drained behind a stream that has completed.
	 */
	static final Duration DRAIN = Duration.ofSeconds(2);

	private static final Duration LONGEST = Duration.ofDays(1);

	private final Target target;

	private final Timeouts timeouts;

	private final long start = System.nanoTime();

	private final @Nullable Instant callDeadline;

	private final Disposable.Swap timer = Disposables.swap();

	private volatile boolean ending;

	private volatile boolean tokenReceived;

	private volatile long lastChunk = this.start;

	private volatile long pausedAt = this.start;

	private volatile long resumedAt = this.start;

	private volatile long paused;

	StreamWatch(Target target, Timeouts timeouts, @Nullable Instant deadline) {
		this.target = target;
		this.timeouts = timeouts;
		this.callDeadline = deadline;
	}

	void start() {
		check(nextCheck());
	}

	void stop() {
		this.timer.dispose();
	}

	void tokenReceived() {
		if (!this.tokenReceived) {
			// Before the flag: a check under way counts the idle time from here
			this.lastChunk = System.nanoTime();
			this.tokenReceived = true;
		}
	}

	void chunkReceived() {
		this.lastChunk = System.nanoTime();
	}

	/**
	 * The caller may have all it asked for: until it asks again, the time is its own.
	 */
	void demandEnds() {
		this.pausedAt = System.nanoTime();
	}

	/**
	 * The caller asks again. Not called before {@link #demandEnds()} nor twice after it.
	 */
	void demandBegins() {
		long now = System.nanoTime();
		this.paused = this.paused + now - this.pausedAt;
		this.resumedAt = now;
	}

	void finishReasonReceived() {
		end(this::finishGraceOver, FINISH_GRACE);
	}

	void endMarkReceived() {
		end(this::endMarkGraceOver, END_MARK_GRACE);
	}

	private void finishGraceOver() {
		if (this.target.isWaiting() || untilCallDeadline() <= 0) {
			this.target.onFinishGraceOver();
		}
		else {
			// The caller takes its time: what follows has not been asked for
			end(this::finishGraceOver, FINISH_GRACE);
		}
	}

	private void endMarkGraceOver() {
		this.target.onEndMarkGraceOver();
		end(this.target::onDrainOver, DRAIN);
	}

	@Override
	public void run() {
		boolean waiting = this.target.isWaiting();
		long silenceEnds = untilSilenceEnds();
		if (this.ending) {
			return;
		}
		if (untilCallDeadline() <= 0) {
			this.target.onDeadline(
					"The caller's deadline passed ('electron.chat.turn-timeout', or that of its 'CallContext')");
		}
		else if (waiting && silenceEnds <= 0) {
			this.target.onDeadline(this.tokenReceived
					? "No chunk came for %s ('electron.http.idle-timeout')".formatted(text(this.timeouts.idle()))
					: "No first token came within %s ('electron.http.first-token-timeout')"
						.formatted(text(this.timeouts.firstToken())));
		}
		else {
			check(waiting ? Math.min(silenceEnds, nextCheck()) : nextCheck());
		}
	}

	private long untilSilenceEnds() {
		long now = System.nanoTime();
		if (this.tokenReceived) {
			return this.timeouts.idle().toNanos() - Math.min(now - this.lastChunk, now - this.resumedAt);
		}
		return this.timeouts.firstToken().toNanos() + this.paused - (now - this.start);
	}

	private long untilCallDeadline() {
		if (this.callDeadline == null) {
			return Long.MAX_VALUE;
		}
		Duration left = Duration.between(Instant.now(), this.callDeadline);
		if (left.isNegative()) {
			return 0;
		}
		return (left.compareTo(LONGEST) < 0) ? left.toNanos() : LONGEST.toNanos();
	}

	private long nextCheck() {
		return Math.min(this.timeouts.firstToken().toNanos(), this.timeouts.idle().toNanos());
	}

	private synchronized void check(long nanos) {
		// Without the lock a check under way could take the place of the timer of the end
		if (!this.ending) {
			this.timer.update(schedule(this, Math.min(nanos, untilCallDeadline())));
		}
	}

	private synchronized void end(Runnable task, Duration delay) {
		this.ending = true;
		this.timer.update(schedule(task, delay.toNanos()));
	}

	private static Disposable schedule(Runnable task, long nanos) {
		return Schedulers.parallel().schedule(task, nanos, TimeUnit.NANOSECONDS);
	}

	static String text(Duration duration) {
		return (duration.toMillis() % 1000 == 0) ? duration.toSeconds() + "s" : duration.toMillis() + "ms";
	}

	/**
	 * What is told when time is over, on a thread of the timer.
	 */
	interface Target {

		/**
		 * Return whether the stream waits for the service, not for its caller.
		 * @return whether it does
		 */
		boolean isWaiting();

		/**
		 * Called when a deadline has passed.
		 * @param deadline which one, as the beginning of a sentence
		 */
		void onDeadline(String deadline);

		/**
		 * Called when nothing has followed the finish reason.
		 */
		void onFinishGraceOver();

		/**
		 * Called when the body has not ended after the end mark.
		 */
		void onEndMarkGraceOver();

		/**
		 * Called when the body has been drained for long enough.
		 */
		void onDrainOver();

	}

}
