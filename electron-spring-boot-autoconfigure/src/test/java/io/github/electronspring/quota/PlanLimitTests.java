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

package io.github.electronspring.quota;

import java.time.Duration;
import java.util.List;
import java.util.Random;

import io.github.electronspring.api.CallContext;
import io.github.electronspring.api.ElectronApi;
import io.github.electronspring.api.ElectronException;
import io.github.electronspring.protocol.ChatCompletionRequest;
import io.github.electronspring.protocol.ChatMessage;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import reactor.core.Disposable;
import reactor.core.Disposables;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.test.scheduler.VirtualTimeScheduler;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for what the service sees of the callers of a {@link RequestQuota} in an hour of
 * virtual time.
 *
 * @author The Electron Spring authors
 */
class PlanLimitTests {

	private static final Duration HOUR = Duration.ofHours(1);

	private static final Duration FAR = Duration.ofSeconds(2);

	private static final int CALLERS = 20;

	private static final ChatCompletionRequest REQUEST = ChatCompletionRequest.builder()
		.model("electron")
		.messages(List.of(ChatMessage.user("Hi")))
		.build();

	private final VirtualTimeScheduler time = VirtualTimeScheduler.getOrSet();

	private final Disposable.Composite callers = Disposables.composite();

	private Random random;

	private RequestQuota quota;

	@AfterEach
	void resetTime() {
		VirtualTimeScheduler.reset();
	}

	@ParameterizedTest
	@CsvSource({ "STANDARD, 1", "STANDARD, 2", "STANDARD, 3", "ENTERPRISE, 4", "ENTERPRISE, 5", "ENTERPRISE, 6" })
	void serviceNeverSeesMoreThanThePlanHoweverLongTheWay(String plan, int seed) {
		Plan limits = plan(plan);
		limit(QuotaSettings.of(limits).withMaxWait(HOUR), seed);
		FarService service = new FarService(this.random, FAR, Duration.ofMillis(800), 0);
		call(service, Duration.ZERO);
		assertWithinPlan(service, limits);
		assertThat(service.requests()).isGreaterThan(allowed(limits) * 9 / 10);
	}

	@ParameterizedTest
	@CsvSource({ "STANDARD", "ENTERPRISE" })
	void nearlyAllPlacesAreUsed(String plan) {
		Plan limits = plan(plan);
		limit(QuotaSettings.of(limits).withMaxWait(HOUR), 7);
		FarService service = new FarService(this.random, Duration.ZERO, Duration.ofMillis(200), 0);
		call(service, Duration.ZERO);
		assertWithinPlan(service, limits);
		assertThat(service.requests()).isBetween(allowed(limits) * 95 / 100, allowed(limits));
	}

	@ParameterizedTest
	@CsvSource({ "STANDARD, 11", "STANDARD, 12", "STANDARD, 13", "ENTERPRISE, 14", "ENTERPRISE, 15", "ENTERPRISE, 16" })
	void serviceNeverSeesMoreThanThePlanWhenCallersCancelAndResponsesFail(String plan, int seed) {
		Plan limits = plan(plan);
		limit(QuotaSettings.of(limits).withMaxWait(HOUR), seed);
		FarService service = new FarService(this.random, FAR, Duration.ofMillis(1500), 0.1);
		call(service, Duration.ofSeconds(8));
		assertWithinPlan(service, limits);
		assertThat(service.requests()).isGreaterThan(allowed(limits) / 2);
	}

	private static Plan plan(String name) {
		return name.equals("STANDARD") ? Plan.STANDARD : Plan.ENTERPRISE;
	}

	private static int allowed(Plan plan) {
		return (int) (plan.requestsPerMinute() * HOUR.toMinutes());
	}

	private void limit(QuotaSettings settings, int seed) {
		this.random = new Random(seed);
		this.quota = RequestQuota.local(settings);
	}

	/**
	 * Let callers call without a pause for an hour.
	 * @param service where the requests go
	 * @param patience the longest time after which a caller cancels, zero for callers
	 * that do not
	 */
	private void call(FarService service, Duration patience) {
		ElectronApi api = this.quota.limit(service);
		for (int i = 0; i < CALLERS; i++) {
			Mono<Void> call = Mono.defer(() -> {
				CallContext context = CallContext.empty().withContinuesTurn(this.random.nextBoolean());
				Flux<?> response = this.random.nextBoolean() ? api.stream(REQUEST, context)
						: api.complete(REQUEST, context).flux();
				return (patience.isZero() ? response : response.take(upTo(patience))).then();
			}).onErrorComplete((ex) -> ElectronException.find(ex).isSent());
			this.callers.add(call.repeat().subscribe());
		}
		this.time.advanceTimeBy(HOUR);
	}

	private Duration upTo(Duration longest) {
		return Duration.ofMillis(1 + this.random.nextInt((int) longest.toMillis()));
	}

	private void assertWithinPlan(FarService service, Plan plan) {
		assertThat(service.overTheRate(plan.requestsPerMinute(), Duration.ofMinutes(1))).isZero();
		assertThat(service.mostAtOnce()).isBetween(plan.concurrency() / 2, plan.concurrency());
		this.callers.dispose();
		this.time.advanceTimeBy(Duration.ofMinutes(2));
		QuotaUsage usage = this.quota.usage();
		assertThat(usage.used() + usage.inFlight() + usage.pending()).isZero();
	}

}
