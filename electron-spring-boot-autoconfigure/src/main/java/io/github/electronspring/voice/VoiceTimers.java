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

package io.github.electronspring.voice;

import java.time.Duration;
import java.util.concurrent.TimeUnit;

import reactor.core.Disposable;
import reactor.core.Disposables;
import reactor.core.scheduler.Schedulers;

/**
 * The timers of a turn. What they do is done in its order, and not when it is over.
 *
 * @author The Electron Spring authors
 */
final class VoiceTimers {

	private final VoiceRun run;

	private final Disposable.Composite running = Disposables.composite();

	VoiceTimers(VoiceRun run) {
		this.run = run;
	}

	/**
	 * Have something done after a time.
	 * @param delay the time
	 * @param action what to do
	 * @return what stops the timer
	 */
	Disposable start(Duration delay, Runnable action) {
		Disposable.Swap timer = Disposables.swap();
		this.running.add(timer);
		timer.update(Schedulers.parallel().schedule(() -> {
			this.running.remove(timer);
			this.run.signal(() -> {
				if (!this.run.isOver() && !timer.isDisposed()) {
					action.run();
				}
			});
		}, delay.toNanos(), TimeUnit.NANOSECONDS));
		return () -> {
			this.running.remove(timer);
			timer.dispose();
		};
	}

	/**
	 * Stop all timers, also those to come.
	 */
	void stop() {
		this.running.dispose();
	}

}
