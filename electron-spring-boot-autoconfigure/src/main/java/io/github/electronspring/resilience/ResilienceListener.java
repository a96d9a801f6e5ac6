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

package io.github.electronspring.resilience;

import java.time.Duration;

import io.github.electronspring.api.CallContext;
import io.github.electronspring.api.ElectronException;

/**
 * Learns of what is done about faults, for example to count it. Called on event loops and
 * timer threads, by several at the same time: it must be thread-safe and must not block.
 * What it throws is dropped.
 *
 * @author The Electron Spring authors
 */
public interface ResilienceListener {

	/**
	 * Called before the pause that comes before a retry.
	 * @param context the context of the call
	 * @param provider the name of the provider
	 * @param failure what the attempt ended with
	 * @param attempt which attempt it was, from 1
	 * @param delay the pause
	 */
	default void onRetry(CallContext context, String provider, ElectronException failure, int attempt, Duration delay) {
	}

	/**
	 * Called before the next provider is asked.
	 * @param context the context of the call
	 * @param from the name of the provider that failed
	 * @param to the name of the next provider
	 * @param failure what the provider failed with
	 */
	default void onFailover(CallContext context, String from, String to, ElectronException failure) {
	}

	/**
	 * Return a listener that does nothing.
	 * @return the listener
	 */
	static ResilienceListener none() {
		return GuardedListener.NONE;
	}

}
