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
import java.util.concurrent.TimeUnit;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import com.github.tomakehurst.wiremock.stubbing.Scenario;
import io.github.electronspring.api.CallContext;
import io.github.electronspring.api.Cost;
import io.github.electronspring.api.ElectronApi;
import io.github.electronspring.chat.ElectronChatClient;
import io.github.electronspring.chat.ElectronChatClients;
import io.github.electronspring.chat.ElectronMetadata;
import io.github.electronspring.observation.RequestOutcome;
import io.github.electronspring.observation.RequestReport;
import io.github.electronspring.protocol.Usage;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

import org.springframework.ai.chat.model.ChatResponse;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static com.github.tomakehurst.wiremock.client.WireMock.post;
import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for reports and meters of requests that are answered or cancelled.
 *
 * @author The Electron Spring authors
 */
class RequestReportingTests extends AbstractRequestReportingTests {

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

}
