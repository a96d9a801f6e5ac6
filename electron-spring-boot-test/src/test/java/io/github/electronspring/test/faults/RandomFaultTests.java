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

package io.github.electronspring.test.faults;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;

import io.github.electronspring.api.ElectronApi;
import io.github.electronspring.chat.ElectronChatClients;
import io.github.electronspring.chat.ElectronChatModel;
import io.github.electronspring.quota.RequestQuota;
import io.github.electronspring.resilience.CircuitBreakingElectronApi;
import io.github.resilience4j.circuitbreaker.CircuitBreakerConfig;
import io.github.resilience4j.circuitbreaker.CircuitBreakerRegistry;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.PooledByteBufAllocator;
import io.netty.util.ResourceLeakDetector;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Scheduler;
import reactor.core.scheduler.Schedulers;

import org.springframework.boot.logging.LogLevel;
import org.springframework.boot.logging.LoggingSystem;
import org.springframework.boot.test.context.assertj.AssertableApplicationContext;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests that random faults, cancellations and time-outs leave nothing behind: no permit,
 * no connection, no timer, no busy thread, no buffer and no dropped signal. No token is
 * delivered twice, and each caller gets an exception of the library or none.
 *
 * @author The Electron Spring authors
 */
class RandomFaultTests {

	private static final long SEED = 4711;

	private static final int RUNS = 5000;

	private static final int CALLERS = 20;

	private static final List<String> NOISY = List.of("reactor.netty.http.client.HttpClientConnect",
			CircuitBreakingElectronApi.class.getName());

	private final Queue<String> leaks = new ConcurrentLinkedQueue<>();

	private final LoggingSystem logging = LoggingSystem.get(getClass().getClassLoader());

	private ResourceLeakDetector.Level level;

	@BeforeEach
	void watch() {
		NOISY.forEach((logger) -> this.logging.setLogLevel(logger, LogLevel.OFF));
		this.level = ResourceLeakDetector.getLevel();
		ResourceLeakDetector.setLevel(ResourceLeakDetector.Level.PARANOID);
		ByteBufUtil.setLeakListener((type, records) -> this.leaks.add(type + ": " + records));
	}

	@AfterEach
	void restore() {
		ByteBufUtil.setLeakListener(null);
		ResourceLeakDetector.setLevel(this.level);
		NOISY.forEach((logger) -> this.logging.setLogLevel(logger, null));
	}

	@ParameterizedTest
	@ValueSource(booleans = { true, false })
	@Timeout(300)
	void nothingIsLeftBehind(boolean limited) {
		RandomResults results = new RandomResults();
		try (FaultApplication application = new FaultApplication(true);
				Timers timers = Timers.watch();
				DroppedSignals dropped = DroppedSignals.record()) {
			application.runner()
				.withBean(CircuitBreakerRegistry.class, RandomFaultTests::circuitBreakers)
				.withPropertyValues(properties(limited))
				.run((context) -> {
					run(application, context, results);
					assertThatNothingIsInFlight(application, context, timers);
					assertThatProvidersAreAskedAgain(application, context);
				});
			FaultApplication.soon()
				.untilAsserted(() -> assertThat(application.connections().open()).as("open connections").isZero());
			assertThat(dropped.unexpectedErrors()).as("dropped errors, seed '%d'", SEED).isEmpty();
		}
		assertThat(results.unexpected()).as("seed '%d'", SEED).isEmpty();
		assertThat(leaks()).as("buffers, seed '%d'", SEED).isEmpty();
		assertThat(results.counts()).as("seed '%d'", SEED)
			.containsKeys("ElectronStreamException", "ElectronTransportException", "ElectronInvalidRequestException");
		assertThat(results.count("ended well")).isGreaterThan(RUNS / 10);
		assertThat(results.count("cancelled")).isGreaterThan(RUNS / 10);
	}

	private static CircuitBreakerRegistry circuitBreakers() {
		CircuitBreakerConfig config = CircuitBreakerConfig.from(CircuitBreakingElectronApi.defaultConfig())
			.failureRateThreshold(70)
			.waitDurationInOpenState(Duration.ofMillis(5))
			.build();
		return CircuitBreakerRegistry.of(Map.of("electron", config, "openai", config));
	}

	private static String[] properties(boolean limited) {
		List<String> properties = new ArrayList<>(List.of("electron.quota.margin=20ms", "electron.quota.max-wait=500ms",
				"electron.failover=openai", "electron.failover-after=200ms", "electron.http.first-token-timeout=300ms",
				"electron.http.idle-timeout=300ms", "electron.http.response-timeout=400ms",
				"electron.retry.min-backoff=1ms", "electron.retry.max-backoff=10ms", "electron.retry.budget=1s"));
		properties.addAll(limited
				? List.of("electron.plan=custom", "electron.quota.concurrency=20",
						"electron.providers.openai.plan=custom", "electron.providers.openai.concurrency=20")
				: List.of("electron.plan=unlimited"));
		return properties.toArray(String[]::new);
	}

	private static void run(FaultApplication application, AssertableApplicationContext context, RandomResults results) {
		ElectronApi api = context.getBean(ElectronApi.class);
		ElectronChatModel model = context.getBean(ElectronChatModel.class);
		Scheduler callers = Schedulers.newBoundedElastic(2 * CALLERS, RUNS, "caller");
		Mono<Void> runs = Flux.range(0, RUNS).flatMap((number) -> {
			RandomRun run = new RandomRun(SEED, number, results);
			run.enqueue("electron", application.electron(), 3);
			run.enqueue("openai", application.openAi(), 1);
			return run.run(api, model, callers);
		}, CALLERS).then();
		assertThat(runs.toFuture()).as(() -> "runs %s hang, seed '%d'".formatted(results.running(), SEED))
			.succeedsWithin(Duration.ofMinutes(4));
		callers.disposeGracefully().block(FaultApplication.TIMEOUT);
	}

	private static void assertThatNothingIsInFlight(FaultApplication application, AssertableApplicationContext context,
			Timers timers) {
		RequestQuota quota = context.getBean(RequestQuota.class);
		application.electron().awaitIdle(FaultApplication.TIMEOUT);
		application.openAi().awaitIdle(FaultApplication.TIMEOUT);
		FaultApplication.soon().untilAsserted(() -> {
			assertThat(quota.usage().inFlight()).as("permits in use, seed '%d'", SEED).isZero();
			assertThat(quota.usage().pending()).as("requests that wait, seed '%d'", SEED).isZero();
			assertThat(timers.pending()).as("timers, seed '%d'", SEED).isZero();
			assertThat(busyThreads()).as("threads, seed '%d'", SEED).isEmpty();
		});
	}

	/**
	 * Return the threads, but this one, that run code of the library.
	 */
	private static List<String> busyThreads() {
		return Thread.getAllStackTraces()
			.entrySet()
			.stream()
			.filter((thread) -> thread.getKey() != Thread.currentThread())
			.filter((thread) -> Arrays.stream(thread.getValue())
				.anyMatch((frame) -> frame.getClassName().startsWith("io.github.electronspring.")
						&& !frame.getClassName().startsWith("io.github.electronspring.test.")))
			.map((thread) -> thread.getKey().getName() + Arrays.asList(thread.getValue()))
			.toList();
	}

	private static void assertThatProvidersAreAskedAgain(FaultApplication application,
			AssertableApplicationContext context) {
		application.electron().reset();
		application.openAi().reset();
		ElectronChatClients clients = context.getBean(ElectronChatClients.class);
		for (String provider : clients.names()) {
			FaultApplication.soon()
				.ignoreExceptions()
				.until(() -> clients.get(provider).prompt("Hi").call().content() != null);
		}
	}

	private List<String> leaks() {
		for (int i = 0; i < 5; i++) {
			System.gc();
			// What was collected is reported with the next buffer
			PooledByteBufAllocator.DEFAULT.directBuffer(16).release();
		}
		return List.copyOf(this.leaks);
	}

}
