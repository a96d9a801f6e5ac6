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

package io.github.electronspring.api;

import java.util.Collections;
import java.util.function.Supplier;

import io.github.electronspring.protocol.ChatCompletion;
import io.github.electronspring.protocol.ChatCompletionChunk;
import io.github.electronspring.protocol.ChatCompletionRequest;
import io.micrometer.observation.Observation;
import org.reactivestreams.Publisher;
import reactor.core.CoreSubscriber;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Operators;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.json.JsonMapper;

/**
 * {@link ElectronApi} over HTTP.
 *
 * @author The Electron Spring authors
 */
final class HttpElectronApi implements ElectronApi {

	private static final JsonMapper MAPPER = JsonMapper.builder()
		.disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES, DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES,
				DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
		.build();

	private final HttpEndpoint endpoint;

	private final Supplier<String> apiKey;

	private final RequestAdapter adapter;

	private final ChunkReader chunkReader = new ChunkReader(MAPPER);

	private final CompletionReader completionReader = new CompletionReader(MAPPER);

	HttpElectronApi(HttpEndpoint endpoint, Supplier<String> apiKey, Dialect dialect) {
		this.endpoint = endpoint;
		this.apiKey = apiKey;
		this.adapter = new RequestAdapter(dialect);
	}

	@Override
	public Mono<ChatCompletion> complete(ChatCompletionRequest request, CallContext context) {
		return Mono.defer(() -> {
			HttpExchange exchange = exchange(this.adapter.adapt(request, false), context);
			Publisher<ChatCompletion> completion = (subscriber) -> inScope(context,
					() -> exchange.complete((body) -> read(exchange, body)).subscribe(subscriber));
			return Mono.fromDirect(completion);
		});
	}

	@Override
	public Flux<ChatCompletionChunk> stream(ChatCompletionRequest request, CallContext context) {
		return new Flux<>() {

			@Override
			public void subscribe(CoreSubscriber<? super ChatCompletionChunk> actual) {
				HttpExchange exchange;
				try {
					exchange = exchange(HttpElectronApi.this.adapter.adapt(request, true), context);
				}
				catch (RuntimeException ex) {
					Operators.error(actual, ex);
					return;
				}
				inScope(context, () -> exchange.stream()
					.subscribe(new CompletionStream(actual, exchange, HttpElectronApi.this.chunkReader)));
			}

		};
	}

	/**
	 * Send a request in the scope of its observation. Tracing would else take the parent
	 * of the span from whatever scope the thread happens to be in.
	 * @param context the context of the request
	 * @param send sends it
	 */
	private static void inScope(CallContext context, Runnable send) {
		Observation observation = context.observation();
		if (observation.isNoop()) {
			send.run();
		}
		else {
			observation.scoped(send);
		}
	}

	private HttpExchange exchange(ChatCompletionRequest request, CallContext context) {
		HttpExchange exchange = new HttpExchange(this.endpoint, ApiKeys.obtain(this.apiKey), write(request), context);
		exchange.checkDeadline();
		context.sendListener().run();
		return exchange;
	}

	private static byte[] write(ChatCompletionRequest request) {
		try {
			return MAPPER.writeValueAsBytes(request);
		}
		catch (JacksonException ex) {
			// Not as the cause: it may quote what the request holds
			throw new ElectronInvalidRequestException(
					"The request is not sent: it cannot be written as JSON, check its extra fields",
					Collections.emptyList());
		}
	}

	private ChatCompletion read(HttpExchange exchange, byte[] body) {
		try {
			ChatCompletion completion = this.completionReader.read(body);
			if (completion.choices().isEmpty()) {
				throw exchange.unreadable((body.length == 0) ? "it is empty" : "it holds no answer", 0);
			}
			return completion;
		}
		catch (StreamErrorException ex) {
			throw exchange.failure(ex, 0);
		}
		catch (JacksonException ex) {
			throw exchange.unreadable("it is not valid JSON", 0);
		}
	}

}
