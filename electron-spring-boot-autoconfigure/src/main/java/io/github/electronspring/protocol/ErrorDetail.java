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

package io.github.electronspring.protocol;

import java.util.Collections;
import java.util.List;

import org.jspecify.annotations.Nullable;

/**
 * One thing that is wrong with a request, as the service names it. Immutable.
 *
 * @param code the kind of mistake, for example {@code too_big} or {@code custom}
 * @param message what is wrong
 * @param path where it is in the request: names and indexes
 * @author The Electron Spring authors
 */
public record ErrorDetail(@Nullable String code, @Nullable String message, List<String> path) {

	/**
	 * Create a detail. A missing path is taken as empty.
	 */
	@SuppressWarnings("NullAway") // Jackson passes null for what is missing
	public ErrorDetail {
		path = (path != null) ? List.copyOf(path) : Collections.emptyList();
	}

	/**
	 * Create a detail.
	 * @param code the kind of mistake
	 * @param message what is wrong
	 * @param path where it is in the request
	 * @return the detail
	 */
	public static ErrorDetail of(String code, String message, String... path) {
		return new ErrorDetail(code, message, List.of(path));
	}

}
