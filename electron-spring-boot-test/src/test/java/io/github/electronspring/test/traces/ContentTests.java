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

import io.github.electronspring.test.simulator.ElectronScript;
import io.micrometer.core.instrument.MeterRegistry;
import io.opentelemetry.sdk.trace.data.SpanData;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

import org.springframework.ai.chat.client.ChatClient;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.context.ApplicationContext;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatException;

/**
 * Tests for the contents of messages in traces and logs: they are there only when Spring
 * AI's own properties ask for them.
 *
 * @author The Electron Spring authors
 */
@ExtendWith(OutputCaptureExtension.class)
class ContentTests {

	private static final String PROMPT = "marker-prompt";

	private static final String ARGUMENT = "marker-argument";

	private static final String ANSWER = "marker-answer";

	private final TracedApplication application = new TracedApplication();

	@AfterEach
	void close() {
		this.application.close();
	}

	@Test
	void byDefaultThereAreNone(CapturedOutput output) {
		this.application.runner().run((context) -> {
			converse(context);
			assertThat(spans()).contains("execute_tool weather").doesNotContain(PROMPT, ARGUMENT, ANSWER);
			assertThat(output.getAll()).doesNotContain(PROMPT, ARGUMENT, ANSWER);
		});
	}

	@Test
	void messagesOfExceptionsAreOnSpansAsExceptionsAndNowhereElse(CapturedOutput output) {
		this.application.electron.enqueue(
				ElectronScript.toolCall("call_1", "weather", "{\"city\":\"" + Weather.NOWHERE + "\"}"),
				ElectronScript.error(400, "invalid_request_error", "marker-service"));
		this.application.runner().withPropertyValues("logging.level.root=trace").run((context) -> {
			assertThatException().isThrownBy(() -> context.getBean(ChatClient.class).prompt(PROMPT).call().content());
			assertThat(this.application.spans.all()).flatExtracting(SpanData::getEvents)
				.extracting((event) -> event.getName() + event.getAttributes())
				.anyMatch((text) -> text.startsWith("exception") && text.contains("marker-tool"))
				.anyMatch((text) -> text.startsWith("exception") && text.contains("marker-service"))
				.allMatch((text) -> text.startsWith("exception") || !text.contains("marker-"));
			for (SpanData span : this.application.spans.all()) {
				assertThat(span.getName() + Spans.attributes(span)).doesNotContain("marker-");
			}
			assertThat(context.getBean(MeterRegistry.class).getMeters().toString()).doesNotContain("marker-");
			assertThat(output.getAll()).doesNotContain("marker-");
		});
	}

	@Test
	void promptAndCompletionAreLoggedWhenAskedFor(CapturedOutput output) {
		this.application.runner()
			.withPropertyValues("spring.ai.chat.observations.log-prompt=true",
					"spring.ai.chat.observations.log-completion=true")
			.run((context) -> {
				converse(context);
				assertThat(output.getAll()).contains(PROMPT, ANSWER);
				assertThat(spans()).doesNotContain(PROMPT, ARGUMENT, ANSWER);
			});
	}

	@Test
	void argumentsAndResultsOfToolsAreOnTheSpanWhenAskedFor(CapturedOutput output) {
		this.application.runner()
			.withPropertyValues("spring.ai.tools.observations.include-content=true")
			.run((context) -> {
				converse(context);
				assertThat(spans()).contains(ARGUMENT, "sunny").doesNotContain(PROMPT, ANSWER);
				assertThat(output.getAll()).doesNotContain(PROMPT, ARGUMENT, ANSWER);
			});
	}

	private void converse(ApplicationContext context) {
		this.application.electron.enqueue(
				ElectronScript.toolCall("call_1", "weather", "{\"city\":\"" + ARGUMENT + "\"}"),
				ElectronScript.text(ANSWER));
		assertThat(context.getBean(ChatClient.class).prompt(PROMPT).call().content()).isEqualTo(ANSWER);
	}

	private String spans() {
		StringBuilder text = new StringBuilder();
		for (SpanData span : this.application.spans.all()) {
			text.append(span.getName()).append(Spans.attributes(span)).append(span.getEvents()).append('\n');
		}
		return text.toString();
	}

}
