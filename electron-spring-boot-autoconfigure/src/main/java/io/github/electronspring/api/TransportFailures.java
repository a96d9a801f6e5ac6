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

import java.io.IOException;
import java.net.ConnectException;
import java.net.NoRouteToHostException;
import java.net.UnknownHostException;
import java.security.GeneralSecurityException;
import java.util.concurrent.TimeoutException;

import javax.net.ssl.SSLException;
import javax.net.ssl.SSLHandshakeException;

import io.netty.channel.ConnectTimeoutException;
import io.netty.handler.ssl.SslHandshakeTimeoutException;
import org.jspecify.annotations.Nullable;
import reactor.netty.channel.AbortedException;

import org.springframework.web.reactive.function.client.WebClientException;

/**
 * Turns failures of the HTTP client into exceptions of this library.
 *
 * @author The Electron Spring authors
 */
final class TransportFailures {

	private TransportFailures() {
	}

	/**
	 * Map a failure in the middle of a response.
	 * @param failure the failure
	 * @param requestId the identifier of the request, or {@code null}
	 * @param receivedChunks how many chunks had arrived
	 * @return the exception
	 */
	static ElectronException lost(Throwable failure, @Nullable String requestId, int receivedChunks) {
		return new ElectronStreamException(
				"The connection was lost in the middle of a response after %d chunks".formatted(receivedChunks),
				requestId, receivedChunks, unwrap(failure));
	}

	/**
	 * Map a failure before any response.
	 * @param failure the failure
	 * @param endpoint where the request went
	 * @param connection what is known of the connection
	 * @return the exception
	 */
	static ElectronException unanswered(Throwable failure, HttpEndpoint endpoint, ConnectionUse connection) {
		Throwable ex = unwrap(failure);
		boolean disconnected = has(ex, IOException.class) || has(ex, AbortedException.class);
		if (connection == ConnectionUse.KEPT && disconnected) {
			// Of TLS too: its handshake had been well
			return ElectronTransportException.staleConnection(
					"A kept connection to '%s' had gone stale: the service closed it before a response came"
						.formatted(endpoint.uri()),
					ex);
		}
		if (connection == ConnectionUse.NONE || connection == ConnectionUse.UNKNOWN) {
			ElectronException reason = notConnected(ex, endpoint);
			if (reason != null) {
				return reason;
			}
		}
		if (connection == ConnectionUse.NONE) {
			return neverConnected(ex, endpoint, disconnected);
		}
		// With TLS 1.3 a client certificate is refused behind the handshake
		return ElectronTransportException.unanswered(
				"The request to '%s' failed before a response came (%s)".formatted(endpoint.uri(), rootName(ex)),
				disconnected && !has(ex, SSLHandshakeException.class), ex);
	}

	private static @Nullable ElectronException notConnected(Throwable ex, HttpEndpoint endpoint) {
		if (has(ex, ConnectTimeoutException.class)) {
			return ElectronTransportException
				.notConnected("No connection to '%s' within %s ('electron.http.connect-timeout')"
					.formatted(endpoint.uri(), StreamWatch.text(endpoint.timeouts().connect())), true, ex);
		}
		if (has(ex, UnknownHostException.class)) {
			return ElectronTransportException.notConnected("The host of '%s' is unknown: check '%s.base-url'"
				.formatted(endpoint.uri(), HttpEndpoint.properties(endpoint.provider())), false, ex);
		}
		if (has(ex, ConnectException.class) || has(ex, NoRouteToHostException.class)) {
			return ElectronTransportException
				.notConnected("No connection to '%s': check '%s.base-url' and that the service can be reached"
					.formatted(endpoint.uri(), HttpEndpoint.properties(endpoint.provider())), true, ex);
		}
		if (isTlsRefusal(ex)) {
			return ElectronTransportException
				.notConnected("No secure connection to '%s': check its certificate and 'electron.http.ssl.bundle'"
					.formatted(endpoint.uri()), false, ex);
		}
		return null;
	}

	private static ElectronException neverConnected(Throwable ex, HttpEndpoint endpoint, boolean disconnected) {
		if (disconnected) {
			return ElectronTransportException
				.notConnected("The connection to '%s' was lost before the request was sent (%s)"
					.formatted(endpoint.uri(), rootName(ex)), true, ex);
		}
		if (has(ex, TimeoutException.class)) {
			return ElectronTransportException
				.notSent("No connection to '%s' became free in time: check 'electron.http.max-connections'"
					.formatted(endpoint.uri()), ex);
		}
		return ElectronTransportException
			.notSent("The request to '%s' failed before it was sent (%s)".formatted(endpoint.uri(), rootName(ex)), ex);
	}

	/**
	 * Return whether TLS failed because of what one side has said, for example with its
	 * certificate, and not because the connection was closed or slow in the handshake.
	 * @param ex the failure
	 * @return whether another try would fail as well
	 */
	private static boolean isTlsRefusal(Throwable ex) {
		if (!has(ex, SSLException.class)) {
			return false;
		}
		if (has(ex, GeneralSecurityException.class)) {
			return true;
		}
		Throwable root = rootCause(ex);
		// The HTTP client has no type for this one
		String message = root.getMessage();
		boolean closed = message != null && message.startsWith("Connection closed while");
		boolean lost = root instanceof IOException && !(root instanceof SSLException);
		return !closed && !lost && !(root instanceof SslHandshakeTimeoutException);
	}

	/**
	 * Return the reason alone: exceptions of the HTTP client hold the headers and the
	 * body.
	 * @param ex the exception
	 * @return its cause if it is one of the HTTP client, else the exception
	 */
	private static Throwable unwrap(Throwable ex) {
		Throwable cause = ex.getCause();
		return (ex instanceof WebClientException && cause != null) ? cause : ex;
	}

	private static boolean has(Throwable ex, Class<? extends Throwable> type) {
		Throwable candidate = ex;
		for (int depth = 0; candidate != null && depth < 16; depth++) {
			if (type.isInstance(candidate)) {
				return true;
			}
			candidate = candidate.getCause();
		}
		return false;
	}

	private static String rootName(Throwable ex) {
		return rootCause(ex).getClass().getSimpleName();
	}

	private static Throwable rootCause(Throwable ex) {
		Throwable root = ex;
		for (int depth = 0; root.getCause() != null && depth < 16; depth++) {
			root = root.getCause();
		}
		return root;
	}

}
