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

import java.util.List;

import org.jspecify.annotations.Nullable;

/**
 * Puts the chunks of a streamed response together. Not thread-safe.
 *
 * @author The Electron Spring authors
 */
public final class ChatCompletionAssembler {

	/**
	 * Add a chunk.
	 * @param chunk the chunk
	 */
	public void add(ChatCompletionChunk chunk) {
		throw new IllegalStateException(chunk.toString());
	}

	/**
	 * Return what has been received so far as one completion.
	 * @return the completion
	 */
	public ChatCompletion toCompletion() {
		return new ChatCompletion(null, null, null, null, List.of(), null);
	}

	/**
	 * Return the last usage that came.
	 * @return the usage, or {@code null} if none came
	 */
	public @Nullable Usage usage() {
		return null;
	}

}
