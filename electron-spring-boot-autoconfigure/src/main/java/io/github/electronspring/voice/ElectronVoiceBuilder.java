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

package io.github.electronspring.voice;

import java.util.function.Function;

import io.github.electronspring.api.TokenPrices;
import io.github.electronspring.chat.ElectronChatClient;
import io.github.electronspring.memory.ElectronChatMemoryAdvisor;
import io.github.electronspring.tool.ElectronToolRegistry;
import io.github.electronspring.tool.ToolSpeech;
import org.jspecify.annotations.Nullable;

import org.springframework.context.MessageSource;
import org.springframework.util.Assert;

/**
 * Builder of an {@link ElectronVoice}. Not thread-safe.
 *
 * @author The Electron Spring authors
 */
public final class ElectronVoiceBuilder {

	private final ElectronChatClient client;

	private VoiceSettings settings = VoiceSettings.defaults();

	private @Nullable ElectronChatMemoryAdvisor memory;

	private Function<String, ToolSpeech> tools = (name) -> ToolSpeech.DEFAULT;

	private Function<String, @Nullable TokenPrices> prices = (provider) -> TokenPrices.defaults();

	private @Nullable MessageSource messageSource;

	ElectronVoiceBuilder(ElectronChatClient client) {
		this.client = client;
	}

	/**
	 * Set the settings.
	 * @param settings the settings
	 * @return this builder
	 */
	public ElectronVoiceBuilder settings(VoiceSettings settings) {
		Assert.notNull(settings, "'settings' must not be null");
		this.settings = settings;
		return this;
	}

	/**
	 * Set what keeps the history of conversations. A client that has an advisor for
	 * memory keeps its own, and only {@link ElectronChatMemoryAdvisor} keeps what was
	 * heard. By default turns know nothing of each other unless the client has one.
	 * @param memory the advisor
	 * @return this builder
	 */
	public ElectronVoiceBuilder memory(ElectronChatMemoryAdvisor memory) {
		Assert.notNull(memory, "'memory' must not be null");
		this.memory = memory;
		return this;
	}

	/**
	 * Set the tools whose phrases are said while they run. By default all tools have the
	 * same.
	 * @param registry the registry of the tools
	 * @return this builder
	 */
	public ElectronVoiceBuilder tools(ElectronToolRegistry registry) {
		Assert.notNull(registry, "'registry' must not be null");
		this.tools = registry::getSpeech;
		return this;
	}

	/**
	 * Set the prices from which the cost of a turn is reckoned, by default Electron's.
	 * @param prices the prices by the name of the provider that answered, {@code null}
	 * for unknown ones
	 * @return this builder
	 */
	public ElectronVoiceBuilder prices(Function<String, @Nullable TokenPrices> prices) {
		Assert.notNull(prices, "'prices' must not be null");
		this.prices = prices;
		return this;
	}

	/**
	 * Set where the codes of phrases are looked up. By default phrases are their own
	 * texts.
	 * @param messageSource the message source
	 * @return this builder
	 */
	public ElectronVoiceBuilder messageSource(MessageSource messageSource) {
		Assert.notNull(messageSource, "'messageSource' must not be null");
		this.messageSource = messageSource;
		return this;
	}

	/**
	 * Build it.
	 * @return turns made for speech
	 */
	public ElectronVoice build() {
		return new ElectronVoice(
				new VoiceParts(this.client, this.settings, this.memory, this.tools, this.prices, new Conversations()),
				this.messageSource);
	}

}
