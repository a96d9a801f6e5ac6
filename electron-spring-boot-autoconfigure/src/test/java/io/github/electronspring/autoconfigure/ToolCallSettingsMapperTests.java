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

import java.io.IOException;
import java.util.List;
import java.util.Map;

import io.github.electronspring.chat.ElectronChatModel;
import io.github.electronspring.chat.ToolCallLimits;
import io.github.electronspring.chat.ToolCallSettings;
import org.junit.jupiter.api.Test;

import org.springframework.ai.model.tool.ToolCallLimitBehavior;
import org.springframework.ai.model.tool.autoconfigure.ToolCallingAutoConfiguration;
import org.springframework.ai.tool.definition.ToolDefinition;
import org.springframework.ai.tool.execution.DefaultToolExecutionExceptionProcessor;
import org.springframework.ai.tool.execution.ToolExecutionException;
import org.springframework.ai.tool.execution.ToolExecutionExceptionProcessor;
import org.springframework.ai.tool.observation.DefaultToolCallingObservationConvention;
import org.springframework.ai.tool.observation.ToolCallingObservationConvention;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Tests for {@link ToolCallSettingsMapper}.
 *
 * @author The Electron Spring authors
 */
class ToolCallSettingsMapperTests {

	private final ApplicationContextRunner contextRunner = new ApplicationContextRunner()
		.withConfiguration(AutoConfigurations.of(ElectronAutoConfiguration.class, ToolCallingAutoConfiguration.class))
		.withPropertyValues("electron.api-key=sk_test");

	@Test
	void defaultsAreThoseOfSpringAi() {
		this.contextRunner.run((context) -> {
			ToolCallSettings settings = context.getBean(ToolCallSettings.class);
			assertThat(settings.limits()).isEqualTo(ToolCallLimits.defaults());
			assertThat(settings.observationConvention()).isNull();
			assertThat(context.getBean(ElectronChatModel.class)).extracting("settings.toolCallSettings")
				.isSameAs(settings);
		});
	}

	@Test
	void withoutToolCallingOfSpringAiDefaultsHold() {
		new ApplicationContextRunner().withConfiguration(AutoConfigurations.of(ElectronAutoConfiguration.class))
			.withPropertyValues("electron.api-key=sk_test")
			.run((context) -> assertThat(context.getBean(ToolCallSettings.class))
				.isEqualTo(ToolCallSettings.defaults()));
	}

	@Test
	void limitsAreMapped() {
		this.contextRunner
			.withPropertyValues("spring.ai.tools.limits.max-calls-per-tool-default=3",
					"spring.ai.tools.limits.max-calls-per-tool.weather=5",
					"spring.ai.tools.limits.max-calls-per-tool.news=-1", "spring.ai.tools.limits.excluded-tools=time",
					"spring.ai.tools.limits.max-total-tool-calls=-1",
					"spring.ai.tools.limits.on-limit-exceeded=return-error-response")
			.run((context) -> assertThat(context.getBean(ToolCallSettings.class).limits()).isEqualTo(new ToolCallLimits(
					3, Map.of("weather", 5, "news", -1, "time", -1), -1, ToolCallLimitBehavior.RETURN_ERROR_RESPONSE)));
	}

	@Test
	void processorOfSpringAiLeavesTheWordsToTheEngine() {
		this.contextRunner.run((context) -> {
			ToolExecutionExceptionProcessor processor = context.getBean(ToolCallSettings.class).exceptionProcessor();
			assertThat(processor.process(exception(new IllegalStateException("x")))).isEmpty();
			assertThat(processor.process(exception(new IOException("x")))).isEmpty();
		});
	}

	@Test
	void exceptionThatTheProcessorOfSpringAiRethrowsEndsTheTurn() {
		DefaultToolExecutionExceptionProcessor rethrowing = DefaultToolExecutionExceptionProcessor.builder()
			.rethrowExceptions(List.of(IllegalStateException.class))
			.build();
		this.contextRunner.withBean(ToolExecutionExceptionProcessor.class, () -> rethrowing).run((context) -> {
			ToolExecutionExceptionProcessor processor = context.getBean(ToolCallSettings.class).exceptionProcessor();
			assertThatExceptionOfType(IllegalStateException.class)
				.isThrownBy(() -> processor.process(exception(new IllegalStateException("x"))));
		});
	}

	@Test
	void whenExceptionsAreThrownOnErrorTheTurnEnds() {
		this.contextRunner.withPropertyValues("spring.ai.tools.throw-exception-on-error=true").run((context) -> {
			ToolExecutionExceptionProcessor processor = context.getBean(ToolCallSettings.class).exceptionProcessor();
			assertThatExceptionOfType(ToolExecutionException.class)
				.isThrownBy(() -> processor.process(exception(new IOException("x"))));
		});
	}

	@Test
	void processorAndConventionOfTheUserAreUsed() {
		ToolExecutionExceptionProcessor processor = (exception) -> "Out of order";
		ToolCallingObservationConvention convention = new DefaultToolCallingObservationConvention("own");
		this.contextRunner.withBean(ToolExecutionExceptionProcessor.class, () -> processor)
			.withBean(ToolCallingObservationConvention.class, () -> convention)
			.run((context) -> {
				ToolCallSettings settings = context.getBean(ToolCallSettings.class);
				assertThat(settings.exceptionProcessor()).isSameAs(processor);
				assertThat(settings.observationConvention()).isSameAs(convention);
			});
	}

	private static ToolExecutionException exception(Exception cause) {
		return new ToolExecutionException(ToolDefinition.builder().name("weather").inputSchema("{}").build(), cause);
	}

}
