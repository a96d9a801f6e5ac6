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

import java.time.Duration;
import java.util.List;

import io.github.electronspring.chat.ElectronChatOptions;
import io.github.electronspring.chat.ElectronChatOptionsBuilder;
import io.github.electronspring.voice.Conversations.Note;
import reactor.core.publisher.Flux;

import org.springframework.ai.chat.client.ChatClientRequest;
import org.springframework.ai.chat.client.ChatClientResponse;
import org.springframework.ai.chat.client.advisor.api.StreamAdvisor;
import org.springframework.ai.chat.client.advisor.api.StreamAdvisorChain;
import org.springframework.ai.chat.messages.SystemMessage;
import org.springframework.ai.chat.messages.UserMessage;
import org.springframework.ai.chat.prompt.Prompt;
import org.springframework.core.Ordered;
import org.springframework.util.StringUtils;

/**
 * Makes a request one for speech: behind the instructions comes, always with the same
 * bytes, what asks for a filler, in front of what the caller says comes what is left to
 * know of tools, and the turn gets its time. Outside of all advisors of the application,
 * so that what they add comes after it, and directly outside of the memory: what is taken
 * to be told is kept there.
 *
 * @author The Electron Spring authors
 */
final class VoiceAdvisor implements StreamAdvisor {

	private static final int ORDER = Ordered.HIGHEST_PRECEDENCE + 100;

	private static final Duration SLACK = Duration.ofMillis(100);

	private final VoiceSettings settings;

	private final ConversationPlace place;

	VoiceAdvisor(VoiceSettings settings, ConversationPlace place) {
		this.settings = settings;
		this.place = place;
	}

	@Override
	public String getName() {
		return "electron-voice";
	}

	@Override
	public int getOrder() {
		return ORDER;
	}

	@Override
	public Flux<ChatClientResponse> adviseStream(ChatClientRequest request, StreamAdvisorChain chain) {
		Prompt prompt = this.settings.acknowledgement().isEmpty() ? request.prompt()
				: request.prompt().augmentSystemMessage(this::acknowledging);
		List<Note> notes = this.place.takeNotes();
		if (!notes.isEmpty()) {
			prompt = prompt.augmentUserMessage((message) -> telling(notes, message));
		}
		if (prompt.getOptions() instanceof ElectronChatOptions options) {
			prompt = prompt.mutate().chatOptions(options(options)).build();
		}
		return chain.nextStream(request.mutate().prompt(prompt).build());
	}

	private SystemMessage acknowledging(SystemMessage message) {
		String text = message.getText();
		String suffix = this.settings.acknowledgement();
		return message.mutate().text(StringUtils.hasText(text) ? text + "\n\n" + suffix : suffix).build();
	}

	private static UserMessage telling(List<Note> notes, UserMessage message) {
		StringBuilder text = new StringBuilder();
		notes.forEach((note) -> text.append(note.text()).append('\n'));
		return message.mutate().text(text.append(message.getText()).toString()).build();
	}

	private ElectronChatOptions options(ElectronChatOptions options) {
		ElectronChatOptionsBuilder builder = options.mutate().turnListeners(this.place);
		Duration timeout = options.getTurnTimeout();
		if (timeout == null || timeout.compareTo(this.settings.deadline()) > 0) {
			// So that tools and those who wait for a place in the quota know it, too;
			// it is the voice that ends the turn
			builder.turnTimeout(this.settings.deadline().plus(SLACK));
		}
		return builder.build();
	}

}
