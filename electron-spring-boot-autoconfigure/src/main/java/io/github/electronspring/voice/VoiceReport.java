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

package io.github.electronspring.voice;

import java.util.List;

import io.github.electronspring.api.Cost;
import io.github.electronspring.protocol.Usage;
import org.jspecify.annotations.Nullable;

/**
 * What there is to know of a {@link VoiceTurn} that has ended. Immutable; holds no text
 * of a message.
 *
 * @param outcome how the turn has ended
 * @param failure what it has failed with, in one sentence, or {@code null}; of a turn
 * that is completed what failed after its answer, such as the writing of the history
 * @param times when what happened
 * @param usage the tokens of the rounds that have ended; a round that was cut off is
 * billed as well, but the service tells nobody how much
 * @param cost what these tokens cost, or {@code null} if the prices of a provider are not
 * known
 * @param requestIds the identifiers of the requests, which support asks for
 * @param rounds how many requests were begun
 * @author The Electron Spring authors
 */
public record VoiceReport(VoiceOutcome outcome, @Nullable String failure, VoiceTimes times, Usage usage,
		@Nullable Cost cost, List<String> requestIds, int rounds) {

	/**
	 * Create a report.
	 */
	public VoiceReport {
		requestIds = List.copyOf(requestIds);
	}

}
