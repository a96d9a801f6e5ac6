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

import java.time.Duration;

import org.jspecify.annotations.Nullable;

/**
 * When the pieces of content and of tool calls came. Immutable.
 *
 * @param chunks how many came
 * @param toFirst how long the first one took, in nanoseconds
 * @param toLast how long the last one took, in nanoseconds
 * @author The Electron Spring authors
 */
record ChunkTimes(int chunks, long toFirst, long toLast) {

	@Nullable Duration timeToFirst() {
		return (this.chunks > 0) ? Duration.ofNanos(this.toFirst) : null;
	}

	@Nullable Duration timePerChunk() {
		return (this.chunks > 1) ? Duration.ofNanos((this.toLast - this.toFirst) / (this.chunks - 1)) : null;
	}

}
