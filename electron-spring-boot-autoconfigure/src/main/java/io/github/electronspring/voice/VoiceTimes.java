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

package io.github.electronspring.voice;

import java.util.List;

import org.jspecify.annotations.Nullable;

/**
 * When what happened in a {@link VoiceTurn}, in milliseconds since its start. Immutable.
 *
 * @param firstToken when the first text or tool call came, or {@code null} if none did
 * @param firstSegment when there was something to say, or {@code null} if there was
 * nothing
 * @param end when the turn ended
 * @param overlap how many milliseconds sooner the answer could begin than if tools had
 * been run one after the other, and not before the model had ended
 * @param tools the tools in the order in which they ended
 * @author The Electron Spring authors
 */
public record VoiceTimes(@Nullable Long firstToken, @Nullable Long firstSegment, long end, long overlap,
		List<VoiceToolTime> tools) {

	/**
	 * Create times.
	 */
	public VoiceTimes {
		tools = List.copyOf(tools);
	}

}
