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

import io.github.electronspring.api.Cost;
import io.github.electronspring.api.TokenPrices;
import io.github.electronspring.protocol.Usage;

/**
 * Reports for tests.
 *
 * @author The Electron Spring authors
 */
final class Reports {

	private static final Usage USAGE = Usage.of(1200, 1024, 80);

	private Reports() {
	}

	/**
	 * Return the report of the documented example.
	 */
	static RequestReport success() {
		return new RequestReport("electron", "electron-1", RequestOutcome.SUCCESS, null, "req-1", "call-7", 200, 2,
				Duration.ofMillis(30), Duration.ofMillis(210), Duration.ofMillis(4), Duration.ofMillis(640), USAGE,
				false, Cost.of(USAGE, TokenPrices.defaults()));
	}

	static RequestReport cancelled() {
		Usage usage = new Usage(100, 10, 110, null);
		return new RequestReport("electron", "electron-1", RequestOutcome.CANCELLED, null, "req-2", null, 200, 1,
				Duration.ZERO, Duration.ofMillis(200), null, Duration.ofMillis(250), usage, true,
				Cost.of(usage, TokenPrices.defaults()));
	}

	static RequestReport failed(Throwable error) {
		return new RequestReport("electron", "electron-1", RequestOutcome.ERROR, error, null, null, 0, 0, Duration.ZERO,
				null, null, Duration.ofMillis(5), null, false, null);
	}

}
