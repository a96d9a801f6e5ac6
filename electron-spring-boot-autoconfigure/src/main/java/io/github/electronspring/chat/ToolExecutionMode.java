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

package io.github.electronspring.chat;

/**
 * Who executes the tools that the model calls.
 *
 * @author The Electron Spring authors
 */
public enum ToolExecutionMode {

	/**
	 * The chat model executes them, round by round, and returns the answer.
	 */
	MODEL,

	/**
	 * The chat model returns the calls, and whoever called it executes them: Spring AI's
	 * tool calling advisor or the application. Registered tools are offered to the model
	 * all the same, but Spring AI executes only those that the call brings.
	 */
	CALLER

}
