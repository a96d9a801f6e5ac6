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

import java.util.List;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.ai.converter.BeanOutputConverter;
import org.springframework.core.ParameterizedTypeReference;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

/**
 * Tests for {@link StructuredOutput}.
 *
 * @author The Electron Spring authors
 */
class StructuredOutputTests {

	private static final String CITY = """
			{
			  "$schema" : "https://json-schema.org/draft/2020-12/schema",
			  "type" : "object",
			  "properties" : { "name" : { "type" : "string" }, "people" : { "type" : "integer" } },
			  "required" : [ "name" ],
			  "additionalProperties" : false
			}""";

	@Test
	void objectSchemaGoesOutCompactAndAsItIs() {
		StructuredOutput output = StructuredOutput.of(CITY);
		assertThat(output.isWrapped()).isFalse();
		assertThat(output.requestSchema()).isEqualTo("{\"type\":\"object\",\"properties\":{\"name\":"
				+ "{\"type\":\"string\"},\"people\":{\"type\":\"integer\"}},\"required\":[\"name\"],"
				+ "\"additionalProperties\":false}");
	}

	@ParameterizedTest
	@ValueSource(strings = { "{\"name\":\"Bonn\"}", " {\"name\":\"Bonn\"}\n", "```json\n{\"name\":\"Bonn\"}\n```",
			"```\n{\"name\":\"Bonn\"}\n```\n" })
	void answerIsReadWithoutWhatSurroundsIt(String text) {
		StructuredOutput.Answer answer = StructuredOutput.of(CITY).read(text);
		assertThat(answer.problem()).isNull();
		assertThat(answer.text()).isEqualTo("{\"name\":\"Bonn\"}");
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', quoteCharacter = '#',
			value = { "## | empty", "# # | empty", "Bonn | not JSON", "{\"name\":\"Bo | not JSON",
					"{\"name\":\"Bonn\"} and more | not JSON", "{\"people\":1} | name", "{\"name\":7} | /name",
					"[] | object" })
	void answerThatDoesNotFitHasAProblem(String text, String problem) {
		assertThat(StructuredOutput.of(CITY).read(text).problem()).contains(problem);
	}

	@Test
	void arrayIsWrappedAndUnwrapped() {
		StructuredOutput output = StructuredOutput.of("""
				{"type":"array","items":{"$ref":"#/$defs/City"},"$defs":{"City":{"type":"string"}}}""");
		assertThat(output.isWrapped()).isTrue();
		assertThat(output.requestSchema()).isEqualTo("""
				{"$defs":{"City":{"type":"string"}},"type":"object","properties":{"items":{"type":"array","items":\
				{"$ref":"#/$defs/City"}}},"required":["items"],"additionalProperties":false}""");
		assertThat(output.read("{\"items\":[\"Bonn\"]}")).isEqualTo(new StructuredOutput.Answer("[\"Bonn\"]", null));
		assertThat(output.read("[\"Bonn\"]")).isEqualTo(new StructuredOutput.Answer("[\"Bonn\"]", null));
		assertThat(output.read("{\"items\":[1]}").problem()).contains("string");
	}

	@Test
	void enumIsWrappedAndUnwrapped() {
		StructuredOutput output = StructuredOutput.of("{\"type\":\"string\",\"enum\":[\"A\",\"B\"]}");
		assertThat(output.read("{\"value\":\"A\"}")).isEqualTo(new StructuredOutput.Answer("\"A\"", null));
		assertThat(output.read("{\"value\":\"C\"}").problem()).isNotNull();
	}

	@Test
	void numbersKeepTheirDigits() {
		StructuredOutput output = StructuredOutput.of("{\"type\":\"array\"}");
		assertThat(output.read("{\"items\":[1.10,12345678901234567890.5]}").text())
			.isEqualTo("[1.10,12345678901234567890.5]");
	}

	@Test
	void recursiveSchemasOfSpringAiWork() {
		StructuredOutput output = StructuredOutput.of(new BeanOutputConverter<>(Node.class).getJsonSchema());
		assertThat(output.isWrapped()).isFalse();
		assertThat(output.read("{\"name\":\"a\",\"children\":[{\"name\":\"b\",\"children\":[]}]}").problem()).isNull();
		assertThat(output.read("{\"name\":\"a\",\"children\":[{\"name\":1,\"children\":[]}]}").problem()).isNotNull();
	}

	@Test
	void referenceToAnObjectIsAnObject() {
		StructuredOutput output = StructuredOutput.of("""
				{"$ref":"#/$defs/City","$defs":{"City":{"type":"object","required":["name"]}}}""");
		assertThat(output.isWrapped()).isFalse();
		assertThat(output.read("{}").problem()).contains("name");
	}

	@Test
	void listsOfRecursiveTypesWork() {
		StructuredOutput output = StructuredOutput
			.of(new BeanOutputConverter<>(new ParameterizedTypeReference<List<Node>>() {
			}).getJsonSchema());
		assertThat(output.isWrapped()).isTrue();
		assertThat(output.read("{\"items\":[{\"name\":\"b\",\"children\":[]}]}").problem()).isNull();
		assertThat(StructuredOutput.of(output.requestSchema())
			.read("{\"items\":[{\"name\":\"b\",\"children\":[{\"name\":\"c\",\"children\":[]}]}]}")
			.problem()).isNull();
	}

	@ParameterizedTest
	@ValueSource(strings = { "nothing", "[]", "true" })
	void schemaThatIsNoneIsRefused(String schema) {
		assertThatIllegalArgumentException().isThrownBy(() -> StructuredOutput.of(schema))
			.withMessageContaining("'outputSchema'");
	}

	record Node(String name, List<Node> children) {

	}

}
