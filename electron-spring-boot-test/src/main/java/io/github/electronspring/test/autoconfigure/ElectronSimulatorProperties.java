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

import java.time.Duration;

import io.github.electronspring.test.simulator.SimulatorLimits;

import org.springframework.boot.context.properties.ConfigurationProperties;

/**
 * Properties of the Electron simulator.
 *
 * @author The Electron Spring authors
 */
@ConfigurationProperties("electron.simulator")
public class ElectronSimulatorProperties {

	/**
	 * Whether to start a simulator of the Electron service and to talk to it. For
	 * development and tests.
	 */
	private boolean enabled;

	/**
	 * Port that the simulator listens on, 0 for a free one.
	 */
	private int port;

	/**
	 * Whether the simulator thinks up answers by itself when no script is left.
	 */
	private boolean freeRunning = true;

	/**
	 * Time to the first token of an answer.
	 */
	private Duration timeToFirstToken = Duration.ofMillis(250);

	/**
	 * Time between two tokens of a streamed answer.
	 */
	private Duration timeBetweenTokens = Duration.ofMillis(8);

	/**
	 * Plan whose limits the simulator keeps.
	 */
	private Plan plan = Plan.UNLIMITED;

	public boolean isEnabled() {
		return this.enabled;
	}

	public void setEnabled(boolean enabled) {
		this.enabled = enabled;
	}

	public int getPort() {
		return this.port;
	}

	public void setPort(int port) {
		this.port = port;
	}

	public boolean isFreeRunning() {
		return this.freeRunning;
	}

	public void setFreeRunning(boolean freeRunning) {
		this.freeRunning = freeRunning;
	}

	public Duration getTimeToFirstToken() {
		return this.timeToFirstToken;
	}

	public void setTimeToFirstToken(Duration timeToFirstToken) {
		this.timeToFirstToken = timeToFirstToken;
	}

	public Duration getTimeBetweenTokens() {
		return this.timeBetweenTokens;
	}

	public void setTimeBetweenTokens(Duration timeBetweenTokens) {
		this.timeBetweenTokens = timeBetweenTokens;
	}

	public Plan getPlan() {
		return this.plan;
	}

	public void setPlan(Plan plan) {
		this.plan = plan;
	}

	/**
	 * A plan whose limits the simulator keeps.
	 */
	public enum Plan {

		/**
		 * No limits.
		 */
		UNLIMITED(SimulatorLimits.none(), io.github.electronspring.quota.Plan.UNLIMITED),

		/**
		 * 10 requests per minute, 3 in flight.
		 */
		STANDARD(SimulatorLimits.standard(), io.github.electronspring.quota.Plan.STANDARD),

		/**
		 * 200 requests per minute, 20 in flight.
		 */
		ENTERPRISE(SimulatorLimits.enterprise(), io.github.electronspring.quota.Plan.ENTERPRISE);

		private final SimulatorLimits limits;

		private final io.github.electronspring.quota.Plan plan;

		Plan(SimulatorLimits limits, io.github.electronspring.quota.Plan plan) {
			this.limits = limits;
			this.plan = plan;
		}

		SimulatorLimits limits() {
			return this.limits;
		}

		io.github.electronspring.quota.Plan plan() {
			return this.plan;
		}

	}

}
