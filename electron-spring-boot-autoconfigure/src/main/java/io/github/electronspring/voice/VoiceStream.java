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

import io.github.electronspring.turn.TurnEvent;
import org.reactivestreams.Subscription;
import reactor.core.publisher.BaseSubscriber;
import reactor.util.context.Context;

/**
 * The events of the engine, which are asked for as the subscriber asks for events and
 * taken to the turn's order.
 *
 * @author The Electron Spring authors
 */
final class VoiceStream extends BaseSubscriber<TurnEvent> {

	private final VoiceRun run;

	private boolean awaitsEvent;

	private boolean unbounded;

	VoiceStream(VoiceRun run) {
		this.run = run;
	}

	/**
	 * Ask for the next event. Only to be called from a signal.
	 * @param all whether to ask for all
	 */
	void ask(boolean all) {
		if (upstream() == null) {
			return;
		}
		if (all && !this.unbounded) {
			this.unbounded = true;
			this.awaitsEvent = true;
			requestUnbounded();
		}
		else if (!this.awaitsEvent) {
			this.awaitsEvent = true;
			request(1);
		}
	}

	/**
	 * Note that an event has come. Only to be called from a signal.
	 */
	void received() {
		this.awaitsEvent = this.unbounded;
	}

	@Override
	public Context currentContext() {
		return this.run.context();
	}

	@Override
	protected void hookOnSubscribe(Subscription subscription) {
		// Demand that came before is met now
		this.run.signal(() -> {
		});
	}

	@Override
	protected void hookOnNext(TurnEvent event) {
		this.run.event(event);
	}

	@Override
	protected void hookOnComplete() {
		this.run.signal(this.run::completed);
	}

	@Override
	protected void hookOnError(Throwable ex) {
		this.run.signal(() -> this.run.failed(ex));
	}

}
