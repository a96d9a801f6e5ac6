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

import java.io.EOFException;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;

/**
 * The same turn by hand on a bare socket: bytes are read and searched, nothing is
 * understood. It knows nothing sooner than the wire lets it, so others are compared with
 * it.
 *
 * @author The Electron Spring authors
 */
final class FloorClient implements TurnClient, AutoCloseable {

	private static final String CALL_ID = "call_";

	private static final String TOOLS = """
			"tools":[{"type":"function","function":{"name":"balance","description":"Balance of an account",\
			"parameters":{"type":"object","properties":{"account":{"type":"string"}},"required":["account"]}}},\
			{"type":"function","function":{"name":"limit","description":"Limit of an account",\
			"parameters":{"type":"object","properties":{"account":{"type":"string"}},"required":["account"]}}}]""";

	private static final String USER = """
			{"role":"user","content":"%s"}""".formatted(QUESTION);

	private static final EventTemplate FIRST = request(USER);

	private static final EventTemplate SECOND = request("""
			%s,{"role":"assistant","content":"One moment, please.","tool_calls":[%s,%s]},%s,%s""".formatted(USER,
			call(0, "balance"), call(1, "limit"), result(0, "Balance of 1"), result(1, "Limit of 2")));

	private final Socket socket;

	private final byte[] buffer = new byte[64 * 1024];

	private int length;

	FloorClient(int port) throws IOException {
		this.socket = new Socket(InetAddress.getLoopbackAddress(), port);
		this.socket.setTcpNoDelay(true);
	}

	private static EventTemplate request(String messages) {
		String body = """
				{"model":"electron","stream":true,"stream_options":{"include_usage":true},"messages":[%s],%s}"""
			.formatted(messages, TOOLS);
		return EventTemplate.raw("""
				POST /v1/chat/completions HTTP/1.1\r
				Host: localhost\r
				Content-Type: application/json\r
				Accept: text/event-stream\r
				Content-Length: %d\r
				\r
				%s""".formatted(body.length(), body));
	}

	private static String call(int index, String name) {
		return """
				{"id":"call_%s_%d","type":"function","function":{"name":"%s","arguments":"{\\"account\\":\\"%d\\"}"}}"""
			.formatted(EventTemplate.NUMBER, index, name, index + 1);
	}

	private static String result(int index, String result) {
		return """
				{"role":"tool","tool_call_id":"call_%s_%d","content":"%s"}""".formatted(EventTemplate.NUMBER, index,
				result);
	}

	@Override
	public void run(TurnProbe probe) throws IOException {
		this.length = 0;
		this.socket.getOutputStream().write(FIRST.fill());
		probe.text(readUntil(ToolTurnScript.FILLER));
		readUntil(ToolTurnScript.CLAUSE);
		probe.speech();
		String calls = readUntil(ToolTurnScript.LAST_ARGUMENTS);
		long end = Pause.after(System.nanoTime(), SlowTools.MILLIS);
		int id = calls.indexOf(CALL_ID) + CALL_ID.length();
		long turn = Long.parseLong(calls.substring(id, id + EventTemplate.NUMBER.length()));
		byte[] request = SECOND.fill(turn, turn, turn, turn);
		readUntil("0\r\n\r\n");
		this.length = 0;
		Pause.until(end);
		this.socket.getOutputStream().write(request);
		probe.text(readUntil(ToolTurnScript.ANSWER));
		probe.answering();
		readUntil(ToolTurnScript.NEXT);
		probe.speech();
		readUntil("0\r\n\r\n");
	}

	private String readUntil(String end) throws IOException {
		String text = new String(this.buffer, 0, this.length, StandardCharsets.US_ASCII);
		while (!text.contains(end)) {
			int read = this.socket.getInputStream().read(this.buffer, this.length, this.buffer.length - this.length);
			if (read < 0) {
				throw new EOFException("The server closed the connection");
			}
			this.length += read;
			text = new String(this.buffer, 0, this.length, StandardCharsets.US_ASCII);
		}
		return text;
	}

	@Override
	public void close() throws IOException {
		this.socket.close();
	}

}
