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

package io.github.electronspring.quota.redis;

import java.util.stream.IntStream;

import io.github.electronspring.quota.Plan;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link PlanShare}.
 *
 * @author The Electron Spring authors
 */
class PlanShareTests {

	@ParameterizedTest
	@ValueSource(ints = { 1, 2, 3, 4, 7, 10, 11, 50 })
	void sharesOfAllInstancesAreThePlan(int instances) {
		assertThat(IntStream.range(0, instances).map((rank) -> share(instances, rank).requestsPerMinute()).sum())
			.isEqualTo(10);
		assertThat(IntStream.range(0, instances).map((rank) -> share(instances, rank).concurrency()).sum())
			.isEqualTo(3);
	}

	@Test
	void firstInstancesHaveOneMore() {
		assertThat(share(4, 0)).isEqualTo(new PlanShare(3, 1));
		assertThat(share(4, 1)).isEqualTo(new PlanShare(3, 1));
		assertThat(share(4, 2)).isEqualTo(new PlanShare(2, 1));
		assertThat(share(4, 3)).isEqualTo(new PlanShare(2, 0));
	}

	@Test
	void shareOfOneLimitMayBeEmpty() {
		assertThat(share(3, 2).isEmpty()).isFalse();
		assertThat(share(4, 3).isEmpty()).isTrue();
		assertThat(new PlanShare(0, 1).isEmpty()).isTrue();
	}

	@Test
	void noLimitIsNotShared() {
		QuotaReply last = new QuotaReply(QuotaReply.DONE, 0, 0, 0, 3, 1);
		assertThat(PlanShare.of(Plan.UNLIMITED, last)).isEqualTo(new PlanShare(Integer.MAX_VALUE, Integer.MAX_VALUE));
	}

	@Test
	void instanceThatIsNotKnownYetIsTheOnlyOne() {
		assertThat(share(0, 0)).isEqualTo(new PlanShare(10, 3));
	}

	@Test
	void instanceThatKnowsNothingHasHalfAndNeverLessThanOne() {
		assertThat(PlanShare.ofUnknown(Plan.STANDARD)).isEqualTo(new PlanShare(5, 1));
		assertThat(PlanShare.ofUnknown(Plan.custom(1, 1))).isEqualTo(new PlanShare(1, 1));
		assertThat(PlanShare.ofUnknown(Plan.custom(Integer.MAX_VALUE, 4)))
			.isEqualTo(new PlanShare(Integer.MAX_VALUE, 2));
	}

	private static PlanShare share(int instances, int rank) {
		return PlanShare.of(Plan.STANDARD, new QuotaReply(QuotaReply.DONE, 0, 0, 0, instances, rank));
	}

}
