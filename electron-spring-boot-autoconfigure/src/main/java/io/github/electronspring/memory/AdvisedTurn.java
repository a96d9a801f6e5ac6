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

package io.github.electronspring.memory;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;

import io.github.electronspring.chat.ElectronChatOptions;
import io.github.electronspring.chat.MessageMapper;
import io.github.electronspring.turn.TurnFinished;
import io.micrometer.context.ContextSnapshot;
import org.jspecify.annotations.Nullable;

import org.springframework.ai.chat.client.ChatClientRequest;
import org.springframework.ai.chat.client.ChatClientResponse;
import org.springframework.ai.chat.memory.ChatMemory;
import org.springframework.ai.chat.messages.Message;
import org.springframework.ai.chat.messages.SystemMessage;
import org.springframework.ai.chat.model.ChatResponse;
import org.springframework.ai.chat.prompt.Prompt;
import org.springframework.util.StringUtils;

/**
 * One turn that goes through an {@link ElectronChatMemoryAdvisor}. Reading, writing and
 * correcting are done by one thread after the other.
 *
 * @author The Electron Spring authors
 */
final class AdvisedTurn {

	private final ChatMemory memory;

	private final String conversationId;

	private final ChatClientRequest original;

	private final ContextSnapshot context;

	private final TurnTranscript transcript;

	/** The messages of the caller without the instructions. */
	private final List<Message> prompt;

	private final AtomicBoolean ended = new AtomicBoolean();

	private volatile List<Message> history = Collections.emptyList();

	/** What the turn adds, from when it is written or its transcript serves another. */
	private final AtomicReference<@Nullable List<Message>> added = new AtomicReference<>();

	private volatile @Nullable TurnFinished finished;

	private volatile List<Message> written = Collections.emptyList();

	/**
	 * Begin a turn.
	 * @param memory the memory
	 * @param conversationId the conversation
	 * @param original the request as the caller made it
	 * @param context the context of the caller
	 */
	AdvisedTurn(ChatMemory memory, String conversationId, ChatClientRequest original, ContextSnapshot context) {
		this.memory = memory;
		this.conversationId = conversationId;
		this.original = original;
		this.context = context;
		this.transcript = (original.context().get(TurnTranscript.PARAMETER) instanceof TurnTranscript given) ? given
				: new TurnTranscript();
		this.prompt = ToolMessages.withoutSystem(original.prompt().getInstructions());
		this.transcript.begin(this::added);
	}

	String conversationId() {
		return this.conversationId;
	}

	ContextSnapshot context() {
		return this.context;
	}

	/**
	 * Read the history. Blocks as the memory does.
	 */
	void read() {
		this.history = this.memory.get(this.conversationId);
	}

	/**
	 * Return the request with the history, after it has been read.
	 * @return the request
	 */
	ChatClientRequest request() {
		Prompt asked = this.original.prompt();
		List<Message> messages = new ArrayList<>();
		asked.getInstructions().stream().filter(SystemMessage.class::isInstance).forEach(messages::add);
		messages.addAll(sent());
		Prompt.Builder builder = asked.mutate().messages(messages);
		if (asked.getOptions() instanceof ElectronChatOptions options
				&& !options.getTurnListeners().contains(this.transcript)) {
			builder.chatOptions(options.mutate().turnListeners(this.transcript).build());
		}
		return this.original.mutate().prompt(builder.build()).build();
	}

	private List<Message> sent() {
		List<Message> messages = new ArrayList<>(this.history);
		messages.addAll(this.prompt);
		return ToolMessages.paired(messages);
	}

	void answered(ChatClientResponse response) {
		ChatResponse chatResponse = response.chatResponse();
		if (chatResponse != null && chatResponse.getResult() != null) {
			String text = chatResponse.getResult().getOutput().getText();
			if (StringUtils.hasLength(text)) {
				this.transcript.answered(text);
			}
		}
	}

	/**
	 * End the turn, by whatever comes first. From now on the transcript may serve
	 * another.
	 * @return whether it had not ended before
	 */
	boolean end() {
		if (!this.ended.compareAndSet(false, true)) {
			return false;
		}
		this.finished = this.transcript.finished();
		return true;
	}

	private List<Message> added() {
		if (this.added.get() == null) {
			this.added.compareAndSet(null, messages());
		}
		return Objects.requireNonNullElse(this.added.get(), Collections.emptyList());
	}

	/**
	 * Write what the turn adds to the history. Blocks as the memory does.
	 */
	void write() {
		List<Message> messages = added();
		if (messages.isEmpty()) {
			return;
		}
		if (this.memory instanceof PrefixStableChatMemory stable) {
			TurnFinished end = this.finished;
			stable.add(this.conversationId, messages, (end != null) ? stable.learn(sent(), end) : 0);
		}
		else {
			this.memory.add(this.conversationId, messages);
		}
		this.written = messages;
	}

	/**
	 * Correct the history whenever the caller turns out to have heard less, once the turn
	 * has ended and its place among the writes is taken.
	 * @param corrections what has a correction done
	 */
	void follow(Consumer<Runnable> corrections) {
		if (this.memory instanceof PrefixStableChatMemory stable) {
			Runnable correction = () -> {
				List<Message> messages = messages();
				corrections.accept(() -> correct(stable, messages));
			};
			this.transcript.onHeard(correction);
			// Heard in between
			List<Message> known = this.added.get();
			if (known != null && !known.equals(messages())) {
				correction.run();
			}
		}
	}

	private void correct(PrefixStableChatMemory stable, List<Message> messages) {
		if (!this.written.isEmpty() && !messages.equals(this.written)) {
			stable.replaceLast(this.conversationId, this.written, messages);
			this.written = messages;
		}
	}

	private List<Message> messages() {
		if (this.transcript.isEmpty() && !this.transcript.isInterrupted()) {
			return Collections.emptyList();
		}
		List<Message> messages = new ArrayList<>(this.prompt);
		messages.addAll(MessageMapper.fromWire(this.transcript.messages()));
		return messages;
	}

}
