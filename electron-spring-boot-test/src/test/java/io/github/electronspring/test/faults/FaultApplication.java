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

package io.github.electronspring.test.faults;

import java.time.Duration;

import io.github.electronspring.autoconfigure.ElectronAutoConfiguration;
import io.github.electronspring.test.simulator.ElectronSimulator;
import org.awaitility.Awaitility;
import org.awaitility.core.ConditionFactory;

import org.springframework.ai.model.chat.client.autoconfigure.ChatClientAutoConfiguration;
import org.springframework.ai.model.tool.autoconfigure.ToolCallingAutoConfiguration;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.http.client.autoconfigure.reactive.ReactiveHttpClientAutoConfiguration;
import org.springframework.boot.http.client.reactive.ClientHttpConnectorBuilder;
import org.springframework.boot.http.client.reactive.ReactorClientHttpConnectorBuilder;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.boot.webclient.autoconfigure.WebClientAutoConfiguration;

/**
 * An application with two providers, each of which is a simulator, and a tool.
 *
 * @author The Electron Spring authors
 */
final class FaultApplication implements AutoCloseable {

	static final Duration TIMEOUT = Duration.ofSeconds(20);

	private final ElectronSimulator electron;

	private final ElectronSimulator openAi;

	private final Connections connections = new Connections();

	private final Accounts accounts = new Accounts();

	/**
	 * Start the simulators.
	 * @param freeRunning whether they answer if they have no script
	 */
	FaultApplication(boolean freeRunning) {
		this.electron = ElectronSimulator.builder().freeRunning(freeRunning).start();
		this.openAi = ElectronSimulator.builder().freeRunning(freeRunning).validation(false).start();
	}

	/**
	 * Wait for what comes soon.
	 */
	static ConditionFactory soon() {
		return Awaitility.await().pollDelay(Duration.ZERO).pollInterval(Duration.ofMillis(5)).atMost(TIMEOUT);
	}

	ApplicationContextRunner runner() {
		return new ApplicationContextRunner()
			.withConfiguration(AutoConfigurations.of(WebClientAutoConfiguration.class,
					ReactiveHttpClientAutoConfiguration.class, ChatClientAutoConfiguration.class,
					ToolCallingAutoConfiguration.class, ElectronAutoConfiguration.class))
			.withBean(ReactorClientHttpConnectorBuilder.class,
					() -> ClientHttpConnectorBuilder.reactor().withHttpClientCustomizer(this.connections::watch))
			.withBean(Accounts.class, () -> this.accounts)
			.withPropertyValues("electron.api-key=" + this.electron.apiKey(),
					"electron.base-url=" + this.electron.baseUrl(), "electron.retry.max-attempts=3",
					"electron.retry.min-backoff=5ms", "electron.providers.openai.api-key=sk_openai",
					"electron.providers.openai.base-url=" + this.openAi.openAiBaseUrl(),
					"electron.providers.openai.model=gpt-4o-mini");
	}

	ElectronSimulator electron() {
		return this.electron;
	}

	ElectronSimulator openAi() {
		return this.openAi;
	}

	Connections connections() {
		return this.connections;
	}

	Accounts accounts() {
		return this.accounts;
	}

	@Override
	public void close() {
		this.electron.close();
		this.openAi.close();
	}

}
