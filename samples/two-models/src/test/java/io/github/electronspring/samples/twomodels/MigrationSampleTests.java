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

package io.github.electronspring.samples.twomodels;

import io.github.electronspring.samples.migration.Assistant;
import io.github.electronspring.samples.migration.City;
import io.github.electronspring.samples.migration.MigrationApplication;
import io.github.electronspring.test.simulator.ElectronScript;
import io.github.electronspring.test.simulator.ElectronSimulator;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

import org.springframework.ai.chat.model.ChatModel;
import org.springframework.ai.openai.OpenAiChatModel;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests that the code of the migration sample is indeed written for the OpenAI starter:
 * here it runs on that.
 *
 * @author The Electron Spring authors
 */
class MigrationSampleTests {

	private static ElectronSimulator service;

	private static ConfigurableApplicationContext context;

	@BeforeAll
	static void start() {
		service = ElectronSimulator.builder().validation(false).start();
		context = new SpringApplicationBuilder(MigrationApplication.class).run("--spring.ai.model.chat=openai",
				"--spring.ai.openai.api-key=" + service.apiKey(),
				"--spring.ai.openai.base-url=" + service.openAiBaseUrl(), "--spring.ai.openai.chat.model=electron",
				"--spring.ai.openai.chat.temperature=1.0");
	}

	@AfterAll
	static void stop() {
		context.close();
		service.close();
	}

	@Test
	void modelIsOpenAis() {
		assertThat(context.getBean(ChatModel.class)).isInstanceOf(OpenAiChatModel.class);
	}

	@Test
	void answers() {
		service.enqueue(ElectronScript.text("Hello"));
		assertThat(assistant().answer("Hi")).isEqualTo("Hello");
	}

	@Test
	void streams() {
		service.enqueue(ElectronScript.text("Hel", "lo"));
		assertThat(assistant().stream("Hi").collectList().block()).containsExactly("Hel", "lo");
	}

	@Test
	void usesTools() {
		service.enqueue(ElectronScript.toolCall("call_1", "get_weather", "{\"city\":\"Paris\"}"),
				ElectronScript.text("It is sunny."));
		assertThat(assistant().answerWithTool("How is the weather in Paris?")).isEqualTo("It is sunny.");
	}

	@Test
	void remembers() {
		service.enqueue(ElectronScript.text("Hello Ada"), ElectronScript.text("Ada"));
		assistant().converse("1", "I am Ada");
		assertThat(assistant().converse("1", "Who am I?")).isEqualTo("Ada");
	}

	@Test
	void answersTyped() {
		service.enqueue(ElectronScript.text("""
				{"name": "Paris", "country": "France", "inhabitants": 2102650}"""));
		assertThat(assistant().city("Paris")).isEqualTo(new City("Paris", "France", 2102650));
	}

	private static Assistant assistant() {
		return context.getBean(Assistant.class);
	}

}
