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

import io.github.electronspring.protocol.ToolDefinition;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

/**
 * A tool as the turn engine sees it. Implementations are thread-safe.
 *
 * @author The Electron Spring authors
 */
public interface TurnTool {

	/**
	 * Return the definition that the model is given.
	 * @return the definition, with the same bytes each time
	 */
	ToolDefinition definition();

	/**
	 * Return whether the result ends the turn and goes to the caller instead of the
	 * model.
	 * @return whether it does
	 */
	default boolean returnDirect() {
		return false;
	}

	/**
	 * Return how long the tool may take.
	 * @return the time, or {@code null} for that of the engine
	 */
	default @Nullable Duration timeout() {
		return null;
	}

	/**
	 * Return whether no other tool of the round runs while this one does.
	 * @return whether none does
	 */
	default boolean sequential() {
		return false;
	}

	/**
	 * Return whether the tool is interrupted when its time is over or its turn is
	 * cancelled. One that is not runs to its end; of a result after the turn its
	 * listeners are told, and one after its time is dropped.
	 * @return whether it is
	 */
	default boolean interruptible() {
		return true;
	}

	/**
	 * Call the tool. The engine calls this method and subscribes on a thread that may be
	 * blocked, so that the work may be done before the method returns; cancelling
	 * interrupts that thread or cancels the subscription.
	 * @param arguments the arguments as JSON text
	 * @param execution what the tool may know about the call
	 * @return the result as the model shall see it; empty means that there is none, and
	 * an error that the tool failed, of which a {@link ToolCallException} says what comes
	 */
	Mono<String> call(String arguments, ToolExecution execution);

}
