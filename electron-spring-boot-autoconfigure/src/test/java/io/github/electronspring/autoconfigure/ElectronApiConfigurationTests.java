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

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;

import io.github.electronspring.api.CallContext;
import io.github.electronspring.api.ElectronApi;
import io.github.electronspring.protocol.ChatCompletion;
import io.github.electronspring.protocol.ChatCompletionRequest;
import io.github.electronspring.protocol.ChatMessage;
import io.netty.handler.codec.http.HttpHeaders;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Mono;
import reactor.netty.DisposableServer;
import reactor.netty.http.server.HttpServer;
import reactor.netty.resources.ConnectionProvider;

import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.autoconfigure.ssl.SslAutoConfiguration;
import org.springframework.boot.http.client.autoconfigure.HttpClientAutoConfiguration;
import org.springframework.boot.http.client.autoconfigure.reactive.ClientHttpConnectorBuilderCustomizer;
import org.springframework.boot.http.client.autoconfigure.reactive.ReactiveHttpClientAutoConfiguration;
import org.springframework.boot.http.client.reactive.ReactorClientHttpConnectorBuilder;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.boot.webclient.WebClientCustomizer;
import org.springframework.boot.webclient.autoconfigure.WebClientAutoConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.annotation.Order;
import org.springframework.core.env.StandardEnvironment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mockito.Mockito.mock;

/**
 * Tests for {@link ElectronApiConfiguration}.
 *
 * @author The Electron Spring authors
 */
class ElectronApiConfigurationTests {

	private static final Duration TIMEOUT = Duration.ofSeconds(10);

	private static final ChatCompletionRequest REQUEST = ChatCompletionRequest.builder()
		.model("electron")
		.messages(List.of(ChatMessage.user("Hello")))
		.build();

	private final List<HttpHeaders> headers = new CopyOnWriteArrayList<>();

	private final List<String> bodies = new CopyOnWriteArrayList<>();

	private final AtomicInteger connections = new AtomicInteger();

	private DisposableServer server;

	private ApplicationContextRunner contextRunner;

	@BeforeEach
	void start() {
		this.server = HttpServer.create()
			.host("127.0.0.1")
			.port(0)
			.doOnConnection((connection) -> this.connections.incrementAndGet())
			.handle((request, response) -> {
				this.headers.add(request.requestHeaders());
				return request.receive()
					.aggregate()
					.asString()
					.doOnNext(this.bodies::add)
					.then(response.header("Content-Type", "application/json")
						.sendString(Mono
							.just("""
									{"id": "chatcmpl-1", "object": "chat.completion", "model": "electron", "choices": [
									{"index": 0, "message": {"role": "assistant", "content": "Hi"}, "finish_reason": "stop"}]}"""))
						.then());
			})
			.bindNow();
		this.contextRunner = new ApplicationContextRunner()
			.withInitializer((context) -> context.getEnvironment()
				.getPropertySources()
				.remove(StandardEnvironment.SYSTEM_ENVIRONMENT_PROPERTY_SOURCE_NAME))
			.withConfiguration(AutoConfigurations.of(SslAutoConfiguration.class, HttpClientAutoConfiguration.class,
					ReactiveHttpClientAutoConfiguration.class, WebClientAutoConfiguration.class,
					ElectronAutoConfiguration.class))
			.withPropertyValues("electron.api-key=sk_test",
					"electron.base-url=http://127.0.0.1:" + this.server.port() + "/waves/v1/");
	}

	@AfterEach
	void stop() {
		this.server.disposeNow();
	}

	@Test
	void apiTalksToTheService() {
		this.contextRunner.run((context) -> {
			ChatCompletion completion = complete(context.getBean("electronApi", ElectronApi.class));
			assertThat(completion.id()).isEqualTo("chatcmpl-1");
			assertThat(this.headers.get(0).get("Authorization")).isEqualTo("Bearer sk_test");
		});
	}

	@Test
	void nothingIsConnectedAtTheStart() {
		this.contextRunner.run((context) -> {
			assertThat(context).hasSingleBean(ElectronApi.class);
			assertThat(this.connections).hasValue(0);
		});
	}

	@Test
	void whenDisabledBacksOff() {
		this.contextRunner.withPropertyValues("electron.enabled=false", "electron.api-key=")
			.run((context) -> assertThat(context).doesNotHaveBean(ElectronApi.class)
				.doesNotHaveBean(ElectronProperties.class));
	}

	@Test
	void whenChatModelIsElectronIsThere() {
		this.contextRunner.withPropertyValues("spring.ai.model.chat=electron")
			.run((context) -> assertThat(context).hasSingleBean(ElectronApi.class));
	}

	@Test
	void whenChatModelIsAnotherBacksOff() {
		this.contextRunner.withPropertyValues("spring.ai.model.chat=openai", "electron.api-key=")
			.run((context) -> assertThat(context).doesNotHaveBean(ElectronApi.class)
				.doesNotHaveBean(ElectronProperties.class));
	}

	@Test
	void whenUserDefinesApiBacksOffAndNeedsNoKey() {
		this.contextRunner.withPropertyValues("electron.api-key=")
			.withBean("custom", ElectronApi.class, () -> mock(ElectronApi.class))
			.run((context) -> assertThat(context).hasSingleBean(ElectronApi.class)
				.doesNotHaveBean("electronApi")
				.doesNotHaveBean(ElectronConnectionDetails.class));
	}

	@Test
	void whenUserDefinesConnectionDetailsUsesThem() {
		TestConnectionDetails details = new TestConnectionDetails(
				"http://127.0.0.1:" + this.server.port() + "/elsewhere");
		this.contextRunner.withPropertyValues("electron.api-key=", "electron.base-url=nonsense")
			.withBean(ElectronConnectionDetails.class, () -> details)
			.run((context) -> {
				assertThat(context).doesNotHaveBean(PropertiesElectronConnectionDetails.class);
				ElectronApi api = context.getBean(ElectronApi.class);
				details.apiKey = "sk_one";
				complete(api);
				details.apiKey = "sk_two";
				complete(api);
				assertThat(this.headers).extracting((headers) -> headers.get("Authorization"))
					.containsExactly("Bearer sk_one", "Bearer sk_two");
			});
	}

	@Test
	void whenEnvironmentVariableIsSetNeedsNoProperty() {
		new ApplicationContextRunner().withConfiguration(AutoConfigurations.of(ElectronAutoConfiguration.class))
			.withPropertyValues("SMALLEST_API_KEY=sk_variable")
			.run((context) -> assertThat(context.getBean(ElectronConnectionDetails.class).getApiKey())
				.isEqualTo("sk_variable"));
	}

	@Test
	void whenSpringBootHasNoWebClientMakesOne() {
		new ApplicationContextRunner().withConfiguration(AutoConfigurations.of(ElectronAutoConfiguration.class))
			.withPropertyValues("electron.api-key=sk_test", "electron.base-url=http://127.0.0.1:" + this.server.port())
			.run((context) -> assertThat(complete(context.getBean(ElectronApi.class)).id()).isEqualTo("chatcmpl-1"));
	}

	@Test
	void customizersOfWebClientsAreApplied() {
		this.contextRunner.withUserConfiguration(WebClientConfiguration.class).run((context) -> {
			complete(context.getBean(ElectronApi.class));
			assertThat(this.headers.get(0).getAll("X-Test")).containsExactly("all", "first", "second");
		});
	}

	@Test
	void customizersOfConnectorBuildersAreApplied() {
		this.contextRunner.withUserConfiguration(ConnectorConfiguration.class).run((context) -> {
			complete(context.getBean(ElectronApi.class));
			assertThat(this.headers.get(0).get("X-Connector")).isEqualTo("yes");
		});
	}

	@Test
	void whenConnectorOfTheApplicationIsNotReactorsUsesReactor() {
		this.contextRunner.withPropertyValues("spring.http.clients.reactive.connector=jdk")
			.run((context) -> assertThat(complete(context.getBean(ElectronApi.class)).id()).isEqualTo("chatcmpl-1"));
	}

	@Test
	void settingsOfHttpClientsAreUsed() {
		this.contextRunner
			.withPropertyValues("spring.http.clients.connect-timeout=100ms", "spring.http.clients.read-timeout=200ms",
					"electron.http.idle-timeout=300ms")
			.run((context) -> assertThat(context.getBean(ElectronHttpConnector.class).getTimeouts().toString())
				.isEqualTo("Timeouts[connect=PT0.1S, firstToken=PT0.2S, idle=PT0.3S, response=PT0.2S]"));
	}

	@Test
	void customizersOfTheApiAreAppliedInOrder() {
		this.contextRunner.withUserConfiguration(ApiConfiguration.class).run((context) -> {
			complete(context.getBean(ElectronApi.class));
			assertThat(context.getBean(ApiConfiguration.class).calls).containsExactly("electron second",
					"electron first");
		});
	}

	@Test
	void customizersOfRequestsAreAppliedInOrderToEachRequest() {
		this.contextRunner.withUserConfiguration(RequestConfiguration.class).run((context) -> {
			ElectronApi api = context.getBean(ElectronApi.class);
			complete(api);
			complete(api);
			assertThat(this.bodies).hasSize(2)
				.allSatisfy((body) -> assertThat(body).contains("\"user\":\"second\"", "\"seed\":1"));
			assertThat(REQUEST.user()).isNull();
		});
	}

	@Test
	void whenContextClosesConnectionsClose() {
		this.contextRunner.run((context) -> {
			complete(context.getBean(ElectronApi.class));
			ElectronHttpConnector connector = context.getBean(ElectronHttpConnector.class);
			context.getSourceApplicationContext().close();
			assertThat(connector).extracting("connectionProvider")
				.satisfies((provider) -> assertThat(((ConnectionProvider) provider).isDisposed()).isTrue());
		});
	}

	private static ChatCompletion complete(ElectronApi api) {
		ChatCompletion completion = api.complete(REQUEST, CallContext.empty()).block(TIMEOUT);
		assertThat(completion).isNotNull();
		return completion;
	}

	static class TestConnectionDetails implements ElectronConnectionDetails {

		private final String baseUrl;

		private volatile String apiKey = "";

		TestConnectionDetails(String baseUrl) {
			this.baseUrl = baseUrl;
		}

		@Override
		public String getBaseUrl() {
			return this.baseUrl;
		}

		@Override
		public String getApiKey() {
			return this.apiKey;
		}

	}

	@Configuration(proxyBeanMethods = false)
	static class WebClientConfiguration {

		@Bean
		@Order(2)
		ElectronWebClientCustomizer secondCustomizer() {
			return (builder) -> builder.defaultHeaders((headers) -> headers.add("X-Test", "second"));
		}

		@Bean
		@Order(1)
		ElectronWebClientCustomizer firstCustomizer() {
			return (builder) -> builder.defaultHeaders((headers) -> headers.add("X-Test", "first"));
		}

		@Bean
		WebClientCustomizer customizerOfAll() {
			return (builder) -> builder.defaultHeaders((headers) -> headers.add("X-Test", "all"));
		}

	}

	@Configuration(proxyBeanMethods = false)
	static class ConnectorConfiguration {

		@Bean
		ClientHttpConnectorBuilderCustomizer<ReactorClientHttpConnectorBuilder> connectorCustomizer() {
			return (builder) -> builder
				.withHttpClientCustomizer((client) -> client.headers((headers) -> headers.add("X-Connector", "yes")));
		}

	}

	@Configuration(proxyBeanMethods = false)
	static class ApiConfiguration {

		private final List<String> calls = new ArrayList<>();

		@Bean
		@Order(2)
		ElectronApiCustomizer secondCustomizer() {
			return recording("second");
		}

		@Bean
		@Order(1)
		ElectronApiCustomizer firstCustomizer() {
			return recording("first");
		}

		private ElectronApiCustomizer recording(String name) {
			return (provider, api) -> new RequestCustomizingElectronApi(api,
					Collections.singletonList((request) -> this.calls.add(provider + " " + name)));
		}

	}

	@Configuration(proxyBeanMethods = false)
	static class RequestConfiguration {

		@Bean
		@Order(2)
		ElectronRequestCustomizer secondCustomizer() {
			return (request) -> request.user("second");
		}

		@Bean
		@Order(1)
		ElectronRequestCustomizer firstCustomizer() {
			return (request) -> request.user("first").seed(1L);
		}

	}

}
