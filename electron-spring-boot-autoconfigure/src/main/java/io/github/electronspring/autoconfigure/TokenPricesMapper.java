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

package io.github.electronspring.autoconfigure;

import java.util.HashMap;
import java.util.Map;
import java.util.function.Function;

import io.github.electronspring.api.TokenPrices;
import org.jspecify.annotations.Nullable;

/**
 * Maps properties to the prices of providers.
 *
 * @author The Electron Spring authors
 */
final class TokenPricesMapper {

	private TokenPricesMapper() {
	}

	static Function<String, @Nullable TokenPrices> map(ElectronProperties properties) {
		ElectronProperties.Prices prices = properties.getPrices();
		TokenPrices electron = new TokenPrices(prices.getInput(), prices.getCachedInput(), prices.getOutput());
		Map<String, @Nullable TokenPrices> others = new HashMap<>();
		properties.getProviders().forEach((name, provider) -> others.put(name, map(provider.getPrices())));
		return (provider) -> others.containsKey(provider) ? others.get(provider) : electron;
	}

	private static @Nullable TokenPrices map(ElectronProviderProperties.Prices prices) {
		if (prices.getInput() == null || prices.getOutput() == null) {
			return null;
		}
		return new TokenPrices(prices.getInput(),
				(prices.getCachedInput() != null) ? prices.getCachedInput() : prices.getInput(), prices.getOutput());
	}

}
