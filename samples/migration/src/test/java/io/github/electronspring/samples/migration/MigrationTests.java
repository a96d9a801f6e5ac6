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

package io.github.electronspring.samples.migration;

import java.time.Duration;
import java.util.List;

import io.github.electronspring.test.autoconfigure.AutoConfigureElectronSimulator;
import io.github.electronspring.test.simulator.ElectronScript;
import io.github.electronspring.test.simulator.ElectronSimulator;
import org.junit.jupiter.api.Test;
import reactor.test.StepVerifier;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests that an application written for the OpenAI starter runs on Electron.
 *
 * @author The Electron Spring authors
 */
@SpringBootTest
@AutoConfigureElectronSimulator
class MigrationTests {

	@Autowired
	private ElectronSimulator simulator;

	@Autowired
	private Assistant assistant;

	@Test
	void answers() {
		this.simulator.enqueue(ElectronScript.text("Hello"));
		assertThat(this.assistant.answer("Hi")).isEqualTo("Hello");
		assertThat(this.simulator.lastRequest().json().path("temperature").asDouble()).isEqualTo(0.2);
		assertThat(this.simulator.lastRequest().json().path("model").asString()).isEqualTo("electron");
	}

	@Test
	void streams() {
		this.simulator.enqueue(ElectronScript.text("Hel", "lo"));
		StepVerifier.create(this.assistant.stream("Hi"))
			.expectNext("Hel", "lo")
			.expectComplete()
			.verify(Duration.ofSeconds(10));
	}

	@Test
	void usesTools() {
		this.simulator.enqueue(ElectronScript.toolCall("call_1", "get_weather", "{\"city\":\"Paris\"}"),
				ElectronScript.text("It is sunny."));
		assertThat(this.assistant.answerWithTool("How is the weather in Paris?")).isEqualTo("It is sunny.");
		assertThat(this.simulator.lastRequest().body()).contains("18 degrees and sunny in Paris");
	}

	@Test
	void remembers() {
		this.simulator.enqueue(ElectronScript.text("Hello Ada"), ElectronScript.text("Ada"));
		this.assistant.converse("1", "I am Ada");
		assertThat(this.assistant.converse("1", "Who am I?")).isEqualTo("Ada");
		assertThat(this.simulator.lastRequest().json().path("messages").findValuesAsString("content"))
			.containsExactly("I am Ada", "Hello Ada", "Who am I?");
	}

	@Test
	void answersTyped() {
		this.simulator.enqueue(ElectronScript.text("""
				{"name": "Paris", "country": "France", "inhabitants": 2102650}"""));
		assertThat(this.assistant.city("Paris")).isEqualTo(new City("Paris", "France", 2102650));
	}

	@Test
	void answersTypedWithAList() {
		this.simulator.setFreeRunning(true);
		List<City> cities = this.assistant.cities("France");
		assertThat(cities).isNotEmpty().allMatch((city) -> city.name() != null);
	}

}
