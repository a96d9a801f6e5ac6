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

package io.github.electronspring.test.simulator;

import java.time.Duration;
import java.util.Collections;
import java.util.Map;
import java.util.TreeMap;

import org.jspecify.annotations.Nullable;

/**
 * Status and headers of a scripted response, and when they and the end of the connection
 * come.
 *
 * @param status the HTTP status
 * @param headers headers by name; an empty value leaves a header out
 * @param delay the time before status and headers are sent
 * @param closeAfter the time from the end of the response to the end of the connection,
 * {@code null} to leave it open
 * @author The Electron Spring authors
 */
record ScriptHead(int status, Map<String, String> headers, Duration delay, @Nullable Duration closeAfter) {

	static final ScriptHead OK = new ScriptHead(200, Collections.emptyMap(), Duration.ZERO, null);

	ScriptHead withStatus(int status) {
		return new ScriptHead(status, this.headers, this.delay, this.closeAfter);
	}

	ScriptHead withHeader(String name, String value) {
		Map<String, String> changed = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
		changed.putAll(this.headers);
		changed.put(name, value);
		return new ScriptHead(this.status, changed, this.delay, this.closeAfter);
	}

	ScriptHead withoutHeader(String name) {
		return withHeader(name, "");
	}

	ScriptHead withDelay(Duration delay) {
		return new ScriptHead(this.status, this.headers, delay, this.closeAfter);
	}

	ScriptHead withCloseAfter(Duration closeAfter) {
		return new ScriptHead(this.status, this.headers, this.delay, closeAfter);
	}

	/**
	 * Return the headers of the response.
	 * @param defaults the headers that the simulator sets itself
	 * @return the headers to send
	 */
	Map<String, String> merge(Map<String, String> defaults) {
		Map<String, String> merged = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
		merged.putAll(defaults);
		merged.putAll(this.headers);
		merged.values().removeIf(String::isEmpty);
		return merged;
	}

}
