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

import java.util.ArrayList;
import java.util.List;

import io.github.electronspring.protocol.ChatCompletionRequest;
import io.github.electronspring.protocol.ChatMessage;
import io.github.electronspring.protocol.ResponseFormat;
import io.github.electronspring.protocol.ToolChoice;
import io.github.electronspring.protocol.ToolDefinition;
import org.jspecify.annotations.Nullable;

/**
 * Makes the request of each round. Only the messages and the choice of tools change from
 * round to round: what comes first in the prompt stays the same.
 *
 * @author The Electron Spring authors
 */
final class RoundRequests {

	private final TurnRequest turn;

	private final ChatCompletionRequest first;

	private final List<ToolDefinition> tools;

	RoundRequests(TurnRequest turn, TurnTools tools) {
		this.turn = turn;
		this.first = turn.request();
		this.tools = tools.appendTo(this.first.tools());
	}

	/**
	 * Return whether a round is the last one, in which no tool may be called.
	 * @param round the round, from 1
	 * @return whether it is
	 */
	boolean isLast(int round) {
		return this.turn.executeTools() && round > this.turn.maxRounds();
	}

	ChatCompletionRequest create(int round, List<ChatMessage> added) {
		List<ChatMessage> messages = new ArrayList<>(this.first.messages());
		messages.addAll(added);
		ToolChoice choice = toolChoice(round);
		return this.first.mutate()
			.messages(messages)
			.tools(this.tools)
			.toolChoice(choice)
			.responseFormat(responseFormat(choice))
			.build();
	}

	private @Nullable ToolChoice toolChoice(int round) {
		ToolChoice choice = this.first.toolChoice();
		if (isLast(round)) {
			return this.tools.isEmpty() ? null : ToolChoice.NONE;
		}
		boolean forced = choice != null && !ToolChoice.AUTO.equals(choice) && !ToolChoice.NONE.equals(choice);
		return (forced && round > 1) ? ToolChoice.AUTO : choice;
	}

	private @Nullable ResponseFormat responseFormat(@Nullable ToolChoice choice) {
		boolean mayCall = !this.tools.isEmpty() && !ToolChoice.NONE.equals(choice);
		ResponseFormat format = this.first.responseFormat();
		return (mayCall && ResponseFormat.JSON_OBJECT.equals(format)) ? null : format;
	}

}
