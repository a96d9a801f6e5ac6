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

import java.io.IOException;
import java.net.Socket;
import java.time.Duration;

import io.github.electronspring.autoconfigure.ElectronConnectionDetails;
import io.github.electronspring.test.autoconfigure.ElectronSimulatorProperties.Plan;
import io.github.electronspring.test.simulator.ElectronSimulator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.context.annotation.ImportCandidates;
import org.springframework.boot.context.properties.source.InvalidConfigurationPropertyValueException;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;

/**
 * Tests for {@link ElectronSimulatorAutoConfiguration}.
 *
 * @author The Electron Spring authors
 */
@ExtendWith(OutputCaptureExtension.class)
class ElectronSimulatorAutoConfigurationTests {

	private final ApplicationContextRunner contextRunner = new ApplicationContextRunner()
		.withConfiguration(AutoConfigurations.of(ElectronSimulatorAutoConfiguration.class));

	private final ApplicationContextRunner enabledRunner = this.contextRunner
		.withPropertyValues("electron.simulator.enabled=true");

	@Test
	void doesNothingByDefault() {
		this.contextRunner.run((context) -> assertThat(context).doesNotHaveBean(ElectronSimulator.class)
			.doesNotHaveBean(ElectronConnectionDetails.class));
	}

	@Test
	void whenEnabledSuppliesConnectionDetails() {
		this.enabledRunner.run((context) -> {
			assertThat(context).hasBean("electronSimulator");
			ElectronSimulator simulator = context.getBean(ElectronSimulator.class);
			ElectronConnectionDetails details = context.getBean(ElectronConnectionDetails.class);
			assertThat(details.getBaseUrl()).isEqualTo("http://127.0.0.1:%d/waves/v1".formatted(simulator.port()));
			assertThat(details.getApiKey()).isEqualTo(simulator.apiKey());
		});
	}

	@Test
	void saysSoInOneLine(CapturedOutput output) {
		this.enabledRunner.run((context) -> assertThat(output.getOut().lines())
			.filteredOn((line) -> line.contains("Electron simulator"))
			.singleElement()
			.asString()
			.contains(context.getBean(ElectronSimulator.class).baseUrl()));
	}

	@Test
	void stopsWithTheContext() {
		int[] port = new int[1];
		this.enabledRunner.run((context) -> {
			port[0] = context.getBean(ElectronSimulator.class).port();
			new Socket("127.0.0.1", port[0]).close();
		});
		assertThatIOException().isThrownBy(() -> connect(port[0]));
	}

	@Test
	void portThatIsInUseIsNamedByItsProperty() {
		try (ElectronSimulator other = ElectronSimulator.start()) {
			this.enabledRunner.withPropertyValues("electron.simulator.port=" + other.port())
				.run((context) -> assertThat(context).getFailure()
					.rootCause()
					.isInstanceOfSatisfying(InvalidConfigurationPropertyValueException.class, (ex) -> {
						assertThat(ex.getName()).isEqualTo("electron.simulator.port");
						assertThat(ex.getValue()).isEqualTo(other.port());
					}));
		}
	}

	@Test
	void backsOffForConnectionDetailsOfTheUser() {
		this.enabledRunner.withUserConfiguration(OwnDetails.class)
			.run((context) -> assertThat(context).hasSingleBean(ElectronConnectionDetails.class).hasBean("ownDetails"));
	}

	@Test
	void backsOffForSimulatorOfTheUser() {
		this.enabledRunner.withUserConfiguration(OwnSimulator.class)
			.run((context) -> assertThat(context).hasSingleBean(ElectronSimulator.class).hasBean("ownSimulator"));
	}

	@Test
	void isRegistered() {
		String name = ElectronSimulatorAutoConfiguration.class.getName();
		assertThat(ImportCandidates.load(AutoConfiguration.class, null)).contains(name);
		assertThat(ImportCandidates.load(AutoConfigureElectronSimulator.class, null)).containsExactly(name);
	}

	@Test
	void defaultsAreThoseOfAFirstRun() {
		this.enabledRunner.run((context) -> {
			ElectronSimulatorProperties properties = context.getBean(ElectronSimulatorProperties.class);
			assertThat(properties.getPort()).isZero();
			assertThat(properties.isFreeRunning()).isTrue();
			assertThat(properties.getTimeToFirstToken()).isEqualTo(Duration.ofMillis(250));
			assertThat(properties.getTimeBetweenTokens()).isEqualTo(Duration.ofMillis(8));
			assertThat(properties.getPlan()).isEqualTo(Plan.UNLIMITED);
		});
	}

	@Test
	void propertiesAreBound() {
		this.enabledRunner
			.withPropertyValues("electron.simulator.free-running=false", "electron.simulator.plan=standard",
					"electron.simulator.time-to-first-token=1s", "electron.simulator.time-between-tokens=20ms")
			.run((context) -> {
				ElectronSimulatorProperties properties = context.getBean(ElectronSimulatorProperties.class);
				assertThat(properties.isFreeRunning()).isFalse();
				assertThat(properties.getTimeToFirstToken()).isEqualTo(Duration.ofSeconds(1));
				assertThat(properties.getTimeBetweenTokens()).isEqualTo(Duration.ofMillis(20));
				assertThat(properties.getPlan().limits().concurrency()).isEqualTo(3);
			});
	}

	private static void connect(int port) throws IOException {
		new Socket("127.0.0.1", port).close();
	}

	@Configuration(proxyBeanMethods = false)
	static class OwnDetails {

		@Bean
		ElectronConnectionDetails ownDetails(ElectronSimulator simulator) {
			return new SimulatorElectronConnectionDetails(simulator, Plan.UNLIMITED.plan());
		}

	}

	@Configuration(proxyBeanMethods = false)
	static class OwnSimulator {

		@Bean
		ElectronSimulator ownSimulator() {
			return ElectronSimulator.start();
		}

	}

}
