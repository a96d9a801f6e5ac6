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

import java.util.Locale;
import java.util.function.Consumer;

import io.github.electronspring.chat.ElectronChatClient;
import org.jspecify.annotations.Nullable;

import org.springframework.ai.chat.client.ChatClient;
import org.springframework.ai.chat.client.ChatClient.ChatClientRequestSpec;
import org.springframework.context.MessageSource;
import org.springframework.util.Assert;

/**
 * Turns made for speech. What the model says comes as segments for a synthesiser, the
 * first as soon as there is one; while a tool runs there is no silence; the caller may
 * interrupt at any time, and the history keeps what was heard; a turn that takes too long
 * or fails ends with an apology.
 * <p>
 * In a conversation one turn speaks at a time: the next one interrupts it. What is known
 * of a conversation beside its history is forgotten when it is idle. Thread-safe.
 *
 * @author The Electron Spring authors
 */
public final class ElectronVoice {

	private static final Consumer<ChatClientRequestSpec> NOTHING = (spec) -> {
	};

	private final VoiceParts parts;

	private final @Nullable MessageSource messageSource;

	ElectronVoice(VoiceParts parts, @Nullable MessageSource messageSource) {
		this.parts = parts;
		this.messageSource = messageSource;
	}

	/**
	 * Create a builder.
	 * @param client a client on an Electron model, with all that its turns shall have:
	 * instructions, tools, advisors
	 * @return a builder
	 */
	public static ElectronVoiceBuilder builder(ChatClient client) {
		Assert.notNull(client, "'client' must not be null");
		return new ElectronVoiceBuilder((client instanceof ElectronChatClient electronClient) ? electronClient
				: ElectronChatClient.builder(client.mutate()).build());
	}

	/**
	 * Prepare a turn.
	 * @param conversationId the conversation
	 * @param text what the caller has said
	 * @return the turn, which begins when its events are subscribed to
	 */
	public VoiceTurn say(String conversationId, String text) {
		return say(conversationId, text, null, NOTHING);
	}

	/**
	 * Prepare a turn.
	 * @param conversationId the conversation
	 * @param text what the caller has said
	 * @param customizer what else the request shall have
	 * @return the turn, which begins when its events are subscribed to
	 */
	public VoiceTurn say(String conversationId, String text, Consumer<ChatClientRequestSpec> customizer) {
		return say(conversationId, text, null, customizer);
	}

	/**
	 * Prepare a turn in a language.
	 * @param conversationId the conversation
	 * @param text what the caller has said
	 * @param locale the language in which the caller speaks: that of phrases which the
	 * model does not say, and what segments are marked with
	 * @return the turn, which begins when its events are subscribed to
	 */
	public VoiceTurn say(String conversationId, String text, Locale locale) {
		Assert.notNull(locale, "'locale' must not be null");
		return say(conversationId, text, locale, NOTHING);
	}

	/**
	 * Prepare a turn.
	 * @param conversationId the conversation
	 * @param text what the caller has said
	 * @param locale the language in which the caller speaks, or {@code null} for that of
	 * the settings
	 * @param customizer what else the request shall have
	 * @return the turn, which begins when its events are subscribed to
	 */
	public VoiceTurn say(String conversationId, String text, @Nullable Locale locale,
			Consumer<ChatClientRequestSpec> customizer) {
		Assert.hasText(conversationId, "'conversationId' must not be empty");
		Assert.hasText(text, "'text' must not be empty");
		Assert.notNull(customizer, "'customizer' must not be null");
		Phrases phrases = Phrases.of(this.messageSource, locale, this.parts.settings());
		return new VoiceTurn(new VoiceRun(this.parts, new VoiceRequest(conversationId, text, customizer), phrases));
	}

	Conversations conversations() {
		return this.parts.conversations();
	}

}
