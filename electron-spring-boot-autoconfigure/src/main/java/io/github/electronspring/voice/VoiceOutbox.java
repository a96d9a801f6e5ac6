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

import java.util.ArrayDeque;
import java.util.Queue;
import java.util.concurrent.atomic.AtomicLongFieldUpdater;
import java.util.function.Predicate;

import org.reactivestreams.Subscriber;
import reactor.core.publisher.Operators;

/**
 * The events of a turn that nobody has asked for yet. Filled and emptied by one thread at
 * a time; demand may come from any.
 *
 * @author The Electron Spring authors
 */
final class VoiceOutbox {

	private static final AtomicLongFieldUpdater<VoiceOutbox> REQUESTED = AtomicLongFieldUpdater
		.newUpdater(VoiceOutbox.class, "requested");

	private final Queue<VoiceEvent> events = new ArrayDeque<>();

	private volatile long requested;

	/** Up to where the raw text was handed out as segments. */
	private volatile int handedOut;

	void request(long count) {
		Operators.addCap(REQUESTED, this, count);
	}

	long demand() {
		return this.requested;
	}

	/**
	 * Return up to where the raw text was handed out as segments.
	 * @return the offset
	 */
	int handedOut() {
		return this.handedOut;
	}

	boolean isEmpty() {
		return this.events.isEmpty();
	}

	/**
	 * Add an event. Only to be called from a signal of the turn.
	 * @param event the event
	 */
	void add(VoiceEvent event) {
		this.events.add(event);
	}

	void clear() {
		this.events.clear();
	}

	void removeSegments() {
		this.events.removeIf(VoiceSegment.class::isInstance);
	}

	/**
	 * Hand out what is asked for.
	 * @param subscriber who gets it
	 * @param wanted whether an event is still wanted, asked anew for each
	 */
	void deliver(Subscriber<? super VoiceEvent> subscriber, Predicate<VoiceEvent> wanted) {
		long demand = this.requested;
		long delivered = 0;
		while (delivered != demand && !this.events.isEmpty()) {
			VoiceEvent event = this.events.remove();
			if (wanted.test(event)) {
				if (event instanceof VoiceSegment segment) {
					this.handedOut = Math.max(this.handedOut, segment.end());
				}
				subscriber.onNext(event);
				delivered++;
			}
		}
		if (delivered != 0) {
			Operators.produced(REQUESTED, this, delivered);
		}
	}

}
