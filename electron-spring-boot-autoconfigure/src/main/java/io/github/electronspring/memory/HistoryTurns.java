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

import java.util.List;
import java.util.function.IntPredicate;
import java.util.stream.IntStream;

import org.springframework.ai.chat.messages.Message;
import org.springframework.ai.chat.messages.MessageType;

/**
 * The turns of a history. A turn begins with what the user says; system messages belong
 * to none. Not thread-safe.
 *
 * @author The Electron Spring authors
 */
final class HistoryTurns {

	private static final int NONE = -1;

	private final List<Message> history;

	/** The turn of each message. */
	private final int[] turns;

	private final int newest;

	private int oldest;

	HistoryTurns(List<Message> history) {
		this.history = history;
		this.turns = new int[history.size()];
		int turn = 0;
		MessageType before = null;
		for (int i = 0; i < history.size(); i++) {
			MessageType type = history.get(i).getMessageType();
			if (type == MessageType.SYSTEM) {
				this.turns[i] = NONE;
				continue;
			}
			if (type == MessageType.USER && before != null && before != MessageType.USER) {
				turn++;
			}
			this.turns[i] = turn;
			before = type;
		}
		this.newest = turn;
	}

	/**
	 * Return whether there are older turns than the newest.
	 * @return whether there are
	 */
	boolean hasOlder() {
		return this.oldest < this.newest;
	}

	/**
	 * Remove the oldest turn that is left.
	 * @return its messages
	 */
	List<Message> removeOldest() {
		int removed = this.oldest++;
		return messages((turn) -> turn == removed);
	}

	/**
	 * Return the messages that are left.
	 * @return the messages
	 */
	List<Message> left() {
		return messages((turn) -> turn == NONE || turn >= this.oldest);
	}

	private List<Message> messages(IntPredicate turns) {
		return IntStream.range(0, this.turns.length)
			.filter((i) -> turns.test(this.turns[i]))
			.mapToObj(this.history::get)
			.toList();
	}

}
