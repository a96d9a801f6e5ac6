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
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

import io.github.electronspring.protocol.ChatMessage;
import io.github.electronspring.protocol.ToolDeltaCase;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import reactor.core.publisher.Flux;

import org.springframework.ai.chat.model.ChatResponse;
import org.springframework.ai.chat.prompt.Prompt;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link ElectronChatModel} with tool calls as servers send them.
 *
 * @author The Electron Spring authors
 */
class ToolDeltaTests {

	private static final String CASES = "io.github.electronspring.protocol.ToolDeltaCase#all";

	private final FakeElectronApi api = new FakeElectronApi();

	private final List<String> called = new CopyOnWriteArrayList<>();

	private final ElectronChatModel model = ElectronChatModel.builder(this.api)
		.registeredTools(() -> List.of(TestTools.of("balance", false, (context) -> {
			this.called.add("balance");
			return "100";
		}), TestTools.of("rate", false, (context) -> {
			this.called.add("rate");
			return "2";
		})))
		.build();

	@ParameterizedTest
	@MethodSource(CASES)
	void callAnswersEachCallOnce(ToolDeltaCase given) {
		this.api.play(Flux.fromIterable(given.chunks())).answer("Done");
		ChatResponse response = this.model.call(new Prompt("Hi"));
		assertThat(response.getResult().getOutput().getText()).isEqualTo("Done");
		assertThat(response.hasToolCalls()).isFalse();
		assertAnswered(given);
	}

	@ParameterizedTest
	@MethodSource(CASES)
	void streamAnswersEachCallOnceAndShowsNoCall(ToolDeltaCase given) {
		this.api.play(Flux.fromIterable(given.chunks())).answer("Done");
		List<ChatResponse> responses = this.model.stream(new Prompt("Hi")).collectList().block(Duration.ofSeconds(5));
		assertThat(responses).noneMatch(ChatResponse::hasToolCalls);
		assertThat(String.join("", responses.stream().map((part) -> part.getResult().getOutput().getText()).toList()))
			.isEqualTo(given.content() + "Done");
		assertAnswered(given);
	}

	private void assertAnswered(ToolDeltaCase given) {
		List<String> names = List.of("balance", "rate").subList(0, given.calls());
		assertThat(this.called).containsExactlyInAnyOrderElementsOf(names);
		List<ChatMessage> messages = this.api.requests.get(1).messages();
		assertThat(messages).hasSize(2 + given.calls());
		assertThat(messages.get(1).toolCalls()).extracting((call) -> call.function().name()).isEqualTo(names);
		for (int i = 0; i < given.calls(); i++) {
			assertThat(messages.get(2 + i))
				.isEqualTo(ChatMessage.tool(messages.get(1).toolCalls().get(i).id(), (i == 0) ? "100" : "2"));
		}
	}

}
