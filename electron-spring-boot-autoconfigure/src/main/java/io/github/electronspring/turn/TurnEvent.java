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
 * An event of a turn. In each round: {@link RoundStarted}, any number of
 * {@link TextReceived}, {@link RoundFinished}, and for each call {@link ToolCallFinished}
 * or {@link ToolCallFailed}. A call that is executed has a {@link ToolCallStarted} before
 * its end; one that is not, because there is no such tool or no round is left, has none.
 * Calls may start and end before the stream of their round has. {@link TurnFinished} is
 * the last event. Events are immutable.
 *
 * @author The Electron Spring authors
 */
public sealed interface TurnEvent permits RoundStarted, TextReceived, ToolCallStarted, ToolCallFinished, ToolCallFailed,
		RoundFinished, TurnFinished {

	/**
	 * Return the round, from 1.
	 * @return the round
	 */
	int round();

}
