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
import java.time.Clock;
import java.util.Collections;

import org.springframework.http.HttpHeaders;

/**
 * Failures for tests, as {@link HttpElectronApi} makes them.
 *
 * @author The Electron Spring authors
 */
public final class Failures {

	private Failures() {
	}

	/**
	 * Return the failure of an error response.
	 * @param status the status
	 * @param headers names and values of its headers
	 */
	public static ElectronApiException status(int status, String... headers) {
		HttpHeaders httpHeaders = new HttpHeaders();
		for (int i = 0; i < headers.length; i += 2) {
			httpHeaders.set(headers[i], headers[i + 1]);
		}
		return new ErrorResponses(Clock.systemUTC(), "electron").toException(status, httpHeaders, new byte[0],
				"sk_test");
	}

	public static ElectronTransportException refusedConnection() {
		return ElectronTransportException.notConnected("No connection", true, new ConnectException());
	}

	public static ElectronTransportException unknownHost() {
		return ElectronTransportException.notConnected("No such host", false, new ConnectException());
	}

	public static ElectronTransportException lostConnection() {
		return ElectronTransportException.unanswered("No response", true, new IOException());
	}

	public static ElectronTransportException staleConnection() {
		return ElectronTransportException.staleConnection("Gone stale", new IOException());
	}

	public static ElectronException missingKey() {
		return new ElectronAuthenticationException("No key",
				ApiError.unsent(401, "authentication_error", Collections.emptyList()));
	}

}
