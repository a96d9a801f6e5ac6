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
import java.util.List;

import io.github.electronspring.api.CallContext;
import io.github.electronspring.api.ElectronAccessDeniedException;
import io.github.electronspring.api.ElectronAuthenticationException;
import io.github.electronspring.api.ElectronException;
import io.github.electronspring.api.ElectronInvalidRequestException;
import io.github.electronspring.api.ElectronTransportException;
import io.github.electronspring.api.LogContext;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.jspecify.annotations.Nullable;

/**
 * The providers of one call, and which failures lead from one to the next. Told of one
 * failure after the other.
 *
 * @author The Electron Spring authors
 */
final class ProviderChoice {

	private static final Log logger = LogFactory.getLog(FailoverElectronApi.class);

	private final List<Provider> providers;

	private final FailoverSettings settings;

	private final CallContext context;

	private final ResilienceListener listener;

	private final EarlierFailures earlier = new EarlierFailures();

	private int index;

	ProviderChoice(List<Provider> providers, FailoverSettings settings, CallContext context,
			ResilienceListener listener) {
		this.providers = providers;
		this.settings = settings;
		this.context = context;
		this.listener = listener;
	}

	CallContext context() {
		return this.context;
	}

	Provider provider() {
		return this.providers.get(this.index);
	}

	/**
	 * Return how long the provider may take to its first text or tool call.
	 * @return the time, or {@code null} if there is no limit or no other provider
	 */
	@Nullable Duration patience() {
		return isLast() ? null : this.settings.after();
	}

	/**
	 * Return what a provider fails with that is too slow.
	 * @return the failure
	 */
	ElectronException tooSlow() {
		Duration after = this.settings.after();
		return ElectronTransportException
			.timedOut("Provider '%s' sent no first token within %dms ('electron.failover-after')"
				.formatted(provider().name(), (after != null) ? after.toMillis() : 0));
	}

	/**
	 * Return whether a failure before which nothing was delivered leads to the next
	 * provider.
	 * @param ex what the provider failed with
	 * @return whether the next one is to be asked
	 */
	boolean leadsToNext(Throwable ex) {
		ElectronException failure = ElectronException.find(ex);
		return failure != null && !isLast() && leadsToNext(failure) && !Times.isPast(this.context.deadline());
	}

	/**
	 * Go on to the next provider.
	 * @param ex what the provider failed with
	 */
	void next(Throwable ex) {
		String from = provider().name();
		this.index++;
		String to = provider().name();
		ElectronException failure = ElectronException.find(ex);
		if (failure != null) {
			if (logger.isDebugEnabled()) {
				LogContext.run(failure.getRequestId(), this.context.conversationId(),
						() -> logger.debug("Provider '%s' failed (%s), the next one is '%s'".formatted(from,
								EarlierFailures.describe(failure), to)));
			}
			this.listener.onFailover(this.context, from, to, failure);
			this.earlier.add(failure);
		}
	}

	/**
	 * Add what the earlier providers failed with to what the last one did.
	 * @param ex what the call ends with
	 * @return the same exception
	 */
	Throwable last(Throwable ex) {
		return this.earlier.suppressedBy(ex);
	}

	private boolean isLast() {
		return this.index == this.providers.size() - 1;
	}

	private boolean leadsToNext(ElectronException failure) {
		if (failure instanceof ElectronInvalidRequestException) {
			return failure.isSent() && this.settings.onClientErrors();
		}
		boolean refusal = failure instanceof ElectronAuthenticationException
				|| failure instanceof ElectronAccessDeniedException;
		return !refusal || this.settings.onClientErrors();
	}

}
