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

import java.math.BigDecimal;
import java.util.Locale;

import io.github.electronspring.api.Cost;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Meter.MeterProvider;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.Timer;

import org.springframework.util.Assert;

/**
 * Meters of requests: times, cached tokens, cost and how long they waited for their place
 * in the quota. What Spring AI measures is not measured again. Thread-safe.
 *
 * @author The Electron Spring authors
 */
public final class RequestMeters implements RequestReportListener {

	private static final String OPERATION = "chat";

	private final MeterProvider<Timer> requests;

	private final MeterProvider<Timer> timeToFirstChunk;

	private final MeterProvider<Timer> timePerOutputChunk;

	private final MeterProvider<Counter> cachedTokens;

	private final MeterProvider<Counter> cost;

	private final MeterProvider<Timer> quotaWait;

	/**
	 * Create meters.
	 * @param registry where they are registered
	 */
	public RequestMeters(MeterRegistry registry) {
		Assert.notNull(registry, "'registry' must not be null");
		this.requests = ElectronMeterDocumentation.REQUESTS.timer(registry);
		this.timeToFirstChunk = ElectronMeterDocumentation.TIME_TO_FIRST_CHUNK.timer(registry);
		this.timePerOutputChunk = ElectronMeterDocumentation.TIME_PER_OUTPUT_CHUNK.timer(registry);
		this.cachedTokens = ElectronMeterDocumentation.TOKENS_CACHED.counter(registry);
		this.cost = ElectronMeterDocumentation.COST.counter(registry);
		this.quotaWait = ElectronMeterDocumentation.QUOTA_WAIT.timer(registry);
	}

	@Override
	public void onReport(RequestReport report) {
		String outcome = report.outcome().name().toLowerCase(Locale.ROOT);
		this.requests
			.withTags(ElectronMeterDocumentation.REQUESTS.tags(report.provider(), report.model(), outcome,
					report.errorType()))
			.record(report.duration());
		if (report.timeToFirstChunk() != null) {
			this.timeToFirstChunk.withTags(chunkTags(ElectronMeterDocumentation.TIME_TO_FIRST_CHUNK, report, outcome))
				.record(report.timeToFirstChunk());
		}
		if (report.timePerOutputChunk() != null) {
			this.timePerOutputChunk
				.withTags(chunkTags(ElectronMeterDocumentation.TIME_PER_OUTPUT_CHUNK, report, outcome))
				.record(report.timePerOutputChunk());
		}
		if (report.usage() != null) {
			this.cachedTokens.withTags(ElectronMeterDocumentation.TOKENS_CACHED.tags(report.provider(), report.model()))
				.increment(Math.max(0, report.usage().cachedTokens()));
		}
		if (report.cost() != null) {
			count(report, report.cost());
		}
		if (report.status() != 0) {
			this.quotaWait.withTags(ElectronMeterDocumentation.QUOTA_WAIT.tags(report.provider()))
				.record(report.waited());
		}
	}

	private static Tags chunkTags(ElectronMeterDocumentation meter, RequestReport report, String outcome) {
		return meter.tags(OPERATION, report.provider(), report.model(), outcome);
	}

	private void count(RequestReport report, Cost cost) {
		count(report, "input", cost.input());
		count(report, "cached_input", cost.cachedInput());
		count(report, "output", cost.output());
	}

	private void count(RequestReport report, String type, BigDecimal cost) {
		this.cost.withTags(ElectronMeterDocumentation.COST.tags(report.provider(), report.model(), type))
			.increment(Math.max(0, cost.doubleValue()));
	}

}
