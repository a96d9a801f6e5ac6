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
import java.net.Socket;
import java.time.Duration;
import java.util.List;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link ElectronSimulator} that is free-running.
 *
 * @author The Electron Spring authors
 */
class FreeRunningTests {

	private static final String WEATHER = """
			{"type":"function","function":{"name":"get_weather","description":"Get current weather for a city",
			"parameters":{"type":"object","properties":{"city":{"type":"string"},
			"unit":{"type":"string","enum":["celsius","fahrenheit"]}},"required":["city"]}}}""";

	private static final String BALANCE = """
			{"type":"function","function":{"name":"balance","description":"Balance of the caller's account",
			"parameters":{"type":"object","properties":{"accountId":{"type":"string","description":"account id"}},
			"required":["accountId"]}}}""";

	private static final String ACKNOWLEDGE = "Always acknowledge the caller before using a tool.";

	private final ElectronSimulator simulator = ElectronSimulator.builder().freeRunning(true).start();

	private final TestClient client = new TestClient(this.simulator);

	@AfterEach
	void close() {
		this.simulator.close();
	}

	@Test
	void saysThatItIsASimulator() {
		assertThat(content(ask("", "Hello there"))).contains("simulator");
	}

	@Test
	void toolIsCalledWithoutContent() {
		JsonNode choice = ask("", "What is the weather in Paris?", WEATHER);
		assertThat(choice.path("finish_reason").asString()).isEqualTo("tool_calls");
		assertThat(choice.at("/message/content").isNull()).isTrue();
		assertThat(arguments(choice)).containsExactly("get_weather {\"city\":\"Paris\"}");
	}

	@Test
	void toolIsCalledOncePerCity() {
		assertThat(arguments(ask("", "What's the weather in Paris and New York?", WEATHER)))
			.containsExactly("get_weather {\"city\":\"Paris\"}", "get_weather {\"city\":\"New York\"}");
	}

	@ParameterizedTest
	@ValueSource(strings = { ACKNOWLEDGE, "First let the user know what you do", "Say something like 'Let me check'" })
	void fillerIsSpokenWhenThePromptAsksForIt(String system) {
		JsonNode choice = ask(system, "What is the weather in Paris?", WEATHER);
		assertThat(choice.at("/message/content").asString()).isEqualTo("Let me check the weather for you.");
		assertThat(arguments(choice)).hasSize(1);
	}

	@Test
	void fillerIsStreamedBeforeTheCall() {
		String body = body(ACKNOWLEDGE, "What is the weather in Paris and London?", WEATHER).replaceFirst("\\{",
				"{\"stream\":true,");
		List<JsonNode> chunks = this.client.chunks(body);
		assertThat(chunks.get(0).at("/choices/0/delta/role").asString()).isEqualTo("assistant");
		List<String> kinds = chunks.stream()
			.map((chunk) -> chunk.at("/choices/0/delta"))
			.map((delta) -> delta.has("content") ? "text" : (delta.has("tool_calls") ? "call" : "other"))
			.toList();
		assertThat(kinds.lastIndexOf("text")).isLessThan(kinds.indexOf("call")).isGreaterThan(3);
		assertThat(chunks.get(chunks.size() - 1).at("/choices/0/finish_reason").asString()).isEqualTo("tool_calls");
		assertThat(chunks).anyMatch((chunk) -> chunk.at("/choices/0/delta/tool_calls/0/index").asInt(0) == 1);
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', value = { "What is the balance of account ACC-42?|balance {\"accountId\":\"ACC-42\"}",
			"balance of my account 12345 please|balance {\"accountId\":\"12345\"}",
			"weather in berlin|get_weather {\"city\":\"Berlin\"}",
			"Weather in San Francisco, CA in fahrenheit?|get_weather {\"city\":\"San Francisco, CA\",\"unit\":\"fahrenheit\"}",
			"What is my account balance?|balance {\"accountId\":\"unknown\"}" })
	void toolIsPickedByWordsAndArgumentsAreFilled(String text, String call) {
		assertThat(arguments(ask("", text, WEATHER, BALANCE))).containsExactly(call);
	}

	@Test
	void twoToolsAreCalledWhenBothAreAskedFor() {
		assertThat(arguments(ask("", "The weather in Rome and the balance of account 7", WEATHER, BALANCE)))
			.containsExactlyInAnyOrder("get_weather {\"city\":\"Rome\"}", "balance {\"accountId\":\"7\"}");
	}

	@Test
	void noToolIsCalledForOtherTalk() {
		assertThat(arguments(ask("", "Thank you, goodbye", WEATHER, BALANCE))).isEmpty();
	}

	@Test
	void toolChoiceIsHonoured() {
		String weather = body("", "What is the weather in Paris?", WEATHER, BALANCE);
		assertThat(arguments(post(choose(weather, "\"none\"")))).isEmpty();
		assertThat(arguments(post(choose(weather, "{\"type\":\"function\",\"function\":{\"name\":\"balance\"}}"))))
			.singleElement()
			.asString()
			.startsWith("balance ");
		assertThat(arguments(post(choose(body("", "Hello", WEATHER), "\"required\"")))).hasSize(1);
	}

	@Test
	void failureOfAToolIsPhrased() {
		String body = """
				{"model":"electron","messages":[{"role":"user","content":"What is my order status?"},
				{"role":"assistant","content":null,"tool_calls":[{"id":"c1","type":"function",
				"function":{"name":"orderStatus","arguments":"{}"}}]},
				{"role":"tool","tool_call_id":"c1","content":"Tool 'orderStatus' failed: no route to host"}]}""";
		assertThat(content(post(body))).isEqualTo("I am sorry, the order status did not work.");
	}

	@Test
	void lastRequestsAreKeptOnly() {
		try (ElectronSimulator running = ElectronSimulator.builder().freeRunning(true).keptRequests(3).start()) {
			for (int i = 0; i < 5; i++) {
				new TestClient(running).post(body("", "Hello number " + i));
			}
			assertThat(running.requests()).hasSize(3);
			assertThat(running.requests().get(0).body()).contains("Hello number 2");
			running.awaitIdle(Duration.ofSeconds(5));
			assertThat(running.usages()).hasSize(3);
			running.awaitRequests(5, Duration.ofSeconds(1));
		}
	}

	@Test
	void resultsArePhrased() {
		String body = """
				{"model":"electron","tools":[%s],"messages":[{"role":"user","content":"What is the weather in Paris?"},
				{"role":"assistant","content":null,"tool_calls":[{"id":"c1","type":"function",
				"function":{"name":"get_weather","arguments":"{\\"city\\":\\"Paris\\"}"}}]},
				{"role":"tool","tool_call_id":"c1","content":"{\\"temperature\\":18,\\"condition\\":\\"sunny\\"}"}]}"""
			.formatted(WEATHER);
		assertThat(content(post(body))).isEqualTo("Here is the weather for Paris: temperature 18, condition sunny.");
		assertThat(content(post(body.replace("{\\\"temperature\\\":18,\\\"condition\\\":\\\"sunny\\\"}", "It rains."))))
			.isEqualTo("Here is the weather for Paris: It rains.");
	}

	@Test
	void capitalsAreKnown() {
		assertThat(content(ask("", "What is the capital of France?"))).isEqualTo("The capital of France is Paris.");
		String json = content(post(jsonMode(body("", "The capitals of Japan, Italy and France as JSON"))));
		assertThat(json).isEqualTo("{\"Japan\":\"Tokyo\",\"Italy\":\"Rome\",\"France\":\"Paris\"}");
	}

	@Test
	void jsonModeAlwaysAnswersWithAnObject() {
		assertThat(TestClient.json(content(post(jsonMode(body("", "Hello, in JSON"))))).isObject()).isTrue();
	}

	@Test
	void jsonModeSatisfiesTheSchemaInThePrompt() {
		String schema = """
				Answer in JSON that satisfies this schema: {"$schema":"x","$defs":{"Row":{"type":"object","properties":
				{"country":{"type":"string"},"capital":{"type":"string"}},"required":["country","capital"]}},
				"type":"object","properties":{"rows":{"type":"array","items":{"$ref":"#/$defs/Row"}},
				"mood":{"type":"string","enum":["happy","sad"]},"stars":{"type":"integer","minimum":3,"maximum":5},
				"share":{"type":["number","null"]},"done":{"type":"boolean"}},"required":["rows"]} Nothing else.""";
		String json = content(post(jsonMode(
				body(schema.replace("\n", " ").replace("\"", "\\\""), "The capitals of France and Japan, I am sad"))));
		assertThat(json).isEqualTo("{\"rows\":[{\"country\":\"France\",\"capital\":\"Paris\"},"
				+ "{\"country\":\"Japan\",\"capital\":\"Tokyo\"}],\"mood\":\"sad\",\"stars\":3,\"share\":1.0,\"done\":true}");
	}

	@Test
	void maxTokensEndsWithLength() {
		JsonNode choice = post(body("", "Tell me a story").replaceFirst("\\{", "{\"max_tokens\":5,"));
		assertThat(choice.path("finish_reason").asString()).isEqualTo("length");
		assertThat(Tokens.count(choice.at("/message/content").asString())).isEqualTo(5);
	}

	@Test
	void stopIsHonoured() {
		JsonNode choice = post(body("", "Tell me a story").replaceFirst("\\{", "{\"stop\":[\"robot\",\"xyz\"],"));
		assertThat(choice.path("finish_reason").asString()).isEqualTo("stop");
		assertThat(choice.at("/message/content").asString()).isEqualTo("Once upon a time a small ");
	}

	@Test
	void scriptsComeFirst() {
		this.simulator.enqueue(ElectronScript.text("scripted"));
		assertThat(content(ask("", "Hello"))).isEqualTo("scripted");
		assertThat(content(ask("", "Hello"))).contains("simulator");
	}

	@Test
	void longStoryCanBeInterruptedAndIsBilledAsFarAsItWent() throws IOException {
		this.simulator.setPace(new SimulatorPace(Duration.ofMillis(50), Duration.ofMillis(5)));
		long start = System.nanoTime();
		try (Socket socket = this.client.open(TestClient.askStreamed("Tell me a long story"))) {
			TestClient.head(socket);
			assertThat(Duration.ofNanos(System.nanoTime() - start)).isGreaterThan(Duration.ofMillis(45));
			for (int i = 0; i < 11; i++) {
				TestClient.chunk(socket);
			}
			assertThat(Duration.ofNanos(System.nanoTime() - start)).isGreaterThan(Duration.ofMillis(90));
		}
		this.simulator.awaitDisconnect(Duration.ofSeconds(1));
		assertThat(this.simulator.usages()).singleElement()
			.satisfies((usage) -> assertThat(usage.completionTokens()).isBetween(10, 400));
		assertThat(Tokens.count(Story.tell())).isGreaterThan(1000);
	}

	@Test
	void usageOfStreamAndCompletionIsTheSame() {
		String ask = TestClient.ask("What is the capital of France?");
		JsonNode whole = TestClient.json(this.client.post(ask).body()).path("usage");
		List<JsonNode> chunks = this.client
			.chunks(ask.replaceFirst("\\{", "{\"stream\":true,\"stream_options\":{\"include_usage\":true},"));
		assertThat(chunks.get(chunks.size() - 1).path("usage")).isEqualTo(whole);
		assertThat(whole.path("completion_tokens").asInt()).isEqualTo(Tokens.count("The capital of France is Paris."));
		this.simulator.awaitIdle(TestClient.TIMEOUT);
		assertThat(this.simulator.usages().get(0)).isEqualTo(this.simulator.usages().get(1));
		assertThat(this.simulator.usages().get(0).totalTokens()).isEqualTo(whole.path("total_tokens").asInt());
	}

	private JsonNode ask(String system, String text, String... tools) {
		return post(body(system, text, tools));
	}

	private JsonNode post(String body) {
		return TestClient.json(this.client.post(body).body()).at("/choices/0");
	}

	private static String body(String system, String text, String... tools) {
		String messages = "{\"role\":\"user\",\"content\":\"%s\"}".formatted(text);
		if (!system.isEmpty()) {
			messages = "{\"role\":\"system\",\"content\":\"%s\"},".formatted(system) + messages;
		}
		String list = (tools.length > 0) ? "\"tools\":[%s],".formatted(String.join(",", tools)) : "";
		return "{\"model\":\"electron\",%s\"messages\":[%s]}".formatted(list, messages);
	}

	private static String choose(String body, String choice) {
		return "{\"tool_choice\":" + choice + "," + body.substring(1);
	}

	private static String jsonMode(String body) {
		return "{\"response_format\":{\"type\":\"json_object\"}," + body.substring(1);
	}

	private static String content(JsonNode choice) {
		return choice.at("/message/content").asString();
	}

	private static List<String> arguments(JsonNode choice) {
		return choice.at("/message/tool_calls")
			.valueStream()
			.map((call) -> call.at("/function/name").asString() + " " + call.at("/function/arguments").asString())
			.toList();
	}

}
