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

import java.math.BigDecimal;

import io.github.electronspring.api.Dialect;
import org.jspecify.annotations.Nullable;

/**
 * Configuration properties for a further provider. Not thread-safe.
 *
 * @author The Electron Spring authors
 */
public class ElectronProviderProperties {

	/**
	 * Base URL of the provider, without '/chat/completions'.
	 */
	private @Nullable String baseUrl;

	/**
	 * API key of the provider.
	 */
	private @Nullable String apiKey;

	/**
	 * Model that requests to the provider name.
	 */
	private @Nullable String model;

	/**
	 * Which way of OpenAI's wire format the provider speaks.
	 */
	private Dialect dialect = Dialect.OPENAI;

	/**
	 * Plan of the account, whose limits are kept.
	 */
	private ElectronPlan plan = ElectronPlan.UNLIMITED;

	/**
	 * Requests in any 60 seconds, at least 1, for the plan 'custom'. Unset: no limit.
	 */
	private @Nullable Integer requestsPerMinute;

	/**
	 * Requests in flight at the same time, at least 1, for the plan 'custom'. Unset: no
	 * limit.
	 */
	private @Nullable Integer concurrency;

	private final ElectronChatProperties.Options options = new ElectronChatProperties.Options();

	private final Prices prices = new Prices();

	public @Nullable String getBaseUrl() {
		return this.baseUrl;
	}

	public void setBaseUrl(@Nullable String baseUrl) {
		this.baseUrl = baseUrl;
	}

	public @Nullable String getApiKey() {
		return this.apiKey;
	}

	public void setApiKey(@Nullable String apiKey) {
		this.apiKey = apiKey;
	}

	public @Nullable String getModel() {
		return this.model;
	}

	public void setModel(@Nullable String model) {
		this.model = model;
	}

	public Dialect getDialect() {
		return this.dialect;
	}

	public void setDialect(Dialect dialect) {
		this.dialect = dialect;
	}

	public ElectronPlan getPlan() {
		return this.plan;
	}

	public void setPlan(ElectronPlan plan) {
		this.plan = plan;
	}

	public @Nullable Integer getRequestsPerMinute() {
		return this.requestsPerMinute;
	}

	public void setRequestsPerMinute(@Nullable Integer requestsPerMinute) {
		this.requestsPerMinute = requestsPerMinute;
	}

	public @Nullable Integer getConcurrency() {
		return this.concurrency;
	}

	public void setConcurrency(@Nullable Integer concurrency) {
		this.concurrency = concurrency;
	}

	public ElectronChatProperties.Options getOptions() {
		return this.options;
	}

	public Prices getPrices() {
		return this.prices;
	}

	/**
	 * Prices of the model. Turns of a provider without them have no cost.
	 */
	public static class Prices {

		/**
		 * Price of input that did not come from a cache, in USD per million tokens.
		 */
		private @Nullable BigDecimal input;

		/**
		 * Price of input that came from a cache, in USD per million tokens. Unset: that
		 * of other input.
		 */
		private @Nullable BigDecimal cachedInput;

		/**
		 * Price of output, in USD per million tokens.
		 */
		private @Nullable BigDecimal output;

		public @Nullable BigDecimal getInput() {
			return this.input;
		}

		public void setInput(@Nullable BigDecimal input) {
			this.input = input;
		}

		public @Nullable BigDecimal getCachedInput() {
			return this.cachedInput;
		}

		public void setCachedInput(@Nullable BigDecimal cachedInput) {
			this.cachedInput = cachedInput;
		}

		public @Nullable BigDecimal getOutput() {
			return this.output;
		}

		public void setOutput(@Nullable BigDecimal output) {
			this.output = output;
		}

	}

}
