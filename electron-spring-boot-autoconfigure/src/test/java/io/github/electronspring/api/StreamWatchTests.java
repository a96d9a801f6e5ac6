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

import org.junit.jupiter.api.Test;
import reactor.core.publisher.Sinks;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link StreamWatch}.
 *
 * @author The Electron Spring authors
 */
class StreamWatchTests {

	private static final Duration SHORT = Duration.ofMillis(150);

	@Test
	void whenFirstTokenComesDuringTheCheckTheIdleTimeBeginsWithIt() {
		Target target = new Target();
		target.watch.start();
		assertThat(target.deadline.asMono().block(Duration.ofSeconds(10))).startsWith("No chunk came for 150ms");
		assertThat(Duration.ofNanos(target.passedAt - target.tokenAt)).isGreaterThanOrEqualTo(SHORT);
	}

	private static final class Target implements StreamWatch.Target {

		private final StreamWatch watch = new StreamWatch(this,
				Timeouts.defaults().withFirstToken(SHORT).withIdle(SHORT), null);

		private final Sinks.One<String> deadline = Sinks.one();

		private volatile long tokenAt;

		private volatile long passedAt;

		@Override
		public boolean isWaiting() {
			if (this.tokenAt == 0) {
				this.tokenAt = System.nanoTime();
				this.watch.tokenReceived();
			}
			return true;
		}

		@Override
		public void onDeadline(String deadline) {
			this.passedAt = System.nanoTime();
			this.deadline.tryEmitValue(deadline);
		}

		@Override
		public void onFinishGraceOver() {
		}

		@Override
		public void onEndMarkGraceOver() {
		}

		@Override
		public void onDrainOver() {
		}

	}

}
