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

package io.github.electronspring.test.autoconfigure;

import io.github.electronspring.autoconfigure.ElectronConnectionDetails;
import io.github.electronspring.quota.Plan;
import io.github.electronspring.test.simulator.ElectronSimulator;

/**
 * {@link ElectronConnectionDetails} of an {@link ElectronSimulator}.
 *
 * @author The Electron Spring authors
 */
class SimulatorElectronConnectionDetails implements ElectronConnectionDetails {

	private final ElectronSimulator simulator;

	private final Plan plan;

	SimulatorElectronConnectionDetails(ElectronSimulator simulator, Plan plan) {
		this.simulator = simulator;
		this.plan = plan;
	}

	@Override
	public String getBaseUrl() {
		return this.simulator.baseUrl();
	}

	@Override
	public String getApiKey() {
		return this.simulator.apiKey();
	}

	@Override
	public Plan getPlan() {
		return this.plan;
	}

}
