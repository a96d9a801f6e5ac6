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

package io.github.electronspring.autoconfigure;

import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;

import io.github.electronspring.api.CallContext;
import io.github.electronspring.api.ElectronException;
import io.github.electronspring.resilience.ResilienceListener;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import reactor.core.Exceptions;

/**
 * Several {@link ResilienceListener}s. What one throws is logged once and else ignored.
 * Thread-safe.
 *
 * @author The Electron Spring authors
 */
final class ResilienceListeners implements ResilienceListener {

	private static final Log logger = LogFactory.getLog(ResilienceListeners.class);

	private final List<ResilienceListener> listeners;

	private final Set<ResilienceListener> failed = ConcurrentHashMap.newKeySet();

	ResilienceListeners(List<ResilienceListener> listeners) {
		this.listeners = listeners;
	}

	@Override
	public void onRetry(CallContext context, String provider, ElectronException failure, int attempt, Duration delay) {
		tell((listener) -> listener.onRetry(context, provider, failure, attempt, delay));
	}

	@Override
	public void onFailover(CallContext context, String from, String to, ElectronException failure) {
		tell((listener) -> listener.onFailover(context, from, to, failure));
	}

	private void tell(Consumer<ResilienceListener> call) {
		for (ResilienceListener listener : this.listeners) {
			try {
				call.accept(listener);
			}
			catch (Throwable ex) {
				// The next one is told all the same
				Exceptions.throwIfJvmFatal(ex);
				if (this.failed.add(listener)) {
					// Without the message, which may quote anything
					logger.warn("Resilience listener '%s' threw '%s', which is logged once"
						.formatted(listener.getClass().getName(), ex.getClass().getName()));
				}
			}
		}
	}

}
