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

package io.github.electronspring.actuate;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;

import io.github.electronspring.api.CallContext;
import io.github.electronspring.api.Failures;
import io.github.electronspring.quota.Plan;
import io.github.electronspring.quota.QuotaSettings;
import io.github.electronspring.quota.RequestQuota;
import io.github.resilience4j.circuitbreaker.CircuitBreaker.State;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.Status;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mockito.BDDMockito.given;
import static org.mockito.BDDMockito.mock;

/**
 * Tests for {@link ElectronHealthIndicator}.
 *
 * @author The Electron Spring authors
 */
class ElectronHealthIndicatorTests {

	private final AtomicReference<Instant> now = new AtomicReference<>(Instant.parse("2026-11-20T12:00:00Z"));

	private final ElectronStatistics statistics = new ElectronStatistics(List.of("electron", "openai"), clock());

	private State circuit = State.CLOSED;

	private final ElectronHealthIndicator indicator = new ElectronHealthIndicator(
			List.of(provider("electron"), provider("openai")), this.statistics);

	private MonitoredProvider provider(String name) {
		return new MonitoredProvider(name, "https://example.com", name,
				RequestQuota.local(QuotaSettings.of(Plan.STANDARD)),
				() -> "electron".equals(name) ? this.circuit : State.CLOSED);
	}

	@Test
	void isUnknownBeforeTheFirstCall() {
		assertThat(this.indicator.health().getStatus()).isEqualTo(Status.UNKNOWN);
	}

	@Test
	void isUpAfterAnAnswer() {
		this.statistics.onReport(Reports.answered("electron", "req-1"));
		assertThat(this.indicator.health().getStatus()).isEqualTo(Status.UP);
		assertThat(electron().lastAnswer()).isNotNull();
	}

	@Test
	void isUpAfterAnAnswerThatWasCutShort() {
		this.statistics.onReport(Reports.cancelled("electron", null));
		assertThat(this.indicator.health().getStatus()).isEqualTo(Status.UNKNOWN);
		this.statistics.onReport(Reports.cancelled("electron", Duration.ofMillis(250)));
		assertThat(this.indicator.health().getStatus()).isEqualTo(Status.UP);
	}

	@ParameterizedTest
	@ValueSource(ints = { 401, 403 })
	void isDownIfTheKeyIsRefusedUntilTheNextAnswer(int status) {
		this.statistics.onReport(Reports.answered("electron", "req-1"));
		this.statistics.onReport(Reports.failed("electron", Failures.status(status, "X-Request-Id", "req-2")));
		assertThat(this.indicator.health().getStatus()).isEqualTo(Status.DOWN);
		assertThat(electron().lastFailure()).satisfies((failure) -> {
			assertThat(failure.status()).isEqualTo(status);
			assertThat(failure.requestId()).isEqualTo("req-2");
			assertThat(failure.time()).isNotNull();
		});
		this.statistics.onReport(Reports.failed("electron", Failures.status(503)));
		assertThat(this.indicator.health().getStatus()).isEqualTo(Status.DOWN);
		this.now.set(this.now.get().plusSeconds(1));
		this.statistics.onReport(Reports.answered("electron", "req-3"));
		assertThat(this.indicator.health().getStatus()).isEqualTo(Status.UP);
	}

	@ParameterizedTest
	@ValueSource(ints = { 400, 429, 500, 503 })
	void otherFailuresDoNotChangeTheStatus(int status) {
		this.statistics.onReport(Reports.failed("electron", Failures.status(status)));
		assertThat(this.indicator.health().getStatus()).isEqualTo(Status.UNKNOWN);
		this.statistics.onReport(Reports.answered("electron", "req-1"));
		this.statistics.onReport(Reports.failed("electron", Failures.status(status)));
		assertThat(this.indicator.health().getStatus()).isEqualTo(Status.UP);
	}

	@Test
	void aKeyThatIsRefusedIsSeenThoughAnotherProviderAnswers() {
		this.statistics.onFailover(CallContext.empty(), "electron", "openai", Failures.status(401));
		this.statistics.onReport(Reports.answered("openai", "req-1"));
		assertThat(this.indicator.health().getStatus()).isEqualTo(Status.DOWN);
	}

	@ParameterizedTest
	@EnumSource(names = { "OPEN", "FORCED_OPEN" })
	void isDownWhileTheCircuitIsOpen(State state) {
		this.statistics.onReport(Reports.answered("electron", "req-1"));
		this.circuit = state;
		assertThat(this.indicator.health().getStatus()).isEqualTo(Status.DOWN);
		assertThat(electron().circuit()).isEqualTo(state);
		this.circuit = State.HALF_OPEN;
		assertThat(this.indicator.health().getStatus()).isEqualTo(Status.UNKNOWN);
		this.circuit = State.CLOSED;
		assertThat(this.indicator.health().getStatus()).isEqualTo(Status.UP);
	}

	@Test
	void theFirstProviderDecides() {
		this.statistics.onReport(Reports.answered("electron", "req-1"));
		this.statistics.onReport(Reports.failed("openai", Failures.status(401)));
		Health health = this.indicator.health();
		assertThat(health.getStatus()).isEqualTo(Status.UP);
		assertThat(health.getDetails()).containsOnlyKeys("electron", "openai");
		assertThat(((ProviderHealthDescriptor) health.getDetails().get("openai")).status()).isEqualTo("DOWN");
	}

	private Clock clock() {
		Clock clock = mock();
		given(clock.instant()).willAnswer((invocation) -> this.now.get());
		return clock;
	}

	private ProviderHealthDescriptor electron() {
		return (ProviderHealthDescriptor) this.indicator.health().getDetails().get("electron");
	}

}
