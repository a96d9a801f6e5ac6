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

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

/**
 * Tests for {@link Plan}.
 *
 * @author The Electron Spring authors
 */
class PlanTests {

	@Test
	void plansHaveTheDocumentedLimits() {
		assertThat(Plan.STANDARD).isEqualTo(new Plan("standard", 10, 3));
		assertThat(Plan.ENTERPRISE).isEqualTo(new Plan("enterprise", 200, 20));
		assertThat(Plan.custom(7, 2)).isEqualTo(new Plan("custom", 7, 2));
	}

	@Test
	void planWithALimitIsNotUnlimited() {
		assertThat(Plan.UNLIMITED.isUnlimited()).isTrue();
		assertThat(Plan.STANDARD.isUnlimited()).isFalse();
		assertThat(Plan.custom(Integer.MAX_VALUE, 1).isUnlimited()).isFalse();
		assertThat(Plan.custom(1, Integer.MAX_VALUE).isUnlimited()).isFalse();
	}

	@Test
	void limitsMustBePositive() {
		assertThatIllegalArgumentException().isThrownBy(() -> Plan.custom(0, 1))
			.withMessage("'requestsPerMinute' must be positive but is '0'");
		assertThatIllegalArgumentException().isThrownBy(() -> Plan.custom(1, 0))
			.withMessage("'concurrency' must be positive but is '0'");
		assertThatIllegalArgumentException().isThrownBy(() -> new Plan("", 1, 1))
			.withMessage("'name' must not be empty");
	}

}
