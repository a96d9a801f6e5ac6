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

import io.github.electronspring.protocol.ToolCall;

/**
 * A tool has something to say to the caller while it runs. The model does not see it.
 *
 * @param round the round, from 1
 * @param call the call
 * @param text what it says
 * @author The Electron Spring authors
 */
public record ToolProgressed(int round, ToolCall call, String text) implements TurnEvent {

	@Override
	public String toString() {
		return "ToolProgressed[round=%d, call=%s, length=%d]".formatted(this.round, this.call, this.text.length());
	}

}
