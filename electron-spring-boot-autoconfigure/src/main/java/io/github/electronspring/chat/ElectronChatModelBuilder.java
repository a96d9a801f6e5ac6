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

package io.github.electronspring.chat;

import java.util.Collections;
import java.util.List;
import java.util.function.Function;
import java.util.function.Supplier;

import io.github.electronspring.api.ElectronApi;
import io.github.electronspring.api.TokenPrices;
import io.github.electronspring.turn.TurnInterceptor;
import io.github.electronspring.turn.TurnListener;
import io.github.electronspring.turn.TurnRequest;
import io.github.electronspring.turn.TurnSettings;
import io.micrometer.observation.ObservationRegistry;
import org.jspecify.annotations.Nullable;

import org.springframework.ai.chat.observation.ChatModelObservationConvention;
import org.springframework.ai.tool.ToolCallback;
import org.springframework.util.Assert;

/**
 * Builder of an {@link ElectronChatModel}. Not thread-safe; {@link #build()} copies its
 * values.
 *
 * @author The Electron Spring authors
 */
public final class ElectronChatModelBuilder {

	ElectronApi api;

	ElectronChatOptions options = ElectronChatOptions.builder().build();

	Supplier<List<ToolCallback>> registeredTools = Collections::emptyList;

	boolean registeredToolsMayBlock;

	ObservationRegistry observationRegistry = ObservationRegistry.NOOP;

	@Nullable ChatModelObservationConvention observationConvention;

	Function<String, @Nullable TokenPrices> prices = (provider) -> TokenPrices.defaults();

	int maxToolRounds = TurnRequest.DEFAULT_MAX_ROUNDS;

	List<TurnListener> turnListeners = Collections.emptyList();

	List<TurnInterceptor> turnInterceptors = Collections.emptyList();

	TurnSettings turnSettings = TurnSettings.defaults();

	ToolCallSettings toolCallSettings = ToolCallSettings.defaults();

	ElectronChatModelBuilder(ElectronApi api) {
		Assert.notNull(api, "'api' must not be null");
		this.api = api;
	}

	ElectronChatModelBuilder(ElectronChatModelBuilder other) {
		this.api = other.api;
		this.options = other.options;
		this.registeredTools = other.registeredTools;
		this.registeredToolsMayBlock = other.registeredToolsMayBlock;
		this.observationRegistry = other.observationRegistry;
		this.observationConvention = other.observationConvention;
		this.prices = other.prices;
		this.maxToolRounds = other.maxToolRounds;
		this.turnListeners = List.copyOf(other.turnListeners);
		this.turnInterceptors = List.copyOf(other.turnInterceptors);
		this.turnSettings = other.turnSettings;
		this.toolCallSettings = other.toolCallSettings;
	}

	/**
	 * Set where requests go.
	 * @param api the API
	 * @return this builder
	 */
	public ElectronChatModelBuilder api(ElectronApi api) {
		Assert.notNull(api, "'api' must not be null");
		this.api = api;
		return this;
	}

	/**
	 * Set the default options. Where they name no model it is
	 * {@value ElectronChatModel#DEFAULT_MODEL}.
	 * @param options the options
	 * @return this builder
	 */
	public ElectronChatModelBuilder options(ElectronChatOptions options) {
		Assert.notNull(options, "'options' must not be null");
		this.options = options;
		return this;
	}

	/**
	 * Set where the registered tools come from, by default from nowhere. It is asked
	 * before each turn and must not block unless
	 * {@link #registeredToolsMayBlock(boolean)} says so.
	 * @param registeredTools the supplier of the tools
	 * @return this builder
	 */
	public ElectronChatModelBuilder registeredTools(Supplier<List<ToolCallback>> registeredTools) {
		Assert.notNull(registeredTools, "'registeredTools' must not be null");
		this.registeredTools = registeredTools;
		return this;
	}

	/**
	 * Set whether asking for the registered tools may block, as it does when they come
	 * from another server. By default it does not. If it may it is not done on an event
	 * loop.
	 * @param mayBlock whether it may
	 * @return this builder
	 */
	public ElectronChatModelBuilder registeredToolsMayBlock(boolean mayBlock) {
		this.registeredToolsMayBlock = mayBlock;
		return this;
	}

	/**
	 * Set the registry of observations, by default none.
	 * @param observationRegistry the registry
	 * @return this builder
	 */
	public ElectronChatModelBuilder observationRegistry(ObservationRegistry observationRegistry) {
		Assert.notNull(observationRegistry, "'observationRegistry' must not be null");
		this.observationRegistry = observationRegistry;
		return this;
	}

	/**
	 * Set the convention of observations.
	 * @param observationConvention the convention, or {@code null} for Spring AI's
	 * default
	 * @return this builder
	 */
	public ElectronChatModelBuilder observationConvention(
			@Nullable ChatModelObservationConvention observationConvention) {
		this.observationConvention = observationConvention;
		return this;
	}

	/**
	 * Set the prices that the cost of a turn is reckoned with, by default
	 * {@link TokenPrices#defaults()}.
	 * @param prices the prices
	 * @return this builder
	 */
	public ElectronChatModelBuilder prices(TokenPrices prices) {
		Assert.notNull(prices, "'prices' must not be null");
		return prices((provider) -> prices);
	}

	/**
	 * Set the prices by the name of the provider that answered. A turn has a cost only if
	 * the prices of all its rounds are known.
	 * @param prices the prices of a provider, or {@code null} if they are not known
	 * @return this builder
	 */
	public ElectronChatModelBuilder prices(Function<String, @Nullable TokenPrices> prices) {
		Assert.notNull(prices, "'prices' must not be null");
		this.prices = prices;
		return this;
	}

	/**
	 * Set the most rounds of a turn that end in tool calls, by default
	 * {@link TurnRequest#DEFAULT_MAX_ROUNDS}. The options of a call win.
	 * @param maxToolRounds the number; with 0 no tool is executed
	 * @return this builder
	 */
	public ElectronChatModelBuilder maxToolRounds(int maxToolRounds) {
		Assert.isTrue(maxToolRounds >= 0,
				() -> "'maxToolRounds' must not be negative but is '%d'".formatted(maxToolRounds));
		this.maxToolRounds = maxToolRounds;
		return this;
	}

	/**
	 * Set what learns of the events of every turn, before the listeners of the call.
	 * @param turnListeners the listeners
	 * @return this builder
	 */
	public ElectronChatModelBuilder turnListeners(List<TurnListener> turnListeners) {
		this.turnListeners = List.copyOf(turnListeners);
		return this;
	}

	/**
	 * Set what stands around every turn, by default nothing.
	 * @param turnInterceptors the interceptors, the outermost first
	 * @return this builder
	 */
	public ElectronChatModelBuilder turnInterceptors(List<TurnInterceptor> turnInterceptors) {
		this.turnInterceptors = List.copyOf(turnInterceptors);
		return this;
	}

	/**
	 * Set how tools are run, by default {@link TurnSettings#defaults()}.
	 * @param turnSettings the settings
	 * @return this builder
	 */
	public ElectronChatModelBuilder turnSettings(TurnSettings turnSettings) {
		Assert.notNull(turnSettings, "'turnSettings' must not be null");
		this.turnSettings = turnSettings;
		return this;
	}

	/**
	 * Set the limits, failures and observations of tool calls, by default
	 * {@link ToolCallSettings#defaults()}.
	 * @param toolCallSettings the settings
	 * @return this builder
	 */
	public ElectronChatModelBuilder toolCallSettings(ToolCallSettings toolCallSettings) {
		Assert.notNull(toolCallSettings, "'toolCallSettings' must not be null");
		this.toolCallSettings = toolCallSettings;
		return this;
	}

	/**
	 * Build the model.
	 * @return the model
	 */
	public ElectronChatModel build() {
		return new ElectronChatModel(new ElectronChatModelBuilder(this));
	}

}
