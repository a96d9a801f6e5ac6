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

import reactor.core.CoreSubscriber;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

import org.springframework.util.Assert;

/**
 * One turn of a conversation: what the caller has said, and what is said to the caller.
 * It begins when its events are subscribed to. Thread-safe.
 *
 * @author The Electron Spring authors
 */
public final class VoiceTurn {

	private final VoiceRun run;

	VoiceTurn(VoiceRun run) {
		this.run = run;
	}

	/**
	 * Return the conversation.
	 * @return its identifier
	 */
	public String conversationId() {
		return this.run.conversationId();
	}

	/**
	 * Return the events of the turn, for one subscriber. Subscribing interrupts the turn
	 * of the conversation that still speaks, and begins this one when the history of that
	 * one is complete. Cancelling interrupts this turn as {@link #interrupt()} does.
	 * <p>
	 * What fails after all retries, and a turn whose time is over, ends with an apology
	 * and a {@link VoiceTurnCompleted} whose report says so: there is no error, but for a
	 * second subscriber.
	 * @return the events, in order and one at a time, on the thread on which they happen
	 */
	public Flux<VoiceEvent> events() {
		return new Flux<VoiceEvent>() {

			@Override
			public void subscribe(CoreSubscriber<? super VoiceEvent> actual) {
				VoiceTurn.this.run.subscribe(actual);
			}

		}.contextCapture();
	}

	/**
	 * Interrupt the turn: request, tools and speech stop. All segments of the model that
	 * were handed out count as heard, and only they are kept in the history. A turn that
	 * has ended is not changed: all of it was handed out, but for an apology that nobody
	 * has asked for yet, which is dropped.
	 */
	public void interrupt() {
		this.run.bargeIn();
	}

	/**
	 * Interrupt the turn, also one that has ended but is still being spoken: the history
	 * keeps what was heard. What has ended can be corrected as long as the turn is the
	 * newest of its conversation. The last call counts.
	 * @param heard up to where the caller has heard the raw text of the turn, in UTF-16
	 * units: for a segment that was heard its end
	 * @throws IllegalArgumentException if it is negative
	 */
	public void interrupt(int heard) {
		Assert.isTrue(heard >= 0, () -> "'heard' must not be negative but is '%d'".formatted(heard));
		this.run.interrupt(heard);
	}

	/**
	 * Return the report of the turn.
	 * @return the report, when the turn has ended in whatever way; nothing as long as
	 * nobody has subscribed to the events
	 */
	public Mono<VoiceReport> report() {
		return this.run.report();
	}

}
