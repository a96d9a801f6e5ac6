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

import java.time.Duration;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

import com.github.tomakehurst.wiremock.client.ResponseDefinitionBuilder;
import com.github.tomakehurst.wiremock.junit5.WireMockExtension;
import io.github.electronspring.protocol.ChatCompletionRequest;
import io.github.electronspring.protocol.ChatMessage;
import io.github.electronspring.protocol.ErrorDetail;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import reactor.core.publisher.Mono;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static com.github.tomakehurst.wiremock.client.WireMock.any;
import static com.github.tomakehurst.wiremock.client.WireMock.anyRequestedFor;
import static com.github.tomakehurst.wiremock.client.WireMock.anyUrl;
import static com.github.tomakehurst.wiremock.client.WireMock.postRequestedFor;
import static com.github.tomakehurst.wiremock.client.WireMock.urlEqualTo;
import static com.github.tomakehurst.wiremock.core.WireMockConfiguration.wireMockConfig;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

/**
 * Tests for error responses: each status with bodies of each shape, streamed or not.
 *
 * @author The Electron Spring authors
 */
class ErrorStatusTests {

	private static final Duration TIMEOUT = Duration.ofSeconds(20);

	private static final String KEY = "sk_very_secret_key";

	private static final List<ErrorDetail> DETAILS = List.of(ErrorDetail.of("custom", "n > 1 is not supported", "n"));

	private static final List<ErrorDetail> NUMBERS = List
		.of(ErrorDetail.of("42", "Text is too long", "messages", "0", "content"));

	private static final List<Body> BODIES = List.of(
			new Body("documented envelope", """
					{"error": {"message": "Wrong.", "type": "a_type", "request_id": "req-body",
					"details": [{"code": "custom", "message": "n > 1 is not supported", "path": ["n"]}]}}""",
					": Wrong; 'n' n > 1 is not supported", "a_type", DETAILS, "req-body"),
			new Body("envelope without details",
					"{\"error\": {\"message\": \"Wrong\", \"code\": \"x\", \"param\": \"y\"}}", ": Wrong", null,
					List.of(), null),
			new Body("no body", "", "", null, List.of(), null),
			new Body("HTML", "<html><body><h1>Bad Gateway</h1></body></html>", "", null, List.of(), null),
			new Body("error as text", "{\"error\": \"Wrong\", \"request_id\": \"req-root\"}", ": Wrong", null,
					List.of(), "req-root"),
			new Body("numbers", """
					{"error": {"message": "Wrong", "type": 7, "request_id": 5, "code": 400, "details": [
					{"code": 42, "message": "Text is too long", "path": ["messages", 0, "content"]}]}}""",
					": Wrong; 'messages.0.content' Text is too long", "7", NUMBERS, "5"),
			new Body("details of other shapes",
					"{\"error\": {\"details\": [\"Wrong\", {\"message\": \"Too long\", \"path\": \"n\"}, 1, null, []]}}",
					": Wrong; 'n' Too long; 1", null,
					List.of(new ErrorDetail(null, "Wrong", List.of()), new ErrorDetail(null, "Too long", List.of("n")),
							new ErrorDetail(null, "1", List.of()), new ErrorDetail(null, null, List.of()),
							new ErrorDetail(null, null, List.of())),
					null),
			new Body("no envelope",
					"{\"object\": \"error\", \"message\": \"Wrong\\n\\tand more.\", \"type\": \"a_type\"}",
					": Wrong and more", "a_type", List.of(), null),
			new Body("detail", "{\"detail\": \"Not Found\"}", ": Not Found", null, List.of(), null),
			new Body("other shape", "{\"error\": [{\"a\": 1}], \"detail\": {}}", "", null, List.of(), null),
			new Body("array", "[1, 2]", "", null, List.of(), null),
			new Body("error is null", "{\"error\": null}", "", null, List.of(), null),
			new Body("text as JSON", "\"Wrong\"", ": Wrong", null, List.of(), null),
			new Body("broken JSON", "{\"error\": {\"message\": \"Wrong", "", null, List.of(), null),
			new Body("long message", "{\"error\": {\"message\": \"%s\"}}".formatted("x".repeat(1000)),
					": " + "x".repeat(400) + "…", null, List.of(), null),
			new Body("huge body", "{\"error\": {\"message\": \"%s\"}}".formatted("x".repeat(300_000)), "", null,
					List.of(), null),
			new Body("key in body", """
					{"error": {"message": "No such key: sk_very_secret_key.", "type": "sk_very_secret_key",
					"details": [{"code": "sk_very_secret_key", "message": "Bearer sk_very_secret_key is wrong",
					"path": ["sk_very_secret_key"]}], "request_id": "sk_very_secret_key"}}""",
					": No such key: ***; '***' Bearer *** is wrong", "***",
					List.of(ErrorDetail.of("***", "Bearer *** is wrong", "***")), "***"));

	private static final ChatCompletionRequest REQUEST = ChatCompletionRequest.builder()
		.model("electron")
		.messages(List.of(ChatMessage.user("Hello")))
		.build();

	@RegisterExtension
	static WireMockExtension server = WireMockExtension.newInstance()
		.options(wireMockConfig().dynamicPort().bindAddress("127.0.0.1"))
		.build();

	@ParameterizedTest(name = "{0}")
	@MethodSource
	void readsErrorOfAnyShape(int status, Class<?> type, boolean retryable, String message) {
		for (Body body : BODIES) {
			server.stubFor(any(anyUrl()).willReturn(aResponse().withStatus(status).withBody(body.text())));
			for (ElectronApiException ex : failures()) {
				String id = (body.requestId() != null) ? " (request id '%s')".formatted(body.requestId()) : "";
				assertThat(ex).as(body.name()).isExactlyInstanceOf(type).hasMessage(message + body.reason() + id);
				assertThat(ex.getStatus()).isEqualTo(status);
				assertThat(ex.getType()).as(body.name()).isEqualTo(body.type());
				assertThat(ex.getDetails()).as(body.name()).isEqualTo(body.details());
				assertThat(ex.getRequestId()).as(body.name()).isEqualTo(body.requestId());
				assertThat(ex.getRetryAfter()).isNull();
				assertThat(ex.isRetryable()).isEqualTo(retryable);
				assertThat(ex).hasNoCause();
				assertThat(ex.toString()).doesNotContain(KEY);
			}
		}
	}

	static Stream<Arguments> readsErrorOfAnyShape() {
		String refused = "The service refused the request (%d)";
		String redirects = "The service redirects (%d), which is not followed: check 'electron.base-url'";
		String other = "The service answered with status %d";
		String failed = "The service failed (%d)";
		List<Arguments> arguments = new ArrayList<>();
		for (int status : new int[] { 301, 302, 307, 308 }) {
			arguments.add(Arguments.of(status, ElectronApiException.class, false, redirects.formatted(status)));
		}
		for (int status : new int[] { 400, 422 }) {
			arguments
				.add(Arguments.of(status, ElectronInvalidRequestException.class, false, refused.formatted(status)));
		}
		for (int status : new int[] { 402, 408, 409, 413 }) {
			arguments.add(Arguments.of(status, ElectronApiException.class, false, other.formatted(status)));
		}
		for (int status : new int[] { 500, 502, 503, 504, 529 }) {
			arguments.add(Arguments.of(status, ElectronServerException.class, true, failed.formatted(status)));
		}
		arguments.add(Arguments.of(401, ElectronAuthenticationException.class, false,
				"The service refused the API key (401): check 'electron.api-key'"));
		arguments.add(Arguments.of(403, ElectronAccessDeniedException.class, false,
				"The plan of the API key has no access (403): ask for access or change 'electron.api-key'"));
		arguments.add(Arguments.of(404, ElectronInvalidRequestException.class, false,
				"The service found nothing at this address (404): check 'electron.base-url' and 'electron.model'"));
		arguments.add(Arguments.of(429, ElectronRateLimitException.class, true, "The plan's limit is reached (429)"));
		return arguments.stream();
	}

	@Test
	void requestIdOfHeaderWins() {
		server.stubFor(any(anyUrl()).willReturn(aResponse().withStatus(500)
			.withHeader("x-request-id", "req-header")
			.withBody("{\"error\": {\"request_id\": \"req-body\"}}")));
		assertThat(failures()).allSatisfy((ex) -> assertThat(ex.getRequestId()).isEqualTo("req-header"))
			.allSatisfy((ex) -> assertThat(ex).hasMessage("The service failed (500) (request id 'req-header')"));
	}

	@Test
	void whenRequestIdOfHeaderIsBlankTakesTheOneOfTheBody() {
		server.stubFor(any(anyUrl()).willReturn(aResponse().withStatus(500)
			.withHeader("X-Request-Id", " ")
			.withBody("{\"error\": {\"request_id\": \"req-body\"}}")));
		assertThat(failures()).allSatisfy((ex) -> assertThat(ex.getRequestId()).isEqualTo("req-body"));
	}

	@ParameterizedTest
	@CsvSource({ "3, 3000", "0, 0", "1.5, 1500", "-1, 0", "1e9, 86400000", "0.0001, 0", "soon, ", "'', ", "1 2, ",
			"99999999999999999999999, ", "'Wed, 21 Oct 2015 07:28:00 GMT', 0" })
	void readsRetryAfter(String value, Long expected) {
		stub(aResponse().withStatus(429).withHeader("Retry-After", value));
		assertThat(failures()).allSatisfy((ex) -> assertThat(ex.getRetryAfter())
			.isEqualTo((expected != null) ? Duration.ofMillis(expected) : null));
	}

	@Test
	void readsRetryAfterAsDate() {
		ZonedDateTime date = ZonedDateTime.now(ZoneOffset.UTC).plusSeconds(60);
		stub(aResponse().withStatus(503).withHeader("Retry-After", DateTimeFormatter.RFC_1123_DATE_TIME.format(date)));
		assertThat(failures()).allSatisfy(
				(ex) -> assertThat(ex.getRetryAfter()).isBetween(Duration.ofSeconds(30), Duration.ofSeconds(60)));
	}

	@Test
	void readsRetryAfterInMilliseconds() {
		stub(aResponse().withStatus(429).withHeader("Retry-After", "3").withHeader("Retry-After-Ms", "250"));
		assertThat(failures()).allSatisfy(
				(ex) -> assertThat(ex).hasMessage("The plan's limit is reached (429), the service asks to wait 250ms"));
		stub(aResponse().withStatus(429).withHeader("Retry-After", "3").withHeader("Retry-After-Ms", "soon"));
		assertThat(failures()).allSatisfy((ex) -> assertThat(ex.getRetryAfter()).isEqualTo(Duration.ofSeconds(3)));
	}

	@ParameterizedTest
	@ValueSource(ints = { 301, 302, 307, 308 })
	void redirectIsNotFollowed(int status) {
		stub(aResponse().withStatus(status).withHeader("Location", server.baseUrl() + "/elsewhere"));
		server.resetRequests();
		assertThat(failures()).hasSize(2);
		server.verify(2, postRequestedFor(urlEqualTo("/v1/chat/completions")));
		server.verify(2, anyRequestedFor(anyUrl()));
	}

	@Test
	void whenErrorBodyIsCutOffTellsStatus() throws Exception {
		try (RawServer raw = RawServer.answering(RawServer.head("503 Service Unavailable", "Content-Length: 1000",
				"Connection: close", "X-Request-Id: req-1") + "{\"error\"")) {
			assertThat(failures(raw.baseUrl()))
				.allSatisfy((ex) -> assertThat(ex).hasMessage("The service failed (503) (request id 'req-1')"));
		}
	}

	private static void stub(ResponseDefinitionBuilder response) {
		server.stubFor(any(anyUrl()).willReturn(response));
	}

	private static List<ElectronApiException> failures() {
		return failures(server.baseUrl() + "/v1");
	}

	private static List<ElectronApiException> failures(String baseUrl) {
		ElectronApi api = ElectronApi.builder().baseUrl(baseUrl).apiKey(KEY).build();
		return Stream.<Mono<?>>of(api.complete(REQUEST), api.stream(REQUEST).then())
			.map((call) -> catchThrowableOfType(ElectronApiException.class, () -> call.block(TIMEOUT)))
			.toList();
	}

	/**
	 * A body and what is read from it.
	 */
	private record Body(String name, String text, String reason, String type, List<ErrorDetail> details,
			String requestId) {

	}

}
