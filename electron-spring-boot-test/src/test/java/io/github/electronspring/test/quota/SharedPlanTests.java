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

package io.github.electronspring.test.quota;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

import io.github.electronspring.test.simulator.ElectronScript;
import io.github.electronspring.test.simulator.ElectronSimulator;
import io.github.electronspring.test.simulator.SimulatorLimits;
import io.github.electronspring.test.simulator.SimulatorPace;
import io.github.electronspring.test.simulator.SimulatorRequest;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;
import redis.embedded.RedisServer;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for three processes that share an account through one Redis, against the
 * simulator, which keeps the limits strictly.
 *
 * @author The Electron Spring authors
 */
class SharedPlanTests {

	private static final Duration TIMEOUT = Duration.ofSeconds(30);

	private static final SimulatorLimits STANDARD = SimulatorLimits.standard().withWindow(FloodingApplication.WINDOW);

	private static final SimulatorLimits ENTERPRISE = SimulatorLimits.enterprise()
		.withWindow(FloodingApplication.WINDOW);

	private final ElectronSimulator standard = simulator(STANDARD, "sk_standard");

	private final ElectronSimulator enterprise = simulator(ENTERPRISE, "sk_enterprise");

	private final List<Process> processes = new ArrayList<>();

	private RedisServer redis;

	@BeforeEach
	void startRedis() throws IOException {
		this.redis = RedisServer.newRedisServer()
			.bind("127.0.0.1")
			.port(freePort())
			.setting("save \"\"")
			.setting("appendonly no")
			.build();
		this.redis.start();
	}

	@AfterEach
	void stopAll() throws IOException {
		this.processes.forEach(Process::destroyForcibly);
		this.redis.stop();
		this.standard.close();
		this.enterprise.close();
	}

	@Test
	void threeProcessesUseThePlanAndNeverExceedIt() throws IOException {
		for (int i = 0; i < 3; i++) {
			start(10, this.standard, STANDARD, this.enterprise, ENTERPRISE);
		}
		awaitReady();
		this.processes.forEach(SharedPlanTests::go);
		Mono.delay(Duration.ofSeconds(22)).block(TIMEOUT);
		assertThat(this.standard.rateLimited()).isZero();
		assertThat(this.enterprise.rateLimited()).isZero();
		assertThat(used(this.standard, STANDARD)).isBetween(0.9, 1.0);
		assertThat(used(this.enterprise, ENTERPRISE)).isBetween(0.9, 1.0);
		assertThat(this.enterprise.peakInFlight()).isLessThanOrEqualTo(20);
	}

	@Test
	void permitsOfAKilledProcessComeBackAfterTheLease() throws IOException {
		Process killed = start(3, this.standard, STANDARD);
		start(10, this.standard, STANDARD);
		start(10, this.standard, STANDARD);
		awaitReady();
		this.standard.enqueue(endless(), endless(), endless());
		go(killed);
		this.standard.awaitRequests(3, TIMEOUT);
		go(this.processes.get(1));
		go(this.processes.get(2));
		Mono.delay(FloodingApplication.LEASE.plusSeconds(1)).block(TIMEOUT);
		assertThat(this.standard.requests()).as("renewed leases").hasSize(3);
		Instant death = Instant.now();
		killed.destroyForcibly();
		this.standard.awaitRequests(10, TIMEOUT);
		Instant first = this.standard.requests().get(3).receivedAt();
		assertThat(Duration.between(death, first)).isBetween(FloodingApplication.LEASE.dividedBy(2),
				FloodingApplication.LEASE.plusSeconds(2));
		this.standard.awaitRequests(20, TIMEOUT);
		assertThat(this.standard.rateLimited()).isZero();
		assertThat(this.standard.disconnects()).isEqualTo(3);
	}

	private static ElectronScript endless() {
		return ElectronScript.round().text("One moment").stall();
	}

	/**
	 * Return how much of the time its places were taken, as the server sees it: a place
	 * is taken for a window from the arrival of a request on, and then idle until the
	 * next one arrives. What counts is the time since all places were taken first.
	 */
	private static double used(ElectronSimulator simulator, SimulatorLimits limits) {
		Instant end = Instant.now();
		List<Instant> arrivals = simulator.requests().stream().map(SimulatorRequest::receivedAt).sorted().toList();
		int places = limits.requestsPerMinute();
		assertThat(arrivals).hasSizeGreaterThan(2 * places);
		Instant start = arrivals.get(places - 1);
		Duration idle = Duration.ZERO;
		for (int i = 0; i < arrivals.size(); i++) {
			Instant free = arrivals.get(i).plus(limits.window());
			Instant taken = (i + places < arrivals.size()) ? arrivals.get(i + places) : end;
			if (taken.isAfter(free) && taken.isAfter(start)) {
				idle = idle.plus(Duration.between(free.isAfter(start) ? free : start, taken));
			}
		}
		return 1 - (double) idle.toMillis() / (places * Duration.between(start, end).toMillis());
	}

	private static ElectronSimulator simulator(SimulatorLimits limits, String apiKey) {
		return ElectronSimulator.builder()
			.limits(limits)
			.apiKeys(apiKey)
			.freeRunning(true)
			.pace(new SimulatorPace(Duration.ofMillis(100), Duration.ofMillis(1)))
			.start();
	}

	private Process start(int callers, Object... accounts) throws IOException {
		List<String> command = new ArrayList<>(
				List.of(Path.of(System.getProperty("java.home"), "bin", "java").toString(), "-XX:TieredStopAtLevel=1",
						"-cp", System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")),
						FloodingApplication.class.getName(), String.valueOf(this.redis.ports().get(0)),
						String.valueOf(callers)));
		for (int i = 0; i < accounts.length; i += 2) {
			ElectronSimulator simulator = (ElectronSimulator) accounts[i];
			SimulatorLimits limits = (SimulatorLimits) accounts[i + 1];
			command.addAll(List.of(simulator.baseUrl(), simulator.apiKey(), String.valueOf(limits.requestsPerMinute()),
					String.valueOf(limits.concurrency())));
		}
		Process process = new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT).start();
		this.processes.add(process);
		return process;
	}

	private void awaitReady() {
		for (Process process : this.processes) {
			BufferedReader output = new BufferedReader(
					new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
			String line = Mono.fromCallable(output::readLine).subscribeOn(Schedulers.boundedElastic()).block(TIMEOUT);
			assertThat(line).isEqualTo("ready");
		}
		this.standard.reset();
		this.enterprise.reset();
	}

	private static void go(Process process) {
		try {
			process.getOutputStream().write("go\n".getBytes(StandardCharsets.UTF_8));
			process.getOutputStream().flush();
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	private static int freePort() throws IOException {
		try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
			return socket.getLocalPort();
		}
	}

}
