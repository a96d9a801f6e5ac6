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
import java.time.Duration;

import io.github.electronspring.api.Cost;
import io.github.electronspring.api.ElectronApiException;
import io.github.electronspring.observation.RequestOutcome;
import io.github.electronspring.observation.RequestReport;
import io.github.electronspring.protocol.Usage;
import org.jspecify.annotations.Nullable;

/**
 * Reports for tests.
 *
 * @author The Electron Spring authors
 */
final class Reports {

	private Reports() {
	}

	static RequestReport answered(String provider, String requestId) {
		Cost cost = new Cost(new BigDecimal("0.000070"), new BigDecimal("0.0001024"), new BigDecimal("0.000128"));
		return report(provider, RequestOutcome.SUCCESS, null, requestId, 200, Usage.of(1200, 1024, 80), cost, null);
	}

	static RequestReport failed(String provider, Throwable failure) {
		int status = (failure instanceof ElectronApiException refusal) ? refusal.getStatus() : 0;
		return report(provider, RequestOutcome.ERROR, failure, "req-of-failure", status, null, null, null);
	}

	static RequestReport cancelled(String provider, @Nullable Duration timeToFirstChunk) {
		return report(provider, RequestOutcome.CANCELLED, null, null, 0, null, null, timeToFirstChunk);
	}

	private static RequestReport report(String provider, RequestOutcome outcome, @Nullable Throwable error,
			@Nullable String requestId, int status, @Nullable Usage usage, @Nullable Cost cost,
			@Nullable Duration timeToFirstChunk) {
		return new RequestReport(provider, "electron", outcome, error, requestId, "conversation", status, 1,
				Duration.ZERO, timeToFirstChunk, null, Duration.ofMillis(300), usage, false, cost);
	}

}
