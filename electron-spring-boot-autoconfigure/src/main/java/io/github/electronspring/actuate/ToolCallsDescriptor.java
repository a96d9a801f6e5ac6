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

package io.github.electronspring.actuate;

/**
 * How the calls of a tool ended. Those that run or were cancelled were started only.
 * Immutable.
 *
 * @param started how many calls were started
 * @param succeeded how many returned a result
 * @param failed how many threw, took too long, or were not started because of wrong
 * arguments
 * @author The Electron Spring authors
 */
public record ToolCallsDescriptor(long started, long succeeded, long failed) {

	static final ToolCallsDescriptor NONE = new ToolCallsDescriptor(0, 0, 0);

	ToolCallsDescriptor plus(ToolCallsDescriptor other) {
		return new ToolCallsDescriptor(this.started + other.started, this.succeeded + other.succeeded,
				this.failed + other.failed);
	}

}
