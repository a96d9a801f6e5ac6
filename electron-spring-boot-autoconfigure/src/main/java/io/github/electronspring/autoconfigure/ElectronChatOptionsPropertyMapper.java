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

import java.util.List;
import java.util.Map;
import java.util.Set;

import io.github.electronspring.chat.ElectronChatOptions;
import io.github.electronspring.chat.ElectronChatOptionsBuilder;
import io.github.electronspring.protocol.ResponseFormat;
import io.github.electronspring.protocol.ToolChoice;

import org.springframework.boot.context.properties.PropertyMapper;

/**
 * Maps {@link ElectronProperties} to the default {@link ElectronChatOptions}.
 *
 * @author The Electron Spring authors
 */
final class ElectronChatOptionsPropertyMapper {

	private static final Set<String> TOOL_CHOICE_MODES = Set.of("auto", "required", "none");

	private ElectronChatOptionsPropertyMapper() {
	}

	static ElectronChatOptionsBuilder map(ElectronProperties properties) {
		return map(properties, properties.getModel(), properties.getChat().getOptions());
	}

	static ElectronChatOptionsBuilder map(ElectronProperties properties, String model,
			ElectronChatProperties.Options options) {
		ElectronChatOptionsBuilder builder = ElectronChatOptions.builder().model(model);
		PropertyMapper map = PropertyMapper.get();
		map.from(properties.getChat()::getTurnTimeout).to(builder::turnTimeout);
		map.from(options::getTemperature).to(builder::temperature);
		map.from(options::getTopP).to(builder::topP);
		map.from(options::getMaxTokens).to(builder::maxTokens);
		map.from(options::getStop).when((stop) -> !stop.isEmpty()).as(List::copyOf).to(builder::stopSequences);
		map.from(options::getSeed).to(builder::seed);
		map.from(options::getPresencePenalty).to(builder::presencePenalty);
		map.from(options::getFrequencyPenalty).to(builder::frequencyPenalty);
		map.from(options::getLogitBias).as(Map::copyOf).to(builder::logitBias);
		map.from(options::getLogprobs).to(builder::logprobs);
		map.from(options::getTopLogprobs).to(builder::topLogprobs);
		map.from(options::getToolChoice).as(ElectronChatOptionsPropertyMapper::toolChoice).to(builder::toolChoice);
		map.from(options::getResponseFormat)
			.as(ElectronChatOptionsPropertyMapper::responseFormat)
			.to(builder::responseFormat);
		map.from(options::getUser).to(builder::user);
		map.from(options::getExtraBody).as(Map::copyOf).to(builder::extraBody);
		return builder;
	}

	private static ToolChoice toolChoice(String value) {
		return TOOL_CHOICE_MODES.contains(value) ? ToolChoice.of(value) : ToolChoice.function(value);
	}

	private static ResponseFormat responseFormat(ElectronChatProperties.ResponseFormat format) {
		return switch (format) {
			case TEXT -> ResponseFormat.TEXT;
			case JSON_OBJECT -> ResponseFormat.JSON_OBJECT;
		};
	}

}
