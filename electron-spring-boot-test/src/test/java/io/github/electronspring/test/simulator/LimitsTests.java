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

package io.github.electronspring.test.simulator;

import java.io.IOException;
import java.net.Socket;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

/**
 * Tests for {@link SimulatorLimits} and how an {@link ElectronSimulator} keeps them.
 *
 * @author The Electron Spring authors
 */
class LimitsTests {

	private final ElectronSimulator simulator = ElectronSimulator.builder().freeRunning(true).start();

	private final TestClient client = new TestClient(this.simulator);

	@AfterEach
	void close() {
		this.simulator.close();
	}

	@Test
	void windowSlidesStrictly() {
		AtomicLong now = new AtomicLong();
		LimitGate gate = new LimitGate(now::get);
		SimulatorLimits limits = SimulatorLimits.none().withRequestsPerMinute(2);
		assertThat(gate.enter("a", limits)).isNull();
		now.set(Duration.ofSeconds(59).toNanos());
		assertThat(gate.enter("a", limits)).isNull();
		now.set(Duration.ofSeconds(60).toNanos() - 1);
		assertThat(gate.enter("a", limits)).isNotNull();
		assertThat(gate.enter("b", limits)).isNull();
		now.set(Duration.ofSeconds(60).toNanos());
		assertThat(gate.enter("a", limits)).isNull();
		assertThat(gate.enter("a", limits)).isNotNull();
	}

	@Test
	void requestsOverTheRateAreRefused() {
		this.simulator.setLimits(SimulatorLimits.none().withRequestsPerMinute(1).withRetryAfter(Duration.ofSeconds(7)));
		assertThat(this.client.post(TestClient.ask("Hi")).statusCode()).isEqualTo(200);
		HttpResponse<String> refused = this.client.post(TestClient.ask("Hi"));
		assertThat(refused.statusCode()).isEqualTo(429);
		assertThat(refused.headers().firstValue("Retry-After")).hasValue("7");
		assertThat(TestClient.json(refused.body()).at("/error/type").asString()).isEqualTo("rate_limit_error");
		assertThat(this.client.post(TestClient.ask("Hi"), "sk_other").statusCode()).isEqualTo(200);
		assertThat(this.simulator.rateLimited()).isOne();
		this.simulator.reset();
		assertThat(this.client.post(TestClient.ask("Hi")).statusCode()).isEqualTo(200);
	}

	@Test
	void windowCanBeShort() throws IOException {
		this.simulator.setLimits(SimulatorLimits.none().withRequestsPerMinute(1).withWindow(Duration.ofMillis(300)));
		long start = System.nanoTime();
		assertThat(this.client.post(TestClient.ask("Hi")).statusCode()).isEqualTo(200);
		while (this.client.post(TestClient.ask("Hi")).statusCode() == 429) {
			assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(5));
		}
		assertThat(Duration.ofNanos(System.nanoTime() - start)).isGreaterThan(Duration.ofMillis(290));
	}

	@Test
	void streamIsInFlightUntilItEnds() throws IOException {
		this.simulator.setLimits(SimulatorLimits.none().withConcurrency(1));
		this.simulator.enqueue(ElectronScript.text("a").stall());
		try (Socket socket = this.client.open(TestClient.askStreamed("Hi"))) {
			TestClient.head(socket);
			HttpResponse<String> refused = this.client.post(TestClient.ask("Hi"));
			assertThat(refused.statusCode()).isEqualTo(429);
			assertThat(refused.headers().firstValue("Retry-After")).isEmpty();
			assertThat(TestClient.json(refused.body()).at("/error/message").asString())
				.isEqualTo("Concurrency limit reached");
			assertThat(this.client.post(TestClient.ask("Hi"), "sk_other").statusCode()).isEqualTo(200);
		}
		this.simulator.awaitDisconnect(TestClient.TIMEOUT);
		for (int i = 0; i < 50; i++) {
			assertThat(this.client.post(TestClient.askStreamed("Hi")).statusCode()).isEqualTo(200);
		}
		assertThat(this.simulator.peakInFlight()).isEqualTo(2);
	}

	@Test
	void plansHaveTheDocumentedLimits() {
		assertThat(SimulatorLimits.standard()).isEqualTo(new SimulatorLimits(10, 3, Duration.ofMinutes(1), null));
		assertThat(SimulatorLimits.enterprise()).isEqualTo(new SimulatorLimits(200, 20, Duration.ofMinutes(1), null));
	}

	@Test
	void limitsMustBePositive() {
		assertThatIllegalArgumentException().isThrownBy(() -> SimulatorLimits.none().withRequestsPerMinute(0))
			.withMessage("'requestsPerMinute' must be positive but is '0'");
		assertThatIllegalArgumentException().isThrownBy(() -> SimulatorLimits.none().withConcurrency(0))
			.withMessage("'concurrency' must be positive but is '0'");
		assertThatIllegalArgumentException().isThrownBy(() -> SimulatorLimits.none().withWindow(Duration.ZERO))
			.withMessage("'window' must be positive but is 'PT0S'");
	}

}
