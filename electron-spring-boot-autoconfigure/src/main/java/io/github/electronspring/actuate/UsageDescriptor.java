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

package io.github.electronspring.actuate;

import java.math.BigDecimal;

import io.github.electronspring.observation.RequestReport;
import org.jspecify.annotations.Nullable;

/**
 * Tokens and what they cost. Immutable.
 *
 * @param inputTokens the input tokens, those from the cache included
 * @param cachedTokens the input tokens that came from the cache
 * @param outputTokens the output tokens
 * @param cost what they cost in USD, or {@code null} if no price is known
 * @author The Electron Spring authors
 */
public record UsageDescriptor(long inputTokens, long cachedTokens, long outputTokens, @Nullable BigDecimal cost) {

	static final UsageDescriptor NONE = new UsageDescriptor(0, 0, 0, null);

	static UsageDescriptor of(RequestReport report) {
		if (report.usage() == null) {
			return NONE;
		}
		return new UsageDescriptor(report.usage().promptTokens(), report.usage().cachedTokens(),
				report.usage().completionTokens(), (report.cost() != null) ? report.cost().total() : null);
	}

	UsageDescriptor plus(UsageDescriptor other) {
		return new UsageDescriptor(this.inputTokens + other.inputTokens, this.cachedTokens + other.cachedTokens,
				this.outputTokens + other.outputTokens, sum(this.cost, other.cost));
	}

	private static @Nullable BigDecimal sum(@Nullable BigDecimal one, @Nullable BigDecimal other) {
		if (one == null || other == null) {
			return (one != null) ? one : other;
		}
		return one.add(other);
	}

	/**
	 * Return which part of the input came from the cache.
	 * @return the part, from 0 to 1, or {@code null} if there was no input
	 */
	public @Nullable Double getCacheRatio() {
		return (this.inputTokens > 0) ? (double) this.cachedTokens / this.inputTokens : null;
	}

}
