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

package io.github.electronspring.voice;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;

import io.github.electronspring.api.Cost;
import io.github.electronspring.api.ResponseInfo;
import io.github.electronspring.api.TokenPrices;
import io.github.electronspring.protocol.ToolCall;
import io.github.electronspring.protocol.Usage;
import io.github.electronspring.turn.RoundFinished;
import org.jspecify.annotations.Nullable;
import reactor.core.scheduler.Schedulers;

/**
 * Measures a turn for its report. Called from signals of the turn only.
 *
 * @author The Electron Spring authors
 */
final class VoiceMeter {

	private static final Cost NO_COST = Cost.of(Usage.NONE, TokenPrices.defaults());

	private final Function<String, @Nullable TokenPrices> prices;

	private final Map<String, Long> started = new HashMap<>();

	private final List<VoiceToolTime> tools = new ArrayList<>();

	private final Set<String> requestIds = new LinkedHashSet<>();

	private long start = now();

	private @Nullable Long firstToken;

	private @Nullable Long firstSegment;

	private Usage usage = Usage.NONE;

	private @Nullable Cost cost = NO_COST;

	private int rounds;

	private long overlap;

	/** When the stream of the round ended, or -1. */
	private long streamEnd = -1;

	private long lastToolEnd;

	private long toolTime;

	VoiceMeter(Function<String, @Nullable TokenPrices> prices) {
		this.prices = prices;
	}

	void start() {
		this.start = now();
	}

	/**
	 * Return the time.
	 * @return the milliseconds since the start of the turn
	 */
	long at() {
		return TimeUnit.NANOSECONDS.toMillis(now() - this.start);
	}

	private static long now() {
		return Schedulers.parallel().now(TimeUnit.NANOSECONDS);
	}

	void roundStarted() {
		this.rounds++;
		addOverlap();
	}

	void token() {
		if (this.firstToken == null) {
			this.firstToken = at();
		}
	}

	void segment() {
		if (this.firstSegment == null) {
			this.firstSegment = at();
		}
	}

	void toolStarted(ToolCall call) {
		this.started.put(String.valueOf(call.id()), at());
	}

	void toolEnded(ToolCall call, long duration, boolean failed) {
		String id = String.valueOf(call.id());
		Long begin = this.started.remove(id);
		this.lastToolEnd = at();
		this.toolTime += duration;
		this.tools.add(new VoiceToolTime(call.function().name(), id, (begin != null) ? begin : this.lastToolEnd,
				duration, failed));
	}

	void roundFinished(RoundFinished round) {
		this.streamEnd = at();
		ResponseInfo response = round.response();
		Usage used = round.completion().usage();
		if (response != null && response.requestId() != null) {
			this.requestIds.add(response.requestId());
		}
		if (used != null) {
			this.usage = this.usage.plus(used);
			TokenPrices known = (response != null) ? this.prices.apply(response.provider()) : null;
			this.cost = (this.cost != null && known != null) ? this.cost.plus(Cost.of(used, known)) : null;
		}
	}

	void requestFailed(@Nullable String requestId) {
		if (requestId != null) {
			this.requestIds.add(requestId);
		}
	}

	/**
	 * Return the identifiers of the requests so far.
	 * @return the identifiers in order
	 */
	List<String> requestIds() {
		return List.copyOf(this.requestIds);
	}

	private void addOverlap() {
		if (this.streamEnd >= 0) {
			this.overlap += Math.max(0, this.streamEnd + this.toolTime - Math.max(this.streamEnd, this.lastToolEnd));
		}
		this.streamEnd = -1;
		this.toolTime = 0;
		this.lastToolEnd = 0;
	}

	VoiceReport report(VoiceOutcome outcome, @Nullable String failure) {
		addOverlap();
		return new VoiceReport(outcome, failure,
				new VoiceTimes(this.firstToken, this.firstSegment, at(), this.overlap, this.tools), this.usage,
				this.cost, requestIds(), this.rounds);
	}

}
