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

package io.github.electronspring.test.simulator;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import org.jspecify.annotations.Nullable;

/**
 * A response as the server sends it.
 *
 * @param status the HTTP status
 * @param headers the headers
 * @param delay the time before status and headers are sent
 * @param emissions what happens then
 * @param closeAfter the time from the end of the response to the end of the connection,
 * {@code null} to leave it open
 * @author The Electron Spring authors
 */
record Reply(int status, Map<String, String> headers, Duration delay, List<Emission> emissions,
		@Nullable Duration closeAfter) {

	static Reply of(ApiError error, String requestId) {
		return json(error.status(), Json.bytes(error.toJson(requestId)), 0, requestId);
	}

	static Reply json(int status, byte[] body, int tokens, String requestId) {
		Map<String, String> headers = headers("application/json", requestId);
		headers.put("Content-Length", String.valueOf(body.length));
		return new Reply(status, headers, Duration.ZERO, List.of(new Emission.Bytes(body, tokens)), null);
	}

	static Reply stream(List<Emission> emissions, String requestId) {
		return new Reply(200, headers("text/event-stream", requestId), Duration.ZERO, emissions, null);
	}

	Reply after(Duration delay) {
		return new Reply(this.status, this.headers, delay, this.emissions, this.closeAfter);
	}

	Reply header(String name, String value) {
		Map<String, String> headers = new LinkedHashMap<>(this.headers);
		headers.put(name, value);
		return new Reply(this.status, headers, this.delay, this.emissions, this.closeAfter);
	}

	/**
	 * Return whether a client takes the response to be at its end after an emission,
	 * because it knows the length.
	 * @param emission the emission
	 * @return whether it is the last one
	 */
	boolean isLast(Emission emission) {
		return this.headers.containsKey("Content-Length") && emission == this.emissions.get(this.emissions.size() - 1);
	}

	/**
	 * Return whether not even a status is sent.
	 * @return whether there is no response
	 */
	boolean isMissing() {
		return this.emissions.contains(new Emission.Fault(ConnectionFault.NO_RESPONSE));
	}

	static Map<String, String> headers(String contentType, String requestId) {
		Map<String, String> headers = new LinkedHashMap<>();
		headers.put("Content-Type", contentType);
		headers.put("X-Request-Id", requestId);
		return headers;
	}

}
