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

import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for the contract that {@link ElectronSimulator} keeps.
 *
 * @author The Electron Spring authors
 */
class ContractTests {

	private static final String CALL = "{'role':'assistant','content':null,'tool_calls':[{'id':'c1','type':'function','function':{'name':'f','arguments':'{}'}}]}";

	private final ElectronSimulator simulator = ElectronSimulator.builder()
		.freeRunning(true)
		.apiKeysWithoutAccess("sk_denied")
		.start();

	private final TestClient client = new TestClient(this.simulator);

	@AfterEach
	void close() {
		this.simulator.close();
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', quoteCharacter = '`', value = { "'n':2|custom|n > 1 is not supported|n",
			"'prompt_logprobs':1|custom|prompt_logprobs is not supported|prompt_logprobs",
			"'temperature':2.1|too_big|temperature must be at most 2|temperature",
			"'temperature':-0.1|too_small|temperature must be at least 0|temperature",
			"'temperature':'1'|invalid_type|Expected number|temperature",
			"'top_p':1.1|too_big|top_p must be at most 1|top_p",
			"'max_tokens':0|too_small|max_tokens must be at least 1|max_tokens",
			"'max_tokens':1.5|invalid_type|Expected integer|max_tokens",
			"'presence_penalty':-3|too_small|presence_penalty must be at least -2|presence_penalty",
			"'frequency_penalty':3|too_big|frequency_penalty must be at most 2|frequency_penalty",
			"'logprobs':true,'top_logprobs':21|too_big|top_logprobs must be at most 20|top_logprobs",
			"'top_logprobs':2|custom|top_logprobs needs logprobs to be true|top_logprobs",
			"'stop':['1','2','3','4','5']|too_big|stop must have at most 4 entries|stop",
			"'stop':[1]|invalid_type|Expected string|stop.0", "'stop':1|invalid_type|Expected string or array|stop",
			"'stream':'yes'|invalid_type|Expected boolean|stream",
			"'stream_options':{'include_usage':1}|invalid_type|Expected boolean|stream_options.include_usage",
			"'stream_options':1|invalid_type|Expected object|stream_options",
			"'seed':'a'|invalid_type|Expected integer|seed", "'user':1|invalid_type|Expected string|user",
			"'logit_bias':{'5':'a'}|invalid_type|Expected number|logit_bias.5",
			"'logit_bias':1|invalid_type|Expected object|logit_bias", "'tools':1|invalid_type|Expected array|tools",
			"'tools':[]|too_small|tools must have at least 1 entry, leave the field out|tools",
			"'tool_choice':'required'|custom|tool_choice 'required' needs tools|tool_choice" })
	void fieldsAreValidated(String field, String code, String message, String path) {
		assertInvalid(TestClient.ask("Hi").replaceFirst("\\{", "{" + json(field) + ","), code, message, path);
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', quoteCharacter = '`', value = {
			"{'role':'robot','content':'x'}|invalid_enum_value|messages.0.role",
			"{'role':'developer','content':'x'}|invalid_enum_value|messages.0.role",
			"{'role':'user','content':null}|invalid_type|messages.0.content",
			"{'role':'user','content':1}|invalid_type|messages.0.content",
			"{'role':'assistant'}|invalid_type|messages.0.content",
			"{'role':'user','content':[{'type':'image_url'}]}|custom|messages.0.content.0",
			"{'role':'tool','content':'x'}|custom|messages.0.tool_call_id",
			"{'role':'tool','content':'x','tool_call_id':'c1'}|custom|messages.0.tool_call_id",
			"1|invalid_type|messages.0",
			"{'role':'assistant','content':'x','tool_calls':[]}|invalid_type|messages.0.tool_calls",
			"{'role':'assistant','tool_calls':[{'type':'function','function':{'name':'f','arguments':'{}'}}]}|invalid_type|messages.0.tool_calls.0.id",
			"{'role':'assistant','tool_calls':[{'id':'c1','type':'function','function':{'name':'f','arguments':{}}}]}|invalid_type|messages.0.tool_calls.0.function.arguments" })
	void messagesAreValidated(String message, String code, String path) {
		JsonNode details = invalid("{\"model\":\"electron\",\"messages\":[%s]}".formatted(json(message)));
		assertThat(details.path(0).path("code").asString()).isEqualTo(code);
		assertThat(path(details.path(0))).isEqualTo(path);
	}

	@Test
	void toolCallsMustBeAnswered() {
		String body = "{'model':'electron','messages':[%s,{'role':'user','content':'x'}]}".formatted(CALL);
		assertInvalid(json(body), "custom", "Tool calls without a result: 'c1'", "messages.0");
		String last = "{'model':'electron','messages':[%s]}".formatted(CALL);
		assertInvalid(json(last), "custom", "Tool calls without a result: 'c1'", "messages.0");
	}

	@Test
	void toolResultMustBelongToAnOpenCall() {
		String result = "{'role':'tool','content':'x','tool_call_id':'c1'}";
		String body = "{'model':'electron','messages':[%s,%s,%s]}".formatted(CALL, result, result);
		assertInvalid(json(body), "custom", "No open tool call with the id 'c1' comes before",
				"messages.2.tool_call_id");
		assertThat(
				this.client.post(json("{'model':'electron','messages':[%s,%s]}".formatted(CALL, result))).statusCode())
			.isEqualTo(200);
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', quoteCharacter = '`', value = { "{'messages':[{'role':'user','content':'x'}]}|model",
			"{'model':'other','messages':[{'role':'user','content':'x'}]}|model", "{'model':'electron'}|messages",
			"{'model':'electron','messages':[]}|messages", "{'model':'electron','messages':{}}|messages" })
	void modelAndMessagesAreRequired(String body, String path) {
		assertThat(path(invalid(json(body)).path(0))).isEqualTo(path);
	}

	@Test
	void messagesAreLimited() {
		String messages = repeat("{'role':'user','content':'x'}", 201);
		assertInvalid(json("{'model':'electron','messages':[%s]}".formatted(messages)), "too_big",
				"messages must have at most 200 entries", "messages");
	}

	@Test
	void toolsAreLimitedAndNamedDifferently() {
		String tools = IntStream.range(0, 65)
			.mapToObj("{'type':'function','function':{'name':'f%d'}}"::formatted)
			.collect(Collectors.joining(","));
		assertInvalid(withTools(tools), "too_big", "tools must have at most 64 entries", "tools");
		assertInvalid(withTools(repeat("{'type':'function','function':{'name':'f'}}", 2)), "custom",
				"Two tools have the name 'f'", "tools.1.function.name");
		assertInvalid(withTools("{'type':'function','function':{'name':'a b'}}"), "invalid_string",
				"Expected a name of letters, digits, '_' and '-'", "tools.0.function.name");
	}

	@Test
	void namedToolMustExist() {
		String body = withTools("{'type':'function','function':{'name':'f'}}").replaceFirst("\\{",
				json("{'tool_choice':{'type':'function','function':{'name':'g'}},"));
		assertInvalid(body, "custom", "No tool has the name 'g'", "tool_choice.function.name");
	}

	@Test
	void jsonSchemaIsRefused() {
		String format = json("'response_format':{'type':'json_schema','json_schema':{}}");
		assertInvalid(TestClient.ask("Hi").replaceFirst("\\{", "{" + format + ","), "invalid_enum_value",
				"Invalid value, expected one of 'json_object', 'text'", "response_format.type");
	}

	@Test
	void unknownFieldsAndNullsAreAccepted() {
		String fields = json("'top_k':3,'temperature':null,'tools':null,'stop':null,'n':1,'tool_choice':'none'");
		assertThat(this.client.post(TestClient.ask("Hi").replaceFirst("\\{", "{" + fields + ",")).statusCode())
			.isEqualTo(200);
	}

	@Test
	void textPartsAreAccepted() {
		this.simulator.enqueue(ElectronScript.text("x"));
		assertThat(this.client
			.post(json("{'model':'electron','messages':[{'role':'user','content':[{'type':'text','text':'a'}]}]}"))
			.statusCode()).isEqualTo(200);
	}

	@Test
	void contextIsLimitedAndCountsMaxTokens() {
		HttpResponse<String> fits = this.client
			.post(TestClient.ask("Hi").replaceFirst("\\{", "{\"max_tokens\":32000,"));
		assertThat(fits.statusCode()).isEqualTo(200);
		HttpResponse<String> response = this.client
			.post(TestClient.ask("Hi").replaceFirst("\\{", "{\"max_tokens\":32768,"));
		assertThat(response.statusCode()).isEqualTo(400);
		JsonNode error = TestClient.json(response.body()).path("error");
		assertThat(error.path("type").asString()).isEqualTo("invalid_request_error");
		assertThat(error.path("code").asString()).isEqualTo("context_length_exceeded");
		assertThat(error.path("message").asString()).contains("32768");
		assertThat(this.client.post(TestClient.ask("word ".repeat(33000))).statusCode()).isEqualTo(400);
	}

	@ParameterizedTest
	@ValueSource(strings = { "", "{", "[]", "null", "1", "{} x" })
	void bodyMustBeAJsonObject(String body) {
		HttpResponse<String> response = this.client.post(body);
		assertThat(response.statusCode()).isEqualTo(400);
		assertThat(TestClient.json(response.body()).at("/error/type").asString()).isEqualTo("invalid_request_error");
	}

	@ParameterizedTest
	@CsvSource({ ",401", "Basic abc,401", "Bearer,401", "Bearer nope,401", "Bearer sk_denied,403", "Bearer sk_any,200",
			"bearer sk_any,200" })
	void keysAreChecked(String authorization, int status) {
		HttpRequest.Builder request = this.client.request("/chat/completions")
			.POST(HttpRequest.BodyPublishers.ofString(TestClient.ask("Hi")));
		if (authorization != null) {
			request.header("Authorization", authorization);
		}
		HttpResponse<String> response = this.client.send(request.build());
		assertThat(response.statusCode()).isEqualTo(status);
		if (status == 401) {
			assertThat(TestClient.json(response.body()).at("/error/type").asString()).isEqualTo("authentication_error");
		}
		assertThat(response.headers().firstValue("X-Request-Id")).isPresent();
	}

	@Test
	void onlyListedKeysAreAccepted() {
		try (ElectronSimulator strict = ElectronSimulator.builder().apiKeys("one", "two").freeRunning(true).start()) {
			TestClient client = new TestClient(strict);
			assertThat(strict.apiKey()).isEqualTo("one");
			assertThat(client.post(TestClient.ask("Hi")).statusCode()).isEqualTo(200);
			assertThat(client.post(TestClient.ask("Hi"), "two").statusCode()).isEqualTo(200);
			assertThat(client.post(TestClient.ask("Hi"), "sk_three").statusCode()).isEqualTo(401);
		}
	}

	@Test
	void otherPathsAndMethodsAreRefused() {
		HttpResponse<String> path = this.client.send(this.client.request("/models").GET().build());
		assertThat(path.statusCode()).isEqualTo(404);
		assertThat(path.headers().firstValue("X-Request-Id")).isPresent();
		HttpResponse<String> method = this.client.send(this.client.request("/chat/completions").GET().build());
		assertThat(method.statusCode()).isEqualTo(405);
		assertThat(method.headers().firstValue("Allow")).hasValue("POST");
		assertThat(TestClient.json(method.body()).at("/error/request_id").asString())
			.isEqualTo(method.headers().firstValue("X-Request-Id").orElseThrow());
	}

	@Test
	void validationCanBeTurnedOff() {
		try (ElectronSimulator other = ElectronSimulator.builder().validation(false).start()) {
			other.enqueue(ElectronScript.text("Hi"));
			TestClient client = new TestClient(other);
			assertThat(client.post("{}").statusCode()).isEqualTo(200);
			assertThat(client.post("[]").statusCode()).isEqualTo(400);
		}
	}

	@Test
	void invalidRequestsLeaveScriptsAlone() {
		this.simulator.enqueue(ElectronScript.text("kept"));
		assertThat(this.client.post("{}").statusCode()).isEqualTo(400);
		assertThat(this.client.post(TestClient.ask("Hi")).body()).contains("kept");
	}

	private void assertInvalid(String body, String code, String message, String path) {
		JsonNode details = invalid(body);
		assertThat(details.size()).isOne();
		JsonNode detail = details.path(0);
		assertThat(detail.path("code").asString()).isEqualTo(code);
		assertThat(detail.path("message").asString()).isEqualTo(message);
		assertThat(path(detail)).isEqualTo(path);
	}

	private JsonNode invalid(String body) {
		HttpResponse<String> response = this.client.post(body);
		assertThat(response.statusCode()).isEqualTo(400);
		JsonNode error = TestClient.json(response.body()).path("error");
		assertThat(error.path("type").asString()).isEqualTo("invalid_request_error");
		assertThat(error.path("request_id").asString())
			.isEqualTo(response.headers().firstValue("X-Request-Id").orElseThrow());
		return error.path("details");
	}

	private static String withTools(String tools) {
		return TestClient.ask("Hi").replaceFirst("\\{", "{\"tools\":[" + json(tools) + "],");
	}

	private static String repeat(String json, int count) {
		return IntStream.range(0, count).mapToObj((i) -> json).collect(Collectors.joining(","));
	}

	private static String path(JsonNode detail) {
		return detail.path("path").valueStream().map(JsonNode::asString).collect(Collectors.joining("."));
	}

	private static String json(String json) {
		return json.replace('\'', '"');
	}

}
