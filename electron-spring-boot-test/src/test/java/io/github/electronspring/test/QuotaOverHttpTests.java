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

package io.github.electronspring.test;

import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;

import io.github.electronspring.api.CallContext;
import io.github.electronspring.api.ElectronApi;
import io.github.electronspring.protocol.ChatCompletionRequest;
import io.github.electronspring.protocol.ChatMessage;
import io.github.electronspring.quota.Plan;
import io.github.electronspring.quota.QuotaSettings;
import io.github.electronspring.quota.RequestQuota;
import io.github.electronspring.test.simulator.ElectronSimulator;
import io.github.electronspring.test.simulator.SimulatorLimits;
import io.github.electronspring.test.simulator.SimulatorPace;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for what a server over HTTP sees of the callers of a {@link RequestQuota}, who
 * call without a pause. The window is short, so that a minute has many. All plans are
 * tried at the same time.
 *
 * @author The Electron Spring authors
 */
@Tag("load")
class QuotaOverHttpTests {

	private static final Duration DURATION = Duration.ofSeconds(Integer.getInteger("electron.test.quota-seconds", 36));

	private static final Duration WINDOW = Duration.ofSeconds(6);

	private static final int CALLERS = 40;

	private static final ChatCompletionRequest REQUEST = ChatCompletionRequest.builder()
		.model("electron")
		.messages(List.of(ChatMessage.user("Hello")))
		.maxTokens(5)
		.build();

	private final AtomicInteger cancelled = new AtomicInteger();

	private final ConcurrentLinkedQueue<Throwable> failures = new ConcurrentLinkedQueue<>();

	@Test
	void plansAreNeverExceeded() {
		RequestQuota standard = quota(Plan.STANDARD);
		RequestQuota enterprise = quota(Plan.ENTERPRISE);
		try (ElectronSimulator standardServer = start(SimulatorLimits.standard());
				ElectronSimulator enterpriseServer = start(SimulatorLimits.enterprise())) {
			Flux.merge(call(standard, standardServer), call(enterprise, enterpriseServer))
				.takeUntilOther(Mono.delay(DURATION))
				.blockLast(DURATION.plusSeconds(10));
			int standardRequests = standardServer.requests().size();
			int enterpriseRequests = enterpriseServer.requests().size();
			assertThat(this.failures).isEmpty();
			assertThat(this.cancelled).hasPositiveValue();
			assertWithinPlan(standard, standardServer, standardRequests);
			assertWithinPlan(enterprise, enterpriseServer, enterpriseRequests);
		}
	}

	private static RequestQuota quota(Plan plan) {
		return RequestQuota.local(QuotaSettings.of(plan).withWindow(WINDOW).withMaxWait(Duration.ofMinutes(10)));
	}

	private static ElectronSimulator start(SimulatorLimits limits) {
		return ElectronSimulator.builder()
			.freeRunning(true)
			.pace(new SimulatorPace(Duration.ofMillis(100), Duration.ofMillis(2)))
			.limits(limits.withWindow(WINDOW))
			.start();
	}

	private static void assertWithinPlan(RequestQuota quota, ElectronSimulator simulator, int requests) {
		simulator.awaitIdle(Duration.ofSeconds(10));
		assertThat(simulator.rateLimited()).isZero();
		assertThat(quota.usage().throttled()).isZero();
		long allowed = quota.settings().plan().requestsPerMinute() * DURATION.dividedBy(WINDOW);
		assertThat(requests).isGreaterThan((int) (allowed * 70 / 100));
		awaitNoneInFlight(quota);
	}

	private Flux<?> call(RequestQuota quota, ElectronSimulator simulator) {
		ElectronApi api = quota
			.limit(ElectronApi.builder().baseUrl(simulator.baseUrl()).apiKey(simulator.apiKey()).build());
		return Flux.range(0, CALLERS).flatMap((number) -> caller(api, new Random(number)), CALLERS);
	}

	private Flux<?> caller(ElectronApi api, Random random) {
		return Mono.defer(() -> {
			CallContext context = CallContext.empty().withContinuesTurn(random.nextBoolean());
			Flux<?> response = random.nextBoolean() ? api.stream(REQUEST, context)
					: api.complete(REQUEST, context).flux();
			boolean patient = random.nextInt(20) != 0;
			return (patient ? response : response.take(Duration.ofMillis(random.nextInt(200)))
				.doOnComplete(this.cancelled::incrementAndGet)).doOnError(this.failures::add).then();
		}).repeat();
	}

	private static void awaitNoneInFlight(RequestQuota quota) {
		Flux.interval(Duration.ofMillis(50))
			.map((tick) -> quota.usage())
			.takeUntil((usage) -> usage.inFlight() + usage.pending() == 0)
			.blockLast(Duration.ofSeconds(10));
	}

}
