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

import io.github.electronspring.api.ResponseInfo;
import io.github.electronspring.protocol.ChatCompletion;
import io.github.electronspring.protocol.ChatCompletionChoice;
import io.github.electronspring.protocol.ChatMessage;
import org.jspecify.annotations.Nullable;

/**
 * The stream of a round has ended; its tools may still run.
 *
 * @param round the round, from 1
 * @param kind what the text of the round was
 * @param completion the whole of what the model said and called, with its finish reason
 * and usage
 * @param response what the response told beside its body, or {@code null} if that is not
 * known
 * @author The Electron Spring authors
 */
public record RoundFinished(int round, SegmentKind kind, ChatCompletion completion,
		@Nullable ResponseInfo response) implements TurnEvent {

	/**
	 * Return the message of the round.
	 * @return the message, byte for byte as received
	 */
	public ChatMessage message() {
		ChatCompletionChoice choice = this.completion.choice();
		return (choice != null) ? choice.message() : ChatMessage.assistant("");
	}

}
