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
import io.github.electronspring.tool.ToolSpeech;
import org.jspecify.annotations.Nullable;

/**
 * What all turns of an {@link ElectronVoice} share.
 *
 * @param client the client
 * @param settings the settings
 * @param memory what keeps histories unless the client has an advisor for memory, or
 * {@code null}
 * @param tools what is said of a tool, by name
 * @param prices the prices by provider
 * @param conversations the conversations
 * @author The Electron Spring authors
 */
record VoiceParts(ElectronChatClient client, VoiceSettings settings, @Nullable ElectronChatMemoryAdvisor memory,
		Function<String, ToolSpeech> tools, Function<String, @Nullable TokenPrices> prices,
		Conversations conversations) {

}
