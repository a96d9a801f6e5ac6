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

package io.github.electronspring.quota;

import org.reactivestreams.Subscription;
import reactor.core.CoreSubscriber;

/**
 * Subscriber that throws when its permit comes.
 *
 * @author The Electron Spring authors
 */
final class ThrowingSubscriber implements CoreSubscriber<QuotaPermit> {

	private final Error failure;

	ThrowingSubscriber(Error failure) {
		this.failure = failure;
	}

	@Override
	public void onSubscribe(Subscription subscription) {
		subscription.request(1);
	}

	@Override
	public void onNext(QuotaPermit permit) {
		throw this.failure;
	}

	@Override
	public void onError(Throwable ex) {
	}

	@Override
	public void onComplete() {
	}

}
