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

package io.github.electronspring.autoconfigure;

import com.github.tomakehurst.wiremock.WireMockServer;
import com.github.tomakehurst.wiremock.core.WireMockConfiguration;
import io.github.electronspring.actuate.ElectronEndpoint;
import io.github.electronspring.actuate.ElectronHealthIndicator;
import io.github.electronspring.actuate.ElectronStatistics;
import io.github.electronspring.actuate.ProviderDescriptor;
import io.github.electronspring.actuate.ToolStatistics;
import io.github.electronspring.api.ElectronApi;
import io.github.electronspring.api.ElectronAuthenticationException;
import io.github.electronspring.chat.ElectronChatClient;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import org.springframework.ai.model.chat.client.autoconfigure.ChatClientAutoConfiguration;
import org.springframework.boot.actuate.endpoint.annotation.Endpoint;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.HealthIndicator;
import org.springframework.boot.health.contributor.Status;
import org.springframework.boot.test.context.FilteredClassLoader;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;

import static com.github.tomakehurst.wiremock.client.WireMock.any;
import static com.github.tomakehurst.wiremock.client.WireMock.anyUrl;
import static com.github.tomakehurst.wiremock.client.WireMock.ok;
import static com.github.tomakehurst.wiremock.client.WireMock.unauthorized;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.mockito.Mockito.mock;

/**
 * Tests for {@link ElectronActuatorAutoConfiguration}.
 *
 * @author The Electron Spring authors
 */
class ElectronActuatorAutoConfigurationTests {

	private static final String EXPOSED = "management.endpoints.web.exposure.include=electron";

	private final WireMockServer server = new WireMockServer(
			WireMockConfiguration.options().bindAddress("127.0.0.1").dynamicPort());

	private ApplicationContextRunner contextRunner;

	@BeforeEach
	void start() {
		this.server.start();
		this.contextRunner = new ApplicationContextRunner()
			.withConfiguration(AutoConfigurations.of(ElectronActuatorAutoConfiguration.class,
					ElectronAutoConfiguration.class, ChatClientAutoConfiguration.class))
			.withPropertyValues("electron.api-key=sk_test", "electron.base-url=" + this.server.baseUrl());
	}

	@AfterEach
	void stop() {
		this.server.stop();
	}

	@Test
	void healthTellsWhatRequestsHaveMet() {
		this.contextRunner.run((context) -> {
			HealthIndicator indicator = context.getBean("electronHealthContributor", HealthIndicator.class);
			assertThat(status(indicator)).isEqualTo(Status.UNKNOWN);
			this.server.stubFor(any(anyUrl()).willReturn(unauthorized()));
			ElectronChatClient client = context.getBean(ElectronChatClient.class);
			assertThatExceptionOfType(ElectronAuthenticationException.class)
				.isThrownBy(() -> client.prompt("Hi").call().content());
			assertThat(status(indicator)).isEqualTo(Status.DOWN);
			answer();
			assertThat(client.prompt("Hi").call().content()).isEqualTo("Hello");
			assertThat(status(indicator)).isEqualTo(Status.UP);
		});
	}

	private static Status status(HealthIndicator indicator) {
		Health health = indicator.health();
		assertThat(health).isNotNull();
		return health.getStatus();
	}

	@Test
	void whenHealthIsDisabledHasNoIndicator() {
		this.contextRunner.withPropertyValues("management.health.electron.enabled=false")
			.run((context) -> assertThat(context).doesNotHaveBean(ElectronHealthIndicator.class)
				.doesNotHaveBean(ElectronStatistics.class)
				.hasSingleBean(ElectronApi.class));
	}

	@Test
	void whenApplicationHasItsOwnContributorBacksOff() {
		this.contextRunner.withBean("electronHealthIndicator", HealthIndicator.class, () -> mock(HealthIndicator.class))
			.run((context) -> assertThat(context).doesNotHaveBean(ElectronHealthIndicator.class));
	}

	@Test
	void whenEndpointIsNotExposedHasNone() {
		this.contextRunner.run((context) -> assertThat(context).doesNotHaveBean(ElectronEndpoint.class)
			.doesNotHaveBean(ToolStatistics.class));
	}

	@Test
	void whenEndpointIsExposedTellsWhatRequestsHaveUsed() {
		answer();
		this.contextRunner
			.withPropertyValues(EXPOSED, "electron.providers.openai.base-url=https://api.openai.com/v1",
					"electron.providers.openai.api-key=sk_other", "electron.providers.openai.model=gpt-4o-mini")
			.run((context) -> {
				context.getBean(ElectronChatClient.class).prompt("Hi").call().content();
				ElectronEndpoint endpoint = context.getBean(ElectronEndpoint.class);
				assertThat(endpoint.electron().providers()).extracting(ProviderDescriptor::name)
					.containsExactly("electron", "openai");
				assertThat(endpoint.electron().providers().get(0).baseUrl()).isEqualTo(this.server.baseUrl());
				assertThat(endpoint.electron().usage().inputTokens()).isEqualTo(10);
				assertThat(endpoint.electron().requests()).hasSize(1);
				assertThat(context).hasSingleBean(ToolStatistics.class);
			});
	}

	@Test
	void whenApplicationHasItsOwnApiHasNothing() {
		this.contextRunner.withBean("custom", ElectronApi.class, () -> mock(ElectronApi.class))
			.withPropertyValues(EXPOSED)
			.run((context) -> assertThat(context).hasNotFailed()
				.doesNotHaveBean(ElectronEndpoint.class)
				.doesNotHaveBean(ElectronStatistics.class));
	}

	@Test
	void whenActuatorIsMissingHasNothing() {
		this.contextRunner.withClassLoader(new FilteredClassLoader(Endpoint.class, HealthIndicator.class))
			.withPropertyValues(EXPOSED)
			.run((context) -> {
				assertThat(context).hasNotFailed()
					.doesNotHaveBean(ElectronEndpoint.class)
					.doesNotHaveBean(ElectronStatistics.class)
					.doesNotHaveBean("electronHealthContributor");
				assertThat(context.getBean(ElectronChatClient.class)).isNotNull();
			});
	}

	@Test
	void whenOnlyHealthIsThereHasNoEndpoint() {
		this.contextRunner.withClassLoader(new FilteredClassLoader(Endpoint.class))
			.withPropertyValues(EXPOSED)
			.run((context) -> assertThat(context).hasSingleBean(ElectronHealthIndicator.class)
				.doesNotHaveBean(ElectronEndpoint.class));
	}

	private void answer() {
		this.server.stubFor(any(anyUrl()).willReturn(ok("""
				data: {"id":"1","choices":[{"index":0,"delta":{"role":"assistant","content":"Hello"}}]}

				data: {"id":"1","choices":[{"index":0,"delta":{},"finish_reason":"stop"}]}

				data: {"id":"1","choices":[],"usage":{"prompt_tokens":10,"completion_tokens":5,"total_tokens":15}}

				data: [DONE]

				""").withHeader("Content-Type", "text/event-stream")));
	}

}
