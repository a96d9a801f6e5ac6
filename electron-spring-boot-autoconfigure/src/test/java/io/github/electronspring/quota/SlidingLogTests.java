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

/**
 * Tests for {@link SlidingLog}.
 *
 * @author The Electron Spring authors
 */
class SlidingLogTests {

	private final SlidingLog log = new SlidingLog();

	@Test
	void growsAndSlides() {
		int next = 0;
		int first = 0;
		for (int round = 1; round < 40; round++) {
			for (int i = 0; i < round; i++) {
				this.log.add(next++);
			}
			first += round / 2;
			this.log.removeUntil(first - 1);
			assertThat(this.log.size()).isEqualTo(next - first);
			for (int i = 0; i < this.log.size(); i++) {
				assertThat(this.log.get(i)).isEqualTo(first + i);
			}
		}
	}

	@Test
	void placeIsFreeAtItsTime() {
		this.log.add(10);
		this.log.removeUntil(9);
		assertThat(this.log.size()).isOne();
		this.log.removeUntil(10);
		assertThat(this.log.size()).isZero();
		this.log.removeUntil(100);
		assertThat(this.log.size()).isZero();
	}

}
