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

import io.github.electronspring.protocol.ChatCompletionChunk;

/**
 * The model said something. Whether it is a filler or the answer is known at the end of
 * the round only.
 *
 * @param round the round, from 1
 * @param text the text that follows, never empty
 * @param chunk the chunk that brought it
 * @author The Electron Spring authors
 */
public record TextReceived(int round, String text, ChatCompletionChunk chunk) implements TurnEvent {

	@Override
	public String toString() {
		return "TextReceived[round=%d, length=%d]".formatted(this.round, this.text.length());
	}

}
