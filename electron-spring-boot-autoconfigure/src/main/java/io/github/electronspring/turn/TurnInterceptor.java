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

import reactor.core.publisher.Flux;

/**
 * Stands around turns: it may observe, bound or replace what a turn tells. A turn with a
 * repaired answer is one turn. Must be thread-safe and must not block; what belongs to
 * one turn belongs to the subscription of the {@link Flux} that is returned.
 *
 * @author The Electron Spring authors
 */
@FunctionalInterface
public interface TurnInterceptor {

	/**
	 * Return the turn as its subscriber sees it.
	 * @param request what the turn begins with
	 * @param turn the events of the turn; it begins when this is subscribed to
	 * @return the events, which is {@code turn} itself where there is nothing to do
	 */
	Flux<TurnEvent> intercept(TurnRequest request, Flux<TurnEvent> turn);

}
