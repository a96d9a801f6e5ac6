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

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

/**
 * Tests for {@link QuotaSettings}.
 *
 * @author The Electron Spring authors
 */
class QuotaSettingsTests {

	private final QuotaSettings settings = QuotaSettings.of(Plan.STANDARD);

	@Test
	void defaults() {
		assertThat(this.settings).isEqualTo(new QuotaSettings(Plan.STANDARD, Duration.ofSeconds(60),
				Duration.ofMillis(500), Duration.ofSeconds(10), 100));
	}

	@Test
	void eachSettingCanBeChanged() {
		QuotaSettings changed = this.settings.withPlan(Plan.ENTERPRISE)
			.withWindow(Duration.ofSeconds(6))
			.withMargin(Duration.ZERO)
			.withMaxWait(Duration.ofSeconds(1))
			.withMaxPending(0);
		assertThat(changed).isEqualTo(
				new QuotaSettings(Plan.ENTERPRISE, Duration.ofSeconds(6), Duration.ZERO, Duration.ofSeconds(1), 0));
	}

	@Test
	void settingsAreInRange() {
		assertThatIllegalArgumentException().isThrownBy(() -> this.settings.withPlan(null))
			.withMessage("'plan' must not be null");
		assertThatIllegalArgumentException().isThrownBy(() -> this.settings.withWindow(Duration.ZERO))
			.withMessage("'window' must be positive but is 'PT0S'");
		assertThatIllegalArgumentException().isThrownBy(() -> this.settings.withWindow(Duration.ofSeconds(-1)))
			.withMessage("'window' must be positive but is 'PT-1S'");
		assertThatIllegalArgumentException().isThrownBy(() -> this.settings.withMargin(Duration.ofSeconds(-1)))
			.withMessage("'margin' must not be negative but is 'PT-1S'");
		assertThatIllegalArgumentException().isThrownBy(() -> this.settings.withMaxWait(Duration.ofSeconds(-1)))
			.withMessage("'maxWait' must not be negative but is 'PT-1S'");
		assertThatIllegalArgumentException().isThrownBy(() -> this.settings.withMaxPending(-1))
			.withMessage("'maxPending' must not be negative but is '-1'");
	}

}
