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

import io.micrometer.context.ThreadLocalAccessor;
import org.jspecify.annotations.Nullable;

/**
 * Brings the {@link TurnLogContext} of a turn into the diagnostic context of threads:
 * those of tools, and with Reactor's automatic context propagation those of reactive
 * chains. Micrometer finds it as a service. Thread-safe.
 *
 * @author The Electron Spring authors
 */
public final class TurnLogContextAccessor implements ThreadLocalAccessor<TurnLogContext> {

	/**
	 * The key of the {@link TurnLogContext} in the context of a reactive chain.
	 */
	public static final String KEY = TurnLogContext.class.getName();

	@Override
	public Object key() {
		return KEY;
	}

	@Override
	public @Nullable TurnLogContext getValue() {
		return TurnLogContext.ofThread();
	}

	@Override
	public void setValue(TurnLogContext value) {
		value.putIntoThread();
	}

	@Override
	public void setValue() {
		TurnLogContext.removeFromThread();
	}

}
