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

package io.github.electronspring.observation;

import java.time.Duration;

import io.github.electronspring.api.Cost;
import io.github.electronspring.protocol.Usage;
import org.jspecify.annotations.Nullable;

/**
 * What is known of a request when it has ended, with all its attempts: numbers and names,
 * no contents. Immutable.
 *
 * @param provider the provider that answered; the one that was asked last if none did
 * @param model the model that was asked for, of that provider
 * @param outcome how the request ended
 * @param error what the request failed with, or {@code null} if it did not fail
 * @param requestId the identifier of the request at the service, or {@code null}
 * @param conversationId the conversation that the request belongs to, or {@code null}
 * @param status the HTTP status of the last response, or 0 if there was none
 * @param attempts how many requests were sent as far as is known; 0 if none was
 * @param waited how long the attempt that was answered waited for its place in the quota
 * @param timeToFirstChunk how long the first piece of content or of a tool call took, or
 * {@code null} if none came or the response was not streamed
 * @param timePerOutputChunk the mean time from one such piece to the next, or
 * {@code null} if fewer than two came
 * @param duration how long the request took
 * @param usage the tokens that were used, or {@code null} if nothing is known of them
 * @param usageEstimated whether the usage is an estimate, because the response ended
 * before the service had told it
 * @param cost what the tokens cost, or {@code null} if the usage or the prices of the
 * provider are not known
 * @author The Electron Spring authors
 */
public record RequestReport(String provider, String model, RequestOutcome outcome, @Nullable Throwable error,
		@Nullable String requestId, @Nullable String conversationId, int status, int attempts, Duration waited,
		@Nullable Duration timeToFirstChunk, @Nullable Duration timePerOutputChunk, Duration duration,
		@Nullable Usage usage, boolean usageEstimated, @Nullable Cost cost) {

	/**
	 * Return the kind of the error, which takes few values.
	 * @return the kind, as {@link ErrorType} names it
	 */
	public String errorType() {
		return ErrorType.of(this.error);
	}

	/**
	 * Return a text for logs: it holds no contents.
	 */
	@Override
	public String toString() {
		return "RequestReport[provider=%s, model=%s, outcome=%s, error=%s, requestId=%s, status=%d, attempts=%d]"
			.formatted(this.provider, this.model, this.outcome, errorType(), this.requestId, this.status,
					this.attempts);
	}

}
