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
import java.util.List;
import java.util.Map;

import io.github.electronspring.protocol.ChatMessage;
import io.github.electronspring.protocol.ResponseFormat;
import io.github.electronspring.protocol.Usage;
import io.github.electronspring.turn.RoundFinished;
import io.github.electronspring.turn.TurnEvent;
import io.github.electronspring.turn.TurnFinished;
import org.junit.jupiter.api.Test;

import org.springframework.ai.chat.client.ChatClient;
import org.springframework.ai.chat.client.ChatClientAttributes;
import org.springframework.ai.chat.model.ChatResponse;
import org.springframework.ai.chat.prompt.Prompt;
import org.springframework.ai.converter.BeanOutputConverter;
import org.springframework.ai.converter.ListOutputConverter;
import org.springframework.ai.converter.MapOutputConverter;
import org.springframework.core.ParameterizedTypeReference;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatException;

/**
 * Tests for typed answers.
 *
 * @author The Electron Spring authors
 */
class TypedAnswerTests {

	private static final Duration TIMEOUT = Duration.ofSeconds(5);

	private static final String CITIES = new BeanOutputConverter<>(new ParameterizedTypeReference<List<City>>() {
	}).getJsonSchema();

	private final FakeElectronApi api = new FakeElectronApi();

	private final ElectronChatModel model = ElectronChatModel.builder(this.api).build();

	private final ElectronChatClient client = ElectronChatClient.create(this.model);

	@Test
	void recordTravelsAsSchema() {
		this.api.answer("{\"name\":", "\"Bonn\",\"people\":1}");
		assertThat(this.client.prompt("Which?").call().entity(City.class)).isEqualTo(new City("Bonn", 1));
		ResponseFormat format = this.api.requests.get(0).responseFormat();
		assertThat(format.type()).isEqualTo("json_schema");
		assertThat(format.jsonSchema().schema()).contains("\"people\":{\"type\":\"integer\"").doesNotContain("\n");
		assertThat(this.api.requests.get(0).messages()).containsExactly(ChatMessage.user("Which?"));
	}

	@Test
	void listOfRecordsIsWrappedAndUnwrapped() {
		this.api.answer("```json\n{\"items\":[{\"name\":\"Bonn\",\"people\":1}]}\n```");
		assertThat(this.client.prompt("Which?").call().entity(new ParameterizedTypeReference<List<City>>() {
		})).containsExactly(new City("Bonn", 1));
		assertThat(this.api.requests.get(0).responseFormat().jsonSchema().schema())
			.contains("\"properties\":{\"items\":{\"type\":\"array\"");
	}

	@Test
	void enumIsWrappedAndUnwrapped() {
		this.api.answer("{\"value\":\"HIGH\"}");
		assertThat(this.client.prompt("Which?").call().entity(Level.class)).isEqualTo(Level.HIGH);
	}

	@Test
	void mapTravelsAsSchema() {
		this.api.answer("{\"name\":\"Bonn\"}");
		assertThat(this.client.prompt("Which?").call().entity(new ParameterizedTypeReference<Map<String, Object>>() {
		})).containsEntry("name", "Bonn");
		assertThat(this.api.requests.get(0).responseFormat().type()).isEqualTo("json_schema");
	}

	@Test
	void mapConverterUsesThePrompt() {
		this.api.answer("{\"name\":\"Bonn\"}");
		assertThat(this.client.prompt("Which?").call().entity(new MapOutputConverter())).containsEntry("name", "Bonn");
		assertThat(this.api.requests.get(0).responseFormat()).isNull();
		assertThat(this.api.requests.get(0).messages().get(0).content()).contains("JSON");
	}

	@Test
	void listConverterDoesWithoutJson() {
		this.api.answer("Bonn, Ulm");
		assertThat(this.client.prompt("Which?").call().entity(new ListOutputConverter())).containsExactly("Bonn",
				"Ulm");
		assertThat(this.api.requests.get(0).responseFormat()).isNull();
		assertThat(this.api.requests.get(0).messages().get(0).content()).contains("comma");
	}

	@Test
	void responseEntityHasBoth() {
		this.api.answer("{\"name\":\"Bonn\",\"people\":1}");
		assertThat(this.client.prompt("Which?").call().responseEntity(City.class)).satisfies((entity) -> {
			assertThat(entity.getEntity()).isEqualTo(new City("Bonn", 1));
			assertThat(entity.getResponse().getMetadata().getUsage().getTotalTokens()).isEqualTo(25);
		});
	}

	@Test
	void answerThatDoesNotFitIsRepairedOnce() {
		List<TurnEvent> events = new ArrayList<>();
		this.api.answer("Bonn!").answer("{\"name\":\"Bonn\",\"people\":1}");
		ChatResponse response = this.client.prompt("Which?")
			.options(ElectronChatOptions.builder().turnListeners(events::add))
			.call()
			.responseEntity(City.class)
			.getResponse();
		assertThat(response.getResult().getOutput().getText()).isEqualTo("{\"name\":\"Bonn\",\"people\":1}");
		assertThat(response.getMetadata().getUsage().getNativeUsage()).isEqualTo(Usage.of(40, 16, 10));
		assertThat(response.getMetadata().<Integer>get(ElectronMetadata.ROUND)).isEqualTo(2);
		assertThat(response.getMetadata().<List<RoundFinished>>get(ElectronMetadata.ROUNDS))
			.extracting(RoundFinished::round)
			.containsExactly(1, 2);
		assertThat(this.api.requests.get(1).messages()).startsWith(ChatMessage.user("Which?"),
				ChatMessage.assistant("Bonn!"));
		assertThat(this.api.requests.get(1).messages()).last()
			.satisfies((message) -> assertThat(message.content()).contains("not JSON"));
		assertThat(this.api.requests.get(1).responseFormat()).isEqualTo(this.api.requests.get(0).responseFormat());
		assertThat(this.api.contexts.get(1).continuesTurn()).isTrue();
		assertThat(events).extracting((event) -> event.getClass().getSimpleName() + event.round())
			.containsExactly("RoundStarted1", "TextReceived1", "RoundFinished1", "RoundStarted2", "TextReceived2",
					"RoundFinished2", "TurnFinished2");
		assertThat(((TurnFinished) events.get(6)).messages())
			.containsExactly(ChatMessage.assistant("{\"name\":\"Bonn\",\"people\":1}"));
	}

	@Test
	void repairHasNoTools() {
		ElectronChatClient withTools = ElectronChatClient.create(
				this.model.mutate().registeredTools(() -> List.of(TestTools.returning("weather", "sunny"))).build());
		this.api.call("One moment", "weather", "{}").answer("Sunny!").answer("{\"name\":\"Bonn\",\"people\":1}");
		assertThat(withTools.prompt("Where?").call().entity(City.class)).isEqualTo(new City("Bonn", 1));
		assertThat(this.api.requests.get(1).tools()).hasSize(1);
		assertThat(this.api.requests.get(2).tools()).isEmpty();
		assertThat(this.api.requests.get(2).messages()).extracting(ChatMessage::role)
			.containsExactly("user", "assistant", "tool", "assistant", "user");
	}

	@Test
	void resultOfADirectToolIsNotRepaired() {
		ElectronChatClient withTools = ElectronChatClient
			.create(this.model.mutate().registeredTools(() -> List.of(TestTools.direct("weather", "Sunny"))).build());
		this.api.call("One moment", "weather", "{}");
		assertThat(
				withTools.prompt("Where?").options(ElectronChatOptions.builder().outputSchema(CITIES)).call().content())
			.isEqualTo("Sunny");
	}

	@Test
	void callsLeftToTheCallerAreNotRepaired() {
		this.api.call("One moment", "weather", "{}");
		ChatResponse response = this.model.call(new Prompt("Where?",
				ElectronChatOptions.builder()
					.outputSchema(CITIES)
					.toolExecution(ToolExecutionMode.CALLER)
					.toolCallbacks(TestTools.returning("weather", "sunny"))
					.build()));
		assertThat(response.hasToolCalls()).isTrue();
		assertThat(response.getResult().getOutput().getText()).isEqualTo("One moment");
	}

	@Test
	void streamHandsOnFillersBeforeAnArray() {
		this.api.call("One moment", "weather", "{}").answer("{\"items\":[]}");
		assertThat(texts(new Prompt("Which?",
				ElectronChatOptions.builder()
					.outputSchema(CITIES)
					.toolCallbacks(TestTools.returning("weather", "sunny"))
					.build())))
			.containsExactly("One moment", "[]");
	}

	@Test
	void answerIsNotRepairedTwice() {
		this.api.answer("Bonn!").answer("Bonn!!");
		assertThatException().isThrownBy(() -> this.client.prompt("Which?").call().entity(City.class));
		assertThat(this.api.requests).hasSize(2);
	}

	@Test
	void validationOfSpringAiTakesThePlaceOfRepair() {
		this.api.answer("Bonn!").answer("{\"name\":\"Bonn\",\"people\":1}");
		assertThat(this.client.prompt("Which?").call().entity(City.class, ChatClient.EntityParamSpec::validateSchema))
			.isEqualTo(new City("Bonn", 1));
		assertThat(this.api.requests).hasSize(2);
		assertThat(this.api.requests.get(1).messages()).singleElement()
			.satisfies((message) -> assertThat(message.content()).contains("validation failed"));
	}

	@Test
	void repairCanBeTurnedOff() {
		this.api.answer("Bonn!");
		assertThatException().isThrownBy(() -> this.client.prompt("Which?")
			.options(ElectronChatOptions.builder().repairOutput(false))
			.call()
			.entity(City.class));
		assertThat(this.api.requests).hasSize(1);
	}

	@Test
	void nativeWayCanBeTurnedOff() {
		this.api.answer("{\"name\":\"Bonn\",\"people\":1}");
		String key = ChatClientAttributes.STRUCTURED_OUTPUT_NATIVE.getKey();
		ElectronChatClient off = ElectronChatClient
			.builder(ChatClient.builder(this.model).defaultAdvisors((spec) -> spec.param(key, false)))
			.build()
			.mutate()
			.build();
		assertThat(off.prompt("Which?").call().entity(City.class)).isEqualTo(new City("Bonn", 1));
		assertThat(this.api.requests.get(0).responseFormat()).isNull();
	}

	@Test
	void clientOfSpringAiUsesTheNativeWayWhenAsked() {
		this.api.answer("{\"items\":[]}");
		assertThat(ChatClient.create(this.model)
			.prompt("Which?")
			.call()
			.entity(new ParameterizedTypeReference<List<City>>() {
			}, ChatClient.EntityParamSpec::useProviderStructuredOutput)).isEmpty();
	}

	@Test
	void streamHandsOnAnObjectAsItComes() {
		this.api.answer("{\"name\":", "\"Bonn\"}");
		Prompt prompt = new Prompt("Which?",
				ElectronChatOptions.builder()
					.outputSchema(new BeanOutputConverter<>(City.class).getJsonSchema())
					.build());
		assertThat(texts(prompt)).containsExactly("{\"name\":", "\"Bonn\"}", "");
	}

	@Test
	void streamHoldsAnArrayUntilItIsUnwrapped() {
		this.api.answer("{\"items\":", "[]}");
		assertThat(texts(new Prompt("Which?", ElectronChatOptions.builder().outputSchema(CITIES).build())))
			.containsExactly("[]");
	}

	private List<String> texts(Prompt prompt) {
		return this.model.stream(prompt)
			.map((response) -> String.valueOf(response.getResult().getOutput().getText()))
			.collectList()
			.block(TIMEOUT);
	}

	record City(String name, int people) {

	}

	enum Level {

		LOW, HIGH

	}

}
