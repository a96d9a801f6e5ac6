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

import java.util.UUID;

import org.jspecify.annotations.Nullable;

/**
 * One tool call of a streamed response while its pieces arrive. Not thread-safe.
 * <p>
 * Servers disagree about the pieces, so: the first identifier counts and may come late. A
 * name that comes again is the same name repeated, not more of it; a different one that
 * comes before any arguments is the rest of a split name, and after them it is ignored. A
 * name whose second half equals its first is therefore cut in half if it is split there.
 *
 * @author The Electron Spring authors
 */
final class ToolCallAssembly implements StreamedToolCall {

	private final int index;

	private @Nullable String id;

	private String name = "";

	private final StringBuilder arguments = new StringBuilder();

	private final JsonObjectTracker tracker = new JsonObjectTracker();

	ToolCallAssembly(int index) {
		this.index = index;
	}

	int index() {
		return this.index;
	}

	@Override
	public @Nullable String id() {
		return this.id;
	}

	@Override
	public String name() {
		return this.name;
	}

	boolean hasArguments() {
		return !this.arguments.isEmpty();
	}

	@Override
	public String arguments() {
		return this.arguments.toString();
	}

	@Override
	public boolean isComplete() {
		return this.tracker.isComplete();
	}

	/**
	 * Return whether nothing came that could be called.
	 * @return whether there is neither a name nor an argument
	 */
	boolean isBlank() {
		return this.name.isEmpty() && !hasArguments();
	}

	void add(@Nullable String id, @Nullable String name, @Nullable String arguments) {
		if (this.id == null) {
			this.id = id;
		}
		if (name != null && !name.equals(this.name) && !hasArguments()) {
			this.name += name;
		}
		else if (name != null && this.name.isEmpty()) {
			this.name = name;
		}
		if (arguments != null) {
			this.arguments.append(arguments);
			this.tracker.accept(arguments);
		}
	}

	/**
	 * Give the call an identifier of our own, which it keeps.
	 */
	void generateId() {
		this.id = "call_" + UUID.randomUUID().toString().replace("-", "");
	}

	ToolCall toToolCall() {
		return new ToolCall(this.id, "function", new FunctionCall(this.name, this.arguments.toString()));
	}

}
