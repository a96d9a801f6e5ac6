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

package io.github.electronspring.actuate;

import java.time.Instant;

import io.github.electronspring.api.ElectronApiException;
import io.github.electronspring.api.ElectronException;
import io.github.electronspring.observation.ErrorType;
import org.jspecify.annotations.Nullable;

/**
 * A failure of a provider, without its message. Immutable.
 *
 * @param type the simple name of the exception
 * @param status the HTTP status, or {@code null} if the provider did not refuse
 * @param requestId the identifier of the request that support asks for, or {@code null}
 * @param time when it failed
 * @author The Electron Spring authors
 */
public record FailureDescriptor(String type, @Nullable Integer status, @Nullable String requestId, Instant time) {

	static FailureDescriptor of(Throwable failure, Instant time) {
		ElectronException known = ElectronException.find(failure);
		Integer status = (known instanceof ElectronApiException refusal) ? refusal.getStatus() : null;
		String requestId = (known != null) ? known.getRequestId() : null;
		return new FailureDescriptor(ErrorType.of(failure), status, requestId, time);
	}

}
