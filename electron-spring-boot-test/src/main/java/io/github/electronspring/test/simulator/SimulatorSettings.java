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

package io.github.electronspring.test.simulator;

/**
 * Settings of a simulator. Limits, pace and mode can change while it runs. Thread-safe.
 *
 * @author The Electron Spring authors
 */
final class SimulatorSettings {

	private final ApiKeys keys;

	private final boolean validation;

	private final Runnable reset;

	private volatile boolean freeRunning;

	private volatile SimulatorLimits limits;

	private volatile SimulatorPace pace;

	SimulatorSettings(ApiKeys keys, boolean validation, boolean freeRunning, SimulatorLimits limits,
			SimulatorPace pace) {
		this.keys = keys;
		this.validation = validation;
		this.freeRunning = freeRunning;
		this.limits = limits;
		this.pace = pace;
		this.reset = () -> {
			freeRunning(freeRunning);
			limits(limits);
			pace(pace);
		};
	}

	/**
	 * Go back to the limits, the pace and the mode at the start.
	 */
	void reset() {
		this.reset.run();
	}

	ApiKeys keys() {
		return this.keys;
	}

	boolean validation() {
		return this.validation;
	}

	boolean freeRunning() {
		return this.freeRunning;
	}

	void freeRunning(boolean freeRunning) {
		this.freeRunning = freeRunning;
	}

	SimulatorLimits limits() {
		return this.limits;
	}

	void limits(SimulatorLimits limits) {
		this.limits = limits;
	}

	SimulatorPace pace() {
		return this.pace;
	}

	void pace(SimulatorPace pace) {
		this.pace = pace;
	}

}
