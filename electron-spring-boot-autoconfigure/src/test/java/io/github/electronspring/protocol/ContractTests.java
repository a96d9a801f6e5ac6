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

package io.github.electronspring.protocol;

import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.Map;

import com.networknt.schema.InputFormat;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.dialect.Dialects;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.yaml.snakeyaml.Yaml;
import tools.jackson.databind.json.JsonMapper;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests that what is sent keeps the contract of the wire.
 *
 * @author The Electron Spring authors
 */
class ContractTests {

	private static final JsonMapper mapper = JsonMapper.builder().build();

	private static Map<String, Object> contract;

	@BeforeAll
	static void readContract() throws IOException {
		try (InputStream stream = ContractTests.class.getResourceAsStream("electron-openapi.yaml")) {
			contract = new Yaml().load(stream);
		}
	}

	@Test
	void requestWithEveryFieldKeepsTheContract() {
		ToolCall call = ToolCall.function("c", "f", "{}");
		ChatCompletionRequest request = ChatCompletionRequest.builder()
			.model("electron")
			.messages(List.of(ChatMessage.system("s"), ChatMessage.user("u"),
					ChatMessage.assistant(null, List.of(call)), ChatMessage.tool("c", "r")))
			.temperature(2.0)
			.topP(1.0)
			.maxTokens(1)
			.stream(true)
			.streamOptions(new StreamOptions(true))
			.tools(List.of(ToolDefinition.function("f", "d", "{\"type\":\"object\"}")))
			.toolChoice(ToolChoice.function("f"))
			.responseFormat(ResponseFormat.JSON_OBJECT)
			.stop(List.of("a", "b"))
			.seed(7L)
			.logitBias(Map.of("7", 1.0))
			.logprobs(true)
			.topLogprobs(20)
			.presencePenalty(-2.0)
			.frequencyPenalty(2.0)
			.user("u")
			.build();
		assertThat(request.validate()).isEmpty();
		assertThat(errors("ChatCompletionRequest", request)).isEmpty();
	}

	@Test
	void contractRefusesWhatValidationRefuses() {
		ChatCompletionRequest request = ChatCompletionRequest.builder().temperature(3.0).build();
		assertThat(errors("ChatCompletionRequest", request)).hasSize(3);
		assertThat(request.validate()).hasSize(3);
	}

	@Test
	void completionKeepsTheContract() {
		ChatCompletionAssembler assembler = new ChatCompletionAssembler();
		assembler.add(Chunks.text("Hi"));
		assembler.add(Chunks.finish("stop"));
		assembler.add(Chunks.usage(3, 1, 2));
		assertThat(errors("ChatCompletion", assembler.toCompletion())).isEmpty();
	}

	private static List<String> errors(String name, Object value) {
		Map<String, Object> schema = Map.of("$ref", "#/components/schemas/" + name, "components",
				contract.get("components"));
		Schema validator = SchemaRegistry.withDialect(Dialects.getOpenApi30())
			.getSchema(mapper.writeValueAsString(schema), InputFormat.JSON);
		return validator.validate(mapper.writeValueAsString(value), InputFormat.JSON)
			.stream()
			.map(Object::toString)
			.toList();
	}

}
