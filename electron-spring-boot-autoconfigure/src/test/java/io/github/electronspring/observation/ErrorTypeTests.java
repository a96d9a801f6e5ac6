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

package io.github.electronspring.observation;

import io.github.electronspring.api.Failures;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link ErrorType}.
 *
 * @author The Electron Spring authors
 */
class ErrorTypeTests {

	@Test
	void isThatOfTheFailureAmongTheCauses() {
		assertThat(ErrorType.of(new IllegalStateException(Failures.status(503)))).isEqualTo("ElectronServerException");
	}

	@Test
	void isThatOfTheErrorWithoutOne() {
		assertThat(ErrorType.of(new IllegalStateException("secret"))).isEqualTo("IllegalStateException");
	}

	@Test
	void classWithoutANameHasThatOfTheOneAbove() {
		assertThat(ErrorType.of(new IllegalStateException() {
		})).isEqualTo("IllegalStateException");
	}

	@Test
	void isNoneWithoutAnError() {
		assertThat(ErrorType.of(null)).isEqualTo("none");
	}

}
