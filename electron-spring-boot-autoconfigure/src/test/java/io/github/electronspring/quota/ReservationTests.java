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
 * Tests for {@link Reservation}.
 *
 * @author The Electron Spring authors
 */
class ReservationTests {

	@Test
	void isEitherGrantedOrRefused() {
		assertThat(Reservation.granted("a")).isEqualTo(new Reservation("a", null, null));
		assertThat(Reservation.refused(QuotaLimit.CONCURRENCY, Duration.ofSeconds(1)))
			.isEqualTo(new Reservation(null, QuotaLimit.CONCURRENCY, Duration.ofSeconds(1)));
		assertThatIllegalArgumentException().isThrownBy(() -> new Reservation("a", QuotaLimit.CONCURRENCY, null))
			.withMessage("Either 'id' or 'limit' must be null");
		assertThatIllegalArgumentException().isThrownBy(() -> new Reservation(null, null, null))
			.withMessage("Either 'id' or 'limit' must be null");
	}

}
