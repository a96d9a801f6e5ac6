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

import java.util.Collections;
import java.util.List;
import java.util.concurrent.CompletableFuture;

import io.github.electronspring.protocol.ToolCall;
import io.github.electronspring.turn.TurnEvent;
import io.github.electronspring.turn.TurnListener;
import io.github.electronspring.voice.Conversations.Note;

/**
 * The place of a turn in its conversation: it begins when those before it have ended,
 * takes what is left to know, and leaves what comes of its tools later. Thread-safe.
 *
 * @author The Electron Spring authors
 */
final class ConversationPlace implements TurnListener {

	private final Conversations conversations;

	private final String id;

	private final CompletableFuture<Void> entered = new CompletableFuture<>();

	private final CompletableFuture<Void> left = new CompletableFuture<>();

	private volatile List<Note> notes = Collections.emptyList();

	ConversationPlace(Conversations conversations, String id) {
		this.conversations = conversations;
		this.id = id;
	}

	/**
	 * Interrupt the turn that speaks, and be the next one.
	 * @param turn the turn
	 */
	void enter(VoiceRun turn) {
		this.conversations.begin(this.id, turn, this.entered);
	}

	/**
	 * Return when nothing of the turns before goes on any more.
	 * @return the moment
	 */
	CompletableFuture<Void> entered() {
		return this.entered;
	}

	/**
	 * Make way for the next turn, as soon as those before have. May be called again.
	 * @param turn the turn
	 */
	void leave(VoiceRun turn) {
		this.entered.whenComplete((nothing, ex) -> {
			this.conversations.end(this.id, turn);
			this.left.complete(null);
		});
	}

	/**
	 * Return when nothing of this turn or those before it goes on any more.
	 * @return the moment
	 */
	CompletableFuture<Void> left() {
		return this.left;
	}

	/**
	 * Take what is left to know: the same again for a request that is repeated.
	 * @return the notes
	 */
	List<Note> takeNotes() {
		if (this.notes.isEmpty()) {
			this.notes = this.conversations.takeNotes(this.id);
		}
		return this.notes;
	}

	/**
	 * Leave what was taken for the next turn.
	 */
	void returnNotes() {
		this.notes.forEach((note) -> this.conversations.note(this.id, note));
	}

	@Override
	public void onEvent(TurnEvent event) {
	}

	@Override
	public void onLateResult(ToolCall call, String result) {
		this.conversations.note(this.id, new Note(call.function().name(), result));
	}

}
