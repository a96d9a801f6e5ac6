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

import java.time.Instant;

import org.jspecify.annotations.Nullable;

/**
 * The request was refused on this side, because it would have broken the limits of the
 * plan or would have had to wait too long for its place. It was not sent.
 *
 * @author The Electron Spring authors
 */
public final class ElectronQuotaException extends ElectronException {

	private final String limit;

	private final int pending;

	private final @Nullable Instant until;

	/**
	 * Create an exception.
	 * @param message which limit and what to change, as one sentence
	 * @param limit the name of the limit
	 * @param pending how many requests wait for a place
	 * @param until when there is a place for the request at the earliest, or {@code null}
	 * if that is not known
	 */
	public ElectronQuotaException(String message, String limit, int pending, @Nullable Instant until) {
		this(message, limit, pending, until, null);
	}

	/**
	 * Create an exception with a cause.
	 * @param message which limit and what to change, as one sentence
	 * @param limit the name of the limit
	 * @param pending how many requests wait for a place
	 * @param until when the next place is free, or {@code null} if that is not known
	 * @param cause why the requests cannot be counted, or {@code null} if they can
	 */
	public ElectronQuotaException(String message, String limit, int pending, @Nullable Instant until,
			@Nullable Throwable cause) {
		super(message, null, cause);
		this.limit = limit;
		this.pending = pending;
		this.until = until;
	}

	/**
	 * Return which limit the request met, for example {@code requests per minute}.
	 * @return the name of the limit
	 */
	public String getLimit() {
		return this.limit;
	}

	/**
	 * Return how many requests waited for a place.
	 * @return the number
	 */
	public int getPending() {
		return this.pending;
	}

	/**
	 * Return when there is a place for the request at the earliest, behind those who wait
	 * already.
	 * @return the time, or {@code null} if that is not known
	 */
	public @Nullable Instant getUntil() {
		return this.until;
	}

	@Override
	public boolean isSent() {
		return false;
	}

}
