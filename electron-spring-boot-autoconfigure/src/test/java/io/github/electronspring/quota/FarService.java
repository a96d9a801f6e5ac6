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

package io.github.electronspring.quota;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;

import io.github.electronspring.api.CallContext;
import io.github.electronspring.api.ElectronApi;
import io.github.electronspring.api.ElectronTransportException;
import io.github.electronspring.api.ResponseInfo;
import io.github.electronspring.protocol.ChatCompletion;
import io.github.electronspring.protocol.ChatCompletionAssembler;
import io.github.electronspring.protocol.ChatCompletionChunk;
import io.github.electronspring.protocol.ChatCompletionRequest;
import io.github.electronspring.protocol.Chunks;
import reactor.core.publisher.Flux;
import reactor.core.publisher.FluxSink;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;

/**
 * Service at the far end of a slow line, in virtual time: whatever goes to it or comes
 * from it takes a random time. Records when each request has come and has ended there.
 *
 * @author The Electron Spring authors
 */
final class FarService implements ElectronApi {

	/** What the default margin is for. */
	private static final Duration CLOSING = Duration.ofMillis(500);

	private final Random random;

	private final long longestWay;

	private final long duration;

	private final double failures;

	private final List<Visit> visits = new ArrayList<>();

	/**
	 * Create a service.
	 * @param random where chance comes from
	 * @param longestWay the longest time on the way, each way
	 * @param duration how long a request takes at the service
	 * @param failures the share of requests that fail in mid-response
	 */
	FarService(Random random, Duration longestWay, Duration duration, double failures) {
		this.random = random;
		this.longestWay = longestWay.toNanos();
		this.duration = duration.toNanos();
		this.failures = failures;
	}

	int requests() {
		return this.visits.size();
	}

	/**
	 * Return how many requests came when the plan's number had come in the window before.
	 * Windows with too many requests begin with a request, if there are any.
	 * @param requestsPerWindow the plan's number
	 * @param window the window
	 * @return the number of requests
	 */
	long overTheRate(int requestsPerWindow, Duration window) {
		long[] arrivals = this.visits.stream().mapToLong((visit) -> visit.arrival).sorted().toArray();
		long over = 0;
		for (int i = requestsPerWindow; i < arrivals.length; i++) {
			if (arrivals[i] - arrivals[i - requestsPerWindow] < window.toNanos()) {
				over++;
			}
		}
		return over;
	}

	/**
	 * Return the highest number of requests that were at the service at the same time.
	 * @return the number of requests
	 */
	int mostAtOnce() {
		long[] arrivals = this.visits.stream().mapToLong((visit) -> visit.arrival).sorted().toArray();
		long[] ends = this.visits.stream().mapToLong((visit) -> visit.end).sorted().toArray();
		int most = 0;
		for (int i = 0; i < arrivals.length; i++) {
			int ended = Arrays.binarySearch(ends, arrivals[i] + 1);
			most = Math.max(most, i + 1 - ((ended >= 0) ? ended : -ended - 1));
		}
		return most;
	}

	@Override
	public Mono<ChatCompletion> complete(ChatCompletionRequest request, CallContext context) {
		return stream(request, context).collect(ChatCompletionAssembler::new, ChatCompletionAssembler::add)
			.map(ChatCompletionAssembler::toCompletion);
	}

	@Override
	public Flux<ChatCompletionChunk> stream(ChatCompletionRequest request, CallContext context) {
		return Flux.create((sink) -> new Visit(sink, context).begin());
	}

	private long way() {
		return (long) (this.random.nextDouble() * this.longestWay);
	}

	/**
	 * Return how long the service takes to see that a connection is closed over which it
	 * has answered.
	 * @return the time
	 */
	private long closing() {
		return (long) (this.random.nextDouble() * Math.min(this.longestWay, CLOSING.toNanos()));
	}

	private static long now() {
		return Schedulers.parallel().now(TimeUnit.NANOSECONDS);
	}

	private static void at(long time, Runnable action) {
		Schedulers.parallel().schedule(action, time - now(), TimeUnit.NANOSECONDS);
	}

	/**
	 * One request.
	 */
	private final class Visit {

		private final FluxSink<ChatCompletionChunk> sink;

		private final CallContext context;

		private final long arrival = now() + way();

		private long end = this.arrival + FarService.this.duration;

		Visit(FluxSink<ChatCompletionChunk> sink, CallContext context) {
			this.sink = sink;
			this.context = context;
		}

		void begin() {
			FarService.this.visits.add(this);
			boolean fails = FarService.this.random.nextDouble() < FarService.this.failures;
			long headers = this.arrival + FarService.this.duration / 4 + way();
			at(headers, this::headers);
			if (fails) {
				// The service goes on for a while: only this side has given up
				at(headers + FarService.this.duration / 4, () -> {
					this.sink.error(ElectronTransportException.timedOut("No chunk came"));
					closed();
				});
			}
			else {
				at(Math.max(headers, this.end + way()), () -> {
					this.sink.next(Chunks.text("Done"));
					this.sink.complete();
				});
			}
			this.sink.onCancel(this::closed);
		}

		private void headers() {
			if (!this.sink.isCancelled()) {
				this.context.responseListener()
					.accept(new ResponseInfo("far", 200, null, Collections.emptyMap(), 1, Duration.ZERO));
			}
		}

		/**
		 * The service sees that the connection is closed, but only after a while.
		 */
		private void closed() {
			this.end = Math.min(this.end, Math.max(this.arrival, now() + closing()));
		}

	}

}
