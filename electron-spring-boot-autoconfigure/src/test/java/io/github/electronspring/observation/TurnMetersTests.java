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

package io.github.electronspring.observation;

import java.time.Duration;
import java.util.concurrent.TimeUnit;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link TurnMeters}.
 *
 * @author The Electron Spring authors
 */
class TurnMetersTests {

	private final SimpleMeterRegistry registry = new SimpleMeterRegistry();

	private final TurnMeters meters = new TurnMeters(this.registry);

	@Test
	void roundsAreSummedUpByOutcome() {
		this.meters.onReport(report(RequestOutcome.SUCCESS, 3, null));
		this.meters.onReport(report(RequestOutcome.SUCCESS, 1, null));
		this.meters.onReport(report(RequestOutcome.CANCELLED, 1, null));
		assertThat(this.registry.get("electron.turn.rounds")
			.tags("model", "electron", "outcome", "success")
			.summary()
			.mean()).isEqualTo(2);
		assertThat(this.registry.get("electron.turn.rounds").tag("outcome", "cancelled").summary().count())
			.isEqualTo(1);
	}

	@Test
	void firstSpeechIsTimed() {
		this.meters.onReport(report(RequestOutcome.SUCCESS, 1, Duration.ofMillis(340)));
		assertThat(this.registry.get("electron.speech.first")
			.tag("model", "electron")
			.timer()
			.totalTime(TimeUnit.MILLISECONDS)).isEqualTo(340);
	}

	@Test
	void turnWithoutSpeechIsNotTimed() {
		this.meters.onReport(report(RequestOutcome.ERROR, 1, null));
		assertThat(this.registry.find("electron.speech.first").timer()).isNull();
	}

	@Test
	void metersAreAsDocumented() {
		this.meters.onReport(report(RequestOutcome.SUCCESS, 1, Duration.ofMillis(1)));
		assertThat(this.registry.getMeters()).hasSize(2).allSatisfy(Documented::check);
	}

	private static TurnReport report(RequestOutcome outcome, int rounds, @Nullable Duration timeToFirstText) {
		return new TurnReport("electron", "c1", outcome, null, rounds, Duration.ofSeconds(1), timeToFirstText, null,
				null);
	}

}
