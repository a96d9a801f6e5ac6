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

package io.github.electronspring.samples.voiceagent;

import org.jspecify.annotations.Nullable;

/**
 * The use of the plan, as the page shows it.
 *
 * @param name the name of the plan
 * @param used requests in the last minute
 * @param limit requests in any minute, {@code null} for no limit
 * @param inFlight requests in flight
 * @param concurrency requests in flight at the same time, {@code null} for no limit
 * @param retryAfter the milliseconds until the next request can be sent, 0 if it can now
 * @author The Electron Spring authors
 */
record PlanView(String name, int used, @Nullable Integer limit, int inFlight, @Nullable Integer concurrency,
		long retryAfter) {

}
