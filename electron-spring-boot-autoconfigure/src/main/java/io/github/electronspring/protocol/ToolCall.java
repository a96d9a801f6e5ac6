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
 * A call of a tool that the model asks for. Immutable.
 *
 * @param id the identifier that the result refers to
 * @param type always {@code function}
 * @param function the function and its arguments
 * @author The Electron Spring authors
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record ToolCall(@Nullable String id, String type, FunctionCall function) {

	/**
	 * Create a call. A missing type is taken as {@code function}.
	 */
	@SuppressWarnings("NullAway") // Jackson passes null for what is missing
	public ToolCall {
		type = (type != null) ? type : "function";
		function = (function != null) ? function : new FunctionCall("", "");
	}

	/**
	 * Create a call of a function.
	 * @param id the identifier that the result refers to
	 * @param name the name of the function
	 * @param arguments the arguments as JSON text
	 * @return the call
	 */
	public static ToolCall function(String id, String name, String arguments) {
		return new ToolCall(id, "function", new FunctionCall(name, arguments));
	}

}
