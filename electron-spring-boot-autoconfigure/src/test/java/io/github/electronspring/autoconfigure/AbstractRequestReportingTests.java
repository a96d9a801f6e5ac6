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
import java.time.Duration;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

import com.github.tomakehurst.wiremock.WireMockServer;
import com.github.tomakehurst.wiremock.client.ResponseDefinitionBuilder;
import com.github.tomakehurst.wiremock.core.WireMockConfiguration;
import io.github.electronspring.chat.ElectronChatClient;
import io.github.electronspring.observation.Documented;
import io.github.electronspring.observation.RequestReport;
import io.github.electronspring.observation.RequestReportListener;
import io.github.electronspring.protocol.ChatCompletionRequest;
import io.github.electronspring.protocol.ChatMessage;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;

import org.springframework.ai.chat.model.ChatResponse;
import org.springframework.ai.model.chat.client.autoconfigure.ChatClientAutoConfiguration;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.boot.webclient.autoconfigure.WebClientAutoConfiguration;
import org.springframework.context.ApplicationContext;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static com.github.tomakehurst.wiremock.client.WireMock.post;
import static org.assertj.core.api.Assertions.assertThat;

/**
 * Base of the tests for reports and meters of requests in an application, over HTTP.
 *
 * @author The Electron Spring authors
 */
abstract class AbstractRequestReportingTests {

	static final Duration TIMEOUT = Duration.ofSeconds(5);

	static final ChatCompletionRequest REQUEST = ChatCompletionRequest.builder()
		.model("electron")
		.messages(List.of(ChatMessage.user("Hello Electron!!")))
		.build();

	final WireMockServer server = new WireMockServer(
			WireMockConfiguration.options().bindAddress("127.0.0.1").dynamicPort());

	final SimpleMeterRegistry registry = new SimpleMeterRegistry();

	private final BlockingQueue<RequestReport> reports = new LinkedBlockingQueue<>();

	ApplicationContextRunner contextRunner;

	@BeforeEach
	void start() {
		this.server.start();
		this.contextRunner = new ApplicationContextRunner()
			.withConfiguration(AutoConfigurations.of(WebClientAutoConfiguration.class,
					ChatClientAutoConfiguration.class, ElectronAutoConfiguration.class))
			.withBean(MeterRegistry.class, () -> this.registry)
			.withBean(RequestReportListener.class, () -> this.reports::add)
			.withPropertyValues("electron.api-key=sk_electron", "electron.base-url=" + url("electron"),
					"electron.retry.min-backoff=1ms", "electron.retry.max-attempts=2",
					"electron.providers.openai.base-url=" + url("openai"),
					"electron.providers.openai.api-key=sk_openai", "electron.providers.openai.model=gpt-4o-mini");
	}

	@AfterEach
	void stop() {
		this.server.stop();
	}

	void run(Scenarios test) {
		this.contextRunner.run((context) -> {
			test.run(context);
			assertThat(this.reports).isEmpty();
			for (Meter meter : this.registry.getMeters()) {
				if (!meter.getId().getName().startsWith("resilience4j")) {
					Documented.check(meter);
				}
			}
		});
	}

	RequestReport report() throws InterruptedException {
		RequestReport report = this.reports.poll(5, TimeUnit.SECONDS);
		assertThat(report).isNotNull();
		return report;
	}

	long requests(String provider, String outcome, String error) {
		return this.registry.get("electron.requests")
			.tags("provider", provider, "outcome", outcome, "error.type", error)
			.timer()
			.count();
	}

	BigDecimal counter(String name, String... tags) {
		return BigDecimal.valueOf(this.registry.get(name).tags(tags).counter().count());
	}

	private String url(String provider) {
		return "http://127.0.0.1:" + this.server.port() + "/" + provider;
	}

	void respond(String provider, ResponseDefinitionBuilder response) {
		this.server.stubFor(post("/" + provider + "/chat/completions").willReturn(response));
	}

	/**
	 * Return the documented example as a stream.
	 */
	static ResponseDefinitionBuilder answer(String text) {
		return aResponse().withHeader("Content-Type", "text/event-stream")
			.withHeader("X-Request-Id", "req-1")
			.withBody("""
					data: {"id":"1","choices":[{"index":0,"delta":{"role":"assistant","content":""}}]}

					data: {"id":"1","choices":[{"index":0,"delta":{"content":"%s"}}]}

					data: {"id":"1","choices":[{"index":0,"delta":{},"finish_reason":"stop"}]}

					data: {"id":"1","choices":[],"usage":{"prompt_tokens":1200,"completion_tokens":80,\
					"total_tokens":1280,"prompt_tokens_details":{"cached_tokens":1024}}}

					data: [DONE]

					""".formatted(text));
	}

	static ChatResponse response(ElectronChatClient client) {
		return client.prompt("Hello").call().chatResponse();
	}

	/**
	 * What is done in an application.
	 */
	interface Scenarios {

		void run(ApplicationContext context) throws Exception;

	}

}
