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

/**
 * The function that a {@link ToolCall} names, and its arguments. Immutable.
 *
 * @param name the name of the function
 * @param arguments the arguments as JSON text, byte for byte as the model wrote them
 * @author The Electron Spring authors
 */
public record FunctionCall(String name, String arguments) {

	/**
	 * Create a function call. What is missing is taken as empty.
	 */
	@SuppressWarnings("NullAway") // Jackson passes null for what is missing
	public FunctionCall {
		name = (name != null) ? name : "";
		arguments = (arguments != null) ? arguments : "";
	}

	/**
	 * Return a text for logs: it holds no arguments.
	 */
	@Override
	public String toString() {
		return "FunctionCall[name=%s, length=%d]".formatted(this.name, this.arguments.length());
	}

}
