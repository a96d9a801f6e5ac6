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

import java.time.Duration;
import java.time.Instant;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.Executor;
import java.util.function.Function;

import io.netty.util.AttributeKey;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;
import reactor.netty.Connection;
import reactor.netty.NettyInbound;

import org.springframework.core.io.buffer.DataBuffer;
import org.springframework.core.io.buffer.DataBufferLimitException;
import org.springframework.core.io.buffer.DataBufferUtils;
import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;
import org.springframework.http.client.reactive.ClientHttpRequest;
import org.springframework.web.reactive.function.BodyExtractors;
import org.springframework.web.reactive.function.client.ClientResponse;
import org.springframework.web.reactive.function.client.WebClient;

/**
 * One request and its response over HTTP, of one subscription.
 *
 * @author The Electron Spring authors
 */
final class HttpExchange {

	private static final String CALLER_DEADLINE = "The caller's deadline passed ('electron.chat.turn-timeout', or that of its 'CallContext')";

	/**
	 * Set on a connection that a request has gone out on.
	 */
	private static final AttributeKey<Boolean> USED = AttributeKey.valueOf(HttpExchange.class, "used");

	private static final int MAX_ERROR_BYTES = 256 * 1024;

	private static final int MAX_RESPONSE_BYTES = 16 * 1024 * 1024;

	private final HttpEndpoint endpoint;

	private final String apiKey;

	private final byte[] requestBody;

	private final CallContext context;

	private volatile @Nullable Executor eventLoop;

	private volatile @Nullable NettyInbound inbound;

	private volatile @Nullable String requestId;

	private volatile boolean answered;

	private volatile ConnectionUse connectionUse = ConnectionUse.NONE;

	HttpExchange(HttpEndpoint endpoint, String apiKey, byte[] requestBody, CallContext context) {
		this.endpoint = endpoint;
		this.apiKey = apiKey;
		this.requestBody = requestBody;
		this.context = context;
	}

	Timeouts timeouts() {
		return this.endpoint.timeouts();
	}

	@Nullable Instant deadline() {
		return this.context.deadline();
	}

	/**
	 * Refuse a request whose answer nobody would wait for.
	 */
	void checkDeadline() {
		if (deadlinePassed()) {
			throw ElectronTransportException.notSent("%s at '%s'".formatted(CALLER_DEADLINE, this.endpoint.uri()),
					null);
		}
	}

	Flux<DataBuffer> stream() {
		return Flux.defer(() -> {
			Sinks.One<Boolean> end = Sinks.one();
			this.context.responseEndListener().accept(end.asMono());
			return request(MediaType.TEXT_EVENT_STREAM).exchangeToFlux(this::streamedBody)
				.doOnComplete(() -> afterRelease(() -> end.tryEmitValue(Boolean.TRUE)))
				.doOnError((ex) -> end.tryEmitValue(Boolean.FALSE))
				.doOnCancel(() -> {
					cancelled();
					end.tryEmitValue(Boolean.FALSE);
				});
		});
	}

	private Flux<DataBuffer> streamedBody(ClientResponse response) {
		received(response);
		return response.statusCode().is2xxSuccessful() ? response.body(BodyExtractors.toDataBuffers())
				: error(response).flatMapMany(Flux::error);
	}

	<T> Mono<T> complete(Function<byte[], T> reader) {
		return request(MediaType.APPLICATION_JSON).exchangeToMono((response) -> {
			received(response);
			return response.statusCode().is2xxSuccessful() ? bytes(response, MAX_RESPONSE_BYTES).map(reader)
					: error(response).<T>flatMap(Mono::error);
		})
			.doOnCancel(this::cancelled)
			.timeout(remaining(), Mono.error(() -> timedOut(responseDeadline())))
			.onErrorMap((ex) -> failure(ex, 0))
			.flatMap((value) -> Mono.create((sink) -> afterRelease(() -> sink.success(value))));
	}

	/**
	 * Run an action after the connection of a body that has ended has gone back to its
	 * pool. It does so in the same task of the event loop, but after the signal.
	 * @param action what to do
	 */
	void afterRelease(Runnable action) {
		Executor executor = this.eventLoop;
		if (executor != null) {
			executor.execute(action);
		}
		else {
			action.run();
		}
	}

	ElectronException failure(Throwable ex, int receivedChunks) {
		if (ex instanceof ElectronException electronException) {
			return electronException;
		}
		if (ex instanceof StreamErrorException streamError) {
			return new ElectronStreamException(
					this.endpoint.errors().describe(streamError.getError(), this.apiKey, receivedChunks),
					firstNonNull(this.requestId, this.endpoint.errors().requestId(streamError.getError(), this.apiKey)),
					receivedChunks, null);
		}
		if (ex instanceof DataBufferLimitException) {
			return unreadable("it is longer than %d bytes".formatted(MAX_RESPONSE_BYTES), receivedChunks);
		}
		return this.answered ? TransportFailures.lost(ex, this.requestId, receivedChunks)
				: TransportFailures.unanswered(ex, this.endpoint, this.connectionUse);
	}

	ElectronException timedOut(String deadline, int receivedChunks) {
		return ElectronTransportException.timedOut(
				"%s, after %d chunks from '%s'".formatted(deadline, receivedChunks, this.endpoint.uri()),
				this.requestId);
	}

	private ElectronException timedOut(String deadline) {
		return ElectronTransportException.timedOut("%s at '%s'".formatted(deadline, this.endpoint.uri()),
				this.requestId);
	}

	ElectronException truncated(int receivedChunks) {
		return new ElectronStreamException(
				"The stream ended with neither a finish reason nor '[DONE]' after %d chunks".formatted(receivedChunks),
				this.requestId, receivedChunks, null);
	}

	ElectronException notAStream(int receivedChunks) {
		return new ElectronStreamException("The service answered a streamed request with a body that is no stream",
				this.requestId, receivedChunks, null);
	}

	ElectronException unreadable(String reason, int receivedChunks) {
		return new ElectronStreamException("The response cannot be read: %s".formatted(reason), this.requestId,
				receivedChunks, null);
	}

	private WebClient.RequestHeadersSpec<?> request(MediaType accept) {
		return this.endpoint.webClient()
			.post()
			.uri(this.endpoint.uri())
			.attribute(HttpEndpoint.URI_TEMPLATE_ATTRIBUTE, BaseUrl.PATH)
			.httpRequest(this::prepare)
			.headers((headers) -> {
				headers.setContentType(MediaType.APPLICATION_JSON);
				headers.set(HttpHeaders.ACCEPT, accept.toString());
			})
			.bodyValue(this.requestBody);
	}

	private void prepare(ClientHttpRequest request) {
		// Set this late, the key is seen by no filter, log, observation or exception
		request.getHeaders().setBearerAuth(this.apiKey);
		if (request.getNativeRequest() instanceof Connection connection) {
			this.eventLoop = connection.channel().eventLoop();
			this.inbound = connection.inbound();
			boolean used = connection.channel().attr(USED).getAndSet(Boolean.TRUE) != null;
			this.connectionUse = used ? ConnectionUse.KEPT : ConnectionUse.NEW;
		}
		else {
			this.connectionUse = ConnectionUse.UNKNOWN;
		}
	}

	/**
	 * Close the connection if nobody will read the body. Where the HTTP client has
	 * received the head but not handed it on, it would read to the end, which may never
	 * come.
	 */
	private void cancelled() {
		NettyInbound body = this.inbound;
		if (body != null && !this.answered) {
			// Reads before the HTTP client does
			body.receiveObject().subscribe(new CancelledReader());
		}
	}

	private void received(ClientResponse response) {
		this.answered = true;
		HttpHeaders headers = response.headers().asHttpHeaders();
		this.requestId = this.endpoint.errors().requestId(headers, this.apiKey);
		Map<String, String> rateLimit = new TreeMap<>();
		headers.forEach((name, values) -> {
			String lowerCase = name.toLowerCase(Locale.ROOT);
			if (lowerCase.contains("ratelimit") || lowerCase.startsWith("retry-after")) {
				rateLimit.put(lowerCase, String.join(", ", values));
			}
		});
		this.context.responseListener()
			.accept(new ResponseInfo(this.endpoint.provider(), response.statusCode().value(), this.requestId, rateLimit,
					1, Duration.ZERO));
	}

	private Mono<ElectronApiException> error(ClientResponse response) {
		return bytes(response, MAX_ERROR_BYTES).onErrorReturn(new byte[0])
			.map((body) -> this.endpoint.errors()
				.toException(response.statusCode().value(), response.headers().asHttpHeaders(), body, this.apiKey));
	}

	private static Mono<byte[]> bytes(ClientResponse response, int limit) {
		return DataBufferUtils.join(response.body(BodyExtractors.toDataBuffers()), limit).map((buffer) -> {
			byte[] bytes = new byte[buffer.readableByteCount()];
			buffer.read(bytes);
			DataBufferUtils.release(buffer);
			return bytes;
		}).defaultIfEmpty(new byte[0]);
	}

	private Duration remaining() {
		Duration response = timeouts().response();
		Instant deadline = deadline();
		if (deadline == null) {
			return response;
		}
		Duration untilDeadline = Duration.between(Instant.now(), deadline);
		return (untilDeadline.compareTo(response) < 0) ? untilDeadline : response;
	}

	private String responseDeadline() {
		return deadlinePassed() ? CALLER_DEADLINE
				: "No whole response came within %s ('electron.http.response-timeout')"
					.formatted(StreamWatch.text(timeouts().response()));
	}

	private boolean deadlinePassed() {
		Instant deadline = deadline();
		return deadline != null && !Instant.now().isBefore(deadline);
	}

	private static @Nullable String firstNonNull(@Nullable String first, @Nullable String second) {
		return (first != null) ? first : second;
	}

}
