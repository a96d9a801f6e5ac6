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

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.List;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests that {@link ElectronSimulator} sends what the official OpenAI clients of other
 * languages rely on, on the path that they use.
 *
 * @author The Electron Spring authors
 */
class OpenAiClientTests {

	private final ElectronSimulator simulator = ElectronSimulator.builder().freeRunning(true).start();

	@AfterEach
	void close() {
		this.simulator.close();
	}

	@Test
	void completionHasAllThatClientsRead() throws Exception {
		HttpResponse<String> response = post(TestClient.ask("Hello"));
		assertThat(response.statusCode()).isEqualTo(200);
		assertThat(response.headers().firstValue("Content-Type")).hasValue("application/json");
		assertThat(response.headers().firstValue("x-request-id")).isPresent();
		JsonNode json = TestClient.json(response.body());
		assertThat(json.propertyNames()).containsExactlyInAnyOrder("id", "object", "created", "model", "choices",
				"usage");
		assertThat(json.path("created").isIntegralNumber()).isTrue();
		assertThat(json.at("/choices/0").propertyNames()).containsExactlyInAnyOrder("index", "message",
				"finish_reason");
	}

	@Test
	void streamHasAllThatClientsRead() throws Exception {
		HttpResponse<String> response = post(TestClient.askStreamed("Hello"));
		assertThat(response.headers().firstValue("Content-Type")).hasValue("text/event-stream");
		assertThat(response.body()).endsWith("\n\ndata: [DONE]\n\n");
		String[] events = response.body().split("(?<=\n\n)");
		assertThat(events).allMatch((event) -> event.startsWith("data: ") && event.endsWith("\n\n"));
		List<JsonNode> chunks = TestClient.data(response.body())
			.stream()
			.filter((data) -> !data.equals("[DONE]"))
			.map(TestClient::json)
			.toList();
		assertThat(chunks.get(0).at("/choices/0/delta/role").asString()).isEqualTo("assistant");
		assertThat(chunks).allMatch((chunk) -> chunk.path("id").equals(chunks.get(0).path("id")));
		assertThat(chunks.subList(0, chunks.size() - 1)).allMatch((chunk) -> chunk.at("/choices/0/delta").isObject()
				&& chunk.at("/choices/0/index").isInt() && chunk.at("/choices/0").has("finish_reason"));
		assertThat(chunks.get(chunks.size() - 1).path("choices").isEmpty()).isTrue();
	}

	@ParameterizedTest
	@ValueSource(ints = { 400, 401, 403, 404, 429, 500, 502, 503 })
	void errorIsAnObjectWithMessageAndType(int status) throws Exception {
		this.simulator.enqueue(ElectronScript.error(status));
		HttpResponse<String> response = post(TestClient.askStreamed("Hello"));
		assertThat(response.statusCode()).isEqualTo(status);
		JsonNode error = TestClient.json(response.body()).path("error");
		assertThat(error.path("message").isString()).isTrue();
		assertThat(error.path("type").isString()).isTrue();
	}

	@Test
	void errorInAStreamIsAnEventWithAnErrorObject() throws Exception {
		this.simulator.enqueue(ElectronScript.text("a").errorInside("server_error", "broken"));
		List<String> events = TestClient.data(post(TestClient.askStreamed("Hello")).body());
		assertThat(TestClient.json(events.get(events.size() - 1)).at("/error/message").asString()).isEqualTo("broken");
	}

	private HttpResponse<String> post(String body) throws IOException, InterruptedException {
		HttpRequest request = HttpRequest.newBuilder(URI.create(this.simulator.openAiBaseUrl() + "/chat/completions"))
			.header("Authorization", "Bearer sk_any")
			.header("Accept", "application/json")
			.header("Content-Type", "application/json")
			.header("X-Stainless-Lang", "js")
			.POST(HttpRequest.BodyPublishers.ofString(body))
			.build();
		return HttpClient.newHttpClient().send(request, BodyHandlers.ofString());
	}

}
