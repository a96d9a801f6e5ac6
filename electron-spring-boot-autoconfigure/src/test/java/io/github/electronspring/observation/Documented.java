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

import java.util.Arrays;
import java.util.stream.Stream;

import io.micrometer.common.docs.KeyName;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.Tag;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Compares meters with what {@link ElectronMeterDocumentation} says of them.
 *
 * @author The Electron Spring authors
 */
public final class Documented {

	private Documented() {
	}

	/**
	 * Check that a meter is as documented.
	 * @param meter the meter
	 */
	public static void check(Meter meter) {
		ElectronMeterDocumentation documentation = Stream.of(ElectronMeterDocumentation.values())
			.filter((candidate) -> candidate.getName().equals(meter.getId().getName()))
			.findFirst()
			.orElseThrow(() -> new AssertionError("Meter '%s' is not documented".formatted(meter.getId().getName())));
		assertThat(meter.getId().getType()).isEqualTo(documentation.getType());
		assertThat(meter.getId().getBaseUnit()).isEqualTo(documentation.getBaseUnit());
		assertThat(meter.getId().getDescription()).isEqualTo(documentation.getDescription());
		assertThat(meter.getId().getTags()).extracting(Tag::getKey)
			.containsExactlyInAnyOrder(
					Arrays.stream(documentation.getKeyNames()).map(KeyName::asString).toArray(String[]::new));
	}

}
