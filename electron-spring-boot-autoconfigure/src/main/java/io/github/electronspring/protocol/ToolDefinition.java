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

import org.jspecify.annotations.Nullable;

/**
 * The definition of a tool that the model may call. Immutable.
 *
 * @param type always {@code function}
 * @param function the function
 * @author The Electron Spring authors
 */
public record ToolDefinition(String type, FunctionDefinition function) {

	/**
	 * Create the definition of a function.
	 * @param name the name of the function
	 * @param description what the function does and when to call it
	 * @param parameters the JSON Schema of the parameters as text
	 * @return the definition
	 */
	public static ToolDefinition function(String name, @Nullable String description, @Nullable String parameters) {
		return new ToolDefinition("function", new FunctionDefinition(name, description, parameters, null));
	}

}
