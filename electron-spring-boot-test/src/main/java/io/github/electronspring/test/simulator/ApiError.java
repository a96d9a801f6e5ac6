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

import java.util.Collections;
import java.util.List;

import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * An error as the service reports it.
 *
 * @param status the HTTP status
 * @param type the type of the error
 * @param message what went wrong
 * @param code the code of an error that comes from the model, or {@code null}
 * @param details what is wrong with which field
 * @author The Electron Spring authors
 */
record ApiError(int status, String type, String message, @Nullable String code, List<Detail> details) {

	static final String INVALID_REQUEST = "invalid_request_error";

	static ApiError of(int status, String type, String message) {
		return new ApiError(status, type, message, null, Collections.emptyList());
	}

	static ApiError invalid(List<Detail> details) {
		return new ApiError(400, INVALID_REQUEST, details.get(0).message(), null, details);
	}

	static ApiError ofStatus(int status) {
		return switch (status) {
			case 400 -> of(status, INVALID_REQUEST, "Invalid request");
			case 401 -> of(status, "authentication_error", "Invalid API key");
			case 403 -> of(status, "permission_error", "This API key has no access to Electron");
			case 404 -> of(status, INVALID_REQUEST, "Not found");
			case 405 -> of(status, INVALID_REQUEST, "Method not allowed");
			case 429 -> of(status, "rate_limit_error", "Rate limit reached");
			case 502 -> of(status, "upstream_error", "Upstream unavailable");
			case 503 -> of(status, "service_unavailable", "Overloaded, try again later");
			default -> of(status, "server_error", "Internal server error");
		};
	}

	/**
	 * Return the documented envelope.
	 * @param requestId the id of the request that failed
	 * @return the envelope
	 */
	ObjectNode toJson(String requestId) {
		ObjectNode envelope = Json.object();
		ObjectNode error = envelope.putObject("error");
		error.put("message", this.message).put("type", this.type);
		if (this.code != null) {
			error.put("code", this.code).putNull("param");
		}
		if (!this.details.isEmpty()) {
			ArrayNode array = error.putArray("details");
			for (Detail detail : this.details) {
				ObjectNode node = array.addObject().put("code", detail.code()).put("message", detail.message());
				ArrayNode path = node.putArray("path");
				detail.path().forEach(path::add);
			}
		}
		error.put("request_id", requestId);
		return envelope;
	}

	/**
	 * What is wrong with one field.
	 *
	 * @param code the kind of mistake
	 * @param message what is wrong
	 * @param path the way to the field
	 */
	record Detail(String code, String message, List<String> path) {

	}

}
