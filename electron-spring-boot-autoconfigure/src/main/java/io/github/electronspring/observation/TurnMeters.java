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

import io.micrometer.core.instrument.DistributionSummary;
import io.micrometer.core.instrument.Meter.MeterProvider;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;

import org.springframework.util.Assert;

/**
 * Meters of turns. Thread-safe.
 *
 * @author The Electron Spring authors
 * @see TurnMeterDocumentation
 */
public final class TurnMeters implements TurnReportListener {

	private final MeterProvider<DistributionSummary> rounds;

	private final MeterProvider<Timer> firstSpeech;

	/**
	 * Create meters.
	 * @param registry where they are registered
	 */
	public TurnMeters(MeterRegistry registry) {
		Assert.notNull(registry, "'registry' must not be null");
		this.rounds = ElectronMeterDocumentation.TURN_ROUNDS.summary(registry);
		this.firstSpeech = ElectronMeterDocumentation.FIRST_SPEECH.timer(registry);
	}

	@Override
	public void onReport(TurnReport report) {
		String outcome = DefaultTurnObservationConvention.outcome(report.outcome());
		this.rounds.withTags(ElectronMeterDocumentation.TURN_ROUNDS.tags(report.model(), outcome))
			.record(report.rounds());
		Duration timeToFirstText = report.timeToFirstText();
		if (timeToFirstText != null) {
			this.firstSpeech.withTags(ElectronMeterDocumentation.FIRST_SPEECH.tags(report.model()))
				.record(timeToFirstText);
		}
	}

}
