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

package io.github.electronspring.samples.voiceagent;

import java.time.Instant;

import io.github.electronspring.voice.VoiceTurn;
import org.jspecify.annotations.Nullable;

/**
 * A conversation of one visitor. Thread-safe.
 *
 * @author The Electron Spring authors
 */
final class Call {

	private final String id;

	private final String owner;

	private volatile Instant lastUsed = Instant.now();

	private int turns;

	private @Nullable VoiceTurn current;

	/**
	 * Create a call.
	 * @param id the identifier
	 * @param owner the session of the visitor
	 */
	Call(String id, String owner) {
		this.id = id;
		this.owner = owner;
	}

	String id() {
		return this.id;
	}

	String owner() {
		return this.owner;
	}

	Instant lastUsed() {
		return this.lastUsed;
	}

	void touch() {
		this.lastUsed = Instant.now();
	}

	/**
	 * Begin a turn.
	 * @param turn the turn
	 * @return its number in the call
	 */
	synchronized int begin(VoiceTurn turn) {
		this.current = turn;
		return ++this.turns;
	}

	/**
	 * Return a turn that can be interrupted: the newest.
	 * @param number its number in the call
	 * @return the turn, or {@code null} if there is a newer one
	 */
	synchronized @Nullable VoiceTurn turn(int number) {
		return (number == this.turns) ? this.current : null;
	}

	synchronized void end() {
		if (this.current != null) {
			this.current.interrupt();
		}
		this.current = null;
	}

}
