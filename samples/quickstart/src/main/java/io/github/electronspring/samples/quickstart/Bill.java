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

package io.github.electronspring.samples.quickstart;

import io.github.electronspring.api.Cost;
import io.github.electronspring.api.ResponseInfo;
import io.github.electronspring.api.TokenPrices;
import io.github.electronspring.protocol.Usage;
import io.github.electronspring.turn.RoundFinished;
import io.github.electronspring.turn.TurnEvent;
import io.github.electronspring.turn.TurnFinished;
import io.github.electronspring.turn.TurnListener;
import org.jspecify.annotations.Nullable;

import org.springframework.stereotype.Component;

/**
 * Adds up what the turns of the application used.
 *
 * @author The Electron Spring authors
 */
@Component
class Bill implements TurnListener {

	private Usage usage = Usage.NONE;

	private @Nullable String requestId;

	@Override
	public synchronized void onEvent(TurnEvent event) {
		if (event instanceof RoundFinished round) {
			ResponseInfo response = round.response();
			this.requestId = (response != null) ? response.requestId() : null;
		}
		else if (event instanceof TurnFinished turn) {
			this.usage = this.usage.plus(turn.usage());
		}
	}

	@Override
	public synchronized String toString() {
		return "[%d tokens in, %d of them cached, %d out, %s USD, last request %s]".formatted(this.usage.promptTokens(),
				this.usage.cachedTokens(), this.usage.completionTokens(),
				Cost.of(this.usage, TokenPrices.defaults()).total().toPlainString(), this.requestId);
	}

}
