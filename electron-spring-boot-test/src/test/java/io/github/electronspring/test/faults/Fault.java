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

package io.github.electronspring.test.faults;

import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;

import io.github.electronspring.test.simulator.ElectronScript;
import io.github.electronspring.test.simulator.ElectronSimulator;

import org.springframework.util.Assert;

/**
 * What goes wrong at Electron. A fault that is not played "once" is played as often as a
 * request is sent.
 *
 * @author The Electron Spring authors
 */
enum Fault {

	NONE("none"),

	RESET_AT_THE_START("reset after 0 events", ElectronScript.raw().reset()),

	RESET_LATER("reset after 3 events", ElectronScript.text("Hel", "lo ").reset()),

	CLOSED_LATER("closed after 3 events", ElectronScript.text("Hel", "lo ").disconnect()),

	STALL_AT_THE_START("stall before the first token", ElectronScript.round().stall()),

	STALL_LATER("stall in the middle", ElectronScript.text("Hel", "lo ").stall()),

	SLOW_HEADERS("slow headers", Answer.SCRIPT.headersAfter(Duration.ofSeconds(20))),

	SLOW_FIRST_TOKEN("slow first token", ElectronScript.round().pause(Duration.ofMillis(600)).text(Answer.TOKENS)),

	CUT_CHARACTER("cut inside a character", Answer.SCRIPT.splitEvery(1)),

	SHARED_PACKET("two events in a packet",
			ElectronScript.round().hold().text("Hel", "lo ").flush().hold().text("नमस्ते")),

	COMMENTS("comments",
			ElectronScript.round().comment("still there").text("Hel").comment("data: no").text("lo ", "नमस्ते")),

	CRLF("CRLF", Answer.SCRIPT.lineEnd("\r\n")),

	MISSING_DONE("missing [DONE]", Answer.SCRIPT.withoutDone()),

	MISSING_END("missing finish reason and [DONE]", Answer.SCRIPT.withoutUsage().withoutFinish().withoutDone()),

	ERROR_AT_THE_START("error inside 200 at the start",
			ElectronScript.raw().errorInside("server_error", "The model is gone")),

	ERROR_LATER("error inside 200 later",
			ElectronScript.text("Hel", "lo ").errorInside("server_error", "The model is gone")),

	OVERSIZED_LINE("oversized line", ElectronScript.round().oversizedLine(2 * 1024 * 1024)),

	STATUS_400("400", ElectronScript.error(400)),

	STATUS_429_WITH_TIME("429 with Retry-After, once", ElectronScript.error(429).header("Retry-After", "1"),
			Answer.SCRIPT),

	STATUS_429_WITH_LONG_TIME("429 with a Retry-After of a minute",
			ElectronScript.error(429).header("Retry-After", "60")),

	STATUS_429_ONCE("429 without Retry-After, once", ElectronScript.error(429), Answer.SCRIPT),

	STATUS_500_ONCE("500 once", ElectronScript.error(500), Answer.SCRIPT),

	STATUS_500("500", ElectronScript.error(500)),

	STATUS_502_ONCE("502 once", ElectronScript.error(502), Answer.SCRIPT),

	STATUS_502("502", ElectronScript.error(502)),

	STATUS_503_ONCE("503 once", ElectronScript.error(503), Answer.SCRIPT),

	STATUS_503("503", ElectronScript.error(503)),

	NO_RESPONSE_ONCE("no response, once", ElectronScript.noResponse(), Answer.SCRIPT),

	NO_RESPONSE("no response", ElectronScript.noResponse()),

	STALE_CONNECTION("stale kept connection", ElectronScript.noResponse(), Answer.SCRIPT),

	CLOSED_CONNECTION("kept connection closed"),

	CONNECTION_REFUSED("connection refused");

	private static final int MAX_REQUESTS = 10;

	private static final Map<String, Fault> BY_TEXT = Arrays.stream(values())
		.collect(Collectors.toMap(Fault::toString, Function.identity()));

	private final String text;

	private final List<ElectronScript> scripts;

	Fault(String text, ElectronScript... scripts) {
		this.text = text;
		this.scripts = List.of(scripts);
	}

	static Fault of(String text) {
		Fault fault = BY_TEXT.get(text);
		Assert.notNull(fault, () -> "There is no fault '%s'".formatted(text));
		return fault;
	}

	/**
	 * Have Electron play the fault from its next request on.
	 */
	void play(ElectronSimulator simulator) {
		this.scripts.forEach(simulator::enqueue);
		ElectronScript last = this.scripts.isEmpty() ? Answer.SCRIPT : this.scripts.get(this.scripts.size() - 1);
		for (int i = 0; i < MAX_REQUESTS; i++) {
			simulator.enqueue(last);
		}
	}

	/**
	 * Return whether a deadline decides, which is set short then.
	 */
	boolean isSlow() {
		return this == STALL_AT_THE_START || this == STALL_LATER || this == SLOW_HEADERS;
	}

	/**
	 * Return whether it takes a connection that an earlier request has left.
	 */
	boolean needsConnection() {
		return this == STALE_CONNECTION || this == CLOSED_CONNECTION;
	}

	@Override
	public String toString() {
		return this.text;
	}

}
