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

package io.github.electronspring.api;

import org.reactivestreams.Subscription;
import reactor.core.CoreSubscriber;

/**
 * Reads nothing of a body and by that has its connection closed. It takes no notice of a
 * body that is read by another or has ended.
 *
 * @author The Electron Spring authors
 */
final class CancelledReader implements CoreSubscriber<Object> {

	@Override
	public void onSubscribe(Subscription body) {
		body.cancel();
	}

	@Override
	public void onNext(Object content) {
	}

	@Override
	public void onError(Throwable ex) {
	}

	@Override
	public void onComplete() {
	}

}
