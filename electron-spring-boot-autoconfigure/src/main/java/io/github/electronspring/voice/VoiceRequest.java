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

import java.util.function.Consumer;

import io.github.electronspring.memory.ElectronChatMemoryAdvisor;
import io.github.electronspring.memory.TurnTranscript;
import io.github.electronspring.turn.TurnEvent;
import reactor.core.publisher.Flux;

import org.springframework.ai.chat.client.ChatClient.ChatClientRequestSpec;
import org.springframework.ai.chat.client.DefaultChatClient.DefaultChatClientRequestSpec;
import org.springframework.ai.chat.client.advisor.api.MemoryAdvisor;
import org.springframework.ai.chat.memory.ChatMemory;

/**
 * What a turn begins with.
 *
 * @param conversationId the conversation
 * @param text what the caller has said
 * @param customizer what else the request shall have
 * @author The Electron Spring authors
 */
record VoiceRequest(String conversationId, String text, Consumer<ChatClientRequestSpec> customizer) {

	Flux<TurnEvent> send(VoiceParts parts, TurnTranscript transcript, ConversationPlace place) {
		return parts.client().turn((spec) -> {
			spec.user(this.text);
			spec.advisors((advisors) -> advisors.param(ChatMemory.CONVERSATION_ID, this.conversationId)
				.param(TurnTranscript.PARAMETER, transcript)
				.advisors(new VoiceAdvisor(parts.settings(), place)));
			this.customizer.accept(spec);
			ElectronChatMemoryAdvisor memory = parts.memory();
			if (memory != null && !hasMemory(spec)) {
				spec.advisors(memory);
			}
		});
	}

	private static boolean hasMemory(ChatClientRequestSpec spec) {
		return spec instanceof DefaultChatClientRequestSpec known
				&& known.getAdvisors().stream().anyMatch(MemoryAdvisor.class::isInstance);
	}

	@Override
	public String toString() {
		return "VoiceRequest[conversationId=%s, length=%d]".formatted(this.conversationId, this.text.length());
	}

}
