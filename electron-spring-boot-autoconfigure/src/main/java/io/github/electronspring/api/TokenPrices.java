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

import org.springframework.util.Assert;

/**
 * The prices of a model, in USD per million tokens. Immutable.
 *
 * @param input the price of input that did not come from the cache
 * @param cachedInput the price of input that came from the cache
 * @param output the price of output
 * @author The Electron Spring authors
 */
public record TokenPrices(BigDecimal input, BigDecimal cachedInput, BigDecimal output) {

	private static final TokenPrices DEFAULTS = new TokenPrices(new BigDecimal("0.40"), new BigDecimal("0.10"),
			new BigDecimal("1.60"));

	/**
	 * Create prices.
	 * @throws IllegalArgumentException if one is negative
	 */
	public TokenPrices {
		notNegative("input", input);
		notNegative("cachedInput", cachedInput);
		notNegative("output", output);
	}

	/**
	 * Return the prices of Electron: 0.40, 0.10 and 1.60.
	 * @return the prices
	 */
	public static TokenPrices defaults() {
		return DEFAULTS;
	}

	private static void notNegative(String name, BigDecimal price) {
		Assert.notNull(price, () -> "'" + name + "' must not be null");
		Assert.isTrue(price.signum() >= 0, () -> "'%s' must not be negative but is '%s'".formatted(name, price));
	}

}
