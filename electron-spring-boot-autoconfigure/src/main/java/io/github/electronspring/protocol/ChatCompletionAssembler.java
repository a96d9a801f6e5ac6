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

package io.github.electronspring.protocol;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

import org.jspecify.annotations.Nullable;

/**
 * Puts the chunks of a streamed response together, byte for byte as they came. Only the
 * answer with index 0 counts. Lenient with what servers leave out, repeat or send late;
 * of the usage the last one counts, because it is a running total. Not thread-safe.
 *
 * @author The Electron Spring authors
 */
public final class ChatCompletionAssembler {

	private @Nullable String id;

	private @Nullable Long created;

	private @Nullable String model;

	private @Nullable String role;

	private final StringBuilder content = new StringBuilder();

	private final ToolCallsAssembly toolCalls = new ToolCallsAssembly();

	private @Nullable List<TokenLogprob> logprobs;

	private @Nullable String finishReason;

	private @Nullable Usage usage;

	private boolean answered;

	/**
	 * Add a chunk.
	 * @param chunk the chunk
	 */
	public void add(ChatCompletionChunk chunk) {
		this.id = firstNotEmpty(this.id, chunk.id());
		this.model = firstNotEmpty(this.model, chunk.model());
		if (this.created == null) {
			this.created = chunk.created();
		}
		if (chunk.usage() != null) {
			this.usage = chunk.usage();
		}
		ChatCompletionChunkChoice choice = chunk.choice();
		if (choice != null) {
			add(choice);
		}
	}

	private void add(ChatCompletionChunkChoice choice) {
		this.answered = true;
		ChatMessageDelta delta = choice.delta();
		this.role = firstNotEmpty(this.role, delta.role());
		if (delta.content() != null) {
			this.content.append(delta.content());
		}
		delta.toolCalls().forEach(this.toolCalls::add);
		if (choice.logprobs() != null) {
			this.logprobs = (this.logprobs != null) ? this.logprobs : new ArrayList<>();
			this.logprobs.addAll(choice.logprobs().content());
		}
		if (choice.finishReason() != null) {
			this.finishReason = choice.finishReason();
		}
	}

	/**
	 * Return what has been received so far as one completion. It has no choice as long as
	 * none was received. A tool call without an identifier gets one of our own, which
	 * stays the same from then on.
	 * @return the completion
	 */
	public ChatCompletion toCompletion() {
		List<ChatCompletionChoice> choices = this.answered ? List.of(choice()) : Collections.emptyList();
		return new ChatCompletion(this.id, "chat.completion", this.created, this.model, choices, this.usage);
	}

	private ChatCompletionChoice choice() {
		List<ToolCall> calls = this.toolCalls.toToolCalls();
		String text = (!this.content.isEmpty() || calls.isEmpty()) ? this.content.toString() : null;
		ChatMessage message = new ChatMessage((this.role != null) ? this.role : ChatMessage.ASSISTANT, text, calls,
				null);
		return new ChatCompletionChoice(0, message, this.finishReason,
				(this.logprobs != null) ? new Logprobs(this.logprobs) : null);
	}

	/**
	 * Return the tool calls as far as they have arrived. What is returned changes with
	 * the next chunk.
	 * @return the calls, in the order in which they began
	 */
	public List<StreamedToolCall> toolCalls() {
		return Collections.unmodifiableList(this.toolCalls.streamed());
	}

	/**
	 * Return the last usage that came.
	 * @return the usage, or {@code null} if none came
	 */
	public @Nullable Usage usage() {
		return this.usage;
	}

	private static @Nullable String firstNotEmpty(@Nullable String first, @Nullable String second) {
		return (first == null && second != null && !second.isEmpty()) ? second : first;
	}

}
