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

import java.util.List;
import java.util.function.Consumer;

import io.github.electronspring.protocol.ToolCall;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import reactor.core.Exceptions;

/**
 * Tells the listeners of a turn about its events. What a listener throws does not break
 * the turn.
 *
 * @author The Electron Spring authors
 */
final class ListenerNotifier {

	private static final Log logger = LogFactory.getLog(ListenerNotifier.class);

	private final List<TurnListener> listeners;

	private boolean logged;

	ListenerNotifier(List<TurnListener> listeners) {
		this.listeners = listeners;
	}

	void notify(TurnEvent event) {
		each(event.getClass().getSimpleName(), (listener) -> listener.onEvent(event));
	}

	void notifyLate(ToolCall call, String result) {
		each("late result", (listener) -> listener.onLateResult(call, result));
	}

	private void each(String event, Consumer<TurnListener> action) {
		for (TurnListener listener : this.listeners) {
			try {
				action.accept(listener);
			}
			catch (Throwable ex) {
				Exceptions.throwIfJvmFatal(ex);
				log(listener, event, ex);
			}
		}
	}

	private void log(TurnListener listener, String event, Throwable failure) {
		if (!this.logged && logger.isDebugEnabled()) {
			this.logged = true;
			// Without the message of the failure: it may hold what was said
			logger.debug("Turn listener '%s' threw '%s' on '%s'; further failures in this turn are not logged"
				.formatted(listener.getClass().getName(), failure.getClass().getName(), event));
		}
	}

}
