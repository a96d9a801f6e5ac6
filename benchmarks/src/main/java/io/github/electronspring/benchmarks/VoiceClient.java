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

package io.github.electronspring.benchmarks;

import java.util.UUID;

import io.github.electronspring.api.ElectronApi;
import io.github.electronspring.chat.ElectronChatClient;
import io.github.electronspring.chat.ElectronChatModel;
import io.github.electronspring.memory.ElectronChatMemoryAdvisor;
import io.github.electronspring.memory.PrefixStableChatMemory;
import io.github.electronspring.voice.ElectronVoice;
import io.github.electronspring.voice.VoiceEvent;
import io.github.electronspring.voice.VoiceSegment;
import io.github.electronspring.voice.VoiceText;
import io.github.electronspring.voice.VoiceToolFinished;

import org.springframework.ai.chat.memory.InMemoryChatMemoryRepository;

/**
 * Turns made for speech, with a memory, each of a conversation of its own.
 *
 * @author The Electron Spring authors
 */
final class VoiceClient implements TurnClient {

	private final ElectronVoice voice;

	VoiceClient(String baseUrl, SlowTools tools) {
		ElectronChatModel model = ElectronChatModel
			.builder(ElectronApi.builder().baseUrl(baseUrl).apiKey("key").build())
			.registeredTools(tools::callbacks)
			.build();
		this.voice = ElectronVoice.builder(ElectronChatClient.create(model))
			.memory(new ElectronChatMemoryAdvisor(new PrefixStableChatMemory(new InMemoryChatMemoryRepository())))
			.build();
	}

	@Override
	public void run(TurnProbe probe) {
		this.voice.say(UUID.randomUUID().toString(), QUESTION)
			.events()
			.doOnNext((event) -> take(event, probe))
			.blockLast(TIMEOUT);
	}

	private static void take(VoiceEvent event, TurnProbe probe) {
		if (event instanceof VoiceText text) {
			probe.text(text.text());
		}
		else if (event instanceof VoiceToolFinished) {
			probe.answering();
		}
		else if (event instanceof VoiceSegment) {
			probe.speech();
		}
	}

}
