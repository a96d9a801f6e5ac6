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

package io.github.electronspring.chat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

import io.github.electronspring.api.Cost;
import io.github.electronspring.api.TokenPrices;
import io.github.electronspring.observation.TurnObservation;
import io.github.electronspring.observation.TurnReport;
import io.github.electronspring.turn.TurnInterceptor;
import io.micrometer.observation.ObservationRegistry;
import org.junit.jupiter.api.Test;

import org.springframework.ai.chat.prompt.Prompt;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link TurnInterceptor}s of an {@link ElectronChatModel}.
 *
 * @author The Electron Spring authors
 */
class TurnInterceptorTests {

	private static final Duration TIMEOUT = Duration.ofSeconds(5);

	private static final String SCHEMA = """
			{"type": "object", "properties": {"city": {"type": "string"}}, "required": ["city"]}""";

	private final FakeElectronApi api = new FakeElectronApi();

	private final List<String> order = new ArrayList<>();

	private final List<TurnReport> reports = new ArrayList<>();

	private final TurnObservation reporting = new TurnObservation(ObservationRegistry.NOOP, null,
			(provider) -> TokenPrices.defaults(), List.of(this.reports::add));

	@Test
	void firstIsTheOutermost() {
		this.api.answer("Hello");
		model(interceptor("first"), interceptor("second")).call(new Prompt("Hi"));
		assertThat(this.order).containsExactly("first", "second");
	}

	@Test
	void callAndStreamAreIntercepted() {
		this.api.answer("Hello").answer("Hello");
		ElectronChatModel model = model(this.reporting);
		model.call(new Prompt("Hi"));
		model.mutate().build().stream(new Prompt("Hi")).blockLast(TIMEOUT);
		assertThat(this.reports).extracting(TurnReport::model).containsExactly("electron", "electron");
	}

	@Test
	void turnWithARepairedAnswerIsOneTurn() {
		this.api.answer("{}").answer("{\"city\":\"Rome\"}");
		ElectronChatOptions options = ElectronChatOptions.builder().outputSchema(SCHEMA).build();
		assertThat(model(this.reporting).call(new Prompt("Where?", options)).getResult().getOutput().getText())
			.contains("Rome");
		assertThat(this.reports).singleElement().satisfies((report) -> {
			assertThat(report.rounds()).isEqualTo(2);
			assertThat(report.usage().totalTokens()).isEqualTo(50);
			assertThat(report.cost()).isEqualTo(Cost.of(report.usage(), TokenPrices.defaults()));
		});
	}

	private ElectronChatModel model(TurnInterceptor... interceptors) {
		return ElectronChatModel.builder(this.api)
			.registeredTools(Collections::emptyList)
			.turnInterceptors(List.of(interceptors))
			.build();
	}

	private TurnInterceptor interceptor(String name) {
		return (request, turn) -> turn.transformDeferred((events) -> {
			this.order.add(name);
			return events;
		});
	}

}
