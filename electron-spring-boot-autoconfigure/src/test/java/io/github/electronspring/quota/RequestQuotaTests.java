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
import java.time.Instant;
import java.util.List;

import io.github.electronspring.api.CallContext;
import io.github.electronspring.api.ElectronApi;
import io.github.electronspring.api.ElectronQuotaException;
import org.junit.jupiter.api.Test;
import org.reactivestreams.Subscription;
import reactor.core.Disposable;
import reactor.core.publisher.BaseSubscriber;
import reactor.core.publisher.Mono;
import reactor.test.StepVerifier;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.mockito.BDDMockito.then;
import static org.mockito.Mockito.mock;

/**
 * Tests for {@link RequestQuota}.
 *
 * @author The Electron Spring authors
 */
class RequestQuotaTests extends AbstractQuotaTests {

	@Test
	void placeIsFreeAWindowAndAMarginAfterItIsConfirmed() {
		this.quota = RequestQuota.local(settings(2, 9));
		request("a", "b", "c", "d");
		this.time.advanceBy(100);
		confirm("a");
		this.time.advanceBy(200);
		release("b");
		this.time.advanceBy(60_500);
		assertThat(this.log).containsExactly("0 a", "0 b", "60600 c", "60800 d");
	}

	@Test
	void placeIsTakenAsLongAsItIsNotConfirmed() {
		this.quota = RequestQuota.local(settings(1, 9).withMaxWait(Duration.ofMinutes(10)));
		request("a", "b");
		this.time.advanceBy(300_000);
		assertUsage(1, 1, 1);
		confirm("a");
		assertUsage(1, 1, 1);
		this.time.advanceBy(60_500);
		assertThat(this.log).containsExactly("0 a", "360500 b");
		assertUsage(1, 2, 0);
	}

	@Test
	void confirmingAgainChangesNothing() {
		this.quota = RequestQuota.local(settings(1, 9));
		request("a", "b");
		confirm("a");
		this.time.advanceBy(30_000);
		confirm("a");
		release("a", "a");
		this.permits.get("a").cancel();
		this.time.advanceBy(30_500);
		assertThat(this.log).containsExactly("0 a", "60500 b");
		release("a");
		confirm("a");
		assertUsage(1, 1, 0);
	}

	@Test
	void permitIsFreeAtOnce() {
		this.quota = RequestQuota.local(settings(NO_LIMIT, 1));
		request("a", "b", "c");
		confirm("a");
		this.time.advanceBy(100);
		release("a");
		this.time.advanceBy(100);
		this.permits.get("b").cancel();
		assertThat(this.log).containsExactly("0 a", "100 b", "200 c");
		assertThat(this.permits.get("a").waited()).isZero();
		assertThat(this.permits.get("c").waited()).isEqualTo(Duration.ofMillis(200));
		assertUsage(1, 1, 0);
	}

	@Test
	void requestThatWasNotSentGivesBackItsPlaceAndItsPermitAtOnce() {
		this.quota = RequestQuota.local(settings(1, 1));
		request("a", "b");
		assertUsage(1, 1, 1);
		this.permits.get("a").cancel();
		assertThat(this.log).containsExactly("0 a", "0 b");
		assertUsage(1, 1, 0);
		this.permits.get("b").cancel();
		assertUsage(0, 0, 0);
	}

	@Test
	void placeThatIsConfirmedStaysTakenWhenTheRequestIsCancelled() {
		this.quota = RequestQuota.local(settings(1, 1));
		request("a");
		confirm("a");
		this.permits.get("a").cancel();
		assertUsage(1, 0, 0);
	}

	@Test
	void requestsThatContinueATurnGoFirstAndOthersInTheirOrder() {
		this.quota = RequestQuota.local(settings(NO_LIMIT, 1));
		request("first", "a", "b");
		request("c", CONTINUE);
		request("d", CONTINUE);
		for (String name : List.of("first", "c", "d", "a")) {
			release(name);
		}
		assertThat(this.log).containsExactly("0 first", "0 c", "0 d", "0 a", "0 b");
	}

	@Test
	void requestWaitsNoLongerThanItMay() {
		this.quota = RequestQuota.local(settings(10, 3).withMaxWait(Duration.ofSeconds(10)));
		request("a", "b", "c", "d", "e");
		this.time.advanceBy(9_999);
		assertThat(this.log).hasSize(3);
		this.time.advanceBy(1);
		assertThat(this.log).endsWith("10000 d refused", "10000 e refused");
		assertThat(refusal("d")).hasMessage(
				"The '3' requests at a time of plan 'custom' are in flight, '1' other requests wait and no place was free within 'electron.quota.max-wait' ('10s'): raise that or change 'electron.plan'");
		assertThat(refusal("d").getLimit()).isEqualTo("concurrency");
		assertThat(refusal("d").getPending()).isOne();
		assertThat(refusal("d").getUntil()).isNull();
		assertThat(refusal("d").isSent()).isFalse();
		assertUsage(3, 3, 0);
		assertThat(this.time.timers()).isZero();
	}

	@Test
	void requestThatIsRefusedWhileAPlaceIsHeldSaysWhen() {
		this.quota = RequestQuota.local(settings(1, 9).withMaxWait(Duration.ofMillis(1500)));
		request("a", "b");
		this.time.advanceBy(1500);
		assertThat(this.log).containsExactly("0 a", "1500 b refused");
		assertThat(refusal("b")).hasMessage(
				"The '1' requests per minute of plan 'custom' are used, '0' other requests wait and no place was free within 'electron.quota.max-wait' ('1500ms'): raise that or change 'electron.plan'");
	}

	@Test
	void requestIsRefusedAtOnceWhenItsPlaceComesTooLate() {
		this.quota = RequestQuota.local(QuotaSettings.of(Plan.STANDARD));
		for (int i = 0; i < 10; i++) {
			request("a" + i);
			release("a" + i);
		}
		this.time.advanceBy(1000);
		request("b");
		assertThat(this.log).hasSize(11).endsWith("1000 b refused");
		assertThat(refusal("b")).hasMessage(
				"The '10' requests per minute of plan 'standard' are used, '0' other requests wait and a place is free at '1970-01-01T00:01:00.500Z', later than 'electron.quota.max-wait' ('10s') allows: raise that or change 'electron.plan'");
		assertThat(refusal("b").getLimit()).isEqualTo("requests per minute");
		assertThat(refusal("b").getUntil()).isEqualTo(TrackedTime.at(60_500));
		this.time.advanceBy(49_500);
		request("c");
		this.time.advanceBy(10_000);
		assertThat(this.log).endsWith("60500 c");
	}

	@Test
	void requestIsRefusedWhenConfirmationsShowThatItsPlaceComesTooLate() {
		this.quota = RequestQuota.local(settings(1, 9).withMaxWait(Duration.ofSeconds(10)));
		request("a", "b");
		this.time.advanceBy(300);
		assertThat(this.log).containsExactly("0 a");
		confirm("a");
		assertThat(this.log).containsExactly("0 a", "300 b refused");
		assertThat(this.time.timers()).isZero();
	}

	@Test
	void thoseWhoWaitAheadCount() {
		this.quota = RequestQuota.local(settings(2, 9).withMaxWait(Duration.ofSeconds(62)));
		request("a");
		confirm("a");
		this.time.advanceBy(5_000);
		request("b");
		confirm("b");
		request("c", "d", "e");
		assertThat(this.log).endsWith("5000 e refused");
		assertThat(refusal("e").getUntil()).isEqualTo(TrackedTime.at(121_000));
		request("f", CONTINUE);
		assertThat(this.log).hasSize(3);
		request("g", CONTINUE.withStartBy(TrackedTime.at(65_499)));
		assertThat(this.log).endsWith("5000 g refused");
		assertThat(refusal("g").getUntil()).isEqualTo(TrackedTime.at(65_500));
		this.time.advanceBy(62_000);
		assertThat(this.log.subList(4, 7)).containsExactly("60500 f", "65500 c", "67000 d refused");
	}

	@Test
	void secondWindowIsKnownToo() {
		this.quota = RequestQuota.local(settings(2, 9).withMaxWait(Duration.ofSeconds(122)));
		request("a", "b");
		confirm("a", "b");
		request("c", "d", "e", "f", "g");
		assertThat(this.log).containsExactly("0 a", "0 b", "0 g refused");
		assertThat(refusal("g").getUntil()).isEqualTo(TrackedTime.at(181_500));
		this.time.advanceBy(60_500);
		confirm("c", "d");
		this.time.advanceBy(60_500);
		assertThat(this.log).endsWith("60500 c", "60500 d", "121000 e", "121000 f");
	}

	@Test
	void onlySoManyMayWait() {
		this.quota = RequestQuota.local(settings(NO_LIMIT, 1).withMaxPending(2));
		request("a", "b", "c", "d");
		assertThat(this.log).containsExactly("0 a", "0 d refused");
		assertThat(refusal("d")).hasMessage(
				"'2' requests wait for a place of plan 'custom' and 'electron.quota.max-pending' allows '2': raise that or change 'electron.plan'");
		assertThat(refusal("d").getLimit()).isEqualTo("pending requests");
		assertThat(refusal("d").getPending()).isEqualTo(2);
		assertThat(refusal("d").getUntil()).isNull();
		release("a", "b");
		request("f");
		assertThat(this.log).endsWith("0 b", "0 c");
		assertUsage(1, 1, 1);
	}

	@Test
	void whoContinuesATurnTakesTheRoomOfTheLastWhoBeginsOne() {
		this.quota = RequestQuota.local(settings(NO_LIMIT, 1).withMaxPending(2));
		request("a", "b", "c");
		request("d", CONTINUE);
		request("e", CONTINUE);
		assertThat(this.log).containsExactly("0 a", "0 c refused", "0 b refused");
		assertThat(refusal("c").getLimit()).isEqualTo("pending requests");
		assertThat(refusal("c").getPending()).isEqualTo(2);
		request("f", CONTINUE);
		assertThat(this.log).endsWith("0 f refused");
		assertUsage(1, 1, 2);
		release("a", "d");
		assertThat(this.log).endsWith("0 d", "0 e");
		assertThat(this.time.timers()).isZero();
	}

	@Test
	void placeIsTakenWhereNobodyMayWait() {
		this.quota = RequestQuota.local(settings(NO_LIMIT, 1).withMaxPending(0));
		request("a", "b");
		release("a");
		request("c");
		assertThat(this.log).containsExactly("0 a", "0 b refused", "0 c");
		this.quota = RequestQuota.local(settings(NO_LIMIT, 1).withMaxWait(Duration.ZERO));
		request("d", "e");
		assertThat(this.log).endsWith("0 d", "0 e refused");
		assertThat(refusal("e").getLimit()).isEqualTo("concurrency");
		assertThat(this.time.timers()).isZero();
	}

	@Test
	void requestWaitsNoLongerThanItsCallHasTime() {
		this.quota = RequestQuota.local(settings(10, 1));
		request("a");
		request("b", BEGIN.withDeadline(TrackedTime.at(3_000)));
		request("c", BEGIN.withDeadline(TrackedTime.at(3_000)).withStartBy(TrackedTime.at(2_000)));
		request("d", BEGIN.withDeadline(TrackedTime.at(1_000)).withStartBy(TrackedTime.at(2_000)));
		this.time.advanceBy(4_000);
		request("e", BEGIN.withDeadline(TrackedTime.at(3_999)));
		assertThat(this.log).containsExactly("0 a", "1000 d refused", "2000 c refused", "3000 b refused",
				"4000 e refused");
		assertThat(refusal("b")).hasMessage(
				"The '1' requests at a time of plan 'custom' are in flight, '0' other requests wait and no place was free within the time of the call: change 'electron.plan'");
		assertThat(this.time.timers()).isZero();
	}

	@Test
	void deadlineFarAwayIsNoDeadline() {
		this.quota = RequestQuota.local(settings(10, 1).withMaxWait(Duration.ofSeconds(Long.MAX_VALUE)));
		request("a");
		request("b", BEGIN.withDeadline(Instant.MAX));
		this.time.advanceBy(1_000_000);
		release("a");
		assertThat(this.log).containsExactly("0 a", "1000000 b");
	}

	@Test
	void callerThatCancelsLeavesNoTrace() {
		this.quota = RequestQuota.local(settings(3, 1));
		request("a");
		Disposable b = request("b", BEGIN);
		Disposable c = request("c", CONTINUE);
		request("d");
		assertThat(this.time.timers()).isEqualTo(3);
		b.dispose();
		c.dispose();
		assertUsage(1, 1, 1);
		assertThat(this.time.timers()).isOne();
		release("a");
		assertThat(this.log).containsExactly("0 a", "0 d");
		assertThat(this.time.timers()).isZero();
		b.dispose();
		assertUsage(2, 1, 0);
	}

	@Test
	void timerOfTheLineEndsWithTheLine() {
		this.quota = RequestQuota.local(settings(1, 1));
		request("a");
		release("a");
		Disposable b = request("b", BEGIN);
		assertThat(this.time.timers()).isEqualTo(2);
		b.dispose();
		assertThat(this.time.timers()).isZero();
		this.time.advanceBy(60_500);
		request("c");
		assertThat(this.log).containsExactly("0 a", "60500 c");
	}

	@Test
	void nothingIsTakenUntilThePermitIsAskedFor() {
		this.quota = RequestQuota.local(settings(1, 1));
		BaseSubscriber<QuotaPermit> subscriber = new BaseSubscriber<>() {

			@Override
			protected void hookOnSubscribe(Subscription subscription) {
			}

		};
		this.quota.acquire(BEGIN).subscribe(subscriber);
		assertUsage(0, 0, 0);
		subscriber.request(1);
		subscriber.request(1);
		assertUsage(1, 1, 0);
		subscriber.cancel();
		assertUsage(1, 1, 0);
	}

	@Test
	void nobodyStartsBeforeTheServiceAllowsIt() {
		this.quota = RequestQuota.local(settings(10, 9));
		this.quota.throttled(Duration.ofSeconds(20));
		request("a", "b");
		request("c", BEGIN.withStartBy(TrackedTime.at(19_999)));
		this.time.advanceBy(1_000);
		this.quota.throttled(Duration.ofSeconds(5));
		this.time.advanceBy(19_000);
		assertThat(this.log).containsExactly("0 c refused", "20000 a", "20000 b");
		assertThat(refusal("c")).hasMessage(
				"The service has refused a request (429), '2' other requests wait and a place is free at '1970-01-01T00:00:20Z', later than the time of the call allows: see what else uses the account or change 'electron.plan'");
		assertThat(refusal("c").getLimit()).isEqualTo("rate limit of the service");
		assertThat(refusal("c").getUntil()).isEqualTo(TrackedTime.at(20_000));
		assertThat(this.quota.usage().throttled()).isEqualTo(2);
		assertThat(this.time.timers()).isZero();
	}

	@Test
	void pauseThatIsTooLongRefusesThoseWhoWait() {
		this.quota = RequestQuota.local(settings(10, 1).withMaxWait(Duration.ofSeconds(10)));
		request("a", "b");
		this.time.advanceBy(1_000);
		this.quota.throttled(Duration.ofSeconds(9));
		assertThat(this.log).containsExactly("0 a");
		this.quota.throttled(Duration.ofSeconds(10));
		assertThat(this.log).containsExactly("0 a", "1000 b refused");
		release("a");
		request("c");
		this.time.advanceBy(10_000);
		assertThat(this.log).endsWith("11000 c");
	}

	@Test
	void pauseIsASecondUnlessTheServiceSaysHowLong() {
		this.quota = RequestQuota.local(settings(10, 9));
		this.quota.throttled(null);
		request("a");
		this.time.advanceBy(1_000);
		assertThat(this.log).containsExactly("1000 a");
	}

	@Test
	void unlimitedPlanAsksNobody() {
		QuotaStore store = mock(QuotaStore.class);
		this.quota = new RequestQuota(QuotaSettings.of(Plan.UNLIMITED), store);
		this.quota.throttled(Duration.ofSeconds(5));
		QuotaPermit permit = this.quota.acquire(BEGIN).block(Duration.ZERO);
		assertThat(permit.waited()).isZero();
		permit.confirm();
		permit.release();
		permit.cancel();
		ElectronApi api = mock(ElectronApi.class);
		assertThat(this.quota.limit(api)).isSameAs(api);
		then(store).shouldHaveNoInteractions();
	}

	@Test
	void oneLimitAloneIsALimit() {
		assertThat(RequestQuota.local(settings(1, NO_LIMIT)).limit(mock(ElectronApi.class)))
			.isInstanceOf(QuotaElectronApi.class);
		assertThat(RequestQuota.local(settings(NO_LIMIT, 1)).limit(mock(ElectronApi.class)))
			.isInstanceOf(QuotaElectronApi.class);
	}

	@Test
	void usageSaysWhatThePlanAllows() {
		this.quota = RequestQuota.local(QuotaSettings.of(Plan.STANDARD));
		request("a", "b", "c", "d");
		release("a");
		assertThat(this.quota.usage()).isEqualTo(new QuotaUsage(4, 10, 3, 3, 0, 0));
		this.quota.throttled(null);
		request("e");
		assertThat(this.quota.usage()).isEqualTo(new QuotaUsage(4, 10, 3, 3, 1, 1));
		this.time.advanceBy(60_500);
		assertThat(this.quota.usage().used()).isEqualTo(3);
		assertThat(this.quota.settings()).isEqualTo(QuotaSettings.of(Plan.STANDARD));
	}

	@Test
	void eachSubscriptionTakesItsOwnPlace() {
		this.quota = RequestQuota.local(settings(10, 10));
		Mono<QuotaPermit> acquire = this.quota.acquire(CallContext.empty());
		acquire.subscribe();
		acquire.subscribe();
		assertUsage(2, 2, 0);
	}

	@Test
	void argumentsMustNotBeNull() {
		assertThatIllegalArgumentException().isThrownBy(() -> RequestQuota.local(null))
			.withMessage("'settings' must not be null");
		assertThatIllegalArgumentException().isThrownBy(() -> new RequestQuota(null, mock(QuotaStore.class)))
			.withMessage("'settings' must not be null");
		assertThatIllegalArgumentException().isThrownBy(() -> new RequestQuota(QuotaSettings.of(Plan.STANDARD), null))
			.withMessage("'store' must not be null");
		this.quota = RequestQuota.local(settings(1, 1));
		assertThatIllegalArgumentException().isThrownBy(() -> this.quota.acquire(null))
			.withMessage("'context' must not be null");
		assertThatIllegalArgumentException().isThrownBy(() -> this.quota.limit(null))
			.withMessage("'api' must not be null");
	}

	@Test
	void permitEndsTheWait() {
		this.quota = RequestQuota.local(settings(NO_LIMIT, 1));
		StepVerifier.create(this.quota.acquire(BEGIN))
			.expectNextCount(1)
			.expectComplete()
			.verify(Duration.ofSeconds(5));
	}

	@Test
	void refusalIsAnError() {
		this.quota = RequestQuota.local(settings(NO_LIMIT, 1).withMaxWait(Duration.ZERO));
		request("a");
		StepVerifier.create(this.quota.acquire(BEGIN))
			.expectError(ElectronQuotaException.class)
			.verify(Duration.ofSeconds(5));
	}

}
