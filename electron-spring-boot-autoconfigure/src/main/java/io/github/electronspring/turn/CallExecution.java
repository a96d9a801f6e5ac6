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

package io.github.electronspring.turn;

import java.time.Instant;
import java.util.Map;

import org.jspecify.annotations.Nullable;

/**
 * {@link ToolExecution} of one call.
 *
 * @param callId the identifier of the call
 * @param round the round of the turn, from 1
 * @param deadline the deadline of the turn, or {@code null}
 * @param context the context that the caller gave for tools
 * @author The Electron Spring authors
 */
record CallExecution(String callId, int round, @Nullable Instant deadline,
		Map<String, Object> context) implements ToolExecution {

}
