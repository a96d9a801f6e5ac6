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

import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;

import io.github.electronspring.protocol.ChatCompletionChunk;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.UnpooledByteBufAllocator;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.reactivestreams.Subscription;
import reactor.core.CoreSubscriber;
import tools.jackson.databind.json.JsonMapper;

import org.springframework.core.io.buffer.NettyDataBufferFactory;
import org.springframework.web.reactive.function.client.WebClient;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests that {@link CompletionStream} keeps the rules of reactive streams when the body,
 * demand, cancellation and deadlines come from several threads at the same time.
 *
 * @author The Electron Spring authors
 */
class CompletionStreamRaceTests {

	private static final int ROUNDS = 400;

	private static final HttpEndpoint ENDPOINT = new HttpEndpoint(WebClient.create(), URI.create("http://localhost"),
			"electron", Timeouts.defaults(), new ErrorResponses(Clock.systemUTC(), "electron"));

	private static final ChunkReader READER = new ChunkReader(JsonMapper.shared());

	private static final NettyDataBufferFactory BUFFERS = new NettyDataBufferFactory(UnpooledByteBufAllocator.DEFAULT);

	private final ExecutorService executor = Executors.newFixedThreadPool(3);

	@AfterEach
	void shutDown() {
		this.executor.shutdownNow();
	}

	@ParameterizedTest
	@ValueSource(strings = { "demand", "cancel", "deadline", "all" })
	void keepsTheRules(String what) throws Exception {
		Random random = new Random(what.hashCode());
		for (int round = 0; round < ROUNDS; round++) {
			boolean cancels = "cancel".equals(what) || "all".equals(what);
			boolean expires = "deadline".equals(what) || "all".equals(what);
			Consumer consumer = new Consumer();
			CompletionStream stream = new CompletionStream(consumer,
					new HttpExchange(ENDPOINT, "sk_test", new byte[0], CallContext.empty()), READER);
			Body body = new Body(stream, pieces(random));
			stream.onSubscribe(body);
			long pause = random.nextInt(2000);
			int way = random.nextInt(4);
			run(body, () -> {
				demand(stream);
				if (cancels) {
					spin(pause);
					stream.cancel();
				}
				stream.request(Long.MAX_VALUE);
			}, () -> {
				spin(expires ? pause * 10 : 0);
				if (expires) {
					expire(stream, way);
				}
			});
			consumer.check(!cancels);
			if (!cancels && !expires) {
				assertThat(consumer.texts).containsExactly("0", "1", "2", "3", "4", "5");
				assertThat(consumer.errors).isEmpty();
			}
			assertThat(body.buffers).allMatch((buffer) -> buffer.refCnt() == 0);
			stream.cancel();
			stream.onDrainOver();
		}
	}

	private void run(Runnable... tasks) throws Exception {
		CyclicBarrier barrier = new CyclicBarrier(tasks.length);
		List<Future<?>> futures = new ArrayList<>();
		for (Runnable task : tasks) {
			futures.add(this.executor.submit(() -> {
				barrier.await();
				task.run();
				return null;
			}));
		}
		for (Future<?> future : futures) {
			future.get(20, TimeUnit.SECONDS);
		}
	}

	private static void demand(CompletionStream stream) {
		for (int i = 0; i < 3; i++) {
			stream.request(1);
			spin(200);
		}
	}

	private static void expire(CompletionStream stream, int way) {
		switch (way) {
			case 0 -> stream.onDeadline("A deadline passed");
			case 1 -> stream.onFinishGraceOver();
			case 2 -> {
				stream.onEndMarkGraceOver();
				stream.onDrainOver();
			}
			default -> stream.isWaiting();
		}
	}

	private static void spin(long times) {
		for (long i = 0; i < times; i++) {
			Thread.onSpinWait();
		}
	}

	private static List<String> pieces(Random random) {
		StringBuilder text = new StringBuilder();
		for (int i = 0; i < 6; i++) {
			text.append(RawServer.text(String.valueOf(i)));
		}
		String all = text.append(RawServer.finish("stop")).append("data: [DONE]\n\n").toString();
		List<String> pieces = new ArrayList<>();
		for (int from = 0; from < all.length();) {
			int to = Math.min(all.length(), from + 1 + random.nextInt(200));
			pieces.add(all.substring(from, to));
			from = to;
		}
		return pieces;
	}

	/**
	 * A body that is sent by one thread, as much as is asked for.
	 */
	private static final class Body implements Subscription, Runnable {

		private final List<ByteBuf> buffers = new CopyOnWriteArrayList<>();

		private final AtomicLong requested = new AtomicLong();

		private final CompletionStream stream;

		private final List<String> pieces;

		private volatile boolean cancelled;

		private Body(CompletionStream stream, List<String> pieces) {
			this.stream = stream;
			this.pieces = pieces;
		}

		@Override
		public void run() {
			for (String piece : this.pieces) {
				while (this.requested.get() == 0 && !this.cancelled) {
					Thread.yield();
				}
				if (this.cancelled) {
					return;
				}
				this.requested.decrementAndGet();
				ByteBuf buffer = UnpooledByteBufAllocator.DEFAULT.buffer();
				buffer.writeCharSequence(piece, StandardCharsets.UTF_8);
				this.buffers.add(buffer);
				this.stream.onNext(BUFFERS.wrap(buffer));
			}
			this.stream.onComplete();
		}

		@Override
		public void request(long count) {
			this.requested.updateAndGet((present) -> (count == Long.MAX_VALUE) ? count / 2 : present + count);
		}

		@Override
		public void cancel() {
			this.cancelled = true;
		}

	}

	/**
	 * Notes each breach of the rules.
	 */
	private static final class Consumer implements CoreSubscriber<ChatCompletionChunk> {

		private final List<String> texts = new CopyOnWriteArrayList<>();

		private final List<Throwable> errors = new CopyOnWriteArrayList<>();

		private final List<String> breaches = new CopyOnWriteArrayList<>();

		private final AtomicInteger ends = new AtomicInteger();

		private final AtomicBoolean inSignal = new AtomicBoolean();

		@Override
		public void onSubscribe(Subscription subscription) {
		}

		@Override
		public void onNext(ChatCompletionChunk chunk) {
			enter("onNext");
			if (chunk.content() != null) {
				this.texts.add(chunk.content());
			}
			this.inSignal.set(false);
		}

		@Override
		public void onError(Throwable ex) {
			enter("onError");
			this.errors.add(ex);
			end();
		}

		@Override
		public void onComplete() {
			enter("onComplete");
			end();
		}

		private void enter(String signal) {
			if (!this.inSignal.compareAndSet(false, true)) {
				this.breaches.add(signal + " at the same time as another signal");
			}
			if (this.ends.get() != 0) {
				this.breaches.add(signal + " after the end");
			}
		}

		private void end() {
			this.ends.incrementAndGet();
			this.inSignal.set(false);
		}

		private void check(boolean mustEnd) {
			assertThat(this.breaches).isEmpty();
			assertThat(this.ends.get()).isBetween(mustEnd ? 1 : 0, 1);
			for (int i = 0; i < this.texts.size(); i++) {
				assertThat(this.texts.get(i)).isEqualTo(String.valueOf(i));
			}
		}

	}

}
