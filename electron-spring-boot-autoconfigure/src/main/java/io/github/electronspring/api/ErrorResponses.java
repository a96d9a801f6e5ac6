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

import java.time.Clock;
import java.util.ArrayList;
import java.util.List;

import io.github.electronspring.protocol.ErrorDetail;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.MissingNode;

import org.springframework.http.HttpHeaders;
import org.springframework.util.StringUtils;

/**
 * Reads error responses of any shape.
 *
 * @author The Electron Spring authors
 */
final class ErrorResponses {

	private static final int MAX_MESSAGE_LENGTH = 400;

	private final JsonMapper mapper = JsonMapper.shared();

	private final Clock clock;

	ErrorResponses(Clock clock) {
		this.clock = clock;
	}

	ElectronApiException toException(int status, HttpHeaders headers, byte[] body, String apiKey) {
		JsonNode error = error(body);
		String requestId = headers.getFirst("X-Request-Id");
		ApiError apiError = new ApiError(status, text(error.path("type")), details(error.path("details")),
				StringUtils.hasText(requestId) ? requestId : requestId(error), RetryAfter.parse(headers, this.clock));
		String reason = reason(error, apiError.details(), apiKey);
		return switch (status) {
			case 400, 422 -> new ElectronInvalidRequestException(
					"The service refused the request (%d)%s".formatted(status, reason), apiError);
			case 404 -> new ElectronInvalidRequestException(
					"The service found nothing at this address (404): check 'electron.base-url' and 'electron.model'"
							+ reason,
					apiError);
			case 401 -> new ElectronAuthenticationException(
					"The service refused the API key (401): check 'electron.api-key'" + reason, apiError);
			case 403 -> new ElectronAccessDeniedException(
					"The plan of the API key has no access (403): ask for access or change 'electron.api-key'" + reason,
					apiError);
			case 429 -> new ElectronRateLimitException(rateLimit(apiError) + reason, apiError);
			default -> (status >= 500)
					? new ElectronServerException("The service failed (%d)%s".formatted(status, reason), apiError)
					: new ElectronApiException(unexpected(status) + reason, apiError);
		};
	}

	/**
	 * Describe an error that came inside a successful response.
	 * @param error the error, an object or text
	 * @param apiKey the key that must not be repeated
	 * @param receivedChunks how many chunks had arrived
	 * @return the message
	 */
	String describe(JsonNode error, String apiKey, int receivedChunks) {
		return "The service failed in the middle of a response after %d chunks%s".formatted(receivedChunks,
				reason(error, details(error.path("details")), apiKey));
	}

	@Nullable String requestId(JsonNode error) {
		return text(error.path("request_id"));
	}

	private String rateLimit(ApiError error) {
		return (error.retryAfter() != null) ? "The plan's limit is reached (429), the service asks to wait %s"
			.formatted(StreamWatch.text(error.retryAfter())) : "The plan's limit is reached (429)";
	}

	private String unexpected(int status) {
		return (status >= 300 && status < 400)
				? "The service redirects (%d), which is not followed: check 'electron.base-url'".formatted(status)
				: "The service answered with status %d".formatted(status);
	}

	private JsonNode error(byte[] body) {
		try {
			JsonNode root = this.mapper.readTree(body);
			return root.hasNonNull("error") ? root.path("error") : root;
		}
		catch (JacksonException ex) {
			return MissingNode.getInstance();
		}
	}

	private List<ErrorDetail> details(JsonNode details) {
		List<ErrorDetail> result = new ArrayList<>();
		for (JsonNode detail : details) {
			List<String> path = new ArrayList<>();
			for (JsonNode element : detail.path("path")) {
				path.add(element.asString(""));
			}
			result.add(new ErrorDetail(text(detail.path("code")), text(detail.path("message")), path));
		}
		return result;
	}

	private String reason(JsonNode error, List<ErrorDetail> details, String apiKey) {
		List<String> parts = new ArrayList<>();
		String message = error.isString() ? error.asString() : text(error.path("message"));
		if (message == null) {
			message = text(error.path("detail"));
		}
		if (message != null) {
			parts.add(message);
		}
		for (ErrorDetail detail : details) {
			if (detail.message() != null && !detail.message().equals(message)) {
				parts.add("'%s' %s".formatted(String.join(".", detail.path()), detail.message()));
			}
		}
		return parts.isEmpty() ? "" : ": " + clean(String.join("; ", parts), apiKey);
	}

	private static String clean(String message, String apiKey) {
		String line = message.replace(apiKey, "***").replaceAll("[\\s\\p{Cntrl}]+", " ").strip();
		String cut = (line.length() > MAX_MESSAGE_LENGTH) ? line.substring(0, MAX_MESSAGE_LENGTH) + "…" : line;
		return cut.endsWith(".") ? cut.substring(0, cut.length() - 1) : cut;
	}

	private static @Nullable String text(JsonNode node) {
		return (node.isValueNode() && !node.isNull() && !node.asString("").isBlank()) ? node.asString() : null;
	}

}
