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

package io.github.electronspring.turn;

import java.time.Instant;
import java.util.Map;

import org.jspecify.annotations.Nullable;

/**
 * What a tool may know about the call that it executes. Thread-safe.
 *
 * @author The Electron Spring authors
 */
public interface ToolExecution {

	/**
	 * Return the identifier of the call.
	 * @return the identifier
	 */
	String callId();

	/**
	 * Return the round of the turn, from 1.
	 * @return the round
	 */
	int round();

	/**
	 * Return when the caller gives up.
	 * @return the deadline of the turn, or {@code null}
	 */
	@Nullable Instant deadline();

	/**
	 * Return the context that the caller gave for tools.
	 * @return the context, empty if there is none
	 */
	Map<String, Object> context();

	/**
	 * Have something said to the caller while the tool runs. Blank text, what comes when
	 * the call has ended, and what comes after 100 texts is dropped.
	 * @param text what to say
	 */
	void say(String text);

	/**
	 * Return whether the result no longer counts, because the turn was cancelled or the
	 * time of the tool is over.
	 * @return whether the tool may stop
	 */
	boolean isCancelled();

}
