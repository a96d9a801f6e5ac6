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
 * Plays an answer that the simulator thinks up itself.
 *
 * @author The Electron Spring authors
 */
final class FreeRunningPlayer {

	private final Exchange exchange;

	private final SimulatorPace pace;

	FreeRunningPlayer(Exchange exchange, SimulatorPace pace) {
		this.exchange = exchange;
		this.pace = pace;
	}

	Reply play() {
		ScriptedResponse round = ElectronScript.text("I am a simulator");
		return new ScriptPlayer(round, this.exchange).play().after(this.pace.timeToFirstToken());
	}

}
