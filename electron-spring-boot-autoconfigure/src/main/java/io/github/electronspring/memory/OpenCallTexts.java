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

package io.github.electronspring.memory;

/**
 * What the model is told of a tool call whose result was never seen. It must not take it
 * for cancelled: the tool may have done its work.
 *
 * @author The Electron Spring authors
 */
enum OpenCallTexts {

	/**
	 * The caller cut the model off.
	 */
	INTERRUPTED("The caller interrupted before"),

	/**
	 * The turn was cancelled or failed, or someone else has the result.
	 */
	ENDED("The turn ended before");

	private final String reason;

	OpenCallTexts(String reason) {
		this.reason = reason;
	}

	String unanswered(String tool) {
		return "%s tool '%s' had answered; it may have been carried out all the same, so do not say that it was cancelled"
			.formatted(this.reason, tool);
	}

	String notCalled(String tool) {
		return "%s tool '%s' was called; it was not carried out and can be called again".formatted(this.reason, tool);
	}

}
