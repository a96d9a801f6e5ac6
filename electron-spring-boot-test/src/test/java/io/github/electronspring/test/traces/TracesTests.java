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

package io.github.electronspring.test.traces;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

import io.github.electronspring.chat.ElectronChatClient;
import io.github.electronspring.chat.ElectronChatModel;
import io.github.electronspring.chat.ElectronChatOptions;
import io.github.electronspring.observation.RequestReportListener;
import io.github.electronspring.quota.RequestQuota;
import io.github.electronspring.test.simulator.ElectronScript;
import io.github.electronspring.test.simulator.SimulatorRequest;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import io.micrometer.observation.Observation;
import io.micrometer.observation.ObservationRegistry;
import io.micrometer.observation.contextpropagation.ObservationThreadLocalAccessor;
import io.micrometer.tracing.Tracer;
import io.opentelemetry.api.trace.StatusCode;
import io.opentelemetry.sdk.trace.data.SpanData;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.slf4j.MDC;
import reactor.core.Disposable;
import reactor.core.scheduler.Schedulers;
import reactor.test.StepVerifier;

import org.springframework.ai.chat.client.ChatClient;
import org.springframework.ai.chat.prompt.Prompt;
import org.springframework.beans.factory.BeanFactory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatException;

/**
 * Tests for the traces and meters of turns in an application with an exporter of spans.
 *
 * @author The Electron Spring authors
 */
class TracesTests {

	private static final Duration TIMEOUT = Duration.ofSeconds(10);

	private static final String CALL = "spring_ai chat_client > electron > tool _calling  > call > electron turn";

	private static final String STREAM = "spring_ai chat_client > electron > tool _calling  > stream > electron turn";

	private static final String ROUND = " > chat electron";

	private final TracedApplication application = new TracedApplication();

	private final Spans spans = this.application.spans;

	@AfterEach
	void close() {
		this.application.close();
		MDC.clear();
	}

	@Test
	void callHasClientAdvisorsTurnRoundAndRequest() {
		this.application.electron.enqueue(ElectronScript.text("Hello"));
		this.application.runner().run((context) -> {
			client(context).prompt("Hi").call().content();
			assertThat(this.spans.paths()).endsWith(CALL, CALL + ROUND, CALL + ROUND + " > http post");
			assertThat(Spans.attributes(this.spans.one("electron turn"))).containsEntry("electron.turn.rounds", "1")
				.containsEntry("model", "electron")
				.containsEntry("outcome", "success")
				.doesNotContainKey("gen_ai.conversation.id");
			assertThat(Spans.attributes(this.spans.one("chat electron")))
				.containsEntry("electron.request.id", requestId(0))
				.containsEntry("electron.provider", "electron")
				.containsEntry("electron.attempts", "1")
				.containsEntry("electron.outcome", "success")
				.containsKey("electron.quota.wait.ms")
				.containsEntry("gen_ai.system", "electron");
		});
	}

	@Test
	void reportIsMadeInTheTraceOfItsRound() {
		this.application.electron.enqueue(ElectronScript.text("Hello"), ElectronScript.text("Hello"),
				ElectronScript.error(401), ElectronScript.round().text("Hel").stall());
		List<String> traces = new CopyOnWriteArrayList<>();
		Tracer tracer = this.spans.tracer();
		RequestReportListener listener = (report) -> traces
			.add((tracer.currentSpan() != null) ? tracer.currentSpan().context().spanId() : "none");
		this.application.runner().withBean(RequestReportListener.class, () -> listener).run((context) -> {
			client(context).prompt("Hi").call().content();
			client(context).prompt("Hi").stream().content().blockLast(TIMEOUT);
			assertThatException().isThrownBy(() -> client(context).prompt("Hi").call().content());
			client(context).prompt("Hi").stream().content().blockFirst(TIMEOUT);
			await(() -> this.spans.named("chat electron").size() == 4);
			assertThat(traces).hasSize(4)
				.isEqualTo(this.spans.named("chat electron").stream().map(SpanData::getSpanId).toList());
			assertThat(tracer.currentSpan()).isNull();
		});
	}

	@Test
	void turnHasMeters() {
		this.application.electron.enqueue(ElectronScript.text("Hello"));
		this.application.runner().run((context) -> {
			client(context).prompt("Hi").call().content();
			MeterRegistry meters = context.getBean(MeterRegistry.class);
			Timer turn = turnTimer(meters, "success", "none");
			assertThat(turn.count()).isEqualTo(1);
			assertThat(meters.get("electron.turn.rounds").tag("outcome", "success").summary().totalAmount())
				.isEqualTo(1);
			assertThat(meters.get("electron.speech.first").tag("model", "electron").timer().count()).isEqualTo(1);
			assertThat(meters.getMeters().stream().filter((meter) -> meter.getId().getName().startsWith("electron")))
				.allSatisfy((meter) -> assertThat(meter.getId().getTags()).noneSatisfy(
						(tag) -> assertThat(tag.getKey()).containsAnyOf("conversation", "request.id", "rounds")));
		});
	}

	@Test
	void streamThatIsTakenOnAnotherThreadHasTheSameParents() {
		this.application.electron.enqueue(ElectronScript.text("Hel", "lo"));
		this.application.runner().run((context) -> {
			List<String> pieces = client(context).prompt("Hi")
				.stream()
				.content()
				.publishOn(Schedulers.parallel())
				.collectList()
				.block(TIMEOUT);
			assertThat(pieces).containsExactly("Hel", "lo");
			awaitSpans(STREAM);
			assertThat(this.spans.paths()).endsWith(STREAM, STREAM + ROUND, STREAM + ROUND + " > http post");
		});
	}

	@Test
	void toolsAreChildrenOfTheTurnAndNameRequestAndConversationInTheLog() {
		threeRounds();
		this.application.runner().run((context) -> {
			Weather weather = context.getBean(Weather.class);
			client(context).prompt("Weather?")
				.options(ElectronChatOptions.builder().conversationId("c1"))
				.stream()
				.content()
				.blockLast(TIMEOUT);
			awaitSpans(STREAM);
			assertThat(this.spans.paths().stream().map((path) -> path.replace(STREAM, "TURN")))
				.filteredOn((path) -> path.startsWith("TURN"))
				.containsExactlyInAnyOrder("TURN", "TURN > chat electron", "TURN > chat electron > http post",
						"TURN > execute_tool weather", "TURN > execute_tool weather > lookup", "TURN > chat electron",
						"TURN > chat electron > http post", "TURN > execute_tool weather",
						"TURN > execute_tool weather > lookup", "TURN > chat electron",
						"TURN > chat electron > http post");
			assertThat(Spans.attributes(this.spans.one("electron turn"))).containsEntry("electron.turn.rounds", "3")
				.containsEntry("gen_ai.conversation.id", "c1");
			assertThat(weather.threads).hasSize(2).allMatch((name) -> name.startsWith("electron-tool-"));
			assertThat(weather.requestIds).containsExactly(requestId(0), requestId(1));
			assertThat(weather.conversationIds).containsExactly("c1", "c1");
			assertThat(context.getBean(MeterRegistry.class).get("electron.turn.rounds").summary().totalAmount())
				.isEqualTo(3);
		});
	}

	@Test
	void toolLogsRequestAndConversationNextToWhatTheCallerHas() {
		threeRounds();
		MDC.put("desk", "sales");
		this.application.runner().run((context) -> {
			Weather weather = context.getBean(Weather.class);
			client(context).prompt("Weather?")
				.options(ElectronChatOptions.builder().conversationId("c1"))
				.call()
				.content();
			assertThat(weather.requestIds).containsExactly(requestId(0), requestId(1));
			assertThat(weather.conversationIds).containsExactly("c1", "c1");
			assertThat(weather.desks).containsExactly("sales", "sales");
			assertThat(MDC.getCopyOfContextMap()).containsOnlyKeys("desk");
		});
	}

	@Test
	void eventsOfATurnComeFromAnObservedTurn() {
		threeRounds();
		this.application.runner().run((context) -> {
			context.getBean(ElectronChatClient.class).turn((prompt) -> prompt.user("Weather?")).blockLast(TIMEOUT);
			awaitSpans(STREAM);
			assertThat(Spans.attributes(this.spans.one("electron turn"))).containsEntry("electron.turn.rounds", "3")
				.containsEntry("outcome", "success");
		});
	}

	@Test
	void retryIsAnEventOfTheRound() {
		this.application.electron.enqueue(ElectronScript.error(503), ElectronScript.text("Hello"));
		this.application.runner().run((context) -> {
			client(context).prompt("Hi").call().content();
			SpanData round = this.spans.one("chat electron");
			assertThat(Spans.events(round)).containsExactly("retry");
			assertThat(Spans.attributes(round)).containsEntry("electron.attempts", "2")
				.containsEntry("electron.request.id", requestId(1))
				.containsEntry("electron.outcome", "success");
			assertThat(this.spans.named("http post")).hasSize(2)
				.allSatisfy((span) -> assertThat(this.spans.path(span)).isEqualTo(CALL + ROUND + " > http post"));
		});
	}

	@Test
	void failoverIsAnEventOfTheRound() {
		this.application.electron.enqueue(ElectronScript.error(503));
		this.application.openAi.enqueue(ElectronScript.text("Hello"));
		this.application.runner()
			.withPropertyValues("electron.failover=openai", "electron.retry.max-attempts=1")
			.run((context) -> {
				client(context).prompt("Hi").stream().content().blockLast(TIMEOUT);
				awaitSpans(STREAM);
				SpanData round = this.spans.one("chat electron");
				assertThat(Spans.events(round)).containsExactly("failover");
				assertThat(Spans.attributes(round)).containsEntry("electron.provider", "openai")
					.containsEntry("electron.outcome", "success");
				assertThat(this.spans.named("http post")).hasSize(2)
					.allSatisfy((span) -> assertThat(this.spans.path(span)).isEqualTo(STREAM + ROUND + " > http post"));
			});
	}

	@Test
	void requestThatWaitedForItsPlaceIsAChildOfItsOwnRound() {
		this.application.electron.enqueue(ElectronScript.round().text("One").stall(), ElectronScript.text("Two"));
		this.application.runner()
			.withPropertyValues("electron.plan=custom", "electron.quota.requests-per-minute=100",
					"electron.quota.concurrency=1")
			.run((context) -> {
				Disposable first = client(context).prompt("Hi").stream().content().subscribe();
				this.application.electron.awaitRequests(1, TIMEOUT);
				CompletableFuture<List<String>> second = client(context).prompt("Hi")
					.stream()
					.content()
					.collectList()
					.toFuture();
				RequestQuota quota = context.getBean(RequestQuota.class);
				await(() -> quota.usage().pending() == 1);
				// The second request is sent on the thread that gives back the place
				observe(context, "janitor", () -> {
					first.dispose();
					return null;
				});
				assertThat(second.get(TIMEOUT.toSeconds(), TimeUnit.SECONDS)).containsExactly("Two");
				await(() -> this.spans.named("electron turn").size() == 2);
				assertThat(this.spans.named("http post")).hasSize(2)
					.allSatisfy((span) -> assertThat(this.spans.path(span)).isEqualTo(STREAM + ROUND + " > http post"));
				SpanData round = this.spans.named("chat electron").get(1);
				assertThat(Integer.parseInt(Spans.attributes(round).get("electron.quota.wait.ms"))).isPositive();
			});
	}

	@Test
	void cancelledStreamHasAnOutcomeOfItsOwn() {
		this.application.electron.enqueue(ElectronScript.round().text("Hel").stall());
		this.application.runner().run((context) -> {
			StepVerifier.create(client(context).prompt("Hi").stream().content())
				.expectNext("Hel")
				.thenCancel()
				.verify(TIMEOUT);
			awaitSpans(STREAM);
			assertThat(Spans.attributes(this.spans.one("electron turn"))).containsEntry("outcome", "cancelled");
			SpanData round = this.spans.one("chat electron");
			assertThat(Spans.attributes(round)).containsEntry("electron.outcome", "cancelled")
				.containsEntry("electron.request.id", requestId(0));
			assertThat(Spans.events(round)).containsExactly("cancelled");
			assertThat(round.getStatus().getStatusCode()).isNotEqualTo(StatusCode.ERROR);
			assertThat(turnTimer(context.getBean(MeterRegistry.class), "cancelled", "none").count()).isEqualTo(1);
		});
	}

	@ParameterizedTest
	@CsvSource({ "400,ElectronInvalidRequestException", "401,ElectronAuthenticationException",
			"403,ElectronAccessDeniedException", "404,ElectronInvalidRequestException",
			"429,ElectronRateLimitException", "500,ElectronServerException", "503,ElectronServerException" })
	void errorIsOnTurnAndRound(int status, String type) {
		this.application.electron.enqueue(ElectronScript.error(status));
		this.application.runner().withPropertyValues("electron.retry.max-attempts=1").run((context) -> {
			assertThatException().isThrownBy(() -> client(context).prompt("Hi").call().content());
			assertFailed(context, type, requestId(0));
		});
	}

	@Test
	void brokenStreamIsAnErrorOfTurnAndRound() {
		this.application.electron.enqueue(ElectronScript.round().text("Hel").disconnect());
		this.application.runner().run((context) -> {
			assertThatException().isThrownBy(() -> client(context).prompt("Hi").call().content());
			String type = String.valueOf(Spans.attributes(this.spans.one("electron turn")).get("outcome"));
			assertThat(type).isEqualTo("error");
			assertThat(this.spans.one("chat electron").getStatus().getStatusCode()).isEqualTo(StatusCode.ERROR);
		});
	}

	@Test
	void callAndStreamOfTheModelAreChildrenOfTheCaller() {
		this.application.electron.enqueue(ElectronScript.text("One"), ElectronScript.text("Two"));
		this.application.runner().run((context) -> {
			ElectronChatModel model = context.getBean(ElectronChatModel.class);
			observe(context, "caller", () -> model.call(new Prompt("Hi")));
			observe(context, "listener", () -> model.stream(new Prompt("Hi")).blockLast(TIMEOUT));
			assertThat(this.spans.paths()).containsExactly("caller", "caller > electron turn",
					"caller > electron turn > chat electron", "caller > electron turn > chat electron > http post",
					"listener", "listener > electron turn", "listener > electron turn > chat electron",
					"listener > electron turn > chat electron > http post");
		});
	}

	@Test
	void callerInTheContextWinsOverThatOfTheThread() {
		this.application.electron.enqueue(ElectronScript.text("Hello"));
		this.application.runner().run((context) -> {
			Observation caller = Observation.start("caller", context.getBean(ObservationRegistry.class));
			observe(context, "other",
					() -> context.getBean(ElectronChatModel.class)
						.stream(new Prompt("Hi"))
						.contextWrite((view) -> view.put(ObservationThreadLocalAccessor.KEY, caller))
						.blockLast(TIMEOUT));
			caller.stop();
			assertThat(this.spans.path(this.spans.one("http post")))
				.isEqualTo("caller > electron turn > chat electron > http post");
		});
	}

	private void threeRounds() {
		this.application.electron.enqueue(ElectronScript.toolCall("call_1", "weather", "{\"city\":\"Rome\"}"),
				ElectronScript.toolCall("call_2", "weather", "{\"city\":\"Oslo\"}"), ElectronScript.text("Sunny"));
	}

	private void assertFailed(BeanFactory context, String type, String requestId) {
		SpanData turn = this.spans.one("electron turn");
		SpanData round = this.spans.one("chat electron");
		assertThat(List.of(turn, round)).allSatisfy((span) -> {
			assertThat(span.getStatus().getStatusCode()).isEqualTo(StatusCode.ERROR);
			assertThat(Spans.events(span)).containsExactly("exception");
		});
		assertThat(Spans.attributes(turn)).containsEntry("outcome", "error");
		assertThat(Spans.attributes(round)).containsEntry("electron.outcome", "error")
			.containsEntry("electron.request.id", requestId);
		assertThat(turnTimer(context.getBean(MeterRegistry.class), "error", type).count()).isEqualTo(1);
	}

	private static Timer turnTimer(MeterRegistry meters, String outcome, String error) {
		return meters.get("electron.turn.duration")
			.tag("model", "electron")
			.tag("outcome", outcome)
			.tag("error", error)
			.timer();
	}

	private static ChatClient client(BeanFactory context) {
		return context.getBean(ChatClient.class);
	}

	private static void observe(BeanFactory context, String name, Supplier<?> work) {
		Observation.createNotStarted(name, context.getBean(ObservationRegistry.class)).observe(work);
	}

	private String requestId(int request) {
		SimulatorRequest sent = this.application.electron.requests().get(request);
		return sent.id();
	}

	private void awaitSpans(String path) {
		await(() -> this.spans.paths().contains(path));
	}

	private static void await(Callable<Boolean> condition) {
		Awaitility.await().pollInterval(Duration.ofMillis(5)).atMost(TIMEOUT).until(condition);
	}

}
