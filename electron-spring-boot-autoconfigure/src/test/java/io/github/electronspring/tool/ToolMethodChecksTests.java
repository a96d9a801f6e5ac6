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
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Future;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import java.util.stream.Stream;

import javax.tools.ToolProvider;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

import org.springframework.context.annotation.AnnotationConfigApplicationContext;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

/**
 * Tests for {@link ToolMethodChecks} and the other checks at start-up.
 *
 * @author The Electron Spring authors
 */
class ToolMethodChecksTests {

	@Test
	void duplicateNameIsRefused() {
		InvalidElectronToolException ex = start(One.class, Two.class);
		assertThat(ex.getBeanName()).isEqualTo("two");
		assertThat(ex.getMethod().getName()).isEqualTo("other");
		assertThat(ex)
			.hasMessage("Tool method '%s.other' of bean 'two' has the name 'work', ".formatted(Two.class.getName())
					+ "which method '%s.work' of bean 'one' has as well".formatted(One.class.getName()));
		assertThat(ex.getReason()).startsWith("has the name 'work'");
		assertThat(ex.getAction()).isEqualTo("Set another 'name' of '@ElectronTool' on one of them");
	}

	@Test
	void overloadedMethodsNeedNamesOfTheirOwn() {
		assertThat(start(Overloaded.class).getReason()).startsWith("has the name 'work'");
	}

	@ParameterizedTest
	@ValueSource(classes = { Spaces.class, Dot.class, TooLong.class })
	void invalidNameIsRefused(Class<?> type) {
		InvalidElectronToolException ex = start(type);
		assertThat(ex.getReason()).startsWith("has the name '");
		assertThat(ex.getAction()).isEqualTo("Set 'name' of '@ElectronTool' to 1 to 64 letters, digits, '_' or '-'");
	}

	@Test
	void sixtyFourToolsAreAllowedAndNoMore(@TempDir Path directory) throws Exception {
		try (URLClassLoader loader = compile(directory, "Many", many(64), "-parameters");
				AnnotationConfigApplicationContext context = ElectronToolRegistryTests
					.start(loader.loadClass("Many"))) {
			assertThat(context.getBean(ElectronToolRegistry.class).getToolNames()).hasSize(64);
		}
		try (URLClassLoader loader = compile(directory, "TooMany", many(65), "-parameters")) {
			InvalidElectronToolException ex = start(loader.loadClass("TooMany"));
			assertThat(ex.getReason()).isEqualTo("is one tool more than the 64 that a request may have");
			assertThat(ex.getAction()).startsWith("Remove '@ElectronTool'");
		}
	}

	@Test
	void missingParameterNamesAreRefused(@TempDir Path directory) throws Exception {
		String method = "@io.github.electronspring.tool.ElectronTool public int work(int number) { return number; }";
		try (URLClassLoader loader = compile(directory, "Nameless", method, "-g")) {
			InvalidElectronToolException ex = start(loader.loadClass("Nameless"));
			assertThat(ex.getReason()).isEqualTo("has parameters whose names are not in the class file");
			assertThat(ex.getAction()).isEqualTo("Compile 'Nameless' with the option '-parameters'");
		}
	}

	@ParameterizedTest
	@ValueSource(classes = { ReturnsFunction.class, ReturnsSupplier.class, ReturnsFuture.class, ReturnsStream.class,
			ReturnsRunnable.class })
	void returnTypeThatIsNoValueIsRefused(Class<?> type) {
		InvalidElectronToolException ex = start(type);
		assertThat(ex.getReason()).startsWith("returns '").endsWith("', which is not a value");
		assertThat(ex.getAction()).isEqualTo("Return the value itself, a 'Mono', a 'CompletionStage' or a 'Flux'");
		assertThat(ex.getMethod().getDeclaringClass()).isEqualTo(type);
	}

	@ParameterizedTest
	@ValueSource(classes = { ReturnsCompletableFuture.class, ReturnsMono.class, ReturnsFlux.class })
	void reactiveReturnTypeIsAllowed(Class<?> type) {
		assertThat(start(type)).isNull();
	}

	@ParameterizedTest
	@ValueSource(classes = { NoTimeout.class, ZeroTimeout.class, NegativeTimeout.class, EndlessTimeout.class })
	void timeoutThatIsNoneIsRefused(Class<?> type) {
		InvalidElectronToolException ex = start(type);
		assertThat(ex.getReason()).startsWith("has the time-out '");
		assertThat(ex.getAction())
			.isEqualTo("Set 'timeout' of '@ElectronTool' to a duration longer than 0, for example '2s'");
	}

	@Test
	void parameterTypeThatIsNoValueIsRefused() {
		InvalidElectronToolException ex = start(TakesFunction.class);
		assertThat(ex.getReason())
			.isEqualTo("has the parameter 'function' of type 'java.util.function.Function', which is not a value");
		assertThat(ex.getAction()).isEqualTo("Take the value itself");
	}

	@Test
	void privateAndStaticMethodsAreRefused() {
		assertThat(start(Private.class).getReason()).startsWith("is private");
		assertThat(start(Static.class).getReason()).startsWith("is static");
	}

	private static InvalidElectronToolException start(Class<?>... beans) {
		return catchThrowableOfType(InvalidElectronToolException.class,
				() -> ElectronToolRegistryTests.start(beans).close());
	}

	private static String many(int number) {
		return String.join("\n",
				IntStream.range(0, number)
					.mapToObj(
							(i) -> "@io.github.electronspring.tool.ElectronTool public int t" + i + "() { return 1; }")
					.toList());
	}

	private static URLClassLoader compile(Path directory, String name, String body, String option) throws IOException {
		Path source = directory.resolve(name + ".java");
		Files.writeString(source, "public class %s { %s }".formatted(name, body));
		int result = ToolProvider.getSystemJavaCompiler()
			.run(null, null, null, option, "-proc:none", "-cp", System.getProperty("java.class.path"), "-d",
					directory.toString(), source.toString());
		assertThat(result).isZero();
		return new URLClassLoader(new URL[] { directory.toUri().toURL() },
				ToolMethodChecksTests.class.getClassLoader());
	}

	static class One {

		@ElectronTool
		int work() {
			return 1;
		}

	}

	static class Two {

		@ElectronTool(name = "work")
		int other() {
			return 1;
		}

	}

	static class Overloaded {

		@ElectronTool
		int work(int a) {
			return 1;
		}

		@ElectronTool
		int work(String a) {
			return 1;
		}

	}

	static class Spaces {

		@ElectronTool(name = "a b")
		int work() {
			return 1;
		}

	}

	static class Dot {

		@ElectronTool(name = "a.b")
		int work() {
			return 1;
		}

	}

	static class TooLong {

		@ElectronTool(name = "a123456789b123456789c123456789d123456789e123456789f123456789g1234")
		int work() {
			return 1;
		}

	}

	static class NoTimeout {

		@ElectronTool(timeout = "soon")
		int work() {
			return 1;
		}

	}

	static class ZeroTimeout {

		@ElectronTool(timeout = "0s")
		int work() {
			return 1;
		}

	}

	static class NegativeTimeout {

		@ElectronTool(timeout = "-1s")
		int work() {
			return 1;
		}

	}

	static class EndlessTimeout {

		@ElectronTool(timeout = "99999999999999999999d")
		int work() {
			return 1;
		}

	}

	static class ReturnsFunction {

		@ElectronTool
		Function<String, String> work() {
			return (value) -> value;
		}

	}

	static class ReturnsSupplier {

		@ElectronTool
		Supplier<String> work() {
			return () -> "";
		}

	}

	static class ReturnsRunnable {

		@ElectronTool
		Runnable work() {
			return () -> {
			};
		}

	}

	static class ReturnsFuture {

		@ElectronTool
		Future<String> work() {
			return new CompletableFuture<>();
		}

	}

	static class ReturnsCompletableFuture {

		@ElectronTool
		CompletableFuture<String> work() {
			return new CompletableFuture<>();
		}

	}

	static class ReturnsMono {

		@ElectronTool
		Mono<String> work() {
			return Mono.empty();
		}

	}

	static class ReturnsFlux {

		@ElectronTool
		Flux<String> work() {
			return Flux.empty();
		}

	}

	static class ReturnsStream {

		@ElectronTool
		Stream<List<String>> work() {
			return Stream.empty();
		}

	}

	static class TakesFunction {

		@ElectronTool
		int work(Function<String, String> function) {
			return 1;
		}

	}

	static class Private {

		@ElectronTool
		private int work() {
			return 1;
		}

	}

	static class Static {

		@ElectronTool
		static int work() {
			return 1;
		}

	}

}
