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
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import io.github.electronspring.protocol.ChatMessage;
import io.github.electronspring.protocol.ToolCall;
import org.jspecify.annotations.Nullable;

/**
 * What one round of a turn said and called. Not thread-safe.
 *
 * @author The Electron Spring authors
 */
final class TranscribedRound {

	private final StringBuilder text = new StringBuilder();

	private final Map<String, ToolCall> startedCalls = new LinkedHashMap<>();

	private final Map<String, String> results = new HashMap<>();

	private @Nullable ChatMessage message;

	private boolean discarded;

	void append(String piece) {
		this.text.append(piece);
	}

	void started(ToolCall call) {
		this.startedCalls.put(String.valueOf(call.id()), call);
	}

	void ended(ToolCall call, String result) {
		started(call);
		result(call.id(), result);
	}

	void result(@Nullable String callId, String result) {
		this.results.put(String.valueOf(callId), result);
	}

	void finished(ChatMessage message) {
		this.message = message;
	}

	/**
	 * Leave the round out of the history: its answer was asked for again.
	 */
	void discard() {
		this.discarded = true;
	}

	/**
	 * Leave calls without a result to the caller, who may carry them out.
	 */
	void leaveToCaller() {
		calls().forEach(this::started);
	}

	/**
	 * Return whether the message of the round is a certain one, not only an equal one.
	 * @param other the message
	 * @return whether it is
	 */
	boolean hasMessage(ChatMessage other) {
		return this.message == other;
	}

	String text() {
		return this.text.toString();
	}

	int length() {
		return this.text.length();
	}

	boolean isEmpty() {
		return this.text.isEmpty() && calls().isEmpty();
	}

	boolean hasOpenCalls() {
		return calls().stream().anyMatch((call) -> !this.results.containsKey(String.valueOf(call.id())));
	}

	private List<ToolCall> calls() {
		return (this.message != null) ? this.message.toolCalls() : List.copyOf(this.startedCalls.values());
	}

	/**
	 * Add the messages of the round to a history.
	 * @param history the history
	 * @param heard how many UTF-16 units of the text were heard
	 * @param open what is said of a call that has no result, or {@code null} if such
	 * calls are left open
	 */
	void addTo(List<ChatMessage> history, int heard, @Nullable OpenCallTexts open) {
		if (this.discarded) {
			return;
		}
		ChatMessage said = message(heard);
		boolean silent = said.content() == null || said.content().isEmpty();
		if (silent && said.toolCalls().isEmpty()) {
			return;
		}
		history.add(said);
		List<ChatMessage> answers = new ArrayList<>();
		for (ToolCall call : said.toolCalls()) {
			String id = String.valueOf(call.id());
			String result = this.results.get(id);
			if (result == null && open != null) {
				String name = call.function().name();
				result = this.startedCalls.containsKey(id) ? open.unanswered(name) : open.notCalled(name);
			}
			if (result != null) {
				answers.add(ChatMessage.tool(id, result));
			}
		}
		history.addAll(answers);
	}

	private ChatMessage message(int heard) {
		if (heard >= this.text.length() && this.message != null) {
			return this.message;
		}
		String content = this.text.substring(0, end(heard));
		List<ToolCall> calls = calls();
		return ChatMessage.assistant((content.isEmpty() && !calls.isEmpty()) ? null : content, calls);
	}

	private int end(int heard) {
		int end = Math.min(heard, this.text.length());
		boolean insidePair = end > 0 && end < this.text.length() && Character.isHighSurrogate(this.text.charAt(end - 1))
				&& Character.isLowSurrogate(this.text.charAt(end));
		return insidePair ? end - 1 : end;
	}

}
