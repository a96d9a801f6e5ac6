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
import java.util.Collections;
import java.util.List;
import java.util.Map;

import io.github.electronspring.api.CallContext;
import io.github.electronspring.protocol.ChatCompletionRequest;
import org.jspecify.annotations.Nullable;

import org.springframework.util.Assert;

/**
 * What a turn begins with. Immutable.
 * <p>
 * The engine sends the request with the tools and, from the second round on, with what
 * was said and called before. A choice that forces a call counts for the first round
 * only: later ones would never end. The response format {@code json_object} goes out only
 * where no tool may be called, because it silences what the model says beside calls.
 *
 * @param request the first request; the engine adds the tools
 * @param callContext what goes with each request beside the wire
 * @param maxRounds the most rounds that end in tool calls, after which one last request
 * asks for an answer without tools
 * @param executeTools whether the engine executes tools, or ends the turn with the calls
 * @param toolContext what the caller gives to tools
 * @param listeners what learns of each event, in order
 * @author The Electron Spring authors
 */
public record TurnRequest(ChatCompletionRequest request, CallContext callContext, int maxRounds, boolean executeTools,
		Map<String, Object> toolContext, List<TurnListener> listeners) {

	/**
	 * The default of the most rounds that end in tool calls.
	 */
	public static final int DEFAULT_MAX_ROUNDS = 4;

	/**
	 * Create a turn request.
	 * @throws IllegalArgumentException if the number of rounds is negative
	 */
	public TurnRequest {
		Assert.isTrue(maxRounds >= 0, () -> "'maxRounds' must not be negative but is '%d'".formatted(maxRounds));
		toolContext = Map.copyOf(toolContext);
		listeners = List.copyOf(listeners);
	}

	/**
	 * Create a turn request with defaults.
	 * @param request the first request
	 * @return the turn request
	 */
	public static TurnRequest of(ChatCompletionRequest request) {
		return new TurnRequest(request, CallContext.empty(), DEFAULT_MAX_ROUNDS, true, Collections.emptyMap(),
				Collections.emptyList());
	}

	/**
	 * Return when the caller gives up.
	 * @return the deadline, or {@code null}
	 */
	public @Nullable Instant deadline() {
		return this.callContext.deadline();
	}

}
