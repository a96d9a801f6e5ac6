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

package io.github.electronspring.test.faults;

import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Stream;

/**
 * The ways on which a fault can meet a caller. On those with a tool it is the second
 * request of a turn that meets it, on those with failover there is another provider.
 *
 * @author The Electron Spring authors
 */
enum FaultPath {

	CALL, STREAM, TOOL_CALL, TOOL_STREAM, FAILOVER_CALL, FAILOVER_STREAM;

	/**
	 * Return the paths that the table means.
	 */
	static Stream<FaultPath> of(String text) {
		return switch (text) {
			case "every path" -> Arrays.stream(values());
			case "every call" -> Arrays.stream(values()).filter((path) -> !path.isStream());
			case "every stream" -> Arrays.stream(values()).filter(FaultPath::isStream);
			case "with failover" -> Arrays.stream(values()).filter(FaultPath::hasFailover);
			case "without failover" -> Arrays.stream(values()).filter((path) -> !path.hasFailover());
			default ->
				Arrays.stream(text.split(", ")).map((name) -> valueOf(name.toUpperCase(Locale.ROOT).replace(' ', '_')));
		};
	}

	boolean isStream() {
		return this == STREAM || this == TOOL_STREAM || this == FAILOVER_STREAM;
	}

	boolean hasTool() {
		return this == TOOL_CALL || this == TOOL_STREAM;
	}

	boolean hasFailover() {
		return this == FAILOVER_CALL || this == FAILOVER_STREAM;
	}

	@Override
	public String toString() {
		return name().toLowerCase(Locale.ROOT).replace('_', ' ');
	}

}
