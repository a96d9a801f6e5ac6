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

package io.github.electronspring.resilience;

import java.time.Duration;
import java.util.List;

import io.github.electronspring.api.ElectronApi;
import io.github.electronspring.protocol.Chunks;
import io.github.electronspring.quota.Plan;
import io.github.electronspring.quota.QuotaSettings;
import io.github.electronspring.quota.RequestQuota;
import io.github.resilience4j.circuitbreaker.CircuitBreaker;
import io.github.resilience4j.circuitbreaker.CircuitBreaker.State;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Flux;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for what {@link CircuitBreakingElectronApi} learns of a provider that
 * {@link FailoverElectronApi} leaves because it is too slow.
 *
 * @author The Electron Spring authors
 */
class CircuitBreakerDepartureTests extends AbstractResilienceTests {

	private final CircuitBreaker circuitBreaker = CircuitBreaker.of("a", CircuitBreakingElectronApi.defaultConfig());

	private final ElectronApi api = failover(this.first);

	@Test
	void providerThatHangsIsLeftAlone() {
		for (int i = 0; i < 10; i++) {
			assertThat(this.circuitBreaker.getState()).isEqualTo(State.CLOSED);
			leave(this.api);
		}
		assertThat(this.circuitBreaker.getState()).isEqualTo(State.OPEN);
		assertThat(this.first.requests()).hasSize(10);
		assertThat(this.first.cancellations()).isEqualTo(10);
		respondSecond(answer());
		long now = this.time.millis();
		stream(this.api);
		assertThat(this.log).endsWith(now + " second", now + " complete");
	}

	@Test
	void providerThatBeginsOnlyIsLeftAlone() {
		for (int i = 0; i < 10; i++) {
			this.first.respond(Flux.just(Chunks.role()).concatWith(Flux.never()));
			respondSecond(answer());
			stream(this.api);
			this.time.advanceBy(100);
		}
		assertThat(this.circuitBreaker.getState()).isEqualTo(State.OPEN);
	}

	@Test
	void trialThatHangsOpensAgain() {
		this.circuitBreaker.transitionToOpenState();
		this.time.advanceBy(10_001);
		leave(this.api);
		assertThat(this.circuitBreaker.getState()).isEqualTo(State.OPEN);
	}

	@Test
	void callerThatCancelsSaysNothingAboutTheProvider() {
		this.first.respond(Flux.never());
		stream(this.api).cancel();
		assertThat(this.circuitBreaker.getMetrics().getNumberOfBufferedCalls()).isZero();
	}

	@Test
	void providerIsNotToBlameWhileTheRequestWaitsForItsPlace() {
		RequestQuota quota = RequestQuota
			.local(QuotaSettings.of(Plan.custom(100, 1)).withMaxWait(Duration.ofMinutes(1)));
		ElectronApi limited = failover(quota.limit(this.first));
		this.first.respond(Flux.just(HELLO).concatWith(Flux.never()));
		stream(limited);
		for (int i = 0; i < 10; i++) {
			respondSecond(answer());
			stream(limited);
			this.time.advanceBy(100);
		}
		assertThat(this.first.requests()).hasSize(1);
		assertThat(this.second.requests()).hasSize(10);
		assertThat(this.circuitBreaker.getMetrics().getNumberOfBufferedCalls()).isZero();
	}

	@Test
	void requestThatHasItsPlaceIsSent() {
		ElectronApi limited = failover(RequestQuota.local(QuotaSettings.of(Plan.custom(100, 1))).limit(this.first));
		leave(limited);
		assertThat(this.circuitBreaker.getMetrics().getNumberOfFailedCalls()).isEqualTo(1);
	}

	@Test
	void retriesHideNothing() {
		ElectronApi breaking = new CircuitBreakingElectronApi(this.first, "a", this.circuitBreaker);
		leave(failoverTo(new RetryingElectronApi(breaking, "a", RetrySettings.defaults(), this.listener)));
		assertThat(this.circuitBreaker.getMetrics().getNumberOfFailedCalls()).isEqualTo(1);
	}

	private void leave(ElectronApi api) {
		this.first.respond(Flux.never());
		respondSecond(answer());
		stream(api);
		this.time.advanceBy(100);
		assertThat(this.log).endsWith(this.time.millis() + " complete");
	}

	private ElectronApi failover(ElectronApi wire) {
		return failoverTo(new CircuitBreakingElectronApi(wire, "a", this.circuitBreaker));
	}

	private ElectronApi failoverTo(ElectronApi api) {
		return new FailoverElectronApi(List.of(new Provider("a", api), new Provider("b", this.second)),
				FailoverSettings.defaults().withAfter(Duration.ofMillis(100)), this.listener);
	}

}
