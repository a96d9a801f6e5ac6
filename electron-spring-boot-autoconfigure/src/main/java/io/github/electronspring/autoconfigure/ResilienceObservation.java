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

import io.github.electronspring.api.CallContext;
import io.github.electronspring.api.ElectronException;
import io.github.electronspring.chat.RequestObservationDocumentation.Events;
import io.github.electronspring.resilience.ResilienceListener;

/**
 * Tells retries and failovers to the observation of the request.
 *
 * @author The Electron Spring authors
 */
final class ResilienceObservation implements ResilienceListener {

	@Override
	public void onRetry(CallContext context, String provider, ElectronException failure, int attempt, Duration delay) {
		context.observation().event(Events.RETRY);
	}

	@Override
	public void onFailover(CallContext context, String from, String to, ElectronException failure) {
		context.observation().event(Events.FAILOVER);
	}

}
