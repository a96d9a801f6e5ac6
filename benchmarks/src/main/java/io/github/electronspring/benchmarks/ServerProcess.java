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

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;

/**
 * A server in a process of its own, which ends with this object or with this process.
 *
 * @author The Electron Spring authors
 */
final class ServerProcess implements AutoCloseable {

	private static final int CLOCK_READINGS = 1000;

	private static final byte[] CLOCK_REQUEST = "GET /clock HTTP/1.1\r\nHost: localhost\r\n\r\n"
		.getBytes(StandardCharsets.US_ASCII);

	private final Process process;

	private final int port;

	private ServerProcess(Process process, int port) {
		this.process = process;
		this.port = port;
	}

	/**
	 * Start a server.
	 * @param server its class, which prints its port
	 * @return the server
	 * @throws IOException if it does not start
	 */
	static ServerProcess start(Class<?> server) throws IOException {
		Process process = new ProcessBuilder(Path.of(System.getProperty("java.home"), "bin", "java").toString(), "-cp",
				System.getProperty("java.class.path"), server.getName())
			.redirectError(ProcessBuilder.Redirect.INHERIT)
			.start();
		String port = new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.US_ASCII))
			.readLine();
		if (port == null) {
			throw new IllegalStateException("The server '%s' did not start".formatted(server.getName()));
		}
		return new ServerProcess(process, Integer.parseInt(port));
	}

	int port() {
		return this.port;
	}

	/**
	 * Make sure that this process and the server have the same clock, so that times of
	 * one may be taken from times of the other.
	 * @return the shortest round trip in which the server told the time, in nanoseconds
	 * @throws IOException if the server does not answer
	 */
	long checkClock() throws IOException {
		long shortest = Long.MAX_VALUE;
		try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), this.port)) {
			socket.setTcpNoDelay(true);
			BufferedReader reader = new BufferedReader(
					new InputStreamReader(socket.getInputStream(), StandardCharsets.US_ASCII));
			char[] digits = new char[EventTemplate.NUMBER.length()];
			for (int i = 0; i < CLOCK_READINGS; i++) {
				long before = System.nanoTime();
				socket.getOutputStream().write(CLOCK_REQUEST);
				String line = reader.readLine();
				while (line != null && !line.isEmpty()) {
					line = reader.readLine();
				}
				for (int read = 0; read < digits.length;) {
					read += reader.read(digits, read, digits.length - read);
				}
				long after = System.nanoTime();
				long told = Long.parseLong(new String(digits));
				if (told < before || told > after) {
					throw new IllegalStateException("The server's clock differs: '%d' is not between '%d' and '%d'"
						.formatted(told, before, after));
				}
				shortest = Math.min(shortest, after - before);
			}
		}
		return shortest;
	}

	@Override
	public void close() throws IOException {
		this.process.getOutputStream().close();
		try {
			if (!this.process.waitFor(5, TimeUnit.SECONDS)) {
				this.process.destroy();
			}
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
			this.process.destroy();
		}
	}

}
