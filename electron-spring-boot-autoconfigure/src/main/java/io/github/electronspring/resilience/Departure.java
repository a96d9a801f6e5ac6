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

import io.github.electronspring.api.CallContext;
import io.github.electronspring.api.ElectronException;
import org.jspecify.annotations.Nullable;

/**
 * Why the request to a provider is cancelled, if that is the provider's own fault. Goes
 * down with the context of the request, since a cancellation itself says nothing.
 * Thread-safe.
 *
 * @author The Electron Spring authors
 */
final class Departure {

	private static final String ATTRIBUTE = Departure.class.getName();

	private volatile @Nullable ElectronException reason;

	CallContext addTo(CallContext context) {
		return context.withAttribute(ATTRIBUTE, this);
	}

	/**
	 * Set the reason, before the request is cancelled.
	 * @param reason what the provider has failed with
	 */
	void setReason(ElectronException reason) {
		this.reason = reason;
	}

	/**
	 * Return why a request is cancelled.
	 * @param context the context of the request
	 * @return what the provider has failed with, or {@code null} if the caller cancels
	 */
	static @Nullable ElectronException reason(CallContext context) {
		return (context.attributes().get(ATTRIBUTE) instanceof Departure departure) ? departure.reason : null;
	}

}
