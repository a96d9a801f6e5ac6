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
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicReference;

import io.github.electronspring.api.ElectronQuotaException;
import io.github.electronspring.api.ElectronTransportException;
import io.github.electronspring.api.FakeElectronApi;
import io.github.electronspring.protocol.ChatCompletionRequest;
import io.github.electronspring.protocol.ChatMessage;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import reactor.core.Disposable;
import reactor.core.publisher.Hooks;
import reactor.core.publisher.Mono;
import reactor.test.scheduler.VirtualTimeScheduler;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mockito.BDDMockito.given;
import static org.mockito.Mockito.mock;

/**
 * Tests for {@link RequestQuota} with a store that takes time to answer.
 *
 * @author The Electron Spring authors
 */
class SharedStoreTests extends AbstractQuotaTests {

	private static final ChatCompletionRequest REQUEST = ChatCompletionRequest.builder()
		.model("electron")
		.messages(List.of(ChatMessage.user("Hi")))
		.build();

	private final FakeQuotaStore store = new FakeQuotaStore();

	@AfterEach
	void resetHooks() {
		Hooks.resetOnErrorDropped();
	}

	private void share(QuotaSettings settings) {
		this.quota = new RequestQuota(settings, this.store);
	}

	@Test
	void storeIsAskedForOneAtATime() {
		share(settings(10, 3));
		request("a", "b");
		assertThat(this.store.asked).hasSize(1);
		this.time.advanceBy(5);
		this.store.grant("1");
		assertThat(this.store.asked).hasSize(1);
		this.store.grant("2");
		assertThat(this.log).containsExactly("5 a", "5 b");
		assertThat(this.store.asked).isEmpty();
		assertThat(this.time.timers()).isZero();
		assertThat(this.quota.usage()).isEqualTo(new QuotaUsage(7, 10, 2, 3, 0, 0));
	}

	@Test
	void permitTellsTheStoreOnce() {
		share(settings(10, 3));
		request("a");
		this.store.grant("1");
		confirm("a", "a");
		release("a", "a");
		confirm("a");
		this.permits.get("a").cancel();
		assertThat(this.store.log).containsExactly("confirm 1", "release 1");
		request("b");
		this.store.grant("2");
		this.permits.get("b").cancel();
		this.permits.get("b").cancel();
		release("b");
		assertThat(this.store.log).containsExactly("confirm 1", "release 1", "cancel 2");
	}

	@Test
	void placeGoesToWhoIsFirstWhenItComes() {
		share(settings(10, 3));
		Disposable a = request("a", BEGIN);
		request("b");
		request("c", CONTINUE);
		a.dispose();
		this.store.grant("1");
		this.store.grant("2");
		assertThat(this.log).containsExactly("0 c", "0 b");
		assertThat(this.store.log).isEmpty();
	}

	@Test
	void placeThatNobodyWaitsForGoesBack() {
		share(settings(10, 3));
		request("a", BEGIN).dispose();
		this.store.grant("1");
		assertThat(this.store.log).containsExactly("cancel 1");
		assertThat(this.log).isEmpty();
		assertThat(this.time.timers()).isZero();
		assertUsage(7, 2, 0);
	}

	@Test
	void nobodyStartsWhenTheServiceRefusesWhileTheStoreIsAsked() {
		share(settings(10, 3));
		request("a");
		this.quota.throttled(Duration.ofSeconds(2));
		this.time.advanceBy(5);
		this.store.grant("1");
		assertThat(this.store.log).containsExactly("cancel 1");
		this.time.advanceBy(1_994);
		assertThat(this.store.asked).isEmpty();
		this.time.advanceBy(1);
		this.store.grant("2");
		assertThat(this.log).containsExactly("2000 a");
		assertThat(this.time.timers()).isZero();
	}

	@Test
	void storeIsAskedAgainWhenItSays() {
		share(settings(10, 3));
		request("a");
		this.store.refuse(Duration.ofMillis(50));
		request("b");
		this.time.advanceBy(49);
		assertThat(this.store.asked).isEmpty();
		this.time.advanceBy(1);
		assertThat(this.store.asked).hasSize(1);
		this.store.refuse(Duration.ofMillis(10));
		this.time.advanceBy(10);
		this.store.grant("1");
		this.store.grant("2");
		assertThat(this.log).containsExactly("60 a", "60 b");
		assertThat(this.time.timers()).isZero();
	}

	@Test
	void storeIsAskedAgainAtOnceWhenSomethingWasGivenBack() {
		share(settings(10, 3));
		request("a", "b");
		this.store.grant("1");
		this.store.refuse(Duration.ofSeconds(5));
		assertThat(this.store.asked).isEmpty();
		confirm("a");
		assertThat(this.store.asked).hasSize(1);
		this.store.refuse(null);
		this.store.answer = Mono.error(new IllegalStateException("gone"));
		release("a");
		this.store.grant("2");
		assertThat(this.log).containsExactly("0 a", "0 b");
	}

	@Test
	void whatIsGivenBackWhileTheStoreIsAskedCounts() {
		share(settings(10, 3));
		request("a", "b");
		this.store.grant("1");
		release("a");
		assertThat(this.store.asked).hasSize(1);
		this.store.refuse(null);
		assertThat(this.store.asked).hasSize(1);
		this.store.refuse(null);
		assertThat(this.store.asked).isEmpty();
	}

	@Test
	void arrivalsAskAgainOnlyWhereTheLineWasEmpty() {
		share(settings(10, 3));
		Disposable a = request("a", BEGIN);
		this.store.refuse(Duration.ofMinutes(1));
		request("b");
		assertThat(this.store.asked).isEmpty();
		a.dispose();
		assertThat(this.store.asked).isEmpty();
		this.time.advanceBy(60_000);
		this.store.refuse(null);
		request("c", BEGIN).dispose();
		this.time.advanceBy(60_000);
		assertThat(this.log).containsExactly("120000 b refused");
		request("d");
		assertThat(this.store.asked).hasSize(1);
	}

	@Test
	void storeThatCannotBeReachedFailsWhoIsFirst() {
		share(settings(10, 3));
		request("a", "b");
		IllegalStateException gone = new IllegalStateException("gone");
		this.store.fail(gone);
		assertThat(this.log).containsExactly("0 a refused");
		assertThat(this.errors.get("a")).isInstanceOfSatisfying(ElectronTransportException.class, (ex) -> {
			assertThat(ex)
				.hasMessage("The shared quota cannot be reached: check the store that 'electron.quota.store' names")
				.hasCause(gone);
			assertThat(ex.isSent()).isFalse();
		});
		this.store.grant("1");
		assertThat(this.log).endsWith("0 b");
		request("c", BEGIN).dispose();
		this.store.fail(gone);
		assertThat(this.time.timers()).isZero();
	}

	@Test
	void refusalOfTheStoreReachesTheCallerAsItIs() {
		share(settings(10, 3));
		FakeElectronApi wire = new FakeElectronApi();
		ElectronQuotaException refusal = new ElectronQuotaException("The store refuses", "concurrency", 0, null);
		this.quota.limit(wire).stream(REQUEST).subscribe(null, (ex) -> this.errors.put("a", ex));
		this.store.fail(refusal);
		this.quota.limit(wire).complete(REQUEST).subscribe(null, (ex) -> this.errors.put("b", ex));
		this.store.fail(new IllegalStateException("wrapped", refusal));
		assertThat(this.errors.get("a")).isSameAs(refusal);
		assertThat(this.errors.get("b")).isSameAs(refusal);
		assertThat(wire.requests()).isEmpty();
	}

	@Test
	void storeThatThrowsOrSaysNothingFailsToo() {
		QuotaStore broken = mock(QuotaStore.class);
		given(broken.reserve()).willThrow(new IllegalStateException("broken")).willReturn(Mono.empty());
		this.quota = new RequestQuota(settings(10, 3), broken);
		request("a", "b");
		assertThat(this.log).containsExactly("0 a refused", "0 b refused");
		assertThat(this.errors.values()).allMatch(ElectronTransportException.class::isInstance);
	}

	@Test
	void answerOnItsWayDecidesAboutARequestWhoseTimeIsOver() {
		share(settings(10, 3).withMaxWait(Duration.ZERO));
		request("a");
		this.time.advanceBy(100);
		this.store.grant("1");
		request("b");
		this.time.advanceBy(100);
		this.store.refuse(Duration.ofMillis(10));
		assertThat(this.log).containsExactly("100 a", "200 b refused");
		assertThat(refusal("b").getLimit()).isEqualTo("concurrency");
		assertThat(this.time.timers()).isZero();
	}

	@Test
	void storeThatDoesNotAnswerFailsThoseWhoseTimeIsOver() {
		share(settings(10, 3).withMaxWait(Duration.ofSeconds(2)));
		request("a", "b");
		this.time.advanceBy(500);
		request("c");
		this.time.advanceBy(2500);
		assertThat(this.log).containsExactly("3000 a refused", "3000 b refused");
		assertThat(this.errors.get("a")).isInstanceOf(ElectronTransportException.class).hasNoCause();
		this.store.grant("1");
		assertThat(this.log).endsWith("3000 c");
		assertThat(this.time.timers()).isZero();
	}

	@Test
	void noMoreMayWaitWhenTheStoreRefusesThanElse() {
		share(settings(200, 20).withMaxPending(2));
		request("a", "b", "c", "d");
		request("e", CONTINUE);
		assertThat(this.log).isEmpty();
		this.store.grant("1");
		this.store.refuse(null);
		assertThat(this.log).containsExactly("0 e", "0 c refused", "0 d refused");
		assertThat(refusal("c").getPending()).isEqualTo(3);
		request("f");
		assertThat(this.log).endsWith("0 f refused");
		assertUsage(7, 2, 2);
	}

	@Test
	void noMoreMayWaitForTheAnswerOfTheStoreThanMayStartAndWait() {
		share(settings(200, 3).withMaxPending(2));
		request("a", "b", "c", "d", "e", "f");
		assertThat(this.log).containsExactly("0 f refused");
		assertThat(refusal("f").getPending()).isEqualTo(5);
		request("g", CONTINUE);
		assertThat(this.log).containsExactly("0 f refused", "0 e refused");
		assertUsage(7, 2, 5);
		share(settings(1, NO_LIMIT).withMaxPending(1));
		request("h", "i", "j");
		assertThat(this.log).endsWith("0 e refused", "0 j refused");
		share(settings(NO_LIMIT, 5).withMaxPending(NO_LIMIT));
		request("k");
		assertThat(this.log).endsWith("0 j refused");
	}

	@Test
	void storeKnowsWhoComesTooLate() {
		share(settings(200, 20).withMaxWait(Duration.ofSeconds(10)));
		this.store.freeIn = Duration.ofSeconds(10);
		request("a");
		this.store.refuse(Duration.ofSeconds(1));
		assertThat(this.log).isEmpty();
		this.time.advanceBy(1);
		request("b", BEGIN.withStartBy(TrackedTime.at(10_000)));
		assertThat(this.log).containsExactly("1 b refused");
		assertThat(refusal("b").getLimit()).isEqualTo("requests per minute");
	}

	@Test
	void subscriberThatThrowsHoldsUpNobody() {
		AtomicReference<Throwable> dropped = new AtomicReference<>();
		Hooks.onErrorDropped(dropped::set);
		share(settings(10, 3));
		AssertionError failure = new AssertionError("thrown");
		this.quota.acquire(BEGIN).subscribe(new ThrowingSubscriber(failure));
		request("a");
		this.store.grant("1");
		assertThat(dropped).hasValue(failure);
		this.store.grant("2");
		assertThat(this.log).containsExactly("0 a");
	}

	@Test
	void hookThatThrowsHoldsUpNobody() {
		Hooks.onErrorDropped((ex) -> {
			throw new IllegalStateException("hook");
		});
		share(settings(10, 3));
		this.quota.acquire(BEGIN).subscribe(new ThrowingSubscriber(new AssertionError("thrown")));
		request("a");
		this.store.grant("1");
		this.store.grant("2");
		assertThat(this.log).containsExactly("0 a");
	}

	@Test
	void schedulerThatIsShutDownHoldsUpNobody() {
		share(settings(10, 3));
		VirtualTimeScheduler.reset();
		this.time.dispose();
		VirtualTimeScheduler.set(this.time);
		request("a");
		assertThat(this.log).containsExactly("0 a refused");
		assertThat(this.errors.get("a")).isInstanceOf(ElectronTransportException.class)
			.hasCauseInstanceOf(RejectedExecutionException.class);
		this.store.grant("1");
		assertThat(this.store.log).containsExactly("cancel 1");
		assertUsage(7, 2, 0);
	}

}
