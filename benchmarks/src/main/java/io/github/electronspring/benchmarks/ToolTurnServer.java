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
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;

/**
 * The model of the tool turn, in a process of its own. It prints its port, and ends when
 * its standard input does. A request without a body is answered with the time.
 *
 * @author The Electron Spring authors
 */
public final class ToolTurnServer {

	private ToolTurnServer() {
	}

	/**
	 * Run the server.
	 * @param args none
	 * @throws IOException if no port can be opened
	 */
	public static void main(String[] args) throws IOException {
		ServerSocket server = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
		start("acceptor", () -> accept(server));
		System.out.println(server.getLocalPort());
		while (System.in.read() >= 0) {
			// The runner says nothing
		}
	}

	private static void accept(ServerSocket server) {
		AtomicLong turns = new AtomicLong();
		Map<Long, Long> argumentsWritten = new ConcurrentHashMap<>();
		try {
			while (true) {
				start("connection", new ToolTurnConnection(server.accept(), turns, argumentsWritten));
			}
		}
		catch (IOException ex) {
			throw new IllegalStateException("No more connections are accepted", ex);
		}
	}

	private static void start(String name, Runnable task) {
		Thread thread = new Thread(task, name);
		thread.setDaemon(true);
		thread.start();
	}

}
