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

import org.jspecify.annotations.Nullable;

/**
 * A response with status 200 was broken: its stream ended too early, could not be read or
 * held an error, or its body was empty or no completion.
 *
 * @author The Electron Spring authors
 */
public final class ElectronStreamException extends ElectronException {

	private final int receivedChunks;

	ElectronStreamException(String message, @Nullable String requestId, int receivedChunks, @Nullable Throwable cause) {
		super(message, requestId, cause);
		this.receivedChunks = receivedChunks;
	}

	/**
	 * Create an exception for a stream whose chunks do not fit together.
	 * @param message what is wrong, as one sentence
	 * @param requestId the identifier of the request, or {@code null}
	 * @param receivedChunks how many chunks had arrived
	 * @return the exception
	 */
	public static ElectronStreamException broken(String message, @Nullable String requestId, int receivedChunks) {
		return new ElectronStreamException(message, requestId, receivedChunks, null);
	}

	/**
	 * Return how many chunks had arrived before.
	 * @return the number of chunks
	 */
	public int getReceivedChunks() {
		return this.receivedChunks;
	}

}
