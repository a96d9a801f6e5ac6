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

import org.jspecify.annotations.Nullable;

/**
 * The service could not be reached or did not answer in time: connection refused or
 * reset, a failure of TLS, a deadline that passed, or a request that was not sent because
 * there was no use in it. Another try may succeed where the connection failed, unless the
 * host is unknown or TLS was refused.
 *
 * @author The Electron Spring authors
 */
public final class ElectronTransportException extends ElectronException {

	private final Kind kind;

	private final boolean retryable;

	private ElectronTransportException(Kind kind, boolean retryable, String message, @Nullable String requestId,
			@Nullable Throwable cause) {
		super(message, requestId, cause);
		this.kind = kind;
		this.retryable = retryable;
	}

	/**
	 * Create an exception for a deadline that passed on this side.
	 * @param message which deadline, as one sentence
	 * @return the exception
	 */
	public static ElectronTransportException timedOut(String message) {
		return timedOut(message, null);
	}

	static ElectronTransportException timedOut(String message, @Nullable String requestId) {
		return new ElectronTransportException(Kind.UNANSWERED, false, message, requestId, null);
	}

	/**
	 * Create an exception for a request that is not sent because there is no use in it,
	 * for example because the service has failed too often.
	 * @param message why, as one sentence
	 * @param cause the reason, or {@code null}
	 * @return the exception
	 */
	public static ElectronTransportException notSent(String message, @Nullable Throwable cause) {
		return new ElectronTransportException(Kind.REFUSED_HERE, false, message, null, cause);
	}

	static ElectronTransportException notConnected(String message, boolean retryable, Throwable cause) {
		return new ElectronTransportException(Kind.NOT_CONNECTED, retryable, message, null, cause);
	}

	static ElectronTransportException unanswered(String message, boolean retryable, Throwable cause) {
		return new ElectronTransportException(Kind.UNANSWERED, retryable, message, null, cause);
	}

	static ElectronTransportException staleConnection(String message, Throwable cause) {
		return new ElectronTransportException(Kind.STALE_CONNECTION, true, message, null, cause);
	}

	@Override
	public boolean isRetryable() {
		return this.retryable;
	}

	@Override
	public boolean isSent() {
		return this.kind == Kind.UNANSWERED || this.kind == Kind.STALE_CONNECTION;
	}

	/**
	 * Return whether a connection was tried and could not be made: unlike a request that
	 * was refused on this side, which was not sent either, this is a failure of the
	 * service.
	 * @return whether no connection could be made
	 */
	public boolean isConnectFailure() {
		return this.kind == Kind.NOT_CONNECTED;
	}

	/**
	 * Return whether the connection had been used before and was closed before any byte
	 * of a response came: the service had most likely closed it before the request was
	 * there.
	 * @return whether the connection had gone stale
	 */
	public boolean isStaleConnection() {
		return this.kind == Kind.STALE_CONNECTION;
	}

	/**
	 * How far the request had come.
	 */
	private enum Kind {

		REFUSED_HERE, NOT_CONNECTED, UNANSWERED, STALE_CONNECTION

	}

}
