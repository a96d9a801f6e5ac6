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

	private final Target target;

	private final Timeouts timeouts;

	private final long start = System.nanoTime();

	private final @Nullable Instant callDeadline;

	private final Disposable.Swap timer = Disposables.swap();

	private volatile boolean tokenReceived;

	private volatile long lastChunk = this.start;

	StreamWatch(Target target, Timeouts timeouts, @Nullable Instant deadline) {
		this.target = target;
		this.timeouts = timeouts;
		this.callDeadline = deadline;
	}

	void start() {
		schedule(this, Math.min(nextCheck(), untilCallDeadline()));
	}

	void stop() {
		this.timer.dispose();
	}

	void tokenReceived() {
		this.tokenReceived = true;
	}

	void chunkReceived() {
		this.lastChunk = System.nanoTime();
	}

	void finishReasonReceived() {
		schedule(this.target::onFinishGraceOver, FINISH_GRACE.toNanos());
	}

	void endMarkReceived() {
		schedule(this::endMarkGraceOver, END_MARK_GRACE.toNanos());
	}

	private void endMarkGraceOver() {
		this.target.onEndMarkGraceOver();
		schedule(this.target::onDrainOver, DRAIN.toNanos());
	}

	@Override
	public void run() {
		long now = System.nanoTime();
		if (!this.target.isWaiting()) {
			// The caller takes its time: that is no silence of the service
			this.lastChunk = now;
		}
		long silenceEnds = this.tokenReceived ? this.lastChunk + this.timeouts.idle().toNanos()
				: this.start + this.timeouts.firstToken().toNanos();
		if (untilCallDeadline() <= 0) {
			this.target.onDeadline("The caller's deadline passed");
		}
		else if (this.target.isWaiting() && now - silenceEnds >= 0) {
			this.target.onDeadline(this.tokenReceived
					? "No chunk came for %s ('electron.http.idle-timeout')".formatted(text(this.timeouts.idle()))
					: "No first token came within %s ('electron.http.first-token-timeout')"
						.formatted(text(this.timeouts.firstToken())));
		}
		else {
			long wait = Math.max(silenceEnds - now, TimeUnit.MILLISECONDS.toNanos(1));
			schedule(this, Math.min(Math.min(wait, nextCheck()), untilCallDeadline()));
		}
	}

	private long untilCallDeadline() {
		return (this.callDeadline != null) ? Duration.between(Instant.now(), this.callDeadline).toNanos()
				: Long.MAX_VALUE;
	}

	private long nextCheck() {
		return Math.min(this.timeouts.firstToken().toNanos(), this.timeouts.idle().toNanos());
	}

	private void schedule(Runnable task, long nanos) {
		this.timer.update(Schedulers.parallel().schedule(task, nanos, TimeUnit.NANOSECONDS));
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
