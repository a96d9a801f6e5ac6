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
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import reactor.core.Exceptions;

/**
 * Tells a listener. What it throws does not break the call.
 *
 * @author The Electron Spring authors
 */
final class GuardedListener implements ResilienceListener {

	static final ResilienceListener NONE = new ResilienceListener() {
	};

	private static final Log logger = LogFactory.getLog(GuardedListener.class);

	private final ResilienceListener listener;

	GuardedListener(ResilienceListener listener) {
		this.listener = listener;
	}

	@Override
	public void onRetry(CallContext context, String provider, ElectronException failure, int attempt, Duration delay) {
		guard(() -> this.listener.onRetry(context, provider, failure, attempt, delay));
	}

	@Override
	public void onFailover(CallContext context, String from, String to, ElectronException failure) {
		guard(() -> this.listener.onFailover(context, from, to, failure));
	}

	private void guard(Runnable call) {
		try {
			call.run();
		}
		catch (Throwable ex) {
			Exceptions.throwIfJvmFatal(ex);
			if (logger.isDebugEnabled()) {
				logger.debug("Resilience listener '%s' threw '%s'".formatted(this.listener.getClass().getName(),
						ex.getClass().getName()));
			}
		}
	}

}
