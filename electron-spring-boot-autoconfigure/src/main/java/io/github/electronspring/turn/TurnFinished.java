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
import java.util.function.Function;

import io.github.electronspring.api.Cost;
import io.github.electronspring.api.ResponseInfo;
import io.github.electronspring.api.TokenPrices;
import io.github.electronspring.protocol.ChatMessage;
import io.github.electronspring.protocol.Usage;
import org.jspecify.annotations.Nullable;

/**
 * The turn has ended.
 *
 * @param round the last round
 * @param rounds all rounds in order
 * @param messages what the turn adds to the history: assistant messages and tool results
 * @param usage the tokens of all requests together
 * @param directResult the result of a tool that goes to the caller instead of the model
 * (of several, one a line), or {@code null}
 * @author The Electron Spring authors
 */
public record TurnFinished(int round, List<RoundFinished> rounds, List<ChatMessage> messages, Usage usage,
		@Nullable String directResult) implements TurnEvent {

	private static final String DEFAULT_PROVIDER = "electron";

	/**
	 * Create the event.
	 */
	public TurnFinished {
		rounds = List.copyOf(rounds);
		messages = List.copyOf(messages);
	}

	/**
	 * Return what the turn has cost.
	 * @param prices the prices of a provider by its name, or {@code null} if they are not
	 * known
	 * @return the cost, or {@code null} if the prices of a provider that answered are not
	 * known
	 */
	public @Nullable Cost cost(Function<String, @Nullable TokenPrices> prices) {
		return cost(this.rounds, prices);
	}

	/**
	 * Return what rounds have cost.
	 * @param rounds the rounds
	 * @param prices the prices of a provider by its name, or {@code null} if they are not
	 * known
	 * @return the cost, or {@code null} if the prices of a provider that answered are not
	 * known
	 */
	public static @Nullable Cost cost(List<RoundFinished> rounds, Function<String, @Nullable TokenPrices> prices) {
		Cost sum = Cost.of(Usage.NONE, TokenPrices.defaults());
		for (RoundFinished finished : rounds) {
			ResponseInfo response = finished.response();
			TokenPrices roundPrices = prices.apply((response != null) ? response.provider() : DEFAULT_PROVIDER);
			if (roundPrices == null) {
				return null;
			}
			Usage roundUsage = finished.completion().usage();
			sum = (roundUsage != null) ? sum.plus(Cost.of(roundUsage, roundPrices)) : sum;
		}
		return sum;
	}

	/**
	 * Return the tokens that rounds have used.
	 * @param rounds the rounds
	 * @return the tokens of all whose usage is known
	 */
	public static Usage usage(List<RoundFinished> rounds) {
		return rounds.stream()
			.map((finished) -> finished.completion().usage())
			.reduce(Usage.NONE, (sum, next) -> (next != null) ? sum.plus(next) : sum);
	}

	@Override
	public String toString() {
		return "TurnFinished[round=%d, messages=%d, usage=%s]".formatted(this.round, this.messages.size(), this.usage);
	}

}
