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

import io.micrometer.common.docs.KeyName;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.DistributionSummary;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.Meter.MeterProvider;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tag;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.Timer;
import io.micrometer.core.instrument.docs.MeterDocumentation;
import org.jspecify.annotations.Nullable;

import org.springframework.util.Assert;

/**
 * The meters of requests and turns: names, units, tags and what they measure.
 *
 * @author The Electron Spring authors
 */
public enum ElectronMeterDocumentation implements MeterDocumentation {

	/**
	 * How long requests take, with all their attempts.
	 */
	REQUESTS("electron.requests", Meter.Type.TIMER, "seconds", "How long requests take, with all their attempts",
			MeterTag.PROVIDER, MeterTag.MODEL, MeterTag.OUTCOME, MeterTag.ERROR_TYPE),

	/**
	 * How many rounds turns have: 1 and one for each time the model waited for tools.
	 */
	TURN_ROUNDS("electron.turn.rounds", Meter.Type.DISTRIBUTION_SUMMARY, "rounds", "Rounds of a turn", MeterTag.MODEL,
			MeterTag.OUTCOME),

	/**
	 * How long the caller waits for the first text of a turn that is not blank.
	 */
	FIRST_SPEECH("electron.speech.first", Meter.Type.TIMER, "seconds", "Time to the first text of a turn",
			MeterTag.MODEL),

	/**
	 * From the request to the first piece of content or of a tool call.
	 */
	TIME_TO_FIRST_CHUNK("gen_ai.client.operation.time_to_first_chunk", Meter.Type.TIMER, "seconds",
			"Time to the first piece of content or of a tool call", MeterTag.OPERATION, MeterTag.SYSTEM,
			MeterTag.REQUEST_MODEL, MeterTag.OUTCOME),

	/**
	 * The mean time from one piece of content or of a tool call to the next.
	 */
	TIME_PER_OUTPUT_CHUNK("gen_ai.client.operation.time_per_output_chunk", Meter.Type.TIMER, "seconds",
			"Mean time from one piece of content or of a tool call to the next", MeterTag.OPERATION, MeterTag.SYSTEM,
			MeterTag.REQUEST_MODEL, MeterTag.OUTCOME),

	/**
	 * The input tokens that came from the prefix cache.
	 */
	TOKENS_CACHED("electron.tokens.cached", Meter.Type.COUNTER, "tokens", "Input tokens that came from the cache",
			MeterTag.PROVIDER, MeterTag.MODEL),

	/**
	 * What tokens cost, estimates of cancelled and broken streams included.
	 */
	COST("electron.cost", Meter.Type.COUNTER, "USD",
			"Cost of tokens, estimates of cancelled and broken streams included", MeterTag.PROVIDER, MeterTag.MODEL,
			MeterTag.COST_TYPE),

	/**
	 * How long requests that were answered had waited for their place in the quota.
	 */
	QUOTA_WAIT("electron.quota.wait", Meter.Type.TIMER, "seconds",
			"How long answered requests had waited for their place in the quota", MeterTag.PROVIDER),

	/**
	 * The places of the present window that are taken.
	 */
	QUOTA_USED("electron.quota.used", Meter.Type.GAUGE, "requests", "Places of the present window that are taken",
			MeterTag.PROVIDER),

	/**
	 * The limits of the plan.
	 */
	QUOTA_LIMIT("electron.quota.limit", Meter.Type.GAUGE, "requests", "Limits of the plan", MeterTag.PROVIDER,
			MeterTag.LIMIT_TYPE),

	/**
	 * The requests in flight.
	 */
	QUOTA_IN_FLIGHT("electron.quota.in.flight", Meter.Type.GAUGE, "requests", "Requests in flight", MeterTag.PROVIDER),

	/**
	 * The requests of this process that wait for their place.
	 */
	QUOTA_PENDING("electron.quota.pending", Meter.Type.GAUGE, "requests",
			"Requests of this process that wait for their place", MeterTag.PROVIDER),

	/**
	 * The attempts that came after a failed one.
	 */
	RETRIES("electron.retries", Meter.Type.COUNTER, null, "Attempts that came after a failed one", MeterTag.PROVIDER,
			MeterTag.ERROR_TYPE),

	/**
	 * The requests that went on to another provider.
	 */
	FAILOVERS("electron.failovers", Meter.Type.COUNTER, null, "Requests that went on to another provider",
			MeterTag.FROM, MeterTag.TO, MeterTag.ERROR_TYPE);

	private final String name;

	private final Meter.Type type;

	private final @Nullable String baseUnit;

	private final String description;

	private final KeyName[] keyNames;

	ElectronMeterDocumentation(String name, Meter.Type type, @Nullable String baseUnit, String description,
			KeyName... keyNames) {
		this.name = name;
		this.type = type;
		this.baseUnit = baseUnit;
		this.description = description;
		this.keyNames = keyNames;
	}

	@Override
	public String getName() {
		return this.name;
	}

	@Override
	public Meter.Type getType() {
		return this.type;
	}

	@Override
	public @Nullable String getBaseUnit() {
		return this.baseUnit;
	}

	/**
	 * Return what is measured.
	 * @return the description that the meter is registered with
	 */
	public String getDescription() {
		return this.description;
	}

	@Override
	public KeyName[] getKeyNames() {
		return this.keyNames.clone();
	}

	MeterProvider<Timer> timer(MeterRegistry registry) {
		return Timer.builder(this.name).description(this.description).withRegistry(registry);
	}

	MeterProvider<Counter> counter(MeterRegistry registry) {
		return Counter.builder(this.name).description(this.description).baseUnit(this.baseUnit).withRegistry(registry);
	}

	MeterProvider<DistributionSummary> summary(MeterRegistry registry) {
		return DistributionSummary.builder(this.name)
			.description(this.description)
			.baseUnit(this.baseUnit)
			.withRegistry(registry);
	}

	/**
	 * Return the tags of the meter.
	 * @param values the values of all its tags, in the order of the tags
	 * @return the tags
	 */
	public Tags tags(String... values) {
		Assert.isTrue(values.length == this.keyNames.length,
				() -> "'values' must be %d but are %d".formatted(this.keyNames.length, values.length));
		Tag[] tags = new Tag[values.length];
		for (int i = 0; i < values.length; i++) {
			tags[i] = Tag.of(this.keyNames[i].asString(), values[i]);
		}
		return Tags.of(tags);
	}

}
