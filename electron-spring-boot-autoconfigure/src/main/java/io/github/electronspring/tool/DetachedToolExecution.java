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

package io.github.electronspring.tool;

import java.time.Instant;
import java.util.Map;

import io.github.electronspring.turn.ToolExecution;
import org.jspecify.annotations.Nullable;

/**
 * {@link ToolExecution} of a tool that Spring AI calls itself: there is no turn, so that
 * nothing cancels the call and nobody hears what it says.
 *
 * @param context the context of the call
 * @author The Electron Spring authors
 */
record DetachedToolExecution(Map<String, Object> context) implements ToolExecution {

	@Override
	public String callId() {
		return "";
	}

	@Override
	public int round() {
		return 1;
	}

	@Override
	public @Nullable Instant deadline() {
		return null;
	}

	@Override
	public void say(String text) {
	}

	@Override
	public boolean isCancelled() {
		return false;
	}

}
