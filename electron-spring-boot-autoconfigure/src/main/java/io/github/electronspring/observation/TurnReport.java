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
 * What is known of a turn at its end. Holds nothing of what was said. Immutable.
 *
 * @param model the model that was asked for
 * @param conversationId the conversation that the turn belongs to, or {@code null}
 * @param outcome how the turn ended; one that is cancelled behind its last event is a
 * success
 * @param error what the turn failed with, or {@code null} if it did not fail
 * @param rounds how many rounds were begun
 * @param duration how long the turn took
 * @param timeToFirstText how long it took to the first text that is not blank, of the
 * model or of a tool, or {@code null} if none came
 * @param usage the tokens of all rounds that have ended, or {@code null} if none has
 * @param cost what these rounds have cost, or {@code null} if none has ended or the
 * prices of a provider that answered are not known
 * @author The Electron Spring authors
 */
public record TurnReport(String model, @Nullable String conversationId, RequestOutcome outcome,
		@Nullable Throwable error, int rounds, Duration duration, @Nullable Duration timeToFirstText,
		@Nullable Usage usage, @Nullable Cost cost) {

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
		return "TurnReport[model=%s, outcome=%s, error=%s, rounds=%d, duration=%s, timeToFirstText=%s]"
			.formatted(this.model, this.outcome, errorType(), this.rounds, this.duration, this.timeToFirstText);
	}

}
