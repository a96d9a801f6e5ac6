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

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.Timer;

/**
 * Looks up documented meters, each combination of tags once. Thread-safe.
 *
 * @author The Electron Spring authors
 */
final class Meters {

	private final MeterRegistry registry;

	private final Map<Key, Meter> meters = new ConcurrentHashMap<>();

	Meters(MeterRegistry registry) {
		this.registry = registry;
	}

	Timer timer(RequestMeterDocumentation meter, String... values) {
		return (Timer) this.meters.computeIfAbsent(key(meter, values),
				(key) -> Timer.builder(meter.getName())
					.description(meter.getDescription())
					.tags(key.tags())
					.register(this.registry));
	}

	Counter counter(RequestMeterDocumentation meter, String... values) {
		return (Counter) this.meters.computeIfAbsent(key(meter, values),
				(key) -> Counter.builder(meter.getName())
					.description(meter.getDescription())
					.baseUnit(meter.getBaseUnit())
					.tags(key.tags())
					.register(this.registry));
	}

	private static Key key(RequestMeterDocumentation meter, String... values) {
		return new Key(meter, meter.tags(values));
	}

	/**
	 * What a meter is found by.
	 *
	 * @param meter the meter
	 * @param tags its tags
	 */
	private record Key(RequestMeterDocumentation meter, Tags tags) {

	}

}
