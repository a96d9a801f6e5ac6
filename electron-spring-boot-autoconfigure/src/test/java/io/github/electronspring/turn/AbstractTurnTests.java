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

package io.github.electronspring.turn;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;

import io.github.electronspring.api.CallContext;
import io.github.electronspring.api.FakeElectronApi;
import io.github.electronspring.protocol.ChatCompletionChunk;
import io.github.electronspring.protocol.ChatCompletionRequest;
import io.github.electronspring.protocol.ChatCompletionRequestBuilder;
import io.github.electronspring.protocol.ChatMessage;
import io.github.electronspring.protocol.Chunks;
import io.github.electronspring.protocol.ToolCall;

/**
 * Base of the tests for {@link TurnEngine}.
 *
 * @author The Electron Spring authors
 */
abstract class AbstractTurnTests {

	static final Duration TIMEOUT = Duration.ofSeconds(5);

	static final ChatCompletionChunk FILLER = Chunks.text("One moment. ");

	static final ToolCall A = ToolCall.function("a", "balance", "{ \"id\":1}");

	static final ToolCall C = ToolCall.function("c", "rate", "{\"of\":\"EUR\"}");

	static final ToolCall B = ToolCall.function("b", "rate", "{}");

	final FakeElectronApi api = new FakeElectronApi();

	final TurnEngine engine = new TurnEngine(this.api, TurnSettings.defaults().withToolExecutor(Runnable::run));

	FakeElectronApi respondWithCalls(ToolCall... calls) {
		List<ChatCompletionChunk> chunks = new ArrayList<>(List.of(Chunks.role(), FILLER));
		Arrays.stream(calls).map(this::call).forEach(chunks::add);
		chunks.add(Chunks.finish("tool_calls"));
		chunks.add(Chunks.usage(10, 0, 5));
		return this.api.respond(chunks.toArray(ChatCompletionChunk[]::new));
	}

	ChatCompletionChunk call(ToolCall call) {
		return Chunks.call(null, call.id(), call.function().name(), call.function().arguments());
	}

	List<TurnEvent> run(TurnRequest request, TurnTool... tools) {
		return this.engine.run(request, List.of(tools)).collectList().block(TIMEOUT);
	}

	static TurnRequest request() {
		return TurnRequest.of(builder().build());
	}

	static TurnRequest maxRounds(ChatCompletionRequestBuilder builder, int maxRounds) {
		return new TurnRequest(builder.build(), CallContext.empty(), maxRounds, true, Collections.emptyMap(),
				Collections.emptyList());
	}

	static ChatCompletionRequestBuilder builder() {
		return ChatCompletionRequest.builder().model("electron").messages(List.of(ChatMessage.user("Hi")));
	}

	static TurnFinished last(List<TurnEvent> events) {
		return (TurnFinished) events.get(events.size() - 1);
	}

	static List<String> names(List<TurnEvent> events) {
		// Where calls begin has tests of its own
		return events.stream()
			.filter((event) -> !(event instanceof ToolCallsBegun))
			.map(AbstractTurnTests::name)
			.toList();
	}

	static String name(TurnEvent event) {
		String name = event.getClass().getSimpleName() + " " + event.round();
		if (event instanceof TextReceived text) {
			return "'" + text.text() + "'";
		}
		if (event instanceof RoundFinished finished) {
			return name + " " + finished.kind();
		}
		if (event instanceof ToolCallStarted started) {
			return name + " " + started.call().id();
		}
		if (event instanceof ToolCallFinished finished) {
			return name + " " + finished.call().id() + "=" + finished.result();
		}
		if (event instanceof ToolCallFailed failed) {
			return name + " " + failed.call().id() + "=" + failed.result();
		}
		return name;
	}

}
