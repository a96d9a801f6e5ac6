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

package io.github.electronspring.api;

import java.math.BigDecimal;

import io.github.electronspring.protocol.Usage;

/**
 * What tokens cost, in USD, exact to the last digit. Immutable.
 *
 * @param input the cost of input that did not come from the cache
 * @param cachedInput the cost of input that came from the cache
 * @param output the cost of output
 * @author The Electron Spring authors
 */
public record Cost(BigDecimal input, BigDecimal cachedInput, BigDecimal output) {

	private static final int MILLION_DIGITS = 6;

	/**
	 * Return the cost of a usage.
	 * @param usage the tokens used
	 * @param prices the prices
	 * @return the cost
	 */
	public static Cost of(Usage usage, TokenPrices prices) {
		int cached = usage.cachedTokens();
		return new Cost(cost(usage.promptTokens() - cached, prices.input()), cost(cached, prices.cachedInput()),
				cost(usage.completionTokens(), prices.output()));
	}

	/**
	 * Return this cost and another one together.
	 * @param other the other cost
	 * @return the cost of both
	 */
	public Cost plus(Cost other) {
		return new Cost(this.input.add(other.input), this.cachedInput.add(other.cachedInput),
				this.output.add(other.output));
	}

	/**
	 * Return the sum of the three parts.
	 * @return the sum
	 */
	public BigDecimal total() {
		return this.input.add(this.cachedInput).add(this.output);
	}

	private static BigDecimal cost(int tokens, BigDecimal pricePerMillion) {
		return pricePerMillion.multiply(BigDecimal.valueOf(tokens)).movePointLeft(MILLION_DIGITS);
	}

}
