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

package io.github.electronspring.api;

/**
 * Takes what an {@link EventDecoder} finds.
 *
 * @author The Electron Spring authors
 */
interface EventHandler {

	/**
	 * Called for the data of an event. The bytes are valid during the call only.
	 * @param bytes the array that holds the data
	 * @param offset where the data begins
	 * @param length the length of the data, more than 0
	 */
	void onData(byte[] bytes, int offset, int length);

	/**
	 * Called once at the end mark, {@code [DONE]}.
	 */
	void onDone();

	/**
	 * Called at the end for a body that is one JSON object instead of events.
	 * @param bytes the array that holds the body
	 * @param offset where the body begins
	 * @param length the length of the body
	 */
	void onJsonBody(byte[] bytes, int offset, int length);

}
