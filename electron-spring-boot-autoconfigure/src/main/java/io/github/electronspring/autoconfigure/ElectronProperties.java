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
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import io.github.electronspring.api.ElectronApiBuilder;
import org.jspecify.annotations.Nullable;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.NestedConfigurationProperty;
import org.springframework.validation.Errors;
import org.springframework.validation.Validator;

/**
 * Configuration properties for Electron. Their ranges are checked when they are bound.
 * Not thread-safe.
 *
 * @author The Electron Spring authors
 */
@ConfigurationProperties("electron")
public class ElectronProperties implements Validator {

	/**
	 * API key. Unset: the environment variable SMALLEST_API_KEY.
	 */
	private @Nullable String apiKey;

	/**
	 * Base URL of the service, without '/chat/completions'.
	 */
	private String baseUrl = ElectronApiBuilder.DEFAULT_BASE_URL;

	/**
	 * Model that requests name.
	 */
	private String model = "electron";

	/**
	 * Plan of the account, whose limits are kept. Unset: standard, or that of the
	 * simulator.
	 */
	private @Nullable ElectronPlan plan;

	/**
	 * Further providers by name.
	 */
	private final Map<String, ElectronProviderProperties> providers = new LinkedHashMap<>();

	/**
	 * Names of the providers that are asked, in this order, when Electron fails.
	 */
	private List<String> failover = new ArrayList<>();

	/**
	 * Longest time without a first token after which the next provider is asked. Unset:
	 * until the request fails.
	 */
	private @Nullable Duration failoverAfter;

	/**
	 * Whether the next provider is asked as well when a request is refused with status
	 * 400, 401, 403, 404 or 422.
	 */
	private boolean failoverOnClientErrors = false;

	@NestedConfigurationProperty
	private final ElectronQuotaProperties quota = new ElectronQuotaProperties();

	@NestedConfigurationProperty
	private final ElectronRetryProperties retry = new ElectronRetryProperties();

	@NestedConfigurationProperty
	private final ElectronChatProperties chat = new ElectronChatProperties();

	@NestedConfigurationProperty
	private final ElectronHttpProperties http = new ElectronHttpProperties();

	@NestedConfigurationProperty
	private final ElectronMemoryProperties memory = new ElectronMemoryProperties();

	@NestedConfigurationProperty
	private final ElectronVoiceProperties voice = new ElectronVoiceProperties();

	private final Tools tools = new Tools();

	private final Prices prices = new Prices();

	public @Nullable String getApiKey() {
		return this.apiKey;
	}

	public void setApiKey(@Nullable String apiKey) {
		this.apiKey = apiKey;
	}

	public String getBaseUrl() {
		return this.baseUrl;
	}

	public void setBaseUrl(String baseUrl) {
		this.baseUrl = baseUrl;
	}

	public String getModel() {
		return this.model;
	}

	public void setModel(String model) {
		this.model = model;
	}

	public @Nullable ElectronPlan getPlan() {
		return this.plan;
	}

	public void setPlan(@Nullable ElectronPlan plan) {
		this.plan = plan;
	}

	public Map<String, ElectronProviderProperties> getProviders() {
		return this.providers;
	}

	public List<String> getFailover() {
		return this.failover;
	}

	public void setFailover(List<String> failover) {
		this.failover = failover;
	}

	public @Nullable Duration getFailoverAfter() {
		return this.failoverAfter;
	}

	public void setFailoverAfter(@Nullable Duration failoverAfter) {
		this.failoverAfter = failoverAfter;
	}

	public boolean isFailoverOnClientErrors() {
		return this.failoverOnClientErrors;
	}

	public void setFailoverOnClientErrors(boolean failoverOnClientErrors) {
		this.failoverOnClientErrors = failoverOnClientErrors;
	}

	public ElectronQuotaProperties getQuota() {
		return this.quota;
	}

	public ElectronRetryProperties getRetry() {
		return this.retry;
	}

	public ElectronChatProperties getChat() {
		return this.chat;
	}

	public ElectronHttpProperties getHttp() {
		return this.http;
	}

	public ElectronMemoryProperties getMemory() {
		return this.memory;
	}

	public ElectronVoiceProperties getVoice() {
		return this.voice;
	}

	public Tools getTools() {
		return this.tools;
	}

	public Prices getPrices() {
		return this.prices;
	}

	@Override
	public boolean supports(Class<?> type) {
		return ElectronProperties.class == type;
	}

	@Override
	public void validate(Object target, Errors errors) {
		new ElectronPropertiesValidation(errors).validate((ElectronProperties) target);
	}

	/**
	 * Tools that the model may call.
	 */
	public static class Tools {

		/**
		 * Whether methods with @ElectronTool join every request.
		 */
		private boolean autoRegister = true;

		/**
		 * Most rounds of tool calls in one turn, at least 1. After them the model must
		 * answer.
		 */
		private int maxRounds = 4;

		/**
		 * Longest time that a tool may take which sets no time of its own.
		 */
		private Duration timeout = Duration.ofSeconds(8);

		/**
		 * Whether the tools of a round run at the same time.
		 */
		private boolean parallel = true;

		/**
		 * Whether ToolCallback beans and the tools of ToolCallbackProvider beans, MCP
		 * among them, join every request as well.
		 */
		private boolean includeCallbacks = false;

		/**
		 * Whether tools see the attributes of the web request that the turn was started
		 * in, and with them beans of request scope.
		 */
		private boolean propagateRequestAttributes = false;

		public boolean isAutoRegister() {
			return this.autoRegister;
		}

		public void setAutoRegister(boolean autoRegister) {
			this.autoRegister = autoRegister;
		}

		public int getMaxRounds() {
			return this.maxRounds;
		}

		public void setMaxRounds(int maxRounds) {
			this.maxRounds = maxRounds;
		}

		public Duration getTimeout() {
			return this.timeout;
		}

		public void setTimeout(Duration timeout) {
			this.timeout = timeout;
		}

		public boolean isParallel() {
			return this.parallel;
		}

		public void setParallel(boolean parallel) {
			this.parallel = parallel;
		}

		public boolean isIncludeCallbacks() {
			return this.includeCallbacks;
		}

		public void setIncludeCallbacks(boolean includeCallbacks) {
			this.includeCallbacks = includeCallbacks;
		}

		public boolean isPropagateRequestAttributes() {
			return this.propagateRequestAttributes;
		}

		public void setPropagateRequestAttributes(boolean propagateRequestAttributes) {
			this.propagateRequestAttributes = propagateRequestAttributes;
		}

	}

	/**
	 * Prices for the cost of a turn.
	 */
	public static class Prices {

		/**
		 * Price of input that did not come from the cache, in USD per million tokens.
		 */
		private BigDecimal input = new BigDecimal("0.40");

		/**
		 * Price of input that came from the cache, in USD per million tokens.
		 */
		private BigDecimal cachedInput = new BigDecimal("0.10");

		/**
		 * Price of output, in USD per million tokens.
		 */
		private BigDecimal output = new BigDecimal("1.60");

		public BigDecimal getInput() {
			return this.input;
		}

		public void setInput(BigDecimal input) {
			this.input = input;
		}

		public BigDecimal getCachedInput() {
			return this.cachedInput;
		}

		public void setCachedInput(BigDecimal cachedInput) {
			this.cachedInput = cachedInput;
		}

		public BigDecimal getOutput() {
			return this.output;
		}

		public void setOutput(BigDecimal output) {
			this.output = output;
		}

	}

}
