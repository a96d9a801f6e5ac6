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

import java.time.Duration;

/**
 * The right to send one request: a place in the minute and a permit to be in flight. Has
 * to be given back by {@link #release()} or {@link #cancel()}, whichever comes first;
 * doing so again changes nothing. Thread-safe; no method blocks.
 *
 * @author The Electron Spring authors
 */
public interface QuotaPermit {

	/**
	 * Return how long the request waited.
	 * @return the time
	 */
	Duration waited();

	/**
	 * The response headers are here, or the request has failed: the service has counted
	 * it by now, so that its place is free a window and a margin later.
	 */
	void confirm();

	/**
	 * The response has ended: the request is no longer in flight. Confirms the place if
	 * nobody has.
	 */
	void release();

	/**
	 * The request was never sent: place and permit are free at once. A place that is
	 * confirmed stays taken.
	 */
	void cancel();

}
