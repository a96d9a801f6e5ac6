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

package io.github.electronspring.test.faults;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

import io.github.electronspring.chat.ElectronChatClient;
import io.github.electronspring.chat.ElectronChatClients;
import io.github.electronspring.chat.ElectronMetadata;
import io.github.electronspring.quota.RequestQuota;
import io.github.electronspring.test.simulator.ElectronScript;
import io.github.electronspring.test.simulator.ElectronSimulator;
import io.github.electronspring.test.simulator.ScriptedResponse;
import io.github.electronspring.test.simulator.SimulatorRequest;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import org.springframework.ai.chat.metadata.ChatResponseMetadata;
import org.springframework.boot.test.context.assertj.AssertableApplicationContext;
import org.springframework.core.io.ClassPathResource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests that each fault is seen on each path as the table in {@code faults.txt} says, and
 * leaves nothing behind: no permit, no connection, no dropped signal.
 *
 * @author The Electron Spring authors
 */
class FaultTableTests {

	private static final String FILLER = "One moment. ";

	private static final ScriptedResponse TOOL_CALL = ElectronScript.text(FILLER)
		.toolCall("call_1", "balance", "{\"account\":\"7\"}");

	private static final Map<FaultCase, RequestQuota> quotas = new LinkedHashMap<>();

	private final FaultApplication application = new FaultApplication(false);

	@AfterEach
	void close() {
		this.application.close();
	}

	/**
	 * Check that all permits have come back. Some take seconds, for which not each test
	 * waits.
	 */
	@AfterAll
	static void permitsAreBack() {
		quotas.forEach((row, quota) -> FaultApplication.soon().untilAsserted(() -> {
			assertThat(quota.usage().inFlight()).as("permits in use: %s", row).isZero();
			assertThat(quota.usage().pending()).as("requests that wait: %s", row).isZero();
		}));
		quotas.clear();
	}

	@ParameterizedTest(name = "{0}")
	@MethodSource("table")
	@Timeout(60)
	void faultIsSeenAsTheTableSays(FaultCase row) {
		try (DroppedSignals dropped = DroppedSignals.record()) {
			this.application.runner().withPropertyValues(properties(row)).run((context) -> {
				prepare(context, row);
				Outcome outcome = Outcome.of(context.getBean(ElectronChatClient.class), row.path().isStream());
				assertDelivered(row, outcome);
				assertEnd(row, outcome);
				assertRequests(row);
				assertThatNothingIsInFlight(context, row);
			});
			FaultApplication.soon()
				.untilAsserted(() -> assertThat(this.application.connections().open()).as("open connections").isZero());
			assertThat(dropped.all()).isEmpty();
		}
	}

	@Test
	void tableHasEachFaultOnEachPathOnce() throws IOException {
		List<String> expected = new ArrayList<>();
		for (Fault fault : Fault.values()) {
			for (FaultPath path : FaultPath.values()) {
				expected.add("%s: %s".formatted(fault, path));
			}
		}
		assertThat(table().map(FaultCase::toString)).containsExactlyInAnyOrderElementsOf(expected);
	}

	static Stream<FaultCase> table() throws IOException {
		String table = new ClassPathResource("faults.txt", FaultTableTests.class)
			.getContentAsString(StandardCharsets.UTF_8);
		return table.lines().filter((line) -> !line.isBlank() && !line.startsWith("#")).flatMap(FaultCase::of);
	}

	private static String[] properties(FaultCase row) {
		List<String> properties = new ArrayList<>(List.of("electron.plan=custom",
				"electron.quota.requests-per-minute=100", "electron.quota.concurrency=4", "electron.quota.margin=20ms",
				"electron.providers.openai.plan=custom", "electron.providers.openai.concurrency=1"));
		if (row.path().hasFailover()) {
			properties.add("electron.failover=openai");
			if (row.fault() == Fault.SLOW_FIRST_TOKEN) {
				properties.add("electron.failover-after=200ms");
			}
		}
		if (row.fault().isSlow()) {
			properties.add("electron.http.first-token-timeout=400ms");
			properties.add("electron.http.idle-timeout=400ms");
		}
		if (row.fault() == Fault.STALE_CONNECTION) {
			// To send again what met a stale connection is no attempt
			properties.add("electron.retry.max-attempts=1");
		}
		return properties.toArray(String[]::new);
	}

	/**
	 * Have everything happen that comes before the request that the fault meets.
	 */
	private void prepare(AssertableApplicationContext context, FaultCase row) {
		ElectronSimulator electron = this.application.electron();
		Fault fault = row.fault();
		Runnable before = () -> {
		};
		if (fault == Fault.CLOSED_CONNECTION) {
			before = () -> FaultApplication.soon().until(() -> this.application.connections().open() == 0);
		}
		else if (fault == Fault.CONNECTION_REFUSED) {
			before = () -> {
				electron.awaitIdle(FaultApplication.TIMEOUT);
				electron.close();
			};
		}
		ScriptedResponse first = row.path().hasTool() ? TOOL_CALL : Answer.SCRIPT;
		if (fault == Fault.CLOSED_CONNECTION) {
			first = first.closeConnectionAfter(Duration.ofMillis(1));
		}
		if (row.path().hasTool()) {
			electron.enqueue(first);
			this.application.accounts().duringCall(before);
		}
		else if (fault.needsConnection()) {
			electron.enqueue(first);
			context.getBean(ElectronChatClient.class).prompt("Hello").call().content();
			before.run();
			electron.reset();
		}
		else {
			before.run();
		}
		fault.play(electron);
		this.application.openAi().enqueue(Answer.SCRIPT);
	}

	private void assertDelivered(FaultCase row, Outcome outcome) {
		List<String> expected = new ArrayList<>();
		if (row.path().isStream()) {
			if (row.path().hasTool()) {
				expected.add(FILLER);
			}
			expected.addAll(row.delivered());
		}
		else if (!row.delivered().isEmpty()) {
			expected.add(String.join("", row.delivered()));
		}
		assertThat(outcome.texts()).isEqualTo(expected);
		assertThat(this.application.accounts().calls()).as("calls of the tool").isEqualTo(row.path().hasTool() ? 1 : 0);
	}

	private void assertEnd(FaultCase row, Outcome outcome) {
		String provider = (row.openAi() > 0) ? "openai" : "electron";
		List<SimulatorRequest> requests = ((row.openAi() > 0) ? this.application.openAi() : this.application.electron())
			.requests();
		String requestId = requests.isEmpty() ? "" : requests.get(requests.size() - 1).id();
		if (row.isAnswered()) {
			assertThat(outcome.error()).isNull();
			ChatResponseMetadata metadata = outcome.last().getMetadata();
			assertThat(metadata.<String>get(ElectronMetadata.PROVIDER)).isEqualTo(provider);
			assertThat(metadata.<String>get(ElectronMetadata.REQUEST_ID)).isEqualTo(requestId);
			assertThat(outcome.last().getResult().getMetadata().getFinishReason()).isEqualTo("stop");
			return;
		}
		assertThat(outcome.error()).isNotNull().hasMessageStartingWith(row.message());
		assertThat(outcome.error().getClass().getSimpleName()).isEqualTo(row.exception());
		assertThat(outcome.error().getRequestId()).isEqualTo(row.requestId() ? requestId : null);
		if (row.requestId()) {
			assertThat(outcome.error()).hasMessageEndingWith(" (request id '%s')", requestId);
		}
	}

	private void assertRequests(FaultCase row) {
		int before = row.path().hasTool() ? 1 : 0;
		assertThat(this.application.electron().requests()).hasSize(before + row.electron());
		assertThat(this.application.openAi().requests()).hasSize(row.openAi());
	}

	private void assertThatNothingIsInFlight(AssertableApplicationContext context, FaultCase row) {
		quotas.put(row, context.getBean(RequestQuota.class));
		this.application.electron().awaitIdle(FaultApplication.TIMEOUT);
		this.application.openAi().awaitIdle(FaultApplication.TIMEOUT);
		if (row.openAi() > 0) {
			// Its plan has one permit
			this.application.openAi().enqueue(Answer.SCRIPT);
			assertThat(context.getBean(ElectronChatClients.class).get("openai").prompt("Hi").call().content())
				.isEqualTo(String.join("", Arrays.asList(Answer.TOKENS)));
		}
	}

}
