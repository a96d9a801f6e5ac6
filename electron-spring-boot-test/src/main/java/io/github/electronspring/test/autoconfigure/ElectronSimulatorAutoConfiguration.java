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
import io.github.electronspring.test.simulator.ElectronSimulator;
import io.github.electronspring.test.simulator.SimulatorPace;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import reactor.netty.ChannelBindException;

import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBooleanProperty;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.context.properties.source.InvalidConfigurationPropertyValueException;
import org.springframework.context.annotation.Bean;

/**
 * {@link AutoConfiguration Auto-configuration} for the Electron simulator.
 *
 * @author The Electron Spring authors
 */
@AutoConfiguration(beforeName = "io.github.electronspring.autoconfigure.ElectronAutoConfiguration")
@ConditionalOnBooleanProperty("electron.simulator.enabled")
@EnableConfigurationProperties(ElectronSimulatorProperties.class)
public final class ElectronSimulatorAutoConfiguration {

	private static final Log logger = LogFactory.getLog(ElectronSimulatorAutoConfiguration.class);

	/** Of a simulator that answers an application, which may run for days. */
	private static final int KEPT_REQUESTS = 100;

	@Bean
	@ConditionalOnMissingBean
	ElectronSimulator electronSimulator(ElectronSimulatorProperties properties) {
		ElectronSimulator simulator = start(properties);
		logger.info("Electron simulator started at %s: its answers come from rules, not from a language model"
			.formatted(simulator.baseUrl()));
		return simulator;
	}

	private static ElectronSimulator start(ElectronSimulatorProperties properties) {
		try {
			return ElectronSimulator.builder()
				.port(properties.getPort())
				.freeRunning(properties.isFreeRunning())
				.pace(new SimulatorPace(properties.getTimeToFirstToken(), properties.getTimeBetweenTokens()))
				.limits(properties.getPlan().limits())
				.keptRequests(properties.isFreeRunning() ? KEPT_REQUESTS : Integer.MAX_VALUE)
				.start();
		}
		catch (ChannelBindException ex) {
			throw new InvalidConfigurationPropertyValueException("electron.simulator.port", properties.getPort(),
					"The port cannot be opened, most likely because another process uses it; 0 finds a free one.");
		}
	}

	@Bean
	@ConditionalOnMissingBean(ElectronConnectionDetails.class)
	SimulatorElectronConnectionDetails electronSimulatorConnectionDetails(ElectronSimulator simulator,
			ElectronSimulatorProperties properties) {
		return new SimulatorElectronConnectionDetails(simulator, properties.getPlan().plan());
	}

}
