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

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Map;

import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

import org.springframework.util.Assert;

/**
 * A request that the {@link ElectronSimulator} has received. Immutable.
 *
 * @author The Electron Spring authors
 */
public final class SimulatorRequest {

	private final String id;

	private final String method;

	private final String path;

	private final Map<String, List<String>> headers;

	private final byte[] body;

	private final @Nullable JsonNode json;

	private final Instant receivedAt = Instant.now();

	private final long nanoTime = System.nanoTime();

	private final String connectionId;

	SimulatorRequest(String id, String method, String path, Map<String, List<String>> headers, byte[] body,
			String connectionId) {
		this.id = id;
		this.method = method;
		this.path = path;
		this.headers = headers;
		this.body = body;
		this.json = Json.tryParse(body);
		this.connectionId = connectionId;
	}

	/**
	 * Return the request id that the response carries in {@code X-Request-Id}.
	 * @return the request id
	 */
	public String id() {
		return this.id;
	}

	/**
	 * Return the HTTP method.
	 * @return the method
	 */
	public String method() {
		return this.method;
	}

	/**
	 * Return the path of the request, without its query.
	 * @return the path
	 */
	public String path() {
		return this.path;
	}

	/**
	 * Return the headers; names are found in upper and lower case.
	 * @return the headers
	 */
	public Map<String, List<String>> headers() {
		return this.headers;
	}

	/**
	 * Return the first value of a header.
	 * @param name the name of the header, in upper or lower case
	 * @return the value, or {@code null} if there is no such header
	 */
	public @Nullable String header(String name) {
		List<String> values = this.headers.get(name);
		return (values != null && !values.isEmpty()) ? values.get(0) : null;
	}

	/**
	 * Return the body as it was received.
	 * @return the bytes of the body
	 */
	public byte[] bytes() {
		return this.body.clone();
	}

	/**
	 * Return the body as text.
	 * @return the text of the body
	 */
	public String body() {
		return new String(this.body, StandardCharsets.UTF_8);
	}

	/**
	 * Return the parsed body.
	 * @return the body
	 * @throws IllegalStateException if the body is no JSON
	 */
	public JsonNode json() {
		Assert.state(this.json != null, () -> "The body of request '" + this.id + "' is not JSON");
		return this.json;
	}

	/**
	 * Return one of the messages.
	 * @param index the index of the message, negative to count from the end
	 * @return the message
	 * @throws IllegalStateException if there is no such message
	 */
	public JsonNode message(int index) {
		JsonNode messages = json().path("messages");
		JsonNode message = messages.path((index < 0) ? messages.size() + index : index);
		Assert.state(!message.isMissingNode(),
				() -> "Request '%s' has no message '%s' but %s messages".formatted(this.id, index, messages.size()));
		return message;
	}

	/**
	 * Return whether a stream was asked for.
	 * @return whether the answer is streamed
	 */
	public boolean isStream() {
		return this.json != null && this.json.path("stream").isBoolean() && this.json.path("stream").booleanValue();
	}

	/**
	 * Return when the request had arrived completely.
	 * @return the time
	 */
	public Instant receivedAt() {
		return this.receivedAt;
	}

	/**
	 * Return when the request had arrived completely, on the clock of
	 * {@link System#nanoTime()}.
	 * @return the time in nanoseconds
	 */
	public long nanoTime() {
		return this.nanoTime;
	}

	/**
	 * Return an id of the connection that the request came on: the same for two requests
	 * on one connection.
	 * @return the id of the connection
	 */
	public String connectionId() {
		return this.connectionId;
	}

	@Nullable JsonNode jsonOrNull() {
		return this.json;
	}

	@Override
	public String toString() {
		return "%s %s (%s)".formatted(this.method, this.path, this.id);
	}

}
