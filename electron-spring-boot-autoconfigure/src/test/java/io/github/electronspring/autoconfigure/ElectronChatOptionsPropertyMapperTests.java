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

import java.util.Collections;
import java.util.List;
import java.util.Map;

import io.github.electronspring.chat.ElectronChatOptions;
import io.github.electronspring.protocol.ResponseFormat;
import io.github.electronspring.protocol.ToolChoice;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link ElectronChatOptionsPropertyMapper}.
 *
 * @author The Electron Spring authors
 */
class ElectronChatOptionsPropertyMapperTests {

	private final ElectronProperties properties = new ElectronProperties();

	private final ElectronChatProperties.Options options = this.properties.getChat().getOptions();

	@Test
	void whenNothingIsSetMapsTheModelOnly() {
		assertThat(map()).isEqualTo(ElectronChatOptions.builder().model("electron").build());
	}

	@Test
	void mapsEveryProperty() {
		this.properties.setModel("electron-2");
		this.options.setTemperature(0.5);
		this.options.setTopP(0.9);
		this.options.setMaxTokens(200);
		this.options.setStop(List.of("one", "two"));
		this.options.setSeed(7L);
		this.options.setPresencePenalty(-1.0);
		this.options.setFrequencyPenalty(1.0);
		this.options.setLogitBias(Map.of("50256", -100.0));
		this.options.setLogprobs(true);
		this.options.setTopLogprobs(3);
		this.options.setToolChoice("required");
		this.options.setResponseFormat(ElectronChatProperties.ResponseFormat.JSON_OBJECT);
		this.options.setUser("someone");
		this.options.setExtraBody(Map.of("top_k", 4));
		ElectronChatOptions mapped = map();
		assertThat(mapped)
			.extracting("model", "temperature", "topP", "maxTokens", "stopSequences", "seed", "presencePenalty",
					"frequencyPenalty", "logitBias", "logprobs", "topLogprobs", "toolChoice", "responseFormat", "user",
					"extraBody")
			.containsExactly("electron-2", 0.5, 0.9, 200, List.of("one", "two"), 7L, -1.0, 1.0,
					Collections.singletonMap("50256", -100.0), true, 3, ToolChoice.REQUIRED, ResponseFormat.JSON_OBJECT,
					"someone", Collections.singletonMap("top_k", 4));
	}

	@ParameterizedTest
	@ValueSource(strings = { "auto", "required", "none" })
	void mapsModesOfToolChoice(String mode) {
		this.options.setToolChoice(mode);
		assertThat(map().getToolChoice()).isEqualTo(new ToolChoice(mode, null));
	}

	@Test
	void mapsNameOfToolToChoiceOfIt() {
		this.options.setToolChoice("weather");
		assertThat(map().getToolChoice()).isEqualTo(ToolChoice.function("weather"));
	}

	@Test
	void mapsTextFormat() {
		this.options.setResponseFormat(ElectronChatProperties.ResponseFormat.TEXT);
		assertThat(map().getResponseFormat()).isEqualTo(ResponseFormat.TEXT);
	}

	private ElectronChatOptions map() {
		return ElectronChatOptionsPropertyMapper.map(this.properties).build();
	}

}
