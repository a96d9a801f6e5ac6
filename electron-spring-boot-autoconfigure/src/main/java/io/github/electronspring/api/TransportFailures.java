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
import java.net.UnknownHostException;

import javax.net.ssl.SSLException;

import io.netty.channel.ConnectTimeoutException;
import org.jspecify.annotations.Nullable;

import org.springframework.web.reactive.function.client.WebClientException;

/**
 * Turns failures of the HTTP client into exceptions of this library.
 *
 * @author The Electron Spring authors
 */
final class TransportFailures {

	private TransportFailures() {
	}

	static ElectronException map(Throwable failure, HttpEndpoint endpoint, @Nullable String requestId, boolean answered,
			int receivedChunks) {
		Throwable ex = unwrap(failure);
		if (answered) {
			return new ElectronStreamException(
					"The connection was lost in the middle of a response after %d chunks".formatted(receivedChunks),
					requestId, receivedChunks, ex);
		}
		if (has(ex, ConnectTimeoutException.class)) {
			return new ElectronTransportException("No connection to '%s' within %s ('electron.http.connect-timeout')"
				.formatted(endpoint.uri(), StreamWatch.text(endpoint.timeouts().connect())), null, true, ex);
		}
		if (has(ex, UnknownHostException.class)) {
			return new ElectronTransportException(
					"The host of '%s' is unknown: check 'electron.base-url'".formatted(endpoint.uri()), null, false,
					ex);
		}
		if (has(ex, SSLException.class)) {
			return new ElectronTransportException(
					"No secure connection to '%s': check its certificate and 'electron.http.ssl.bundle'"
						.formatted(endpoint.uri()),
					null, false, ex);
		}
		if (has(ex, ConnectException.class)) {
			return new ElectronTransportException(
					"No connection to '%s': check 'electron.base-url' and that the service can be reached"
						.formatted(endpoint.uri()),
					null, true, ex);
		}
		return new ElectronTransportException("The request to '%s' failed before a response came (%s)"
			.formatted(endpoint.uri(), rootCause(ex).getClass().getSimpleName()), null, has(ex, IOException.class), ex);
	}

	// Exceptions of the HTTP client hold the headers and the body
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

	private static Throwable rootCause(Throwable ex) {
		Throwable root = ex;
		for (int depth = 0; root.getCause() != null && depth < 16; depth++) {
			root = root.getCause();
		}
		return root;
	}

}
