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

package io.github.electronspring.observation;

import java.time.Duration;

import io.github.electronspring.api.CallContext;
import io.github.electronspring.api.Failures;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link ResilienceMeters}.
 *
 * @author The Electron Spring authors
 */
class ResilienceMetersTests {

	private final SimpleMeterRegistry registry = new SimpleMeterRegistry();

	private final ResilienceMeters meters = new ResilienceMeters(this.registry);

	@Test
	void retriesAreCounted() {
		for (int attempt = 1; attempt <= 2; attempt++) {
			this.meters.onRetry(CallContext.empty(), "electron", Failures.status(503), attempt, Duration.ZERO);
		}
		this.meters.onRetry(CallContext.empty(), "electron", Failures.status(429), 3, Duration.ZERO);
		assertThat(this.registry.get("electron.retries")
			.tags("provider", "electron", "error.type", "ElectronServerException")
			.counter()
			.count()).isEqualTo(2);
		assertThat(this.registry.get("electron.retries")
			.tags("provider", "electron", "error.type", "ElectronRateLimitException")
			.counter()
			.count()).isEqualTo(1);
		this.registry.getMeters().forEach(Documented::check);
	}

	@Test
	void failoversAreCounted() {
		this.meters.onFailover(CallContext.empty(), "electron", "openai", Failures.lostConnection());
		assertThat(this.registry.get("electron.failovers")
			.tags("from", "electron", "to", "openai", "error.type", "ElectronTransportException")
			.counter()
			.count()).isEqualTo(1);
		this.registry.getMeters().forEach(Documented::check);
	}

}
