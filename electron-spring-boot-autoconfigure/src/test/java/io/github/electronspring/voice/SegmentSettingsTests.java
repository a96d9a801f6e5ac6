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

package io.github.electronspring.voice;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

/**
 * Tests for {@link SegmentSettings}.
 *
 * @author The Electron Spring authors
 */
class SegmentSettingsTests {

	@Test
	void defaultsAreShortAtFirst() {
		assertThat(SegmentSettings.defaults()).isEqualTo(new SegmentSettings(16, 100, 200));
	}

	@Test
	void withReturnsUpdatedSettings() {
		SegmentSettings settings = SegmentSettings.defaults()
			.withMaximum(50 * 10)
			.withFirstMaximum(40)
			.withFirstClause(8);
		assertThat(settings).isEqualTo(new SegmentSettings(8, 40, 500));
	}

	@Test
	void lengthsThatContradictAreRefused() {
		assertThatIllegalArgumentException().isThrownBy(() -> new SegmentSettings(0, 1, 1))
			.withMessage("'firstClause' must be positive but is '0'");
		assertThatIllegalArgumentException().isThrownBy(() -> new SegmentSettings(5, 4, 9))
			.withMessage("'firstMaximum' must not be less than 'firstClause' (5) but is '4'");
		assertThatIllegalArgumentException().isThrownBy(() -> new SegmentSettings(5, 9, 8))
			.withMessage("'maximum' must not be less than 'firstMaximum' (9) but is '8'");
	}

}
