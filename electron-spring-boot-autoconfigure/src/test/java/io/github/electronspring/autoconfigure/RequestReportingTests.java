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
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import com.github.tomakehurst.wiremock.WireMockServer;
import com.github.tomakehurst.wiremock.client.ResponseDefinitionBuilder;
import com.github.tomakehurst.wiremock.core.WireMockConfiguration;
import com.github.tomakehurst.wiremock.http.Fault;
import com.github.tomakehurst.wiremock.stubbing.Scenario;
import io.github.electronspring.api.CallContext;
import io.github.electronspring.api.Cost;
import io.github.electronspring.api.ElectronApi;
import io.github.electronspring.api.ElectronException;
import io.github.electronspring.chat.ElectronChatClient;
import io.github.electronspring.chat.ElectronChatClients;
import io.github.electronspring.chat.ElectronMetadata;
import io.github.electronspring.observation.Documented;
import io.github.electronspring.observation.RequestOutcome;
import io.github.electronspring.observation.RequestReport;
import io.github.electronspring.observation.RequestReportListener;
import io.github.electronspring.protocol.ChatCompletionRequest;
import io.github.electronspring.protocol.ChatMessage;
import io.github.electronspring.protocol.Usage;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.slf4j.LoggerFactory;
import reactor.test.StepVerifier;

import org.springframework.ai.chat.model.ChatResponse;
import org.springframework.ai.model.chat.client.autoconfigure.ChatClientAutoConfiguration;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.boot.webclient.autoconfigure.WebClientAutoConfiguration;
import org.springframework.context.ApplicationContext;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static com.github.tomakehurst.wiremock.client.WireMock.post;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Tests for reports and meters of requests in an application, over HTTP.
 *
 * @author The Electron Spring authors
 */
class RequestReportingTests {

	private static final Duration TIMEOUT = Duration.ofSeconds(5);

	private static final ChatCompletionRequest REQUEST = ChatCompletionRequest.builder()
		.model("electron")
		.messages(List.of(ChatMessage.user("Hello Electron!!")))
		.build();

	private final WireMockServer server = new WireMockServer(
			WireMockConfiguration.options().bindAddress("127.0.0.1").dynamicPort());

	private final SimpleMeterRegistry registry = new SimpleMeterRegistry();

	private final BlockingQueue<RequestReport> reports = new LinkedBlockingQueue<>();

	private ApplicationContextRunner contextRunner;

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

	@Test
	void plainCall() {
		respond("electron", aResponse().withHeader("X-Request-Id", "req-1").withBody("""
				{"id": "1", "choices": [{"index": 0, "message": {"role": "assistant", "content": "Hi"},
				"finish_reason": "stop"}], "usage": {"prompt_tokens": 1200, "completion_tokens": 80,
				"total_tokens": 1280, "prompt_tokens_details": {"cached_tokens": 1024}}}
				"""));
		run((context) -> {
			context.getBean(ElectronApi.class)
				.complete(REQUEST, CallContext.empty().withConversationId("call-7"))
				.block(TIMEOUT);
			RequestReport report = report();
			assertThat(report.outcome()).isEqualTo(RequestOutcome.SUCCESS);
			assertThat(report.requestId()).isEqualTo("req-1");
			assertThat(report.conversationId()).isEqualTo("call-7");
			assertThat(report.timeToFirstChunk()).isNull();
			assertThat(report.cost().total()).isEqualByComparingTo(new BigDecimal("0.0003008"));
			assertThat(requests("electron", "success", "none")).isOne();
			assertThat(this.registry.find("gen_ai.client.operation.time_to_first_chunk").timers()).isEmpty();
		});
	}

	@Test
	void documentedExampleHasTheSameExactCostEverywhere() {
		respond("electron", answer("Hi"));
		run((context) -> {
			ChatResponse response = response(context.getBean(ElectronChatClient.class));
			Cost cost = response.getMetadata().get(ElectronMetadata.COST);
			assertThat(cost).isEqualTo(report().cost());
			assertThat(cost.input()).isEqualByComparingTo(new BigDecimal("0.0000704"));
			assertThat(cost.cachedInput()).isEqualByComparingTo(new BigDecimal("0.0001024"));
			assertThat(cost.output()).isEqualByComparingTo(new BigDecimal("0.000128"));
			assertThat(counter("electron.cost", "type", "input")).isEqualByComparingTo(cost.input());
			assertThat(counter("electron.cost", "type", "cached_input")).isEqualByComparingTo(cost.cachedInput());
			assertThat(counter("electron.cost", "type", "output")).isEqualByComparingTo(cost.output());
			assertThat(counter("electron.tokens.cached", "provider", "electron")).isEqualByComparingTo("1024");
		});
	}

	@Test
	void streamIsMeasuredToItsFirstContent() {
		respond("electron", answer("Hi").withFixedDelay(50));
		run((context) -> {
			context.getBean(ElectronApi.class).stream(REQUEST).blockLast(TIMEOUT);
			RequestReport report = report();
			assertThat(report.timeToFirstChunk()).isBetween(Duration.ofMillis(50), report.duration());
			assertThat(this.registry.get("gen_ai.client.operation.time_to_first_chunk")
				.tags("gen_ai.operation.name", "chat", "gen_ai.system", "electron", "gen_ai.request.model", "electron",
						"outcome", "success")
				.timer()
				.totalTime(TimeUnit.MILLISECONDS)).isGreaterThanOrEqualTo(50);
		});
	}

	@Test
	void retriedRequestIsOneRequest() {
		this.server.stubFor(post("/electron/chat/completions").inScenario("retry")
			.whenScenarioStateIs(Scenario.STARTED)
			.willReturn(aResponse().withStatus(503).withHeader("X-Request-Id", "req-0"))
			.willSetStateTo("up"));
		this.server.stubFor(post("/electron/chat/completions").inScenario("retry")
			.whenScenarioStateIs("up")
			.willReturn(answer("Hi")));
		run((context) -> {
			context.getBean(ElectronApi.class).stream(REQUEST).blockLast(TIMEOUT);
			RequestReport report = report();
			assertThat(report.outcome()).isEqualTo(RequestOutcome.SUCCESS);
			assertThat(report.attempts()).isEqualTo(2);
			assertThat(report.status()).isEqualTo(200);
			assertThat(report.requestId()).isEqualTo("req-1");
			assertThat(requests("electron", "success", "none")).isOne();
			assertThat(counter("electron.retries", "error.type", "ElectronServerException")).isEqualByComparingTo("1");
		});
	}

	@Test
	void requestThatHasFailedOverIsOneRequestOfTheOtherProvider() {
		respond("electron", aResponse().withStatus(503));
		respond("openai", answer("Hi"));
		this.contextRunner = this.contextRunner.withPropertyValues("electron.failover=openai");
		run((context) -> {
			context.getBean(ElectronApi.class).stream(REQUEST).blockLast(TIMEOUT);
			RequestReport report = report();
			assertThat(report.provider()).isEqualTo("openai");
			assertThat(report.model()).isEqualTo("gpt-4o-mini");
			assertThat(report.attempts()).isEqualTo(3);
			assertThat(report.usage()).isNotNull();
			assertThat(report.cost()).isNull();
			assertThat(requests("openai", "success", "none")).isOne();
			assertThat(this.registry.get("electron.failovers")
				.tags("from", "electron", "to", "openai", "error.type", "ElectronServerException")
				.counter()
				.count()).isOne();
			assertThat(this.registry.find("electron.cost").counters()).isEmpty();
		});
	}

	@Test
	void providerThatDoesNotAnswerEitherIsNamed() {
		respond("electron", aResponse().withStatus(503).withHeader("X-Request-Id", "req-0"));
		this.contextRunner = this.contextRunner.withPropertyValues("electron.failover=openai",
				"electron.providers.openai.base-url=http://127.0.0.1:1/v1");
		run((context) -> {
			StepVerifier.create(context.getBean(ElectronApi.class).stream(REQUEST)).expectError().verify(TIMEOUT);
			RequestReport report = report();
			assertThat(report.provider()).isEqualTo("openai");
			assertThat(report.status()).isZero();
			assertThat(report.requestId()).isNull();
			assertThat(report.errorType()).isEqualTo("ElectronTransportException");
			assertThat(report.attempts()).isEqualTo(4);
		});
	}

	@Test
	void clientOfAProviderReportsItself() {
		respond("openai", answer("Hi"));
		run((context) -> {
			response(context.getBean(ElectronChatClients.class).get("openai"));
			assertThat(report().model()).isEqualTo("gpt-4o-mini");
			assertThat(requests("openai", "success", "none")).isOne();
		});
	}

	@Test
	void waitForThePlanIsMeasured() {
		respond("electron", answer("Hi").withFixedDelay(200));
		this.contextRunner = this.contextRunner.withPropertyValues("electron.plan=custom",
				"electron.quota.requests-per-minute=10", "electron.quota.concurrency=1");
		run((context) -> {
			ElectronApi api = context.getBean(ElectronApi.class);
			api.stream(REQUEST).mergeWith(api.stream(REQUEST)).blockLast(TIMEOUT);
			report();
			assertThat(report().waited()).isGreaterThan(Duration.ofMillis(100));
			assertThat(this.registry.get("electron.quota.wait").tags("provider", "electron").timer())
				.satisfies((timer) -> {
					assertThat(timer.count()).isEqualTo(2);
					assertThat(timer.totalTime(TimeUnit.MILLISECONDS)).isGreaterThan(100);
				});
		});
	}

	@Test
	void cancelledStreamIsAnOutcomeWithAnEstimate() {
		respond("electron", answer("Hi").withChunkedDribbleDelay(40, 4000));
		run((context) -> {
			context.getBean(ElectronApi.class)
				.stream(REQUEST)
				.takeUntil((chunk) -> "Hi".equals(chunk.content()))
				.blockLast(TIMEOUT);
			RequestReport report = report();
			assertThat(report.outcome()).isEqualTo(RequestOutcome.CANCELLED);
			assertThat(report.usage()).isEqualTo(new Usage(4, 1, 5, null));
			assertThat(report.usageEstimated()).isTrue();
			assertThat(requests("electron", "cancelled", "none")).isOne();
			assertThat(counter("electron.cost", "type", "output")).isEqualByComparingTo("0.0000016");
		});
	}

	@ParameterizedTest
	@CsvSource({ "400, ElectronInvalidRequestException", "401, ElectronAuthenticationException",
			"403, ElectronAccessDeniedException", "429, ElectronRateLimitException", "500, ElectronServerException",
			"418, ElectronApiException" })
	void errorOfTheServiceIsReported(int status, String type) {
		respond("electron", aResponse().withStatus(status).withHeader("X-Request-Id", "req-1"));
		assertFailure(type, status, "req-1");
	}

	@Test
	void brokenStreamIsReported() {
		respond("electron", answer("Hi").withBody("data: {\"id\":\"1\",\"choices\":[]}\n\n"));
		assertFailure("ElectronStreamException", 200, "req-1");
	}

	@Test
	void lostConnectionIsReported() {
		respond("electron", aResponse().withFault(Fault.CONNECTION_RESET_BY_PEER));
		assertFailure("ElectronTransportException", 0, null);
	}

	@Test
	void refusalOfThePlanIsReported() {
		respond("electron", answer("Hi").withFixedDelay(300));
		this.contextRunner = this.contextRunner.withPropertyValues("electron.plan=custom",
				"electron.quota.requests-per-minute=1", "electron.quota.concurrency=1", "electron.quota.max-wait=1ms");
		run((context) -> {
			ElectronApi api = context.getBean(ElectronApi.class);
			api.stream(REQUEST).blockLast(TIMEOUT);
			StepVerifier.create(api.stream(REQUEST)).expectError(ElectronException.class).verify(TIMEOUT);
			report();
			assertThat(report().attempts()).isZero();
			assertThat(requests("electron", "error", "ElectronQuotaException")).isOne();
		});
	}

	@Test
	void logsOfARetryNameItsRequest() {
		Logger logger = (Logger) LoggerFactory.getLogger("io.github.electronspring");
		ListAppender<ILoggingEvent> appender = new ListAppender<>();
		appender.start();
		logger.addAppender(appender);
		logger.setLevel(Level.DEBUG);
		try {
			respond("electron", aResponse().withStatus(503).withHeader("X-Request-Id", "req-9"));
			respond("openai", answer("Hi"));
			this.contextRunner = this.contextRunner.withPropertyValues("electron.failover=openai");
			run((context) -> {
				context.getBean(ElectronApi.class)
					.stream(REQUEST, CallContext.empty().withConversationId("call-7"))
					.blockLast(TIMEOUT);
				report();
			});
		}
		finally {
			logger.setLevel(null);
			logger.detachAppender(appender);
		}
		Map<String, String> failed = Map.of("electron.request-id", "req-9", "electron.conversation-id", "call-7");
		assertThat(event(appender, "RetryingElectronApi").getMDCPropertyMap()).containsAllEntriesOf(failed);
		assertThat(event(appender, "FailoverElectronApi").getMDCPropertyMap()).containsAllEntriesOf(failed);
		assertThat(event(appender, "RequestLog").getMDCPropertyMap()).containsEntry("electron.request-id", "req-1")
			.containsEntry("electron.conversation-id", "call-7");
	}

	private static ILoggingEvent event(ListAppender<ILoggingEvent> appender, String logger) {
		return List.copyOf(appender.list)
			.stream()
			.filter((event) -> event.getLoggerName().endsWith(logger))
			.findFirst()
			.orElseThrow();
	}

	private void assertFailure(String type, int status, String requestId) {
		this.contextRunner = this.contextRunner.withPropertyValues("electron.retry.max-attempts=1");
		run((context) -> {
			assertThatExceptionOfType(ElectronException.class)
				.isThrownBy(() -> response(context.getBean(ElectronChatClient.class)));
			RequestReport report = report();
			assertThat(report.outcome()).isEqualTo(RequestOutcome.ERROR);
			assertThat(report.errorType()).isEqualTo(type);
			assertThat(report.status()).isEqualTo(status);
			assertThat(report.requestId()).isEqualTo(requestId);
			assertThat(requests("electron", "error", type)).isOne();
		});
	}

	private void run(Scenarios test) {
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

	private RequestReport report() throws InterruptedException {
		RequestReport report = this.reports.poll(5, TimeUnit.SECONDS);
		assertThat(report).isNotNull();
		return report;
	}

	private long requests(String provider, String outcome, String error) {
		return this.registry.get("electron.requests")
			.tags("provider", provider, "outcome", outcome, "error.type", error)
			.timer()
			.count();
	}

	private BigDecimal counter(String name, String... tags) {
		return BigDecimal.valueOf(this.registry.get(name).tags(tags).counter().count());
	}

	private String url(String provider) {
		return "http://127.0.0.1:" + this.server.port() + "/" + provider;
	}

	private void respond(String provider, ResponseDefinitionBuilder response) {
		this.server.stubFor(post("/" + provider + "/chat/completions").willReturn(response));
	}

	/**
	 * Return the documented example as a stream.
	 */
	private static ResponseDefinitionBuilder answer(String text) {
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

	private static ChatResponse response(ElectronChatClient client) {
		return client.prompt("Hello").call().chatResponse();
	}

	/**
	 * What is done in an application.
	 */
	private interface Scenarios {

		void run(ApplicationContext context) throws Exception;

	}

}
