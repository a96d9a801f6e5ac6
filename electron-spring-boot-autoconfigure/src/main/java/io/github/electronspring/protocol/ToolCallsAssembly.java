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

import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;

import org.jspecify.annotations.Nullable;

/**
 * The tool calls of a streamed response while their pieces arrive: finds the call that a
 * piece belongs to. Not thread-safe.
 * <p>
 * An index decides, unless another identifier and a name say that the server numbers all
 * its calls alike. Without an index a new identifier starts a call, and what has none
 * belongs to the last call.
 *
 * @author The Electron Spring authors
 */
final class ToolCallsAssembly {

	private final List<ToolCallAssembly> calls = new ArrayList<>();

	void add(ToolCallDelta delta) {
		FunctionCallDelta function = delta.function();
		String id = emptyToNull(delta.id());
		String name = emptyToNull((function != null) ? function.name() : null);
		String arguments = emptyToNull((function != null) ? function.arguments() : null);
		ToolCallAssembly call = (delta.index() != null) ? findByIndex(delta.index(), id, name)
				: findWithoutIndex(id, name, arguments);
		if (call == null) {
			call = new ToolCallAssembly((delta.index() != null) ? delta.index() : nextIndex());
			this.calls.add(call);
		}
		call.add(isOfAnother(id, call) ? null : id, name, arguments);
	}

	private boolean isOfAnother(@Nullable String id, ToolCallAssembly call) {
		ToolCallAssembly owner = (id != null) ? withId(id) : null;
		return owner != null && owner != call;
	}

	List<? extends StreamedToolCall> streamed() {
		return this.calls;
	}

	/**
	 * Return the calls so far, in the order of their indexes. A call without an
	 * identifier, or with one that another call had before it, gets one of our own, since
	 * its result has to refer to it.
	 * @return the calls
	 */
	List<ToolCall> toToolCalls() {
		if (this.calls.isEmpty()) {
			return Collections.emptyList();
		}
		List<ToolCallAssembly> sorted = new ArrayList<>(this.calls);
		sorted.removeIf(ToolCallAssembly::isBlank);
		sorted.sort(Comparator.comparingInt(ToolCallAssembly::index));
		for (ToolCallAssembly call : sorted) {
			if (call.id() == null) {
				call.generateId();
			}
		}
		return sorted.stream().map(ToolCallAssembly::toToolCall).toList();
	}

	private @Nullable ToolCallAssembly findByIndex(int index, @Nullable String id, @Nullable String name) {
		ToolCallAssembly call = lastWithIndex(index);
		if (call == null || call.id() == null || id == null || id.equals(call.id()) || name == null
				|| call.name().isEmpty()) {
			return call;
		}
		// Some servers give each piece another id, others give each call the index 0
		return (name.equals(call.name()) && !call.isComplete()) ? call : null;
	}

	private @Nullable ToolCallAssembly lastWithIndex(int index) {
		for (int i = this.calls.size() - 1; i >= 0; i--) {
			if (this.calls.get(i).index() == index) {
				return this.calls.get(i);
			}
		}
		return null;
	}

	private @Nullable ToolCallAssembly findWithoutIndex(@Nullable String id, @Nullable String name,
			@Nullable String arguments) {
		ToolCallAssembly last = this.calls.isEmpty() ? null : this.calls.get(this.calls.size() - 1);
		if (last == null) {
			return null;
		}
		if (id != null) {
			ToolCallAssembly known = withId(id);
			if (known != null || last.id() != null) {
				return known;
			}
		}
		return startsAnother(last, name, arguments) ? null : last;
	}

	private @Nullable ToolCallAssembly withId(String id) {
		return this.calls.stream().filter((call) -> id.equals(call.id())).findFirst().orElse(null);
	}

	private static boolean startsAnother(ToolCallAssembly last, @Nullable String name, @Nullable String arguments) {
		if (name == null || last.name().isEmpty()) {
			return false;
		}
		return name.equals(last.name()) ? (last.isComplete() && arguments != null) : last.hasArguments();
	}

	private int nextIndex() {
		return this.calls.stream().mapToInt(ToolCallAssembly::index).max().orElse(-1) + 1;
	}

	private static @Nullable String emptyToNull(@Nullable String text) {
		return (text != null && !text.isEmpty()) ? text : null;
	}

}
