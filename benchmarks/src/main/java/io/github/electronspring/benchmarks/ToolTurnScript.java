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

package io.github.electronspring.benchmarks;

import java.util.List;

/**
 * What the model of the tool turn says, and when: first a filler and two calls, then the
 * answer. The texts carry the times of the server, so that any client can be measured
 * from outside.
 *
 * @author The Electron Spring authors
 */
final class ToolTurnScript {

	/** When the arguments of the last call are complete. */
	static final int ARGUMENTS_MILLIS = 130;

	/** When the stream with the calls ends. */
	static final int CLOSE_MILLIS = 280;

	/** The time between two pieces of the answer. */
	static final int ANSWER_PAUSE_MILLIS = 2;

	/** How many pieces follow the first one of the answer. */
	static final int ANSWER_PIECES = 10;

	/** What the first piece of the filler begins with; the time of its write follows. */
	static final String FILLER = "filler@";

	/**
	 * What the first piece of the answer begins with; the times of the last byte of the
	 * arguments, of the arrival of the results and of its own write follow.
	 */
	static final String ANSWER = "answer@";

	/** With it a clause of the filler is known to be complete. */
	static final String CLAUSE = " please.";

	/** With it the first sentence of the answer is known to be complete. */
	static final String NEXT = " Euros";

	/** The last piece of the arguments of the last call, as it stands in its event. */
	static final String LAST_ARGUMENTS = "\"index\":1,\"function\":{\"arguments\":\"\\\"2\\\"}\"}";

	private static final String NUMBER = EventTemplate.NUMBER;

	private static final String HEADERS = """
			HTTP/1.1 200 OK\r
			Content-Type: text/event-stream\r
			Transfer-Encoding: chunked\r
			\r
			""";

	private static final String FILLER_TEXT = FILLER + NUMBER + " ";

	private static final String ANSWER_TEXT = ANSWER + NUMBER + "," + NUMBER + "," + NUMBER + " it is. ";

	private static final String CALL = """
			{"index":%d,"id":"call_%s_%d","type":"function","function":{"name":"%s","arguments":"%s"}}""";

	private static final String FIRST_USAGE = """
			"usage":{"prompt_tokens":180,"completion_tokens":40,"total_tokens":220}""";

	private static final String LAST_USAGE = """
			"usage":{"prompt_tokens":260,"completion_tokens":12,"total_tokens":272}""";

	private static final String END = EventTemplate.event("[DONE]") + "0\r\n\r\n";

	static final EventTemplate BEGIN_FILLER = EventTemplate
		.raw(HEADERS + delta("\"role\":\"assistant\",\"content\":\"\"") + text(FILLER_TEXT));

	/** What follows until the last piece of the arguments, which has the time above. */
	static final List<Step> STEPS = List.of(step(10, text("One")), step(20, text(" moment,")), step(30, text(CLAUSE)),
			step(40, calls(CALL.formatted(0, NUMBER, 0, "balance", ""))),
			step(60, calls(arguments(0, "{\\\"account\\\":"))), step(90, calls(arguments(0, "\\\"1\\\"}"))),
			step(95, calls(CALL.formatted(1, NUMBER, 1, "limit", ""))),
			step(110, calls(arguments(1, "{\\\"account\\\":"))));

	static final EventTemplate COMPLETE_ARGUMENTS = EventTemplate.raw(calls("{" + LAST_ARGUMENTS + "}"));

	static final EventTemplate END_CALLS = EventTemplate.raw(finish("tool_calls") + usage(FIRST_USAGE) + END);

	static final EventTemplate BEGIN_ANSWER = EventTemplate
		.raw(HEADERS + delta("\"role\":\"assistant\",\"content\":\"\"") + text(ANSWER_TEXT));

	static final EventTemplate ANSWER_PIECE = EventTemplate.raw(text(NEXT));

	static final EventTemplate END_ANSWER = EventTemplate.raw(finish("stop") + usage(LAST_USAGE) + END);

	static final EventTemplate WHOLE_CALLS = whole("""
			{"role":"assistant","content":"%s","tool_calls":[%s,%s]}""".formatted(FILLER_TEXT, call(0, "balance", "1"),
			call(1, "limit", "2")), "tool_calls", FIRST_USAGE);

	static final EventTemplate WHOLE_ANSWER = whole("""
			{"role":"assistant","content":"%s"}""".formatted(ANSWER_TEXT + NEXT.repeat(ANSWER_PIECES)), "stop",
			LAST_USAGE);

	private ToolTurnScript() {
	}

	private static Step step(int millis, String event) {
		return new Step(millis, EventTemplate.raw(event));
	}

	private static String chunk(String rest) {
		return EventTemplate.event("""
				{"id":"chatcmpl-1","object":"chat.completion.chunk","created":1770000000,"model":"electron",%s}"""
			.formatted(rest));
	}

	private static String delta(String delta) {
		return chunk("\"choices\":[{\"index\":0,\"delta\":{%s},\"finish_reason\":null}]".formatted(delta));
	}

	private static String text(String text) {
		return delta("\"content\":\"%s\"".formatted(text));
	}

	private static String calls(String call) {
		return delta("\"tool_calls\":[%s]".formatted(call));
	}

	private static String arguments(int index, String arguments) {
		return "{\"index\":%d,\"function\":{\"arguments\":\"%s\"}}".formatted(index, arguments);
	}

	private static String call(int index, String name, String account) {
		return CALL.formatted(index, NUMBER, index, name, "{\\\"account\\\":\\\"%s\\\"}".formatted(account));
	}

	private static String finish(String reason) {
		return chunk("\"choices\":[{\"index\":0,\"delta\":{},\"finish_reason\":\"%s\"}]".formatted(reason));
	}

	private static String usage(String usage) {
		return chunk("\"choices\":[]," + usage);
	}

	private static EventTemplate whole(String message, String finishReason, String usage) {
		String body = """
				{"id":"chatcmpl-1","object":"chat.completion","created":1770000000,"model":"electron",\
				"choices":[{"index":0,"message":%s,"finish_reason":"%s"}],%s}""".formatted(message, finishReason,
				usage);
		return EventTemplate.raw("HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: %d\r\n\r\n%s"
			.formatted(body.length(), body));
	}

	/**
	 * An event and when it is due.
	 *
	 * @param millis the time since the request
	 * @param event the event
	 */
	record Step(int millis, EventTemplate event) {
	}

}
