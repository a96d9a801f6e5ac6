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

package io.github.electronspring.chat;

/**
 * The names under which {@link ElectronChatModel} puts what Spring AI has no place for
 * into the metadata of a response.
 *
 * @author The Electron Spring authors
 */
public final class ElectronMetadata {

	/**
	 * The identifier of the request that support asks for, a {@code String}.
	 */
	public static final String REQUEST_ID = "electron.request-id";

	/**
	 * The round of the turn from 1, an {@code Integer}.
	 */
	public static final String ROUND = "electron.round";

	/**
	 * What the text of the round is, a {@link io.github.electronspring.turn.SegmentKind}.
	 * While a round is streamed it is not known yet, and comes with an empty text at its
	 * end.
	 */
	public static final String SEGMENT = "electron.segment";

	/**
	 * All rounds of the turn, a {@code List} of
	 * {@link io.github.electronspring.turn.RoundFinished}. On the last response only.
	 */
	public static final String ROUNDS = "electron.rounds";

	/**
	 * The name of the provider that answered, a {@code String}.
	 */
	public static final String PROVIDER = "electron.provider";

	/**
	 * What the turn cost, a {@link io.github.electronspring.api.Cost}. On the last
	 * response only.
	 */
	public static final String COST = "electron.cost";

	/**
	 * The headers about rate limits as they came, a {@code Map} by name in lower case.
	 */
	public static final String RATE_LIMIT = "electron.rate-limit";

	/**
	 * The log probabilities of the tokens, a
	 * {@link io.github.electronspring.protocol.Logprobs}, in the metadata of the
	 * generation.
	 */
	public static final String LOGPROBS = "logprobs";

	private ElectronMetadata() {
	}

}
