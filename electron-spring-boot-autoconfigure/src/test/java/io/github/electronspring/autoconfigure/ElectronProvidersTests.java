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

package io.github.electronspring.autoconfigure;

import java.math.BigDecimal;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

import com.github.tomakehurst.wiremock.WireMockServer;
import com.github.tomakehurst.wiremock.client.ResponseDefinitionBuilder;
import com.github.tomakehurst.wiremock.core.WireMockConfiguration;
import io.github.electronspring.api.Cost;
import io.github.electronspring.api.ElectronAuthenticationException;
import io.github.electronspring.api.ElectronException;
import io.github.electronspring.api.ElectronServerException;
import io.github.electronspring.api.ElectronTransportException;
import io.github.electronspring.chat.ElectronChatClient;
import io.github.electronspring.chat.ElectronChatClients;
import io.github.electronspring.chat.ElectronChatOptions;
import io.github.electronspring.chat.ElectronMetadata;
import io.github.resilience4j.circuitbreaker.CircuitBreakerConfig;
import io.github.resilience4j.circuitbreaker.CircuitBreakerRegistry;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import org.springframework.ai.chat.client.ChatClient;
import org.springframework.ai.chat.model.ChatResponse;
import org.springframework.ai.model.chat.client.autoconfigure.ChatClientAutoConfiguration;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.boot.webclient.autoconfigure.WebClientAutoConfiguration;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static com.github.tomakehurst.wiremock.client.WireMock.equalTo;
import static com.github.tomakehurst.wiremock.client.WireMock.matchingJsonPath;
import static com.github.tomakehurst.wiremock.client.WireMock.post;
import static com.github.tomakehurst.wiremock.client.WireMock.postRequestedFor;
import static com.github.tomakehurst.wiremock.client.WireMock.urlEqualTo;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

/**
 * Tests for {@link ElectronProviders} in an application: the order of decorators,
 * failover and the clients of single providers, over HTTP.
 *
 * @author The Electron Spring authors
 */
class ElectronProvidersTests {

	private final WireMockServer server = new WireMockServer(
			WireMockConfiguration.options().bindAddress("127.0.0.1").dynamicPort());

	private ApplicationContextRunner contextRunner;

	@BeforeEach
	void start() {
		this.server.start();
		this.contextRunner = new ApplicationContextRunner()
			.withConfiguration(AutoConfigurations.of(WebClientAutoConfiguration.class,
					ChatClientAutoConfiguration.class, ElectronAutoConfiguration.class))
			.withPropertyValues("electron.api-key=sk_electron", "electron.base-url=" + url("electron"),
					"electron.retry.min-backoff=1ms", "electron.retry.max-attempts=2",
					"electron.providers.openai.base-url=" + url("openai"),
					"electron.providers.openai.api-key=sk_openai", "electron.providers.openai.model=gpt-4o-mini",
					"electron.providers.openai.options.temperature=0.2");
	}

	@AfterEach
	void stop() {
		this.server.stop();
	}

	@Test
	void nextProviderAnswersWithItsModelAndKey() {
		respond("electron", aResponse().withStatus(503));
		respond("openai", answer("Hello"));
		this.contextRunner
			.withPropertyValues("electron.failover=openai", "electron.providers.openai.prices.input=1",
					"electron.providers.openai.prices.output=2")
			.run((context) -> {
				ChatResponse response = response(context.getBean(ElectronChatClient.class));
				assertThat(response.getResult().getOutput().getText()).isEqualTo("Hello");
				assertThat(response.getMetadata().<String>get(ElectronMetadata.PROVIDER)).isEqualTo("openai");
				Cost cost = response.getMetadata().get(ElectronMetadata.COST);
				assertThat(cost.total()).isEqualByComparingTo(new BigDecimal("0.000020"));
			});
		this.server.verify(2,
				postRequestedFor(urlEqualTo("/electron/chat/completions"))
					.withHeader("Authorization", equalTo("Bearer sk_electron"))
					.withRequestBody(matchingJsonPath("$.model", equalTo("electron"))));
		this.server.verify(1,
				postRequestedFor(urlEqualTo("/openai/chat/completions"))
					.withHeader("Authorization", equalTo("Bearer sk_openai"))
					.withRequestBody(matchingJsonPath("$.model", equalTo("gpt-4o-mini"))));
	}

	@Test
	void providerWithoutPricesHasNoCost() {
		respond("openai", answer("Hello"));
		this.contextRunner.run((context) -> {
			ChatResponse response = response(context.getBean(ElectronChatClients.class).get("openai"));
			assertThat(response.getMetadata().containsKey(ElectronMetadata.COST)).isFalse();
		});
	}

	@Test
	void electronAnswersAsLongAsItCan() {
		respond("electron", answer("Hi"));
		this.contextRunner.withPropertyValues("electron.failover=openai").run((context) -> {
			ChatResponse response = response(context.getBean(ElectronChatClient.class));
			assertThat(response.getMetadata().<String>get(ElectronMetadata.PROVIDER)).isEqualTo("electron");
			Cost cost = response.getMetadata().get(ElectronMetadata.COST);
			assertThat(cost.total()).isEqualByComparingTo(new BigDecimal("0.000012"));
		});
		this.server.verify(0, postRequestedFor(urlEqualTo("/openai/chat/completions")));
	}

	@Test
	void withoutFailoverTheErrorIsPassedOn() {
		respond("electron", aResponse().withStatus(503));
		this.contextRunner.run((context) -> assertThatExceptionOfType(ElectronServerException.class)
			.isThrownBy(() -> response(context.getBean(ElectronChatClient.class))));
		this.server.verify(2, postRequestedFor(urlEqualTo("/electron/chat/completions")));
		this.server.verify(0, postRequestedFor(urlEqualTo("/openai/chat/completions")));
	}

	@Test
	void wrongKeyGoesToTheNextProviderOnlyWhenAskedFor() {
		respond("electron", aResponse().withStatus(401));
		respond("openai", answer("Hello"));
		ApplicationContextRunner failover = this.contextRunner.withPropertyValues("electron.failover=openai");
		failover.run((context) -> assertThatExceptionOfType(ElectronAuthenticationException.class)
			.isThrownBy(() -> response(context.getBean(ElectronChatClient.class))));
		failover.withPropertyValues("electron.failover-on-client-errors=true")
			.run((context) -> assertThat(
					response(context.getBean(ElectronChatClient.class)).getResult().getOutput().getText())
				.isEqualTo("Hello"));
	}

	@Test
	void slowProviderIsLeftForTheNextOne() {
		respond("electron", answer("Hi").withFixedDelay(3000));
		respond("openai", answer("Hello"));
		this.contextRunner.withPropertyValues("electron.failover=openai", "electron.failover-after=300ms")
			.run((context) -> assertThat(response(context.getBean(ElectronChatClient.class)).getMetadata()
				.<String>get(ElectronMetadata.PROVIDER)).isEqualTo("openai"));
	}

	@Test
	void clientOfAProviderAsksItAlone() {
		respond("openai", answer("Hello"));
		respond("electron", aResponse().withStatus(503));
		this.contextRunner.withPropertyValues("electron.failover=openai").run((context) -> {
			ElectronChatClients clients = context.getBean(ElectronChatClients.class);
			assertThat(clients.names()).containsExactly("electron", "openai");
			assertThat(clients.get("openai")).isSameAs(clients.get("openai"));
			assertThat(response(clients.get("openai")).getResult().getOutput().getText()).isEqualTo("Hello");
			assertThatExceptionOfType(ElectronServerException.class)
				.isThrownBy(() -> response(clients.get("electron")));
		});
		this.server.verify(1, postRequestedFor(urlEqualTo("/openai/chat/completions"))
			.withRequestBody(matchingJsonPath("$.temperature", equalTo("0.2"))));
	}

	@Test
	void modelOfTheCallIsKept() {
		respond("openai", answer("Hello"));
		this.contextRunner.run((context) -> {
			ElectronChatClient client = context.getBean(ElectronChatClients.class).get("openai");
			client.prompt("Hello").options(ElectronChatOptions.builder().model("gpt-5")).call().content();
		});
		this.server.verify(1, postRequestedFor(urlEqualTo("/openai/chat/completions"))
			.withRequestBody(matchingJsonPath("$.model", equalTo("gpt-5"))));
	}

	@Test
	void unknownProviderNamesTheKnownOnes() {
		this.contextRunner.run((context) -> assertThatIllegalArgumentException()
			.isThrownBy(() -> context.getBean(ElectronChatClients.class).get("azure"))
			.withMessage("There is no provider 'azure' in 'electron.providers', which has [electron, openai]"));
	}

	@Test
	void clientsOfProvidersAreNoBeans() {
		this.contextRunner.run((context) -> assertThat(context).hasSingleBean(ChatClient.class));
	}

	@Test
	void customizersDecorateEachProviderOutsideItsRetries() {
		respond("electron", aResponse().withStatus(503));
		respond("openai", answer("Hello"));
		List<String> seen = new CopyOnWriteArrayList<>();
		this.contextRunner.withPropertyValues("electron.failover=openai")
			.withBean(ElectronApiCustomizer.class, () -> (provider, api) -> new RecordingApi(provider, api, seen))
			.run((context) -> response(context.getBean(ElectronChatClient.class)));
		assertThat(seen).containsExactly("electron", "openai");
	}

	@Test
	void circuitBreakerOfTheApplicationIsUsed() {
		respond("electron", aResponse().withStatus(503));
		CircuitBreakerRegistry registry = CircuitBreakerRegistry.ofDefaults();
		registry.circuitBreaker("electron",
				CircuitBreakerConfig.custom().slidingWindowSize(2).minimumNumberOfCalls(2).build());
		this.contextRunner.withBean(CircuitBreakerRegistry.class, () -> registry).run((context) -> {
			ElectronChatClient client = context.getBean(ElectronChatClient.class);
			assertThatExceptionOfType(ElectronException.class).isThrownBy(() -> response(client));
			assertThatExceptionOfType(ElectronTransportException.class).isThrownBy(() -> response(client))
				.withMessageContaining("'electron' has failed too often");
			assertThat(registry.find("openai")).isPresent();
		});
		this.server.verify(2, postRequestedFor(urlEqualTo("/electron/chat/completions")));
	}

	@Test
	void providerHasToBeComplete() {
		for (String property : List.of("base-url", "api-key", "model")) {
			this.contextRunner.withPropertyValues("electron.providers.openai." + property + "=")
				.run((context) -> assertThat(context).getFailure()
					.rootCause()
					.hasMessageContaining(property)
					.hasMessageContaining("must be set"));
		}
	}

	@Test
	void providerMustNotHaveTheNameOfElectron() {
		this.contextRunner
			.withPropertyValues("electron.providers.electron.base-url=http://localhost:1/v1",
					"electron.providers.electron.api-key=sk", "electron.providers.electron.model=m")
			.run((context) -> assertThat(context).getFailure()
				.rootCause()
				.hasMessageContaining("must not have one with the name 'electron'"));
	}

	private String url(String provider) {
		return "http://127.0.0.1:" + this.server.port() + "/" + provider;
	}

	private void respond(String provider, ResponseDefinitionBuilder response) {
		this.server.stubFor(post("/" + provider + "/chat/completions").willReturn(response));
	}

	private static ResponseDefinitionBuilder answer(String text) {
		return aResponse().withHeader("Content-Type", "text/event-stream").withBody("""
				data: {"id":"1","choices":[{"index":0,"delta":{"role":"assistant","content":"%s"}}]}

				data: {"id":"1","choices":[{"index":0,"delta":{},"finish_reason":"stop"}]}

				data: {"id":"1","choices":[],"usage":{"prompt_tokens":10,"completion_tokens":5,"total_tokens":15}}

				data: [DONE]

				""".formatted(text));
	}

	private static ChatResponse response(ElectronChatClient client) {
		return client.prompt("Hello").call().chatResponse();
	}

}
