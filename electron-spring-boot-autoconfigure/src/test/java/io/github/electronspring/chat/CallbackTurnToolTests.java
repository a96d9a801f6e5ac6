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

import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;

import io.github.electronspring.turn.ToolExecution;
import io.github.electronspring.turn.TurnTool;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import reactor.core.scheduler.Schedulers;
import reactor.test.StepVerifier;

import org.springframework.ai.tool.ToolCallback;
import org.springframework.ai.tool.definition.ToolDefinition;
import org.springframework.ai.tool.execution.ToolExecutionException;
import org.springframework.beans.BeanUtils;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.mockito.BDDMockito.given;
import static org.mockito.Mockito.mock;

/**
 * Tests for {@link CallbackTurnTool}.
 *
 * @author The Electron Spring authors
 */
class CallbackTurnToolTests {

	private static final Duration TIMEOUT = Duration.ofSeconds(5);

	@Test
	void blankSchemaIsLeftOut() {
		assertThat(CallbackTurnTool.of(withSchema(" ")).definition().function().parameters()).isNull();
	}

	@Test
	void schemaThatIsNotJsonIsRefused() {
		assertThatIllegalArgumentException().isThrownBy(() -> CallbackTurnTool.of(withSchema("{")))
			.withMessage("The input schema of the tool 'weather' is not JSON");
	}

	@Test
	void schemaKeepsTheOrderOfItsFields() {
		assertThat(CallbackTurnTool.of(withSchema("{ \"type\" : \"object\", \"b\" : 1,\n \"a\" : 1.50 }"))
			.definition()
			.function()
			.parameters()).startsWith("{\"type\":\"object\",\"b\":1,\"a\":1.5");
	}

	@Test
	void returnDirectIsThatOfTheCallback() {
		assertThat(CallbackTurnTool.of(TestTools.direct("a", "b")).returnDirect()).isTrue();
		assertThat(CallbackTurnTool.of(TestTools.returning("a", "b")).returnDirect()).isFalse();
	}

	@Test
	void nothingIsCalledBeforeSubscription() {
		TurnTool tool = CallbackTurnTool.of(TestTools.of("a", false, (context) -> {
			throw new IllegalStateException("Called");
		}));
		assertThat(tool.call("{}", new Execution())).isNotNull();
		StepVerifier.create(tool.call("{}", new Execution())).expectErrorMessage("Called").verify(TIMEOUT);
	}

	@Test
	void missingResultIsNone() {
		StepVerifier
			.create(CallbackTurnTool.of(TestTools.of("a", false, (context) -> null)).call("{}", new Execution()))
			.expectComplete()
			.verify(TIMEOUT);
	}

	@Test
	void whatTheToolThrewIsNotWrapped() {
		IOException cause = new IOException("Line is down");
		ToolCallback callback = TestTools.of("a", false, (context) -> {
			throw new ToolExecutionException(ToolDefinition.builder().name("a").inputSchema("{}").build(), cause);
		});
		StepVerifier.create(CallbackTurnTool.of(callback).call("{}", new Execution()))
			.expectErrorSatisfies((ex) -> assertThat(ex).isSameAs(cause))
			.verify(TIMEOUT);
	}

	@ParameterizedTest
	@ValueSource(classes = { NoClassDefFoundError.class, StackOverflowError.class })
	void whatReactorTakesForFatalIsAnErrorOfTheTool(Class<? extends Error> type) {
		Error error = BeanUtils.instantiateClass(type);
		ToolCallback callback = TestTools.of("a", false, (context) -> {
			throw error;
		});
		StepVerifier
			.create(CallbackTurnTool.of(callback).call("{}", new Execution()).subscribeOn(Schedulers.boundedElastic()))
			.expectErrorSatisfies((ex) -> assertThat(ex).isSameAs(error))
			.verify(TIMEOUT);
	}

	private static ToolCallback withSchema(String schema) {
		ToolDefinition definition = mock(ToolDefinition.class);
		given(definition.name()).willReturn("weather");
		given(definition.inputSchema()).willReturn(schema);
		ToolCallback callback = mock(ToolCallback.class);
		given(callback.getToolDefinition()).willReturn(definition);
		return callback;
	}

	private record Execution() implements ToolExecution {

		@Override
		public void say(String text) {
		}

		@Override
		public boolean isCancelled() {
			return false;
		}

		@Override
		public String callId() {
			return "1";
		}

		@Override
		public int round() {
			return 1;
		}

		@Override
		public Instant deadline() {
			return null;
		}

		@Override
		public Map<String, Object> context() {
			return Map.of("tenant", "acme");
		}

	}

}
