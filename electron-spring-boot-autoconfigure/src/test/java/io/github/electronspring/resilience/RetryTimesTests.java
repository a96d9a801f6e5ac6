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
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

import io.github.electronspring.api.CallContext;
import io.github.electronspring.api.ElectronApi;
import io.github.electronspring.api.Failures;
import io.github.electronspring.protocol.ChatCompletionChunk;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import reactor.core.publisher.Flux;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for when {@link RetryingElectronApi} sends a request again, and until when.
 *
 * @author The Electron Spring authors
 */
class RetryTimesTests extends AbstractResilienceTests {

	private static final RetrySettings SETTINGS = RetrySettings.defaults().withJitter(0);

	private final ElectronApi api = api(SETTINGS);

	@Test
	void retryWaitsAsLongAsTheServiceAsks() {
		fail(Failures.status(429, "Retry-After", "3"), Failures.status(503, "Retry-After-Ms", "20"));
		respond(answer());
		stream(this.api);
		this.time.advanceBy(60_000);
		assertThat(this.log).containsExactly("0 first", "3000 first", "3020 first", "3020 complete");
	}

	@Test
	void pauseIsAtMostTheLongest() {
		fail(Failures.status(503), Failures.status(503), Failures.status(503));
		respond(answer());
		stream(api(SETTINGS.withMaxBackoff(Duration.ofMillis(300))));
		this.time.advanceBy(60_000);
		assertThat(this.log).containsExactly("0 first", "250 first", "550 first", "850 first", "850 complete");
	}

	@Test
	void pauseStrays() {
		List<Long> pauses = new ArrayList<>();
		ElectronApi straying = api(SETTINGS.withJitter(0.5).withMaxBackoff(Duration.ofMillis(300)));
		for (int i = 0; i < 200; i++) {
			fail(Failures.status(503));
			respond(Flux.defer(() -> {
				pauses.add(this.time.millis());
				return answer();
			}));
			long start = this.time.millis();
			stream(straying);
			this.time.advanceBy(1000);
			pauses.add(pauses.remove(i) - start);
		}
		assertThat(pauses).allMatch((pause) -> pause >= 125 && pause <= 300);
		assertThat(pauses).anyMatch((pause) -> pause < 200).anyMatch((pause) -> pause == 300);
	}

	@Test
	void retryThatWouldPassTheBudgetIsNotBegun() {
		Throwable last = Failures.status(429, "Retry-After", "6");
		respond(after(1000, Flux.error(Failures.status(503))));
		fail(last);
		stream(this.api);
		this.time.advanceBy(60_000);
		assertThat(this.log).containsExactly("0 first", "1250 first", "1250 error");
		assertThat(this.error).isSameAs(last);
	}

	@ParameterizedTest
	@ValueSource(longs = { 250, 251 })
	void retryIsBegunBeforeTheBudgetEnds(long budget) {
		respond(after(1000, Flux.error(Failures.status(503))));
		respond(answer());
		stream(api(SETTINGS.withBudget(Duration.ofMillis(budget))));
		this.time.advanceBy(60_000);
		assertThat(this.log).hasSize((budget == 250) ? 2 : 3);
	}

	@ParameterizedTest
	@ValueSource(longs = { 250, 251 })
	void retryIsBegunBeforeTheDeadline(long deadline) {
		fail(Failures.status(503));
		respond(answer());
		stream(this.api, deadline(deadline));
		this.time.advanceBy(60_000);
		assertThat(this.log).hasSize((deadline == 250) ? 2 : 3);
	}

	@Test
	void budgetBeginsWithEachSubscription() {
		Flux<ChatCompletionChunk> stream = this.api.stream(REQUEST, CallContext.empty());
		this.time.advanceBy(60_000);
		for (int i = 0; i < 2; i++) {
			fail(Failures.status(500), Failures.status(503));
			respond(answer());
			subscribe(stream);
			this.time.advanceBy(10_000);
		}
		assertThat(this.log).containsExactly("60000 first", "60250 first", "60750 first", "60750 complete",
				"70000 first", "70250 first", "70750 first", "70750 complete");
	}

	@Test
	void whatTheFirstRequestTookIsNotPartOfTheBudget() {
		respond(after(9000, Flux.error(Failures.status(503))));
		fail(Failures.status(503));
		respond(answer());
		stream(this.api);
		this.time.advanceBy(60_000);
		assertThat(this.log).containsExactly("0 first", "9250 first", "9750 first", "9750 complete");
		assertThat(this.first.contexts()).extracting(CallContext::startBy)
			.containsExactly(null, Instant.ofEpochMilli(15_000), Instant.ofEpochMilli(15_000));
	}

	@Test
	void deadlineIsPastOnceItsTimerMayHaveFired() {
		this.time.advanceBy(100);
		assertThat(Times.isPast(Instant.ofEpochMilli(100).plusNanos(999_999))).isTrue();
		assertThat(Times.isPast(Instant.ofEpochMilli(101))).isFalse();
		assertThat(Times.isPast(null)).isFalse();
	}

	@Test
	void retryHasToStartWithinTheBudget() {
		fail(Failures.status(503), Failures.status(503));
		respond(answer());
		CallContext context = CallContext.empty().withConversationId("a");
		stream(this.api, context);
		this.time.advanceBy(60_000);
		List<CallContext> contexts = this.first.contexts();
		assertThat(contexts).extracting(CallContext::startBy)
			.containsExactly(null, Instant.ofEpochMilli(6000), Instant.ofEpochMilli(6000));
		assertThat(contexts).extracting(CallContext::conversationId).containsOnly("a");
	}

	@Test
	void retryHasToStartBeforeTheDeadlineAndBeforeWhatWasSet() {
		for (CallContext context : List.of(deadline(2000), CallContext.empty().withStartBy(Instant.ofEpochMilli(2000)),
				deadline(3000).withStartBy(Instant.ofEpochMilli(2000)))) {
			fail(Failures.staleConnection());
			respond(answer());
			stream(this.api, context);
		}
		assertThat(this.first.contexts()).hasSize(6);
		assertThat(List.of(1, 3, 5)).allSatisfy(
				(i) -> assertThat(this.first.contexts().get(i).startBy()).isEqualTo(Instant.ofEpochMilli(2000)));
	}

	private ElectronApi api(RetrySettings settings) {
		return new RetryingElectronApi(this.first, "electron", settings, this.listener);
	}

}
