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

import java.io.IOException;
import java.io.OutputStream;
import java.net.Socket;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import org.jspecify.annotations.Nullable;

/**
 * A connection to the {@link ToolTurnServer}, which stays open from request to request.
 *
 * @author The Electron Spring authors
 */
final class ToolTurnConnection implements Runnable {

	private static final Pattern STREAM = Pattern.compile("\"stream\"\\s*:\\s*true");

	private static final Pattern RESULT = Pattern.compile("\"tool_call_id\"\\s*:\\s*\"call_(\\d{16})_");

	private final Socket socket;

	private final AtomicLong turns;

	private final Map<Long, Long> argumentsWritten;

	/**
	 * Create a connection.
	 * @param socket the socket
	 * @param turns the number of the last turn
	 * @param argumentsWritten when the arguments of the last call of a turn were complete
	 */
	ToolTurnConnection(Socket socket, AtomicLong turns, Map<Long, Long> argumentsWritten) {
		this.socket = socket;
		this.turns = turns;
		this.argumentsWritten = argumentsWritten;
	}

	@Override
	public void run() {
		try (this.socket) {
			this.socket.setTcpNoDelay(true);
			HttpRequestReader reader = new HttpRequestReader(this.socket.getInputStream());
			OutputStream output = this.socket.getOutputStream();
			String body = reader.readBody();
			while (body != null) {
				respond(body, System.nanoTime(), output);
				body = reader.readBody();
			}
		}
		catch (IOException ex) {
			// The client has gone
		}
	}

	private void respond(String body, long received, OutputStream output) throws IOException {
		if (body.isEmpty()) {
			tellTime(output);
			return;
		}
		boolean stream = STREAM.matcher(body).find();
		Long completed = argumentsWritten(body);
		if (completed == null) {
			long turn = this.turns.incrementAndGet();
			if (stream) {
				streamCalls(turn, received, output);
			}
			else {
				sendCalls(turn, received, output);
			}
		}
		else if (stream) {
			streamAnswer(completed, received, output);
		}
		else {
			Pause.until(Pause.after(received,
					(long) ToolTurnScript.ANSWER_PAUSE_MILLIS * (ToolTurnScript.ANSWER_PIECES + 1)));
			output.write(ToolTurnScript.WHOLE_ANSWER.fill(completed, received, System.nanoTime()));
		}
	}

	private @Nullable Long argumentsWritten(String body) {
		Matcher result = RESULT.matcher(body);
		return result.find() ? this.argumentsWritten.remove(Long.parseLong(result.group(1))) : null;
	}

	private void tellTime(OutputStream output) throws IOException {
		output.write(EventTemplate.raw("HTTP/1.1 200 OK\r\nContent-Length: 16\r\n\r\n" + EventTemplate.NUMBER)
			.fill(System.nanoTime()));
	}

	private void streamCalls(long turn, long received, OutputStream output) throws IOException {
		output.write(ToolTurnScript.BEGIN_FILLER.fill(System.nanoTime()));
		for (ToolTurnScript.Step step : ToolTurnScript.STEPS) {
			Pause.until(Pause.after(received, step.millis()));
			output.write(step.event().fill(turn));
		}
		Pause.until(Pause.after(received, ToolTurnScript.ARGUMENTS_MILLIS));
		byte[] arguments = ToolTurnScript.COMPLETE_ARGUMENTS.fill();
		this.argumentsWritten.put(turn, System.nanoTime());
		output.write(arguments);
		Pause.until(Pause.after(received, ToolTurnScript.CLOSE_MILLIS));
		output.write(ToolTurnScript.END_CALLS.fill());
	}

	private void sendCalls(long turn, long received, OutputStream output) throws IOException {
		this.argumentsWritten.put(turn, Pause.after(received, ToolTurnScript.ARGUMENTS_MILLIS));
		Pause.until(Pause.after(received, ToolTurnScript.CLOSE_MILLIS));
		output.write(ToolTurnScript.WHOLE_CALLS.fill(System.nanoTime(), turn, turn));
	}

	private void streamAnswer(long completed, long received, OutputStream output) throws IOException {
		output.write(ToolTurnScript.BEGIN_ANSWER.fill(completed, received, System.nanoTime()));
		for (int i = 1; i <= ToolTurnScript.ANSWER_PIECES; i++) {
			Pause.until(Pause.after(received, (long) i * ToolTurnScript.ANSWER_PAUSE_MILLIS));
			output.write(ToolTurnScript.ANSWER_PIECE.fill());
		}
		Pause.until(
				Pause.after(received, (long) ToolTurnScript.ANSWER_PAUSE_MILLIS * (ToolTurnScript.ANSWER_PIECES + 1)));
		output.write(ToolTurnScript.END_ANSWER.fill());
	}

}
