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

import java.time.Duration;

import io.github.electronspring.protocol.ToolCall;
import org.jspecify.annotations.Nullable;

/**
 * A tool failed: it threw, does not exist, was given wrong arguments or took too long.
 *
 * @param round the round, from 1
 * @param call the call
 * @param result what the model is told
 * @param duration how long the tool took
 * @param cause what the tool threw, or {@code null}
 * @author The Electron Spring authors
 */
public record ToolCallFailed(int round, ToolCall call, String result, Duration duration,
		@Nullable Throwable cause) implements TurnEvent {

	@Override
	public String toString() {
		return "ToolCallFailed[round=%d, call=%s, duration=%s, cause=%s]".formatted(this.round, this.call,
				this.duration, (this.cause != null) ? this.cause.getClass().getName() : null);
	}

}
