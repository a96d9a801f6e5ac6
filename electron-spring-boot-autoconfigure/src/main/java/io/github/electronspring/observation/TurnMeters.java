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

import io.github.electronspring.observation.TurnObservationDocumentation.LowCardinalityKeyNames;
import io.micrometer.core.instrument.DistributionSummary;
import io.micrometer.core.instrument.Meter.MeterProvider;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tag;
import io.micrometer.core.instrument.Tags;
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
		this.rounds = DistributionSummary.builder(TurnMeterDocumentation.ROUNDS.getName())
			.description(TurnMeterDocumentation.ROUNDS.getDescription())
			.baseUnit(TurnMeterDocumentation.ROUNDS.getBaseUnit())
			.withRegistry(registry);
		this.firstSpeech = Timer.builder(TurnMeterDocumentation.FIRST_SPEECH.getName())
			.description(TurnMeterDocumentation.FIRST_SPEECH.getDescription())
			.withRegistry(registry);
	}

	@Override
	public void onReport(TurnReport report) {
		Tag model = Tag.of(LowCardinalityKeyNames.MODEL.asString(), report.model());
		String outcome = DefaultTurnObservationConvention.outcome(report.outcome());
		this.rounds.withTags(Tags.of(model, Tag.of(LowCardinalityKeyNames.OUTCOME.asString(), outcome)))
			.record(report.rounds());
		Duration timeToFirstText = report.timeToFirstText();
		if (timeToFirstText != null) {
			this.firstSpeech.withTags(Tags.of(model)).record(timeToFirstText);
		}
	}

}
