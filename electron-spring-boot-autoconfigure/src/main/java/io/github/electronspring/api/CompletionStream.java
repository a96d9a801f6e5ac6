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

import java.util.Queue;
import java.util.concurrent.atomic.AtomicIntegerFieldUpdater;
import java.util.concurrent.atomic.AtomicLongFieldUpdater;

import io.github.electronspring.protocol.ChatCompletionChunk;
import io.github.electronspring.protocol.ChatCompletionChunkChoice;
import org.jspecify.annotations.Nullable;
import org.reactivestreams.Subscription;
import reactor.core.CoreSubscriber;
import reactor.core.publisher.Operators;
import reactor.util.concurrent.Queues;
import reactor.util.context.Context;
import tools.jackson.core.JacksonException;

import org.springframework.core.io.buffer.DataBuffer;
import org.springframework.core.io.buffer.DataBufferUtils;

/**
 * One streamed response: takes the bytes of the body, hands on the chunks as demand
 * allows, and ends as the protocol says. The body comes from one thread at a time;
 * demand, cancellation and deadlines come from any.
 * <p>
 * The stream completes when its body has ended, because only then the connection is free
 * for the next request. A body that does not end soon after the end mark is drained
 * behind a stream that has completed; cancelling it would close the connection.
 *
 * @author The Electron Spring authors
 */
final class CompletionStream implements CoreSubscriber<DataBuffer>, Subscription, EventHandler, StreamWatch.Target {

	private static final AtomicIntegerFieldUpdater<CompletionStream> WORK = AtomicIntegerFieldUpdater
		.newUpdater(CompletionStream.class, "work");

	private static final AtomicIntegerFieldUpdater<CompletionStream> TERMINATED = AtomicIntegerFieldUpdater
		.newUpdater(CompletionStream.class, "terminated");

	private static final AtomicLongFieldUpdater<CompletionStream> REQUESTED = AtomicLongFieldUpdater
		.newUpdater(CompletionStream.class, "requested");

	private final CoreSubscriber<? super ChatCompletionChunk> actual;

	private final HttpExchange exchange;

	private final ChunkReader reader;

	private final EventDecoder decoder = new EventDecoder(this);

	private final Queue<ChatCompletionChunk> queue = Queues.<ChatCompletionChunk>unbounded(Queues.XS_BUFFER_SIZE).get();

	private final StreamWatch watch;

	@SuppressWarnings("NullAway.Init") // set before anything is requested
	private Subscription body;

	private volatile int work;

	private volatile int terminated;

	private volatile long requested;

	private volatile boolean cancelled;

	/** Publishes {@link #error}. */
	private volatile boolean done;

	private @Nullable Throwable error;

	private volatile boolean awaitsBytes;

	private boolean unbounded;

	private volatile boolean finished;

	private volatile boolean endMark;

	private volatile int received;

	CompletionStream(CoreSubscriber<? super ChatCompletionChunk> actual, HttpExchange exchange, ChunkReader reader) {
		this.actual = actual;
		this.exchange = exchange;
		this.reader = reader;
		this.watch = new StreamWatch(this, exchange.timeouts(), exchange.deadline());
	}

	@Override
	public Context currentContext() {
		return this.actual.currentContext();
	}

	@Override
	public void onSubscribe(Subscription body) {
		this.body = body;
		this.watch.start();
		this.actual.onSubscribe(this);
	}

	@Override
	public void onNext(DataBuffer buffer) {
		this.awaitsBytes = this.unbounded;
		int before = this.received;
		try {
			if (!this.done && !this.cancelled) {
				this.decoder.decode(buffer);
			}
		}
		catch (RuntimeException ex) {
			fail(ex);
			this.body.cancel();
			return;
		}
		finally {
			DataBufferUtils.release(buffer);
		}
		drain();
		if (this.received != before) {
			this.watch.chunkReceived();
			if (this.finished && !this.endMark) {
				this.watch.finishReasonReceived();
			}
		}
	}

	@Override
	public void onError(Throwable ex) {
		this.watch.stop();
		if (this.finished || this.endMark) {
			terminate(null);
		}
		else {
			fail(ex);
		}
	}

	@Override
	public void onComplete() {
		this.watch.stop();
		try {
			this.decoder.complete();
		}
		catch (JacksonException ex) {
			// The last event is cut off: whether that matters shows below
		}
		catch (RuntimeException ex) {
			fail(ex);
			return;
		}
		if (this.finished || this.endMark) {
			// The connection goes back to its pool only after this signal
			this.exchange.afterRelease(() -> terminate(null));
		}
		else {
			terminate(this.exchange.truncated(this.received));
		}
	}

	@Override
	public void onData(byte[] bytes, int offset, int length) {
		ChatCompletionChunk chunk = this.reader.read(bytes, offset, length);
		this.received++;
		ChatCompletionChunkChoice choice = chunk.choice();
		if (choice != null) {
			if (choice.finishReason() != null) {
				this.finished = true;
			}
			if (this.finished || hasLength(choice.delta().content()) || !choice.delta().toolCalls().isEmpty()) {
				this.watch.tokenReceived();
			}
		}
		this.queue.offer(chunk);
	}

	@Override
	public void onDone() {
		this.endMark = true;
		this.watch.endMarkReceived();
		this.body.request(Long.MAX_VALUE);
	}

	@Override
	public void onJsonBody(byte[] bytes, int offset, int length) {
		// Throws if the body is an error, as it is with a service that fails here
		this.reader.read(bytes, offset, length);
		throw this.exchange.notAStream(this.received);
	}

	@Override
	public void request(long count) {
		if (Operators.validate(count)) {
			if (Operators.addCap(REQUESTED, this, count) == 0) {
				this.watch.demandBegins();
			}
			drain();
		}
	}

	@Override
	public void cancel() {
		if (this.cancelled) {
			return;
		}
		this.cancelled = true;
		if (!this.endMark) {
			this.watch.stop();
			this.body.cancel();
		}
		drain();
	}

	@Override
	public boolean isWaiting() {
		return this.awaitsBytes && this.work == 0;
	}

	@Override
	public void onDeadline(String deadline) {
		terminate(this.exchange.timedOut(deadline, this.received));
		this.body.cancel();
	}

	@Override
	public void onFinishGraceOver() {
		terminate(null);
		this.body.cancel();
	}

	@Override
	public void onEndMarkGraceOver() {
		terminate(null);
	}

	@Override
	public void onDrainOver() {
		this.body.cancel();
	}

	private void fail(Throwable ex) {
		if (ex instanceof JacksonException) {
			terminate(
					this.exchange.unreadable("event %d is not valid JSON".formatted(this.received + 1), this.received));
		}
		else if (ex instanceof EventTooLongException) {
			terminate(this.exchange.unreadable("event %d is %s".formatted(this.received + 1, ex.getMessage()),
					this.received));
		}
		else {
			terminate(this.exchange.failure(ex, this.received));
		}
	}

	private void terminate(@Nullable Throwable error) {
		if (TERMINATED.compareAndSet(this, 0, 1)) {
			this.error = error;
			this.done = true;
			if (!this.endMark) {
				this.watch.stop();
			}
			drain();
		}
	}

	private void drain() {
		if (WORK.getAndIncrement(this) != 0) {
			return;
		}
		int missed = 1;
		do {
			if (emit()) {
				// Work stays above 0: nothing more is emitted
				this.queue.clear();
				return;
			}
			missed = WORK.addAndGet(this, -missed);
		}
		while (missed != 0);
	}

	/**
	 * Emit what is there and asked for, and ask for bytes if there is too little.
	 * @return whether the stream is over
	 */
	private boolean emit() {
		long demand = this.requested;
		long emitted = 0;
		while (!this.cancelled) {
			boolean last = this.done;
			if (this.queue.isEmpty()) {
				if (last) {
					signalEnd();
					return true;
				}
				break;
			}
			if (emitted == demand) {
				break;
			}
			this.actual.onNext(this.queue.remove());
			emitted++;
		}
		if (this.cancelled) {
			return true;
		}
		if (emitted != 0 && demand != Long.MAX_VALUE) {
			this.watch.demandEnds();
			demand = REQUESTED.addAndGet(this, -emitted);
		}
		// The end needs no demand: behind the finish reason it is looked for
		if ((demand > 0 || this.finished) && this.queue.isEmpty()) {
			requestBytes(demand == Long.MAX_VALUE);
		}
		return false;
	}

	private void requestBytes(boolean all) {
		if (all && !this.unbounded) {
			this.unbounded = true;
			this.awaitsBytes = true;
			this.body.request(Long.MAX_VALUE);
		}
		else if (!this.awaitsBytes) {
			this.awaitsBytes = true;
			this.body.request(1);
		}
	}

	private void signalEnd() {
		if (this.error != null) {
			this.actual.onError(this.error);
		}
		else {
			this.actual.onComplete();
		}
	}

	private static boolean hasLength(@Nullable String text) {
		return text != null && !text.isEmpty();
	}

}
