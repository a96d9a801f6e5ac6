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
 * A tool call of a streamed response as far as it has arrived.
 *
 * @author The Electron Spring authors
 */
public interface StreamedToolCall {

	/**
	 * Return the identifier of the call.
	 * @return the identifier, or {@code null} if none has come
	 */
	@Nullable String id();

	/**
	 * Return the name of the function.
	 * @return the name, empty if none has come
	 */
	String name();

	/**
	 * Return the arguments.
	 * @return the text so far, byte for byte
	 */
	String arguments();

	/**
	 * Return whether the arguments are one complete JSON object, with nothing but white
	 * space behind it.
	 * @return whether they are
	 */
	boolean isComplete();

}
