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
import java.util.List;

import org.jspecify.annotations.Nullable;

/**
 * A way in which servers send tool calls that is not the one of the reference. In all of
 * them the model calls the tool {@code balance} with {@code {"id":1}}, and in some the
 * tool {@code rate} with {@code {"of":"EUR"}} after it.
 *
 * @param name what is particular
 * @param content what the model says
 * @param calls how many calls there are
 * @param chunks what comes
 * @author The Electron Spring authors
 */
public record ToolDeltaCase(String name, String content, int calls, List<ChatCompletionChunk> chunks) {

	private static final String BALANCE = "{\"id\":1}";

	private static final String RATE = "{\"of\":\"EUR\"}";

	/**
	 * Return the cases.
	 * @return the cases
	 */
	public static List<ToolDeltaCase> all() {
		List<ToolDeltaCase> all = new ArrayList<>();
		indexes(all);
		identifiers(all);
		names(all);
		contents(all);
		ends(all);
		return all;
	}

	private static void indexes(List<ToolDeltaCase> all) {
		all.add(of("no index", "", 2, call(null, "a", "balance", BALANCE), call(null, "b", "rate", RATE)));
		all.add(of("no index, in pieces", "", 2, call(null, "a", "balance", "{\"id"), call(null, null, null, "\":1}"),
				call(null, "b", "rate", "{\"of\":"), call(null, null, null, "\"EUR\"}")));
		all.add(of("index 0 for each call", "", 2, call(0, "a", "balance", BALANCE), call(0, "b", "rate", RATE)));
		all.add(of("indexes from 1", "", 2, call(1, "a", "balance", BALANCE), call(2, "b", "rate", RATE)));
		all.add(of("indexes interleaved", "", 2, call(0, "a", "balance", "{\"id"), call(1, "b", "rate", "{\"of\":"),
				call(0, null, null, "\":1}"), call(1, null, null, "\"EUR\"}")));
		all.add(of("second index first", "", 2, call(1, "b", "rate", RATE), call(0, "a", "balance", BALANCE)));
		all.add(of("both calls in one chunk", "", 2,
				Chunks.calls(delta(0, "a", "balance", BALANCE), delta(1, "b", "rate", RATE))));
	}

	private static void identifiers(List<ToolDeltaCase> all) {
		all.add(of("no id", "", 2, call(0, null, "balance", BALANCE), call(1, null, "rate", RATE)));
		all.add(of("empty id", "", 2, call(0, "", "balance", BALANCE), call(1, "", "rate", RATE)));
		all.add(of("empty id on later pieces", "", 1, call(0, "a", "balance", "{\"id"), call(0, "", "", "\":1}")));
		all.add(of("id repeated on each piece", "", 1, call(0, "a", "balance", "{\"id"), call(0, "a", null, "\":1}")));
		all.add(of("another id on each piece", "", 1, call(0, "a", "balance", "{\"id"), call(0, "x", null, "\":1}")));
		all.add(of("id at the end", "", 1, call(0, null, "balance", BALANCE), call(0, "a", null, null)));
		all.add(of("one id for both calls", "", 2, call(0, "a", "balance", BALANCE), call(1, "a", "rate", RATE)));
	}

	private static void names(List<ToolDeltaCase> all) {
		all.add(of("arguments before the name", "", 1, call(0, "a", null, BALANCE), call(0, null, "balance", null)));
		all.add(of("some arguments before the name", "", 1, call(0, "a", null, "{\"id"),
				call(0, null, "balance", "\":1}")));
		all.add(of("name repeated on each piece", "", 1, call(0, "a", "balance", "{\"id"),
				call(0, null, "balance", "\":1}")));
		all.add(of("name in pieces", "", 1, call(0, "a", "bal", null), call(0, null, "ance", null),
				call(0, null, null, BALANCE)));
		all.add(of("empty name and arguments at first", "", 1, call(0, "a", "", ""),
				call(0, null, "balance", BALANCE)));
		all.add(of("no function at first", "", 1, Chunks.calls(new ToolCallDelta(0, "a", "function", null)),
				call(0, null, "balance", BALANCE)));
	}

	private static void contents(List<ToolDeltaCase> all) {
		all.add(of("content and call in one delta", "One moment", 1, Chunks
			.delta(new ChatMessageDelta("assistant", "One moment", List.of(delta(0, "a", "balance", BALANCE))), null)));
		all.add(of("no calls on text chunks", "One moment", 1,
				Chunks.delta(new ChatMessageDelta(null, "One ", Collections.emptyList()), null),
				Chunks.delta(new ChatMessageDelta(null, "moment", Collections.emptyList()), null),
				call(0, "a", "balance", BALANCE)));
		all.add(of("content after the call", "One moment", 1, Chunks.text("One "), call(0, "a", "balance", BALANCE),
				Chunks.text("moment")));
		all.add(of("content between the pieces", "One moment", 1, call(0, "a", "balance", "{\"id"),
				Chunks.text("One moment"), call(0, null, null, "\":1}")));
		all.add(of("white space after the arguments", "", 1, call(0, "a", "balance", BALANCE),
				call(0, null, null, " \n"), call(0, null, null, "")));
	}

	private static void ends(List<ToolDeltaCase> all) {
		ChatMessageDelta last = new ChatMessageDelta(null, "moment", List.of(delta(0, null, null, "\":1}")));
		all.add(new ToolDeltaCase("end of the call on the finish chunk", "moment", 1,
				List.of(call(0, "a", "balance", "{\"id"), Chunks.delta(last, "tool_calls"))));
		for (String reason : List.of("stop", "length", "")) {
			all.add(new ToolDeltaCase("finish reason '" + reason + "'", "", 1,
					List.of(call(0, "a", "balance", BALANCE), Chunks.finish(reason))));
		}
		all.add(new ToolDeltaCase("no finish reason", "", 1, List.of(call(0, "a", "balance", BALANCE))));
		all.add(new ToolDeltaCase("usage on each chunk", "", 1, List.of(Chunks.usage(1, 0, 0),
				call(0, "a", "balance", BALANCE), Chunks.usage(1, 0, 1), Chunks.finish("tool_calls"))));
	}

	private static ToolDeltaCase of(String name, String content, int calls, ChatCompletionChunk... chunks) {
		List<ChatCompletionChunk> all = new ArrayList<>(List.of(chunks));
		all.add(Chunks.finish("tool_calls"));
		all.add(Chunks.usage(10, 4, 3));
		return new ToolDeltaCase(name, content, calls, all);
	}

	private static ChatCompletionChunk call(@Nullable Integer index, @Nullable String id, @Nullable String name,
			@Nullable String arguments) {
		return Chunks.calls(delta(index, id, name, arguments));
	}

	private static ToolCallDelta delta(@Nullable Integer index, @Nullable String id, @Nullable String name,
			@Nullable String arguments) {
		return new ToolCallDelta(index, id, "function", new FunctionCallDelta(name, arguments));
	}

	@Override
	public String toString() {
		return this.name;
	}

}
