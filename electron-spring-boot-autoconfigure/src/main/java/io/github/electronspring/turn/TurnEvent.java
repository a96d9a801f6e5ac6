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

/**
 * An event of a turn. A round begins with {@link RoundStarted}. While its stream is open
 * come {@link TextReceived}, {@link ToolCallsBegun} with the first piece of a tool call,
 * and, for each tool as soon as its arguments are complete, {@link ToolCallStarted};
 * {@link RoundFinished} is the end of the stream. For each call comes
 * {@link ToolCallFinished} or {@link ToolCallFailed}, before or after the end of the
 * stream, and in between {@link ToolProgressed} if the tool says something.
 * {@link TurnFinished} is the last. Events are immutable.
 *
 * @author The Electron Spring authors
 */
public sealed interface TurnEvent permits RoundStarted, TextReceived, ToolCallsBegun, ToolCallStarted, ToolCallFinished,
		ToolCallFailed, ToolProgressed, RoundFinished, TurnFinished {

	/**
	 * Return the round, from 1.
	 * @return the round
	 */
	int round();

}
