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

package io.github.electronspring.samples.monitoring;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import io.github.electronspring.test.simulator.ElectronScript;
import io.micrometer.observation.ObservationRegistry;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import reactor.core.publisher.Flux;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import org.springframework.ai.chat.client.ChatClient;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests that neither the key nor what is said is in the log, in observations or in what
 * the actuator shows, and that contents are there once Spring AI is asked for them.
 *
 * @author The Electron Spring authors
 */
@ExtendWith(OutputCaptureExtension.class)
class LeakTests {

	private static final String KEY = "sk_marker_of_the_key";

	private static final String PROMPT = "MarkerOfThePrompt";

	private static final String ARGUMENT = "MarkerOfTheArgument";

	private static final String ANSWER = "MarkerOfTheAnswer";

	private static final String[] EVERYTHING = { "electron.failover-on-client-errors=true",
			"management.endpoints.web.exposure.include=*", "management.endpoint.health.show-details=always",
			"logging.level.io.github.electronspring=trace", "logging.level.org.springframework.ai=trace",
			"logging.level.org.springframework.http=trace", "logging.level.org.springframework.web=trace",
			"logging.level.reactor=trace", "logging.level.io.netty=trace" };

	private final ObservedTexts observed = new ObservedTexts();

	@Test
	void neitherKeyNorContentsAreShownOrLogged(CapturedOutput output) throws Exception {
		try (RunningAgent agent = new RunningAgent(KEY, EVERYTHING)) {
			converse(agent);
			Map<String, String> pages = pages(agent);
			assertThat(pages).containsKeys("/env", "/configprops", "/electron", "/health", "/loggers", "/prometheus",
					"/threaddump", "/metrics/electron.cost", "/env/electron.api-key",
					"/env/electron.providers.openai.api-key");
			assertThat(pages.get("/electron")).contains("req_", "ElectronAuthenticationException", "\"vault\"");
			assertThat(pages.get("/health")).contains("\"lastFailure\":{\"type\":\"ElectronAuthenticationException\"");
			assertThat(pages.get("/env/electron.api-key")).contains("******");
			assertThat(pages).allSatisfy((path, page) -> assertThat(page).doesNotContain(KEY, RunningAgent.OPENAI_KEY,
					PROMPT, ARGUMENT, ANSWER, Vault.CONTENT));
		}
		assertThat(output.getAll()).as("TRACE is on")
			.contains("ExchangeFunctions", "RequestLog", "r.netty.http.client.HttpClient", "for model 'electron'");
		assertThat(output.getAll()).doesNotContain(KEY, RunningAgent.OPENAI_KEY, PROMPT, ARGUMENT, ANSWER,
				Vault.CONTENT);
		assertThat(this.observed.texts()).isNotEmpty()
			.noneMatch(
					(text) -> containsAny(text, KEY, RunningAgent.OPENAI_KEY, PROMPT, ARGUMENT, ANSWER, Vault.CONTENT));
	}

	@Test
	void whenContentsAreAskedForTheyAreThereButNotTheKey(CapturedOutput output) throws Exception {
		try (RunningAgent agent = new RunningAgent(KEY, "spring.ai.chat.observations.log-prompt=true",
				"spring.ai.chat.observations.log-completion=true",
				"spring.ai.tools.observations.include-content=true")) {
			converse(agent);
		}
		assertThat(output.getAll()).contains(PROMPT, ANSWER).doesNotContain(KEY, RunningAgent.OPENAI_KEY);
		assertThat(this.observed.texts()).anyMatch((text) -> text.contains(ARGUMENT))
			.anyMatch((text) -> text.contains(Vault.CONTENT))
			.noneMatch((text) -> containsAny(text, KEY, RunningAgent.OPENAI_KEY));
	}

	private void converse(RunningAgent agent) {
		agent.context().getBean(ObservationRegistry.class).observationConfig().observationHandler(this.observed);
		ChatClient client = agent.context().getBean(ChatClient.class);
		agent.answer(ElectronScript.text(ANSWER), ElectronScript.text(ANSWER, " again"));
		assertThat(client.prompt(PROMPT).call().content()).isEqualTo(ANSWER);
		assertThat(stream(client)).contains(ANSWER);
		agent.answer(ElectronScript.round()
			.text(ANSWER)
			.toolCall("call_1", "vault", "{\"word\":\"" + ARGUMENT + "\"}")
			.toolCall("call_2", "vault", "{\"" + ARGUMENT + "\":1}")
			.toolCall("call_3", ARGUMENT, "{}"), ElectronScript.text(ANSWER));
		assertThat(stream(client)).contains(ANSWER);
		agent.answer(ElectronScript.error(503), ElectronScript.error(500));
		agent.openAi().enqueue(ElectronScript.text(ANSWER));
		assertThat(stream(client)).contains(ANSWER);
		agent.answer(ElectronScript.round().text(ANSWER).disconnect());
		assertThat(stream(client)).contains("ElectronStreamException");
		agent.answer(ElectronScript.round().text(ANSWER).pause(RunningAgent.TIMEOUT).text(ANSWER));
		assertThat(client.prompt(PROMPT).stream().content().blockFirst(RunningAgent.TIMEOUT)).isEqualTo(ANSWER);
		agent.answer(ElectronScript.error(401, "authentication_error", "The key " + KEY + " is wrong"));
		agent.openAi()
			.enqueue(ElectronScript.error(401, "authentication_error",
					"The key " + RunningAgent.OPENAI_KEY + " is wrong"));
		assertThat(stream(client)).contains("ElectronAuthenticationException");
		Awaitility.await().atMost(RunningAgent.TIMEOUT).until(() -> this.observed.texts().size() > 10);
	}

	private static String stream(ChatClient client) {
		List<String> pieces = client.prompt(PROMPT)
			.stream()
			.content()
			.onErrorResume((ex) -> Flux.just(ex.toString()))
			.collectList()
			.block(RunningAgent.TIMEOUT);
		return String.valueOf(pieces);
	}

	private static Map<String, String> pages(RunningAgent agent) throws Exception {
		Map<String, String> pages = new LinkedHashMap<>();
		JsonNode links = JsonMapper.shared().readTree(agent.actuator("")).path("_links");
		for (Map.Entry<String, JsonNode> link : links.properties()) {
			String href = link.getValue().path("href").asString();
			fetch(agent, href.substring(href.indexOf("/actuator") + "/actuator".length()), pages);
		}
		for (JsonNode name : JsonMapper.shared().readTree(pages.get("/metrics")).path("names")) {
			fetch(agent, "/metrics/" + name.asString(), pages);
		}
		for (String path : List.of("/env/electron.api-key", "/env/electron.providers.openai.api-key",
				"/configprops/electron", "/health/electron", "/loggers/io.github.electronspring")) {
			fetch(agent, path, pages);
		}
		return pages;
	}

	private static void fetch(RunningAgent agent, String path, Map<String, String> pages) throws Exception {
		if (!path.contains("{")) {
			pages.put(path, agent.actuator(path));
		}
	}

	private static boolean containsAny(String text, String... markers) {
		for (String marker : markers) {
			if (text.contains(marker)) {
				return true;
			}
		}
		return false;
	}

}
