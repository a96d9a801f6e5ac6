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

import com.github.tomakehurst.wiremock.http.Fault;
import io.github.electronspring.api.ElectronApi;
import io.github.electronspring.api.ElectronException;
import io.github.electronspring.chat.ElectronChatClient;
import io.github.electronspring.observation.RequestOutcome;
import io.github.electronspring.observation.RequestReport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import reactor.test.StepVerifier;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Tests for reports and meters of requests that fail.
 *
 * @author The Electron Spring authors
 */
class RequestFailureReportingTests extends AbstractRequestReportingTests {

	@Test
	void providerThatDoesNotAnswerEitherIsNamed() {
		respond("electron", aResponse().withStatus(503).withHeader("X-Request-Id", "req-0"));
		this.contextRunner = this.contextRunner.withPropertyValues("electron.failover=openai",
				"electron.providers.openai.base-url=http://127.0.0.1:1/v1");
		run((context) -> {
			StepVerifier.create(context.getBean(ElectronApi.class).stream(REQUEST)).expectError().verify(TIMEOUT);
			RequestReport report = report();
			assertThat(report.provider()).isEqualTo("openai");
			assertThat(report.status()).isZero();
			assertThat(report.requestId()).isNull();
			assertThat(report.errorType()).isEqualTo("ElectronTransportException");
			assertThat(report.attempts()).isEqualTo(4);
		});
	}

	@ParameterizedTest
	@CsvSource({ "400, ElectronInvalidRequestException", "401, ElectronAuthenticationException",
			"403, ElectronAccessDeniedException", "429, ElectronRateLimitException", "500, ElectronServerException",
			"418, ElectronApiException" })
	void errorOfTheServiceIsReported(int status, String type) {
		respond("electron", aResponse().withStatus(status).withHeader("X-Request-Id", "req-1"));
		assertFailure(type, status, "req-1");
	}

	@Test
	void brokenStreamIsReported() {
		respond("electron", answer("Hi").withBody("data: {\"id\":\"1\",\"choices\":[]}\n\n"));
		assertFailure("ElectronStreamException", 200, "req-1");
	}

	@Test
	void lostConnectionIsReported() {
		respond("electron", aResponse().withFault(Fault.CONNECTION_RESET_BY_PEER));
		assertFailure("ElectronTransportException", 0, null);
	}

	@Test
	void refusalOfThePlanIsReported() {
		respond("electron", answer("Hi").withFixedDelay(300));
		this.contextRunner = this.contextRunner.withPropertyValues("electron.plan=custom",
				"electron.quota.requests-per-minute=1", "electron.quota.concurrency=1", "electron.quota.max-wait=1ms");
		run((context) -> {
			ElectronApi api = context.getBean(ElectronApi.class);
			api.stream(REQUEST).blockLast(TIMEOUT);
			StepVerifier.create(api.stream(REQUEST)).expectError(ElectronException.class).verify(TIMEOUT);
			report();
			assertThat(report().attempts()).isZero();
			assertThat(requests("electron", "error", "ElectronQuotaException")).isOne();
		});
	}

	private void assertFailure(String type, int status, String requestId) {
		this.contextRunner = this.contextRunner.withPropertyValues("electron.retry.max-attempts=1");
		run((context) -> {
			assertThatExceptionOfType(ElectronException.class)
				.isThrownBy(() -> response(context.getBean(ElectronChatClient.class)));
			RequestReport report = report();
			assertThat(report.outcome()).isEqualTo(RequestOutcome.ERROR);
			assertThat(report.errorType()).isEqualTo(type);
			assertThat(report.status()).isEqualTo(status);
			assertThat(report.requestId()).isEqualTo(requestId);
			assertThat(requests("electron", "error", type)).isOne();
		});
	}

}
