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

package io.github.electronspring.samples.voiceagent;

import java.time.LocalDate;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

/**
 * Tests for {@link SupportDesk}.
 *
 * @author The Electron Spring authors
 */
class SupportDeskTests {

	/** A Wednesday. */
	private static final LocalDate TODAY = LocalDate.of(2026, 3, 4);

	@ParameterizedTest
	@CsvSource({ "tomorrow, 2026-03-05", "Monday, 2026-03-09", "wednesday, 2026-03-11", "2026-04-01, 2026-04-01",
			"'', 2026-03-05" })
	void dayIsUnderstood(String text, LocalDate expected) {
		assertThat(SupportDesk.date(text, TODAY)).isEqualTo(expected);
	}

	@Test
	void dayThatIsNoneIsRefused() {
		assertThatIllegalArgumentException().isThrownBy(() -> SupportDesk.date("soon", TODAY))
			.withMessage("'day' must be a date, 'tomorrow' or a weekday but is 'soon'");
	}

}
