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
 * Learns of the events of a turn, in order and one at a time, before any subscriber does,
 * on any thread, often an event loop. Implementations are thread-safe and do not block;
 * what they throw is ignored.
 *
 * @author The Electron Spring authors
 */
@FunctionalInterface
public interface TurnListener {

	/**
	 * Called for each event.
	 * @param event the event
	 */
	void onEvent(TurnEvent event);

	/**
	 * Called when a tool that is not {@link TurnTool#interruptible() interrupted} ends
	 * after its turn was cancelled or has failed. By default nothing happens.
	 * @param call the call
	 * @param result the result, or what is said of a failure, as the model would have
	 * seen it
	 */
	default void onLateResult(ToolCall call, String result) {
	}

}
