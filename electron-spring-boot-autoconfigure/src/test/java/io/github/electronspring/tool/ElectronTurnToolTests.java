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

package io.github.electronspring.tool;

import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

import io.github.electronspring.turn.ToolExecution;
import io.github.electronspring.turn.TurnTool;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.test.StepVerifier;
import reactor.test.publisher.TestPublisher;

import org.springframework.ai.chat.model.ToolContext;
import org.springframework.ai.tool.ToolCallback;
import org.springframework.ai.tool.execution.DefaultToolCallResultConverter;
import org.springframework.ai.tool.execution.ToolExecutionException;
import org.springframework.context.annotation.AnnotationConfigApplicationContext;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Tests for {@link ElectronToolCallback} as a tool of the turn engine.
 *
 * @author The Electron Spring authors
 */
class ElectronTurnToolTests {

	private static final Duration TIMEOUT = Duration.ofSeconds(5);

	private final TestExecution execution = new TestExecution(new ArrayList<>(), false);

	@Test
	void attributesOfTheAnnotationReachTheEngine() {
		TurnTool tool = turnTool("book");
		assertThat(tool.timeout()).isEqualTo(Duration.ofSeconds(2));
		assertThat(tool.sequential()).isTrue();
		assertThat(tool.interruptible()).isFalse();
		assertThat(tool.returnDirect()).isTrue();
	}

	@Test
	void attributesHaveDefaults() {
		TurnTool tool = turnTool("text");
		assertThat(tool.timeout()).isNull();
		assertThat(tool.sequential()).isFalse();
		assertThat(tool.interruptible()).isTrue();
		assertThat(tool.returnDirect()).isFalse();
	}

	@Test
	void toolThatIsCancelledBeforeItsMethodIsCalledIsNotBegun() {
		TestExecution cancelled = new TestExecution(new ArrayList<>(), true);
		StepVerifier.create(turnTool("text").call("{}", cancelled))
			.expectError(CancellationException.class)
			.verify(TIMEOUT);
		StepVerifier.create(turnTool("book").call("{\"people\":1}", cancelled))
			.expectNext("Booked")
			.expectComplete()
			.verify(TIMEOUT);
	}

	@Test
	void definitionIsThatOfTheCallbackWithTheSameBytes() {
		ToolCallback callback = tool("book");
		TurnTool tool = (TurnTool) callback;
		assertThat(tool.definition()).isSameAs(tool.definition());
		assertThat(tool.definition().function().name()).isEqualTo("book");
		assertThat(tool.definition().function().description()).isEqualTo("Books a table");
		assertThat(tool.definition().function().parameters()).isEqualTo(callback.getToolDefinition().inputSchema());
	}

	@Test
	void executionIsHiddenFromTheModel() {
		assertThat(tool("observed").getToolDefinition().inputSchema())
			.isEqualTo(tool("plain").getToolDefinition().inputSchema());
	}

	@Test
	void methodGetsTheExecution() {
		StepVerifier.create(turnTool("observed").call("{\"id\":\"a\"}", this.execution))
			.expectNext("a call-1 3 2026-01-01T00:00:00Z {user=u1} {user=u1} false")
			.expectComplete()
			.verify(TIMEOUT);
		assertThat(this.execution.said()).containsExactly("Looking");
	}

	@Test
	void methodCalledBySpringAiGetsAnExecutionThatIsNotCancelled() {
		assertThat(tool("observed").call("{\"id\":\"a\"}", new ToolContext(Map.of("user", "u2"))))
			.isEqualTo("a  1 null {user=u2} {user=u2} false");
	}

	@Test
	void nothingIsCalledBeforeSubscription() {
		Mono<String> call = turnTool("failing").call("{}", this.execution);
		StepVerifier.create(call)
			.expectErrorSatisfies(
					(ex) -> assertThat(ex).isExactlyInstanceOf(IOException.class).hasMessage("The account is closed"))
			.verify(TIMEOUT);
	}

	@Test
	void wrongArgumentsAreAFailure() {
		StepVerifier.create(turnTool("observed").call("{}", this.execution))
			.expectErrorMessage("The argument 'id' is missing")
			.verify(TIMEOUT);
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', textBlock = """
			text        | "quoted"
			number      | 42
			mono        | later
			future      | later
			stage       | {"street":"Main"}
			flux        | [{"street":"Main"},{"street":"Side"}]
			optional    | here
			converted   | "text"
			""", quoteCharacter = '\'')
	void resultIsText(String name, String expected) {
		StepVerifier.create(turnTool(name).call("{}", this.execution))
			.expectNext(expected)
			.expectComplete()
			.verify(TIMEOUT);
		assertThat(tool(name).call("{}")).isEqualTo(expected);
	}

	@ParameterizedTest
	@ValueSource(strings = { "nothing", "nullText", "emptyMono", "voidFuture", "emptyOptional" })
	void nothingIsAnEmptyText(String name) {
		assertThat(turnTool(name).call("{}", this.execution).blockOptional(TIMEOUT).orElse("")).isEmpty();
		assertThat(tool(name).call("{}")).isEqualTo("Done");
	}

	@ParameterizedTest
	@ValueSource(strings = { "failingMono", "failingFuture" })
	void failureOfAReactiveTypeIsThatOfTheTool(String name) {
		StepVerifier.create(turnTool(name).call("{}", this.execution))
			.expectErrorSatisfies((ex) -> assertThat(ex).isExactlyInstanceOf(IOException.class))
			.verify(TIMEOUT);
		assertThatExceptionOfType(ToolExecutionException.class).isThrownBy(() -> tool(name).call("{}"))
			.withMessage("The account is closed")
			.withCauseExactlyInstanceOf(IOException.class);
	}

	@Test
	void tooManyValuesAreAFailureAndTheSourceIsCancelled() {
		StepVerifier.create(turnTool("endless").call("{}", this.execution))
			.expectErrorMessage("There are more than 1000 results")
			.verify(TIMEOUT);
		assertThat(turnTool("thousand").call("{}", this.execution).block(TIMEOUT)).startsWith("[1,2,")
			.endsWith(",1000]");
	}

	@Test
	void reactiveTypeIsAwaitedWithoutAThreadAndCancelled() {
		TestPublisher<String> source = TestPublisher.create();
		CompletableFuture<String> future = new CompletableFuture<>();
		Waiting waiting = new Waiting(source, future);
		try (AnnotationConfigApplicationContext context = ElectronToolRegistryTests.create()) {
			context.registerBean(Waiting.class, () -> waiting);
			context.refresh();
			ElectronToolRegistry registry = context.getBean(ElectronToolRegistry.class);
			for (String name : List.of("waitingMono", "waitingFlux", "waitingFuture")) {
				// Were a thread held, the subscription would not come back
				((TurnTool) registry.getToolCallback(name)).call("{}", this.execution).subscribe().dispose();
			}
			assertThat(source.subscribeCount()).isEqualTo(2);
			source.assertCancelled(2);
			assertThat(future).isCancelled();
		}
	}

	private static TurnTool turnTool(String name) {
		return (TurnTool) tool(name);
	}

	private static ToolCallback tool(String name) {
		try (AnnotationConfigApplicationContext context = ElectronToolRegistryTests.start(Tools.class)) {
			return context.getBean(ElectronToolRegistry.class).getToolCallback(name);
		}
	}

	record TestExecution(List<String> said, boolean cancelled) implements ToolExecution {

		@Override
		public String callId() {
			return "call-1";
		}

		@Override
		public int round() {
			return 3;
		}

		@Override
		public @Nullable Instant deadline() {
			return Instant.parse("2026-01-01T00:00:00Z");
		}

		@Override
		public Map<String, Object> context() {
			return Map.of("user", "u1");
		}

		@Override
		public void say(String text) {
			this.said.add(text);
		}

		@Override
		public boolean isCancelled() {
			return this.cancelled;
		}

	}

	record Waiting(TestPublisher<String> source, CompletableFuture<String> future) {

		@ElectronTool
		Mono<String> waitingMono() {
			return this.source.mono();
		}

		@ElectronTool
		Flux<String> waitingFlux() {
			return this.source.flux();
		}

		@ElectronTool
		CompletableFuture<String> waitingFuture() {
			return this.future;
		}

	}

	record Address(String street) {

	}

	static class Tools {

		@ElectronTool(description = "Books a table", timeout = "2s", sequential = true, cancelOnBargeIn = false,
				returnDirect = true)
		String book(int people) {
			return "Booked";
		}

		@ElectronTool(description = "Same")
		String plain(String id) {
			return id;
		}

		@ElectronTool(description = "Same")
		String observed(String id, ToolExecution execution, ToolContext context) {
			execution.say("Looking");
			return id + " " + execution.callId() + " " + execution.round() + " " + execution.deadline() + " "
					+ execution.context() + " " + context.getContext() + " " + execution.isCancelled();
		}

		@ElectronTool
		String text() {
			return "\"quoted\"";
		}

		@ElectronTool
		int number() {
			return 42;
		}

		@ElectronTool
		Mono<String> mono() {
			return Mono.just("later").delayElement(Duration.ofMillis(1));
		}

		@ElectronTool
		CompletableFuture<String> future() {
			return CompletableFuture.supplyAsync(() -> "later");
		}

		@ElectronTool
		CompletionStage<Address> stage() {
			return CompletableFuture.completedStage(new Address("Main"));
		}

		@ElectronTool
		Flux<Address> flux() {
			return Flux.just(new Address("Main"), new Address("Side"));
		}

		@ElectronTool
		Optional<String> optional() {
			return Optional.of("here");
		}

		@ElectronTool(resultConverter = DefaultToolCallResultConverter.class)
		String converted() {
			return "text";
		}

		@ElectronTool
		void nothing() {
		}

		@ElectronTool
		@Nullable String nullText() {
			return null;
		}

		@ElectronTool
		Mono<Void> emptyMono() {
			return Mono.empty();
		}

		@ElectronTool
		CompletableFuture<Void> voidFuture() {
			return CompletableFuture.completedFuture(null);
		}

		@ElectronTool
		Optional<String> emptyOptional() {
			return Optional.empty();
		}

		@ElectronTool
		String failing() throws IOException {
			throw new IOException("The account is closed");
		}

		@ElectronTool
		Mono<String> failingMono() {
			return Mono.error(new IOException("The account is closed"));
		}

		@ElectronTool
		CompletableFuture<String> failingFuture() {
			return CompletableFuture.failedFuture(new IOException("The account is closed"));
		}

		@ElectronTool
		Flux<Integer> endless() {
			return Flux.range(1, Integer.MAX_VALUE);
		}

		@ElectronTool
		Flux<Integer> thousand() {
			return Flux.range(1, 1000);
		}

	}

}
