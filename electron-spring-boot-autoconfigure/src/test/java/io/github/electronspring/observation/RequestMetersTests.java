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

import java.math.BigDecimal;
import java.util.concurrent.TimeUnit;

import io.github.electronspring.api.ElectronException;
import io.github.electronspring.api.ElectronQuotaException;
import io.github.electronspring.api.ElectronStreamException;
import io.github.electronspring.api.Failures;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.Timer;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link RequestMeters}.
 *
 * @author The Electron Spring authors
 */
class RequestMetersTests {

	private final SimpleMeterRegistry registry = new SimpleMeterRegistry();

	private final RequestMeters meters = new RequestMeters(this.registry);

	@Test
	void successIsMeasured() {
		this.meters.onReport(Reports.success());
		Timer requests = this.registry.get("electron.requests")
			.tags("provider", "electron", "model", "electron-1", "outcome", "success", "error.type", "none")
			.timer();
		assertThat(requests.totalTime(TimeUnit.MILLISECONDS)).isEqualTo(640);
		assertThat(firstChunk("success").totalTime(TimeUnit.MILLISECONDS)).isEqualTo(210);
		assertThat(this.registry.get("gen_ai.client.operation.time_per_output_chunk")
			.tags("gen_ai.operation.name", "chat", "gen_ai.system", "electron", "gen_ai.request.model", "electron-1",
					"outcome", "success")
			.timer()
			.totalTime(TimeUnit.MILLISECONDS)).isEqualTo(4);
		assertThat(this.registry.get("electron.quota.wait")
			.tags("provider", "electron")
			.timer()
			.totalTime(TimeUnit.MILLISECONDS)).isEqualTo(30);
		assertThat(this.registry.get("electron.tokens.cached")
			.tags("provider", "electron", "model", "electron-1")
			.counter()
			.count()).isEqualTo(1024);
	}

	@Test
	void costIsExactToTheLastDigit() {
		this.meters.onReport(Reports.success());
		assertThat(cost("input")).isEqualByComparingTo("0.0000704");
		assertThat(cost("cached_input")).isEqualByComparingTo("0.0001024");
		assertThat(cost("output")).isEqualByComparingTo("0.000128");
		assertThat(cost("input").add(cost("cached_input")).add(cost("output"))).isEqualByComparingTo("0.0003008");
		assertThat(this.registry.get("electron.cost").counters())
			.allSatisfy((counter) -> assertThat(counter.getId().getBaseUnit()).isEqualTo("USD"));
	}

	@Test
	void valuesAddUp() {
		this.meters.onReport(Reports.success());
		this.meters.onReport(Reports.success());
		assertThat(firstChunk("success").count()).isEqualTo(2);
		assertThat(this.registry.get("electron.tokens.cached").counter().count()).isEqualTo(2048);
		assertThat(cost("cached_input")).isEqualByComparingTo("0.0002048");
	}

	@Test
	void cancellationIsAnOutcomeOfItsOwn() {
		this.meters.onReport(Reports.cancelled());
		assertThat(this.registry.get("electron.requests").tags("outcome", "cancelled", "error.type", "none").timer())
			.extracting(Timer::count)
			.isEqualTo(1L);
		assertThat(firstChunk("cancelled").count()).isOne();
		assertThat(this.registry.find("gen_ai.client.operation.time_per_output_chunk").timers()).isEmpty();
		assertThat(cost("output")).isEqualByComparingTo("0.000016");
	}

	@ParameterizedTest
	@ValueSource(ints = { 400, 401, 403, 404, 422, 429, 500, 502, 503 })
	void errorOfTheServiceIsCountedByItsType(int status) {
		assertCounted(Failures.status(status));
	}

	@Test
	void otherErrorsAreCountedByTheirType() {
		assertCounted(Failures.lostConnection());
		assertCounted(ElectronStreamException.broken("Broken", null, 1));
		assertCounted(new ElectronQuotaException("Full", "concurrency", 1, null));
	}

	@Test
	void wrappedErrorIsCountedByWhatItWraps() {
		this.meters.onReport(Reports.failed(new IllegalStateException(Failures.lostConnection())));
		assertThat(this.registry.get("electron.requests").tags("error.type", "ElectronTransportException").timers())
			.hasSize(1);
	}

	@Test
	void requestThatWasNotAnsweredHasNeitherWaitNorCost() {
		this.meters.onReport(Reports.failed(Failures.lostConnection()));
		assertThat(this.registry.getMeters()).extracting((meter) -> meter.getId().getName())
			.containsExactly("electron.requests");
	}

	@Test
	void noMeterHasANameOfSpringAi() {
		this.meters.onReport(Reports.success());
		assertThat(this.registry.getMeters()).extracting((meter) -> meter.getId().getName())
			.doesNotContain("gen_ai.client.operation", "gen_ai.client.token.usage")
			.hasSize(8);
	}

	@Test
	void metersAreAsDocumented() {
		this.meters.onReport(Reports.success());
		for (Meter meter : this.registry.getMeters()) {
			Documented.check(meter);
		}
	}

	private void assertCounted(ElectronException failure) {
		this.meters.onReport(Reports.failed(failure));
		assertThat(this.registry.get("electron.requests")
			.tags("outcome", "error", "error.type", failure.getClass().getSimpleName())
			.timer()
			.count()).isOne();
	}

	private Timer firstChunk(String outcome) {
		return this.registry.get("gen_ai.client.operation.time_to_first_chunk")
			.tags("gen_ai.operation.name", "chat", "gen_ai.system", "electron", "gen_ai.request.model", "electron-1",
					"outcome", outcome)
			.timer();
	}

	private BigDecimal cost(String type) {
		return BigDecimal.valueOf(this.registry.get("electron.cost")
			.tags("provider", "electron", "model", "electron-1", "type", type)
			.counter()
			.count());
	}

}
