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

import java.util.List;

import org.springframework.util.Assert;

/**
 * What the script answers: what became of the operation, and how the account stands.
 *
 * @param status what became of the operation
 * @param freeIn the milliseconds until the next place is free, zero if one is
 * @param used how many places are taken
 * @param inFlight how many permits are taken
 * @param instances how many instances there are
 * @param rank how many of them come before this one
 * @author The Electron Spring authors
 */
record QuotaReply(int status, long freeIn, int used, int inFlight, int instances, int rank) {

	static final int DONE = 0;

	static final int NO_PLACE = 1;

	static final int NO_PERMIT = 2;

	static final int UNKNOWN_INSTANCE = 3;

	/**
	 * An instance that knows of no other, and of nothing taken.
	 */
	static final QuotaReply NONE = new QuotaReply(DONE, 0, 0, 0, 1, 0);

	static QuotaReply of(List<?> values) {
		Assert.state(values.size() == 6, () -> "Redis answered with '%d' values".formatted(values.size()));
		long[] numbers = values.stream().mapToLong((value) -> ((Number) value).longValue()).toArray();
		return new QuotaReply((int) numbers[0], numbers[1], (int) numbers[2], (int) numbers[3], (int) numbers[4],
				(int) numbers[5]);
	}

	boolean isUnknownInstance() {
		return this.status == UNKNOWN_INSTANCE;
	}

}
