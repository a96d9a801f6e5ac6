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

import com.fasterxml.jackson.annotation.JsonInclude;
import org.jspecify.annotations.Nullable;

/**
 * A piece of a tool call. Immutable.
 *
 * @param index which call of the message it belongs to, or {@code null} if the service
 * does not say
 * @param id the identifier of the call, on its first piece
 * @param type always {@code function}, on the first piece
 * @param function the piece of the function, or {@code null}
 * @author The Electron Spring authors
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record ToolCallDelta(@Nullable Integer index, @Nullable String id, @Nullable String type,
		@Nullable FunctionCallDelta function) {

}
