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

import java.math.BigDecimal;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;

import io.github.electronspring.api.CallContext;
import io.github.electronspring.api.ElectronInvalidRequestException;
import io.github.electronspring.api.ElectronQuotaException;
import io.github.electronspring.api.ElectronTransportException;
import io.github.electronspring.api.Failures;
import io.github.electronspring.observation.RequestOutcome;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mockito.BDDMockito.given;
import static org.mockito.BDDMockito.mock;

/**
 * Tests for {@link ElectronStatistics}.
 *
 * @author The Electron Spring authors
 */
class ElectronStatisticsTests {

	private static final Instant NOW = Instant.parse("2026-11-20T12:00:00Z");

	private final ElectronStatistics statistics = new ElectronStatistics(List.of("electron", "openai"),
			Clock.fixed(NOW, ZoneOffset.UTC));

	@Test
	void tokensAndCostAreSummed() {
		this.statistics.onReport(Reports.answered("electron", "req-1"));
		this.statistics.onReport(Reports.answered("electron", "req-2"));
		this.statistics.onReport(Reports.cancelled("electron", null));
		UsageDescriptor usage = this.statistics.provider("electron").usage();
		assertThat(usage.inputTokens()).isEqualTo(2400);
		assertThat(usage.cachedTokens()).isEqualTo(2048);
		assertThat(usage.outputTokens()).isEqualTo(160);
		assertThat(usage.cost()).isEqualByComparingTo(new BigDecimal("0.0006008"));
		assertThat(usage.getCacheRatio()).isEqualTo(2048.0 / 2400);
	}

	@Test
	void withoutRequestsNothingIsKnown() {
		assertThat(this.statistics.since()).isEqualTo(NOW);
		assertThat(this.statistics.usage()).isEqualTo(UsageDescriptor.NONE);
		assertThat(this.statistics.usage().getCacheRatio()).isNull();
		assertThat(this.statistics.requests()).isEmpty();
	}

	@Test
	void providersAreSummed() {
		this.statistics.onReport(Reports.answered("electron", "req-1"));
		this.statistics.onReport(Reports.answered("openai", "req-2"));
		assertThat(this.statistics.usage().inputTokens()).isEqualTo(2400);
		assertThat(this.statistics.provider("openai").usage().inputTokens()).isEqualTo(1200);
	}

	@Test
	void whatAnUnknownProviderAnswersIsListedOnly() {
		this.statistics.onReport(Reports.answered("cache", "req-1"));
		assertThat(this.statistics.usage()).isEqualTo(UsageDescriptor.NONE);
		assertThat(this.statistics.requests()).extracting(RequestDescriptor::provider).containsExactly("cache");
	}

	@Test
	void lastRequestsAreKeptLatestFirst() {
		for (int i = 1; i <= 120; i++) {
			this.statistics.onReport(Reports.answered("electron", "req-" + i));
		}
		List<RequestDescriptor> requests = this.statistics.requests();
		assertThat(requests).hasSize(50);
		assertThat(requests.get(0)).isEqualTo(
				new RequestDescriptor("req-120", NOW, "electron", "electron", RequestOutcome.SUCCESS, null, 200));
		assertThat(requests.get(49).requestId()).isEqualTo("req-71");
	}

	@Test
	void failureIsListedWithItsKind() {
		this.statistics.onReport(Reports.failed("electron", Failures.status(503)));
		this.statistics.onReport(Reports.failed("electron", new IllegalStateException("secret")));
		assertThat(this.statistics.requests()).extracting(RequestDescriptor::error)
			.containsExactly("IllegalStateException", "ElectronServerException");
		assertThat(this.statistics.requests()).extracting(RequestDescriptor::status).containsExactly(null, 503);
		assertThat(this.statistics.requests().toString()).doesNotContain("secret");
	}

	@Test
	void retriesAndFailoversAreCountedWhereTheyBegin() {
		this.statistics.onRetry(CallContext.empty(), "electron", Failures.status(503), 1, Duration.ZERO);
		this.statistics.onRetry(CallContext.empty(), "electron", Failures.status(503), 2, Duration.ZERO);
		this.statistics.onFailover(CallContext.empty(), "electron", "openai", Failures.status(502));
		ProviderStatistics electron = this.statistics.provider("electron");
		assertThat(electron.retries()).isEqualTo(2);
		assertThat(electron.failovers()).isOne();
		assertThat(electron.lastFailure()).isEqualTo(new FailureDescriptor("ElectronServerException", 502, null, NOW));
		assertThat(this.statistics.provider("openai").failovers()).isZero();
	}

	@Test
	void whatIsRefusedOnThisSideIsNoFailureOfTheProvider() {
		ProviderStatistics electron = this.statistics.provider("electron");
		this.statistics.onReport(Reports.failed("electron", Failures.status(503)));
		this.statistics
			.onReport(Reports.failed("electron", new ElectronQuotaException("Full", "concurrency", 3, null)));
		this.statistics
			.onReport(Reports.failed("electron", new ElectronInvalidRequestException("No", Collections.emptyList())));
		this.statistics.onReport(Reports.failed("electron", ElectronTransportException.notSent("No use", null)));
		assertThat(electron.lastFailure().type()).isEqualTo("ElectronServerException");
		assertThat(this.statistics.requests()).hasSize(4);
		this.statistics.onReport(Reports.failed("electron", Failures.refusedConnection()));
		assertThat(electron.lastFailure().type()).isEqualTo("ElectronTransportException");
		this.statistics.onReport(Reports.failed("electron", new IllegalStateException("secret")));
		assertThat(electron.lastFailure().type()).isEqualTo("IllegalStateException");
	}

	@Test
	void answerToARequestThatBeganBeforeTheRefusalDoesNotClearIt() {
		AtomicReference<Instant> now = new AtomicReference<>(NOW);
		Clock clock = mock();
		given(clock.instant()).willAnswer((invocation) -> now.get());
		ElectronStatistics timed = new ElectronStatistics(List.of("electron"), clock);
		timed.onReport(Reports.failed("electron", Failures.status(401)));
		now.set(NOW.plusMillis(299));
		timed.onReport(Reports.answered("electron", "req-1"));
		assertThat(timed.provider("electron").isRefused()).isTrue();
		assertThat(timed.provider("electron").lastAnswer()).isEqualTo(now.get());
		now.set(NOW.plusMillis(300));
		timed.onReport(Reports.answered("electron", "req-2"));
		assertThat(timed.provider("electron").isRefused()).isFalse();
	}

}
