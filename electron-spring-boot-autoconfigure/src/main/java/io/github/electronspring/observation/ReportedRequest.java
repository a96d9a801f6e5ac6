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

package io.github.electronspring.observation;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicIntegerFieldUpdater;
import java.util.function.LongSupplier;

import io.github.electronspring.protocol.ChatCompletion;
import io.github.electronspring.protocol.ChatCompletionChunk;
import io.github.electronspring.protocol.ChatCompletionChunkChoice;
import io.github.electronspring.protocol.Usage;
import io.micrometer.observation.Observation;
import io.micrometer.observation.ObservationRegistry;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.jspecify.annotations.Nullable;
import org.reactivestreams.Subscription;
import reactor.core.CoreSubscriber;
import reactor.util.context.Context;

/**
 * One request of one subscriber. Whichever comes first of its end and its cancellation
 * makes the report.
 *
 * @param <T> what the response consists of
 * @author The Electron Spring authors
 */
final class ReportedRequest<T> implements CoreSubscriber<T>, Subscription {

	private static final Log logger = LogFactory.getLog(ReportingElectronApi.class);

	@SuppressWarnings("rawtypes")
	private static final AtomicIntegerFieldUpdater<ReportedRequest> CHUNKS = AtomicIntegerFieldUpdater
		.newUpdater(ReportedRequest.class, "chunks");

	@SuppressWarnings("rawtypes")
	private static final AtomicIntegerFieldUpdater<ReportedRequest> ENDED = AtomicIntegerFieldUpdater
		.newUpdater(ReportedRequest.class, "ended");

	private final CoreSubscriber<? super T> actual;

	private final RequestReportBuilder report;

	private final Observation observation;

	private final List<RequestReportListener> listeners;

	private final LongSupplier clock;

	private final long start;

	@SuppressWarnings("NullAway.Init") // set before any other signal
	private Subscription response;

	/** Written before the number of chunks and read after it, as the two below. */
	private long first;

	private long last;

	private @Nullable Usage usage;

	private volatile int chunks;

	private volatile int ended;

	ReportedRequest(CoreSubscriber<? super T> actual, RequestReportBuilder report, Observation observation,
			List<RequestReportListener> listeners, LongSupplier clock) {
		this.actual = actual;
		this.report = report;
		this.observation = observation;
		this.listeners = listeners;
		this.clock = clock;
		this.start = clock.getAsLong();
	}

	@Override
	public Context currentContext() {
		return this.actual.currentContext();
	}

	@Override
	public void onSubscribe(Subscription response) {
		this.response = response;
		this.actual.onSubscribe(this);
	}

	@Override
	public void onNext(T element) {
		if (element instanceof ChatCompletionChunk chunk) {
			received(chunk);
		}
		else if (element instanceof ChatCompletion completion) {
			received(this.chunks, completion.usage());
			// Who has it may cancel
			end(RequestOutcome.SUCCESS, null);
		}
		this.actual.onNext(element);
	}

	@Override
	public void onError(Throwable ex) {
		end(RequestOutcome.ERROR, ex);
		this.actual.onError(ex);
	}

	@Override
	public void onComplete() {
		end(RequestOutcome.SUCCESS, null);
		this.actual.onComplete();
	}

	@Override
	public void request(long count) {
		this.response.request(count);
	}

	@Override
	public void cancel() {
		boolean first = isFirstEnd();
		this.response.cancel();
		if (first) {
			report(RequestOutcome.CANCELLED, null);
		}
	}

	private void received(ChatCompletionChunk chunk) {
		int count = this.chunks;
		if (isContent(chunk)) {
			this.last = this.clock.getAsLong();
			if (count == 0) {
				this.first = this.last;
			}
			received(count + 1, chunk.usage());
		}
		else if (chunk.usage() != null) {
			received(count, chunk.usage());
		}
	}

	private void received(int count, @Nullable Usage usage) {
		if (usage != null) {
			this.usage = usage;
		}
		// Enough for who cancels from another thread, and cheaper than a full barrier
		CHUNKS.lazySet(this, count);
	}

	private static boolean isContent(ChatCompletionChunk chunk) {
		ChatCompletionChunkChoice choice = chunk.choice();
		if (choice == null) {
			return false;
		}
		String content = choice.delta().content();
		return (content != null && !content.isEmpty()) || !choice.delta().toolCalls().isEmpty();
	}

	private boolean isFirstEnd() {
		return ENDED.compareAndSet(this, 0, 1);
	}

	private void end(RequestOutcome outcome, @Nullable Throwable error) {
		if (isFirstEnd()) {
			report(outcome, error);
		}
	}

	private void report(RequestOutcome outcome, @Nullable Throwable error) {
		long now = this.clock.getAsLong();
		int count = this.chunks;
		ChunkTimes times = new ChunkTimes(count, this.first - this.start, this.last - this.start);
		RequestReport made = this.report.build(outcome, error, times, Duration.ofNanos(now - this.start), this.usage);
		if (this.observation.isNoop()) {
			tell(made);
		}
		else {
			tellInScope(made);
		}
	}

	/**
	 * Tell of a request in the scope of its observation: its trace is then on log lines
	 * and with meters.
	 * @param made the report
	 */
	private void tellInScope(RequestReport made) {
		ObservationRegistry registry = this.observation.getObservationRegistry();
		Observation.Scope outer = registry.getCurrentObservationScope();
		boolean told = false;
		try {
			Observation.Scope scope = this.observation.openScope();
			tell(made);
			told = true;
			scope.close();
		}
		catch (RuntimeException ex) {
			logger.debug("The scope of a request threw '%s'".formatted(ex.getClass().getName()));
			registry.setCurrentObservationScope(outer);
			if (!told) {
				tell(made);
			}
		}
	}

	private void tell(RequestReport made) {
		for (RequestReportListener listener : this.listeners) {
			listener.onReport(made);
		}
	}

}
