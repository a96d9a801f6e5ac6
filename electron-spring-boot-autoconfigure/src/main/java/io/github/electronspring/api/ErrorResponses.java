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
import java.util.Objects;
import java.util.stream.Stream;

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

	private static final String MASK = "***";

	private final JsonMapper mapper = JsonMapper.shared();

	private final Clock clock;

	private final String properties;

	/**
	 * Create a reader.
	 * @param clock what dates in headers are compared with
	 * @param properties the prefix of the properties that messages name
	 */
	ErrorResponses(Clock clock, String properties) {
		this.clock = clock;
		this.properties = properties;
	}

	ElectronApiException toException(int status, HttpHeaders headers, byte[] body, String apiKey) {
		JsonNode root = root(body);
		JsonNode error = root.hasNonNull("error") ? root.path("error") : root;
		String requestId = Stream.of(requestId(headers, apiKey), requestId(error, apiKey), requestId(root, apiKey))
			.filter(Objects::nonNull)
			.findFirst()
			.orElse(null);
		ApiError apiError = new ApiError(status, text(error.path("type"), apiKey),
				details(error.path("details"), apiKey), requestId, RetryAfter.parse(headers, this.clock), true);
		String reason = reason(error, apiError.details(), apiKey);
		return switch (status) {
			case 400, 422 -> new ElectronInvalidRequestException(
					"The service refused the request (%d)%s".formatted(status, reason), apiError);
			case 404 -> new ElectronInvalidRequestException(
					"The service found nothing at this address (404): check '%s.base-url' and '%s.model'"
						.formatted(this.properties, this.properties) + reason,
					apiError);
			case 401 -> new ElectronAuthenticationException(
					"The service refused the API key (401): check '%s.api-key'%s".formatted(this.properties, reason),
					apiError);
			case 403 -> new ElectronAccessDeniedException(
					"The plan of the API key has no access (403): ask for access or change '%s.api-key'%s"
						.formatted(this.properties, reason),
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
		String reason = reason(error, details(error.path("details"), apiKey), apiKey);
		return ((receivedChunks > 0)
				? "The service failed in the middle of a response after %d chunks".formatted(receivedChunks)
				: "The service failed though it answered with status 200") + reason;
	}

	/**
	 * Return the identifier of a request in an error.
	 * @param error the error
	 * @param apiKey the key that must not be repeated
	 * @return the identifier, or {@code null} if there is none
	 */
	@Nullable String requestId(JsonNode error, String apiKey) {
		String requestId = text(error.path("request_id"), apiKey);
		return (requestId != null) ? clean(requestId, apiKey) : null;
	}

	/**
	 * Return the identifier of a request in the headers of its response.
	 * @param headers the headers
	 * @param apiKey the key that must not be repeated
	 * @return the identifier, or {@code null} if there is none
	 */
	@Nullable String requestId(HttpHeaders headers, String apiKey) {
		String requestId = headers.getFirst("X-Request-Id");
		return StringUtils.hasText(requestId) ? clean(requestId, apiKey) : null;
	}

	private String rateLimit(ApiError error) {
		return (error.retryAfter() != null) ? "The plan's limit is reached (429), the service asks to wait %s"
			.formatted(StreamWatch.text(error.retryAfter())) : "The plan's limit is reached (429)";
	}

	private String unexpected(int status) {
		return (status >= 300 && status < 400)
				? "The service redirects (%d), which is not followed: check '%s.base-url'".formatted(status,
						this.properties)
				: "The service answered with status %d".formatted(status);
	}

	private JsonNode root(byte[] body) {
		try {
			return this.mapper.readTree(body);
		}
		catch (JacksonException ex) {
			return MissingNode.getInstance();
		}
	}

	private List<ErrorDetail> details(JsonNode details, String apiKey) {
		List<ErrorDetail> result = new ArrayList<>();
		for (JsonNode detail : details) {
			JsonNode path = detail.path("path");
			List<String> elements = new ArrayList<>();
			for (JsonNode element : path.isValueNode() ? List.of(path) : path) {
				String text = text(element, apiKey);
				if (text != null) {
					elements.add(text);
				}
			}
			String message = text(detail.isValueNode() ? detail : detail.path("message"), apiKey);
			result.add(new ErrorDetail(text(detail.path("code"), apiKey), message, elements));
		}
		return result;
	}

	private String reason(JsonNode error, List<ErrorDetail> details, String apiKey) {
		List<String> parts = new ArrayList<>();
		String message = text(error.isValueNode() ? error : error.path("message"), apiKey);
		if (message == null) {
			message = text(error.path("detail"), apiKey);
		}
		if (message != null) {
			parts.add(clean(message, apiKey));
		}
		for (ErrorDetail detail : details) {
			if (detail.message() != null && !detail.message().equals(message)) {
				String path = String.join(".", detail.path());
				String text = clean(detail.message(), apiKey);
				parts.add(path.isEmpty() ? text : "'%s' %s".formatted(path, text));
			}
		}
		return parts.isEmpty() ? "" : ": " + clean(String.join("; ", parts), apiKey);
	}

	private static String clean(String message, String apiKey) {
		String line = message.replace(apiKey, MASK).replaceAll("[\\s\\p{Cntrl}]+", " ").strip();
		String cut = (line.length() > MAX_MESSAGE_LENGTH) ? line.substring(0, MAX_MESSAGE_LENGTH) + "…" : line;
		return cut.endsWith(".") ? cut.substring(0, cut.length() - 1) : cut;
	}

	private static @Nullable String text(JsonNode node, String apiKey) {
		String text = (node.isValueNode() && !node.isNull()) ? node.asString("") : "";
		return text.isBlank() ? null : text.replace(apiKey, MASK);
	}

}
