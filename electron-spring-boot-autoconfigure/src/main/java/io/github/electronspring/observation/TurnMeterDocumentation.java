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

import io.github.electronspring.observation.TurnObservationDocumentation.LowCardinalityKeyNames;
import io.micrometer.common.docs.KeyName;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.docs.MeterDocumentation;

/**
 * Documented meters of turns, next to the timer that the observation of turns becomes.
 *
 * @author The Electron Spring authors
 * @see TurnObservationDocumentation
 */
public enum TurnMeterDocumentation implements MeterDocumentation {

	/**
	 * How many rounds turns have: 1 and one for each time the model waited for tools.
	 */
	ROUNDS("electron.turn.rounds", Meter.Type.DISTRIBUTION_SUMMARY, "rounds", "Rounds of a turn",
			new KeyName[] { LowCardinalityKeyNames.MODEL, LowCardinalityKeyNames.OUTCOME }),

	/**
	 * How long the caller waits for the first text of a turn that is not blank.
	 */
	FIRST_SPEECH("electron.speech.first", Meter.Type.TIMER, "seconds", "Time to the first text of a turn",
			new KeyName[] { LowCardinalityKeyNames.MODEL });

	private final String name;

	private final Meter.Type type;

	private final String baseUnit;

	private final String description;

	private final KeyName[] keyNames;

	TurnMeterDocumentation(String name, Meter.Type type, String baseUnit, String description, KeyName[] keyNames) {
		this.name = name;
		this.type = type;
		this.baseUnit = baseUnit;
		this.description = description;
		this.keyNames = keyNames;
	}

	@Override
	public String getName() {
		return this.name;
	}

	@Override
	public Meter.Type getType() {
		return this.type;
	}

	@Override
	public String getBaseUnit() {
		return this.baseUnit;
	}

	/**
	 * Return what is measured.
	 * @return the description that the meter is registered with
	 */
	public String getDescription() {
		return this.description;
	}

	@Override
	public KeyName[] getKeyNames() {
		return this.keyNames.clone();
	}

}
