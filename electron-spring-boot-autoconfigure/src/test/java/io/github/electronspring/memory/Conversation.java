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

package io.github.electronspring.memory;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;

import io.github.electronspring.api.FakeElectronApi;
import io.github.electronspring.chat.ElectronChatClient;
import io.github.electronspring.chat.ElectronChatModel;
import io.github.electronspring.chat.MessageMapper;
import io.github.electronspring.protocol.ChatCompletionChunk;
import io.github.electronspring.protocol.ChatMessage;
import io.github.electronspring.protocol.Chunks;
import reactor.core.publisher.Flux;
import tools.jackson.databind.json.JsonMapper;

import org.springframework.ai.chat.client.ChatClient.ChatClientRequestSpec;
import org.springframework.ai.chat.client.advisor.api.Advisor;
import org.springframework.ai.chat.memory.ChatMemory;
import org.springframework.ai.tool.ToolCallback;
import org.springframework.ai.tool.function.FunctionToolCallback;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * A conversation with a model that is scripted, and its memory.
 *
 * @author The Electron Spring authors
 */
final class Conversation {

	static final Duration TIMEOUT = Duration.ofSeconds(5);

	static final String ID = "c1";

	final FakeElectronApi api = new FakeElectronApi();

	private final ChatMemory memory;

	private final ElectronChatClient client;

	Conversation(ChatMemory memory, Supplier<String> balance, Advisor... others) {
		this.memory = memory;
		ElectronChatModel model = ElectronChatModel.builder(this.api)
			.registeredTools(() -> List.of(tool("balance", balance), tool("limit", () -> "10")))
			.build();
		this.client = ElectronChatClient.builder(model)
			.defaultSystem("Be brief")
			.defaultAdvisors(new ElectronChatMemoryAdvisor(memory))
			.defaultAdvisors(others)
			.build();
	}

	static ToolCallback tool(String name, Supplier<String> result) {
		return FunctionToolCallback.builder(name, (Map<String, Object> arguments) -> result.get())
			.description("The " + name)
			.inputType(Map.class)
			.inputSchema("{\"type\":\"object\"}")
			.toolCallResultConverter((value, type) -> String.valueOf(value))
			.build();
	}

	Conversation answer(String... pieces) {
		this.api.respond(Flux.fromArray(pieces)
			.map(Chunks::text)
			.concatWithValues(Chunks.finish("stop"), Chunks.usage(20, 0, 5)));
		return this;
	}

	Conversation call(String filler, String... names) {
		Flux<ChatCompletionChunk> calls = Flux.range(0, names.length)
			.map((i) -> Chunks.call(i, "call-" + names[i], names[i], "{ }"));
		this.api.respond(Flux.just(Chunks.text(filler))
			.concatWith(calls)
			.concatWithValues(Chunks.finish("tool_calls"), Chunks.usage(20, 0, 5)));
		return this;
	}

	ChatClientRequestSpec prompt(String text) {
		return this.client.prompt().user(text).advisors((spec) -> spec.param(ChatMemory.CONVERSATION_ID, ID));
	}

	ChatClientRequestSpec prompt(String text, TurnTranscript transcript) {
		return prompt(text).advisors((spec) -> spec.param(TurnTranscript.PARAMETER, transcript));
	}

	ElectronChatClient client() {
		return this.client;
	}

	String say(String text) {
		return prompt(text).call().content();
	}

	List<String> stream(String text) {
		return prompt(text).stream().content().collectList().block(TIMEOUT);
	}

	List<ChatMessage> history() {
		return MessageMapper.toWire(this.memory.get(ID));
	}

	/**
	 * Return the messages of a request as they were sent.
	 * @param index the request, from 0
	 * @return the JSON of each message
	 */
	List<String> sent(int index) {
		return this.api.requests()
			.get(index)
			.messages()
			.stream()
			.map((message) -> JsonMapper.shared().writeValueAsString(message))
			.toList();
	}

	void awaitRequests(int count) {
		await(() -> this.api.requests().size() >= count);
	}

	static void await(BooleanSupplier condition) {
		Flux.interval(Duration.ofMillis(1)).takeUntil((tick) -> condition.getAsBoolean()).blockLast(TIMEOUT);
	}

	static void await(CountDownLatch latch) {
		try {
			assertThat(latch.await(5, TimeUnit.SECONDS)).isTrue();
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
		}
	}

}
