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

package io.github.electronspring.test.simulator;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Supplier;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelOption;
import org.reactivestreams.Publisher;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Scheduler;
import reactor.core.scheduler.Schedulers;
import reactor.netty.DisposableServer;
import reactor.netty.http.server.HttpServer;
import reactor.netty.http.server.HttpServerRequest;
import reactor.netty.http.server.HttpServerResponse;
import reactor.netty.resources.LoopResources;

/**
 * The simulator's HTTP server: receives requests and plays replies, byte by byte.
 *
 * @author The Electron Spring authors
 */
final class SimulatorServer {

	private static final Duration BEFORE_RESET = Duration.ofMillis(20);

	private final RequestHandler handler;

	private final Supplier<SimulatorLog> log;

	// threads and timers of its own: a test may put others under virtual time
	private final LoopResources loop = LoopResources.create("electron-simulator", 2, true);

	private final ScheduledThreadPoolExecutor timer = new ScheduledThreadPoolExecutor(1, (task) -> {
		Thread thread = new Thread(task, "electron-simulator-timer");
		thread.setDaemon(true);
		return thread;
	});

	private final Scheduler scheduler = Schedulers.fromExecutorService(this.timer);

	private final Set<Channel> channels = ConcurrentHashMap.newKeySet();

	private final Map<Channel, Exchange> exchanges = new ConcurrentHashMap<>();

	private final AtomicLong ids = new AtomicLong();

	private final DisposableServer server;

	SimulatorServer(int port, RequestHandler handler, Supplier<SimulatorLog> log) {
		this.handler = handler;
		this.log = log;
		this.server = HttpServer.create()
			.host("127.0.0.1")
			.port(port)
			.runOn(this.loop)
			.doOnChannelInit((observer, channel, address) -> connected(channel))
			.handle(this::handle)
			.bindNow();
	}

	int port() {
		return this.server.port();
	}

	private void connected(Channel channel) {
		this.log.get().connected();
		this.channels.add(channel);
		channel.closeFuture().addListener((closed) -> this.channels.remove(channel));
	}

	private Publisher<Void> handle(HttpServerRequest request, HttpServerResponse response) {
		return request.receive()
			.aggregate()
			.asByteArray()
			.defaultIfEmpty(new byte[0])
			.flatMap((body) -> answer(request, response, body));
	}

	private Mono<Void> answer(HttpServerRequest request, HttpServerResponse response, byte[] body) {
		List<Channel> channel = new ArrayList<>(1);
		request.withConnection((connection) -> channel.add(connection.channel()));
		Exchange exchange = new Exchange(received(request, body, channel.get(0)), this.log.get());
		this.exchanges.put(channel.get(0), exchange);
		Reply reply = this.handler.handle(exchange);
		return send(reply, response, exchange, channel.get(0)).doOnSuccess((nothing) -> {
			end(exchange, channel.get(0));
			closeAfter(reply, channel.get(0));
		}).doOnError((ex) -> end(exchange, channel.get(0))).doOnCancel(() -> end(exchange, channel.get(0)));
	}

	private SimulatorRequest received(HttpServerRequest request, byte[] body, Channel channel) {
		Map<String, List<String>> headers = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
		for (String name : request.requestHeaders().names()) {
			headers.put(name, List.copyOf(request.requestHeaders().getAll(name)));
		}
		String id = "req_%s_%06d".formatted(channel.id().asShortText(), this.ids.incrementAndGet());
		return new SimulatorRequest(id, request.method().name(), "/" + request.path(), headers, body,
				channel.id().asShortText());
	}

	private void end(Exchange exchange, Channel channel) {
		this.exchanges.remove(channel, exchange);
		exchange.end();
	}

	private Mono<Void> send(Reply reply, HttpServerResponse response, Exchange exchange, Channel channel) {
		Flux<ByteBuf> body = Flux.fromIterable(reply.emissions())
			.concatMap((emission) -> play(emission, exchange, channel, reply.isLast(emission)))
			.doOnComplete(exchange::complete);
		Mono<Void> send = reply.isMissing() ? body.then() : Mono.defer(() -> {
			response.status(reply.status());
			reply.headers().forEach(response::header);
			return response.sendHeaders().send(body, (packet) -> true).then();
		});
		return waitFor(reply.delay()).then(send);
	}

	private Mono<ByteBuf> play(Emission emission, Exchange exchange, Channel channel, boolean last) {
		if (emission instanceof Emission.Bytes bytes) {
			return Mono.fromSupplier(() -> {
				exchange.produced(bytes.tokens());
				if (last) {
					// the client knows the length: its next request may come at once
					exchange.complete();
					end(exchange, channel);
				}
				// released twice when a connection ends in the middle of a write
				return Unpooled.unreleasableBuffer(Unpooled.wrappedBuffer(bytes.bytes()));
			});
		}
		if (emission instanceof Emission.Wait wait) {
			return waitFor(wait.duration()).then(Mono.empty());
		}
		return fault(((Emission.Fault) emission).fault(), exchange, channel).then(Mono.never());
	}

	private Mono<Void> fault(ConnectionFault fault, Exchange exchange, Channel channel) {
		if (fault == ConnectionFault.STALL) {
			return Mono.empty();
		}
		// what was sent before must have left this machine's buffers
		return waitFor(BEFORE_RESET).then(Mono.fromRunnable(() -> {
			exchange.faulty();
			if (fault != ConnectionFault.CLOSE) {
				channel.config().setOption(ChannelOption.SO_LINGER, 0);
			}
			channel.close();
		}));
	}

	private void closeAfter(Reply reply, Channel channel) {
		Duration delay = reply.closeAfter();
		if (delay != null) {
			// the end of the response is written first, by the caller
			channel.eventLoop().schedule(() -> channel.close(), Math.max(1, delay.toMillis()), TimeUnit.MILLISECONDS);
		}
	}

	private Mono<Void> waitFor(Duration duration) {
		return duration.isZero() ? Mono.empty() : Mono.delay(duration, this.scheduler).then();
	}

	/**
	 * End what is in flight by closing its connection.
	 */
	void abort() {
		this.exchanges.forEach((channel, exchange) -> {
			exchange.faulty();
			channel.close();
		});
	}

	void close() {
		abort();
		this.channels.forEach(Channel::close);
		this.server.disposeNow(Duration.ofSeconds(5));
		this.scheduler.dispose();
		this.timer.shutdownNow();
		this.loop.disposeLater(Duration.ZERO, Duration.ofSeconds(1)).subscribe();
	}

}
