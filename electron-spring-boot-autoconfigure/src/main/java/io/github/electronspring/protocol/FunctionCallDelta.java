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
 * A piece of a function call. Immutable.
 *
 * @param name the name of the function, on its first piece
 * @param arguments the piece of the arguments, or {@code null}
 * @author The Electron Spring authors
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record FunctionCallDelta(@Nullable String name, @Nullable String arguments) {

	/**
	 * Return a text for logs: it holds no arguments.
	 */
	@Override
	public String toString() {
		return "FunctionCallDelta[name=%s, length=%s]".formatted(this.name,
				(this.arguments != null) ? this.arguments.length() : null);
	}

}
