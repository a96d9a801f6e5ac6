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

import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * Builder of an {@link ElectronSimulator}. Not thread-safe.
 *
 * @author The Electron Spring authors
 */
public final class ElectronSimulatorBuilder {

	int port;

	final Set<String> apiKeys = new LinkedHashSet<>();

	final Set<String> deniedKeys = new HashSet<>();

	boolean freeRunning;

	boolean validation = true;

	int keptRequests = Integer.MAX_VALUE;

	SimulatorLimits limits = SimulatorLimits.none();

	SimulatorPace pace = SimulatorPace.immediate();

	ElectronSimulatorBuilder() {
	}

	/**
	 * Set the port.
	 * @param port the port, or 0 (the default) for a free one
	 * @return this builder
	 */
	public ElectronSimulatorBuilder port(int port) {
		this.port = port;
		return this;
	}

	/**
	 * Accept only some API keys, not any that starts with {@code sk_}.
	 * @param apiKeys the keys
	 * @return this builder
	 */
	public ElectronSimulatorBuilder apiKeys(String... apiKeys) {
		this.apiKeys.addAll(List.of(apiKeys));
		return this;
	}

	/**
	 * Answer 403 to some API keys: they are valid, but their plan has no access.
	 * @param apiKeys the keys
	 * @return this builder
	 */
	public ElectronSimulatorBuilder apiKeysWithoutAccess(String... apiKeys) {
		this.deniedKeys.addAll(List.of(apiKeys));
		return this;
	}

	/**
	 * Set whether to think up an answer when no script is left, not to answer 501.
	 * @param freeRunning whether it is free-running
	 * @return this builder
	 */
	public ElectronSimulatorBuilder freeRunning(boolean freeRunning) {
		this.freeRunning = freeRunning;
		return this;
	}

	/**
	 * Set whether to validate, the default. Without, any provider can be simulated.
	 * @param validation whether to refuse what the API reference does not allow
	 * @return this builder
	 */
	public ElectronSimulatorBuilder validation(boolean validation) {
		this.validation = validation;
		return this;
	}

	/**
	 * Set the limits, none by default.
	 * @param limits the limits of each key
	 * @return this builder
	 */
	public ElectronSimulatorBuilder limits(SimulatorLimits limits) {
		this.limits = limits;
		return this;
	}

	/**
	 * Set the pace of free-running answers, immediate by default.
	 * @param pace the pace
	 * @return this builder
	 */
	public ElectronSimulatorBuilder pace(SimulatorPace pace) {
		this.pace = pace;
		return this;
	}

	/**
	 * Set how many requests and usages are kept for {@link ElectronSimulator#requests()}
	 * and {@link ElectronSimulator#usages()}, all by default: an application that runs
	 * for days wants the last ones only.
	 * @param keptRequests the number of requests
	 * @return this builder
	 */
	public ElectronSimulatorBuilder keptRequests(int keptRequests) {
		this.keptRequests = keptRequests;
		return this;
	}

	/**
	 * Start the simulator.
	 * @return the running simulator
	 */
	public ElectronSimulator start() {
		return new ElectronSimulator(this);
	}

}
