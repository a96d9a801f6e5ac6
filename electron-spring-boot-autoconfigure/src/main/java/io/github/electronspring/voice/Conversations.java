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
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;

import org.jspecify.annotations.Nullable;
import reactor.core.scheduler.Schedulers;

/**
 * The turn that speaks in each conversation, of which there is one, and what the next one
 * has to know. What is idle is forgotten. Thread-safe.
 *
 * @author The Electron Spring authors
 */
final class Conversations {

	/** After this time nobody waits for a late result any more. */
	static final Duration NOTE_LIFETIME = Duration.ofMinutes(10);

	private static final int MAX_NOTES = 10;

	private final ConcurrentMap<String, Conversation> conversations = new ConcurrentHashMap<>();

	/**
	 * Begin a turn: the one that speaks is interrupted.
	 * @param id the conversation
	 * @param turn the turn
	 * @param begin completed when the turn may go on
	 */
	void begin(String id, VoiceRun turn, CompletableFuture<Void> begin) {
		AtomicReference<@Nullable VoiceRun> previous = new AtomicReference<>();
		this.conversations.compute(id, (key, conversation) -> {
			previous.set((conversation != null) ? conversation.turn() : null);
			return new Conversation(turn, (conversation != null) ? conversation.notes() : Collections.emptyList());
		});
		VoiceRun before = previous.get();
		if (before == null) {
			begin.complete(null);
			return;
		}
		before.bargeIn();
		before.left().whenComplete((nothing, ex) -> begin.complete(null));
	}

	/**
	 * End a turn.
	 * @param id the conversation
	 * @param turn the turn
	 */
	void end(String id, VoiceRun turn) {
		this.conversations.computeIfPresent(id, (key, conversation) -> (conversation.turn() == turn)
				? orNothing(null, conversation.notes()) : conversation);
	}

	/**
	 * Leave something for the next turn to know.
	 * @param id the conversation
	 * @param note what it is
	 */
	void note(String id, Note note) {
		this.conversations.compute(id, (key, conversation) -> {
			List<Note> notes = new ArrayList<>((conversation != null) ? conversation.notes() : Collections.emptyList());
			notes.add(note);
			return new Conversation((conversation != null) ? conversation.turn() : null,
					List.copyOf(notes.subList(Math.max(0, notes.size() - MAX_NOTES), notes.size())));
		});
		Schedulers.parallel().schedule(() -> forget(id, note), NOTE_LIFETIME.toMillis(), TimeUnit.MILLISECONDS);
	}

	private void forget(String id, Note note) {
		this.conversations.computeIfPresent(id, (key, conversation) -> orNothing(conversation.turn(),
				conversation.notes().stream().filter((other) -> other != note).toList()));
	}

	/**
	 * Take what is left to know.
	 * @param id the conversation
	 * @return the notes, which are left no longer
	 */
	List<Note> takeNotes(String id) {
		List<Note> taken = new ArrayList<>();
		this.conversations.computeIfPresent(id, (key, conversation) -> {
			taken.addAll(conversation.notes());
			return orNothing(conversation.turn(), Collections.emptyList());
		});
		return taken;
	}

	int size() {
		return this.conversations.size();
	}

	private static @Nullable Conversation orNothing(@Nullable VoiceRun turn, List<Note> notes) {
		return (turn != null || !notes.isEmpty()) ? new Conversation(turn, notes) : null;
	}

	/**
	 * What is known of a conversation.
	 *
	 * @param turn the turn that speaks, or {@code null}
	 * @param notes what the next turn has to know
	 */
	private record Conversation(@Nullable VoiceRun turn, List<Note> notes) {

	}

	/**
	 * What came of a tool after its turn.
	 *
	 * @param tool the name of the tool
	 * @param result what came of it
	 */
	record Note(String tool, String result) {

		/**
		 * Return what the model is told.
		 * @return the text
		 */
		String text() {
			return "[Tool '%s' has ended after its turn: %s]".formatted(this.tool, this.result);
		}

		@Override
		public String toString() {
			return "Note[tool=%s]".formatted(this.tool);
		}

	}

}
