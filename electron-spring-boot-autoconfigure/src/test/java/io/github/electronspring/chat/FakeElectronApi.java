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
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.CopyOnWriteArrayList;

import io.github.electronspring.api.CallContext;
import io.github.electronspring.api.ElectronApi;
import io.github.electronspring.api.ResponseInfo;
import io.github.electronspring.protocol.ChatCompletion;
import io.github.electronspring.protocol.ChatCompletionChunk;
import io.github.electronspring.protocol.ChatCompletionChunkChoice;
import io.github.electronspring.protocol.ChatCompletionRequest;
import io.github.electronspring.protocol.ChatMessageDelta;
import io.github.electronspring.protocol.FunctionCallDelta;
import io.github.electronspring.protocol.Logprobs;
import io.github.electronspring.protocol.ToolCallDelta;
import io.github.electronspring.protocol.Usage;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/**
 * An {@link ElectronApi} that plays one script for each request.
 *
 * @author The Electron Spring authors
 */
class FakeElectronApi implements ElectronApi {

	final List<ChatCompletionRequest> requests = new CopyOnWriteArrayList<>();

	final List<CallContext> contexts = new CopyOnWriteArrayList<>();

	private final Queue<Flux<ChatCompletionChunk>> scripts = new ArrayDeque<>();

	private Map<String, String> rateLimit = Collections.emptyMap();

	/**
	 * Add a script.
	 * @param script the chunks of a response
	 * @return this fake
	 */
	FakeElectronApi play(Flux<ChatCompletionChunk> script) {
		this.scripts.add(script);
		return this;
	}

	FakeElectronApi answer(String... pieces) {
		List<ChatCompletionChunk> chunks = new ArrayList<>();
		for (String piece : pieces) {
			chunks.add(text(piece));
		}
		chunks.add(finish("stop", null));
		chunks.add(usage(Usage.of(20, 8, 5)));
		return play(Flux.fromIterable(chunks));
	}

	FakeElectronApi call(String filler, String name, String arguments) {
		List<ChatCompletionChunk> chunks = new ArrayList<>();
		if (!filler.isEmpty()) {
			chunks.add(text(filler));
		}
		chunks.add(toolCall(0, "call-" + name, name, arguments));
		chunks.add(finish("tool_calls", null));
		chunks.add(usage(Usage.of(10, 4, 3)));
		return play(Flux.fromIterable(chunks));
	}

	FakeElectronApi rateLimit(Map<String, String> headers) {
		this.rateLimit = headers;
		return this;
	}

	@Override
	public Mono<ChatCompletion> complete(ChatCompletionRequest request, CallContext context) {
		return Mono.error(new IllegalStateException("The engine streams"));
	}

	@Override
	public Flux<ChatCompletionChunk> stream(ChatCompletionRequest request, CallContext context) {
		return Flux.defer(() -> {
			this.requests.add(request);
			this.contexts.add(context);
			context.responseListener()
				.accept(new ResponseInfo("electron", 200, "req-" + this.requests.size(), this.rateLimit, 1,
						Duration.ZERO));
			Flux<ChatCompletionChunk> script = this.scripts.poll();
			return (script != null) ? script : Flux.error(new IllegalStateException("No script left"));
		});
	}

	static ChatCompletionChunk text(String text) {
		return chunk(new ChatMessageDelta("assistant", text, Collections.emptyList()), null, null);
	}

	static ChatCompletionChunk toolCall(int index, String id, String name, String arguments) {
		return chunk(
				new ChatMessageDelta(null, null,
						List.of(new ToolCallDelta(index, id, "function", new FunctionCallDelta(name, arguments)))),
				null, null);
	}

	static ChatCompletionChunk finish(String reason, Logprobs logprobs) {
		return chunk(ChatMessageDelta.EMPTY, reason, logprobs);
	}

	static ChatCompletionChunk usage(Usage usage) {
		return new ChatCompletionChunk("chatcmpl-1", "chat.completion.chunk", 1L, "electron", Collections.emptyList(),
				usage);
	}

	private static ChatCompletionChunk chunk(ChatMessageDelta delta, String reason, Logprobs logprobs) {
		return new ChatCompletionChunk("chatcmpl-1", "chat.completion.chunk", 1L, "electron",
				List.of(new ChatCompletionChunkChoice(0, delta, reason, logprobs)), null);
	}

}
