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
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;

import org.aopalliance.intercept.MethodInterceptor;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import org.springframework.ai.chat.model.ToolContext;
import org.springframework.ai.tool.ToolCallback;
import org.springframework.ai.tool.annotation.ToolParam;
import org.springframework.ai.tool.execution.ToolExecutionException;
import org.springframework.aop.framework.autoproxy.BeanNameAutoProxyCreator;
import org.springframework.context.annotation.AnnotationConfigApplicationContext;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Tests for {@link ElectronToolCallback}: schema, arguments, result and failures.
 *
 * @author The Electron Spring authors
 */
class ElectronToolCallbackTests {

	private static final JsonMapper mapper = JsonMapper.shared();

	@Test
	void schemaDescribesTheArgumentsOnly() {
		JsonNode schema = schema("annotated");
		assertThat(schema).isEqualTo(mapper.readTree("""
				{"type":"object","properties":{
				"id":{"type":"string","description":"account id"},
				"limit":{"type":"integer"},"note":{"type":"string"},
				"currency":{"type":"string","description":"ISO code"},"count":{"type":"integer"}},
				"required":["id"],"additionalProperties":false}"""));
	}

	@Test
	void schemaHasTheSameBytesEachTimeAndNoWhiteSpace() {
		String first = tool("annotated").getToolDefinition().inputSchema();
		assertThat(tool("annotated").getToolDefinition().inputSchema()).isEqualTo(first);
		assertThat(first).doesNotContain("\n", " :", "$schema");
		ToolCallback tool = tool("annotated");
		assertThat(tool.getToolDefinition().inputSchema()).isSameAs(tool.getToolDefinition().inputSchema());
		assertThat(tool.getToolDefinition()).hasToString("ElectronToolDefinition[name=annotated]");
	}

	@Test
	void schemaOfAnOptionalObjectIsThatOfTheObject() {
		JsonNode schema = schema("optionalObject");
		assertThat(schema.at("/properties/point/properties/x/type").asString()).isEqualTo("integer");
		assertThat(schema.at("/properties/pair/type").asString()).isEqualTo("array");
		assertThat(schema.path("required")).isEmpty();
	}

	@Test
	void typeVariablesAreResolved() {
		try (AnnotationConfigApplicationContext context = ElectronToolRegistryTests.start(PointStore.class)) {
			ToolCallback tool = context.getBean(ElectronToolRegistry.class).getToolCallback("store");
			JsonNode schema = mapper.readTree(tool.getToolDefinition().inputSchema());
			assertThat(schema.at("/properties/value/properties/y/type").asString()).isEqualTo("integer");
			assertThat(schema.at("/properties/value/description").asString()).isEqualTo("what to store");
			assertThat(tool.call("{\"value\":{\"x\":1,\"y\":2},\"others\":[{\"x\":3,\"y\":4}]}"))
				.isEqualTo("Point[x=1, y=2] [Point[x=3, y=4]]");
		}
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', textBlock = """
			{"id":"a","limit":5,"note":"n","currency":"EUR","count":2} | a 5 n Optional[EUR] OptionalInt[2]
			{"id":"a"}                                                 | a 0 null Optional.empty OptionalInt.empty
			{"id":"a","limit":null,"note":null,"currency":null}        | a 0 null Optional.empty OptionalInt.empty
			{"id":7,"limit":"5","extra":true}                          | 7 5 null Optional.empty OptionalInt.empty
			""")
	void argumentsAreConverted(String json, String expected) {
		assertThat(tool("annotated").call(json)).isEqualTo("id=" + expected);
	}

	@ParameterizedTest
	@ValueSource(strings = { "{\"points\":[{\"x\":1,\"y\":2}],\"byName\":{\"a\":[1]},\"date\":\"2026-04-22\"}",
			"{\"points\":\"[{\\\"x\\\":1,\\\"y\\\":2}]\",\"byName\":\"{\\\"a\\\":[1]}\",\"date\":\"2026-04-22\"}" })
	void genericTypesAreKept(String json) {
		assertThat(tool("generic").call(json)).isEqualTo("x=1 1 2026");
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', textBlock = """
			{}               | The argument 'id' is missing
			{"id":null}      | The argument 'id' is missing
			''               | The argument 'id' is missing
			{"id":"a","limit":"x"}    | The argument 'limit' does not fit its schema
			{"id":"a","limit":[1,2]}  | The argument 'limit' does not fit its schema
			{"id":{"a":1}}   | The argument 'id' does not fit its schema
			{"id":           | The arguments are not valid JSON
			[1]              | The arguments are not a JSON object
			""")
	void wrongArgumentsAreToldInWordsForTheModel(String json, String message) {
		assertThatExceptionOfType(ToolExecutionException.class).isThrownBy(() -> tool("annotated").call(json))
			.withMessage(message);
	}

	@Test
	void toolContextIsPassed() {
		ToolContext context = new ToolContext(Map.of("user", "u1"));
		assertThat(tool("withContext").call("{\"id\":\"a\"}", context)).isEqualTo("a {user=u1}");
		assertThat(tool("withContext").call("{\"id\":\"a\"}", (ToolContext) null)).isEqualTo("a {}");
		assertThat(tool("withContext").call("{\"id\":\"a\"}")).isEqualTo("a {}");
		assertThat(schema("withContext").path("properties").propertyNames()).containsExactly("id");
	}

	@Test
	void resultIsWrittenAsJsonUnlessItIsText() {
		assertThat(tool("point").call("{}")).isEqualTo("{\"x\":1,\"y\":2}");
		assertThat(tool("nothing").call("{}")).isEqualTo("Done");
		assertThat(tool("nullValue").call("{}")).isEqualTo("Done");
		assertThat(tool("json").call("{}")).isEqualTo("{ \"a\" : 1 }");
	}

	@Test
	void exceptionOfTheMethodIsTheCause() {
		assertThatExceptionOfType(ToolExecutionException.class).isThrownBy(() -> tool("failing").call("{}"))
			.withMessage("The account is closed")
			.withCauseExactlyInstanceOf(IOException.class)
			.satisfies((ex) -> assertThat(ex.getToolDefinition().name()).isEqualTo("failing"));
	}

	@Test
	void errorOfTheMethodIsTheCause() {
		assertThatExceptionOfType(ToolExecutionException.class).isThrownBy(() -> tool("error").call("{}"))
			.withCauseExactlyInstanceOf(StackOverflowError.class);
	}

	@Test
	void checkedExceptionOfAdviceIsTheCause() {
		try (AnnotationConfigApplicationContext context = ElectronToolRegistryTests.create()) {
			context.registerBean("recorder", MethodInterceptor.class, () -> (invocation) -> {
				throw new IOException("No access");
			});
			context.registerBean(BeanNameAutoProxyCreator.class, () -> ProxiedToolTests.autoProxy(true));
			context.registerBean("proxied", Tools.class);
			context.refresh();
			ToolCallback tool = context.getBean(ElectronToolRegistry.class).getToolCallback("point");
			assertThatExceptionOfType(ToolExecutionException.class).isThrownBy(() -> tool.call("{}"))
				.withMessage("No access")
				.withCauseExactlyInstanceOf(IOException.class);
		}
	}

	@Test
	void beanThatCannotBeCreatedIsAFailureOfTheTool() {
		try (AnnotationConfigApplicationContext context = ElectronToolRegistryTests.create()) {
			context.registerBean("broken", Tools.class, () -> {
				throw new IllegalStateException("broken");
			}, (definition) -> definition.setLazyInit(true));
			context.refresh();
			ToolCallback tool = context.getBean(ElectronToolRegistry.class).getToolCallback("point");
			assertThatExceptionOfType(ToolExecutionException.class).isThrownBy(() -> tool.call("{}"));
		}
	}

	private static JsonNode schema(String name) {
		return mapper.readTree(tool(name).getToolDefinition().inputSchema());
	}

	private static ToolCallback tool(String name) {
		AnnotationConfigApplicationContext context = ElectronToolRegistryTests.start(Tools.class);
		return context.getBean(ElectronToolRegistry.class).getToolCallback(name);
	}

	record Point(int x, int y) {

	}

	interface Store<T> {

		@ElectronTool
		String store(@ToolParam(description = "what to store") T value, List<T> others);

	}

	static class PointStore implements Store<Point> {

		@Override
		public String store(Point value, List<Point> others) {
			return value + " " + others;
		}

	}

	static class Tools {

		@ElectronTool
		String annotated(@ToolParam(description = "account id") String id, @ToolParam(required = false) int limit,
				@Nullable String note, @ToolParam(description = "ISO code") Optional<String> currency,
				OptionalInt count) {
			return "id=" + id + " " + limit + " " + note + " " + currency + " " + count;
		}

		@ElectronTool
		String optionalObject(Optional<Point> point, Optional<List<Point>> pair) {
			return "";
		}

		@ElectronTool
		String generic(List<Point> points, Map<String, List<Integer>> byName, LocalDate date) {
			return "x=" + points.get(0).x() + " " + byName.get("a").get(0) + " " + date.getYear();
		}

		@ElectronTool
		String withContext(String id, ToolContext context) {
			return id + " " + context.getContext();
		}

		@ElectronTool
		Point point() {
			return new Point(1, 2);
		}

		@ElectronTool
		void nothing() {
		}

		@ElectronTool
		@Nullable String nullValue() {
			return null;
		}

		@ElectronTool
		String json() {
			return "{ \"a\" : 1 }";
		}

		@ElectronTool
		String failing() throws IOException {
			throw new IOException("The account is closed");
		}

		@ElectronTool
		String error() {
			throw new StackOverflowError();
		}

	}

}
