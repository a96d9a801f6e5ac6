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

import java.util.function.Consumer;

import org.reactivestreams.Subscription;
import reactor.core.CoreSubscriber;

/**
 * A subscriber for tests that takes what it asks for and guards against nothing.
 *
 * @author The Electron Spring authors
 */
final class SlowSubscriber implements CoreSubscriber<VoiceEvent> {

	private final Consumer<String> log;

	private final long first;

	private Subscription subscription;

	SlowSubscriber(Consumer<String> log, long first) {
		this.log = log;
		this.first = first;
	}

	void request(long count) {
		this.subscription.request(count);
	}

	@Override
	public void onSubscribe(Subscription subscription) {
		this.subscription = subscription;
		if (this.first > 0) {
			subscription.request(this.first);
		}
	}

	@Override
	public void onNext(VoiceEvent event) {
		this.log.accept(AbstractVoiceTests.name(event));
	}

	@Override
	public void onError(Throwable ex) {
		this.log.accept("error " + ex);
	}

	@Override
	public void onComplete() {
		this.log.accept("complete");
	}

}
