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

import io.github.electronspring.observation.RequestOutcome;
import io.github.electronspring.observation.RequestReport;
import org.jspecify.annotations.Nullable;

/**
 * A request that has ended. Immutable.
 *
 * @param requestId the identifier of the request that support asks for, or {@code null}
 * @param time when it ended
 * @param provider the provider that answered, or was asked last
 * @param model the model that was asked for
 * @param outcome how it ended
 * @param error the simple name of the exception, or {@code null}
 * @param status the HTTP status, or {@code null} if there was no response
 * @author The Electron Spring authors
 */
public record RequestDescriptor(@Nullable String requestId, Instant time, String provider, String model,
		RequestOutcome outcome, @Nullable String error, @Nullable Integer status) {

	static RequestDescriptor of(RequestReport report, Instant time) {
		return new RequestDescriptor(report.requestId(), time, report.provider(), report.model(), report.outcome(),
				(report.error() != null) ? report.errorType() : null, (report.status() != 0) ? report.status() : null);
	}

}
