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

package io.github.electronspring.api;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * An HTTP server on a loopback port that sends what a test says, byte for byte.
 *
 * @author The Electron Spring authors
 */
public final class RawServer implements AutoCloseable {

	private final ServerSocket serverSocket;

	private final ExecutorService executor = Executors.newCachedThreadPool();

	private final Set<Socket> sockets = ConcurrentHashMap.newKeySet();

	private final AtomicInteger connections = new AtomicInteger();

	private final List<String> requests = new CopyOnWriteArrayList<>();

	private final CountDownLatch clientClosed = new CountDownLatch(1);

	private final Handler handler;

	public RawServer(Handler handler) {
		this.handler = handler;
		try {
			this.serverSocket = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
		this.executor.execute(this::accept);
	}

	public static RawServer answering(String response) {
		return new RawServer((request, out) -> {
			out.write(response.getBytes(StandardCharsets.UTF_8));
			if (response.contains("Connection: close")) {
				out.close();
			}
		});
	}

	/**
	 * Create a server that answers each request with a stream.
	 * @param pieces the pieces of the body, each sent as a chunk of its own
	 */
	public static RawServer streaming(String... pieces) {
		return new RawServer((request, out) -> {
			out.write(streamHead().getBytes(StandardCharsets.UTF_8));
			for (String piece : pieces) {
				out.write(chunk(piece));
				out.flush();
			}
			out.write(lastChunk());
		});
	}

	/**
	 * Return an event of a stream.
	 * @param json what its data is
	 */
	public static String event(String json) {
		return "data: " + json + "\n\n";
	}

	/**
	 * Return an event with a piece of text.
	 * @param content the text
	 */
	public static String text(String content) {
		return event("{\"choices\": [{\"delta\": {\"content\": \"%s\"}}]}".formatted(content));
	}

	/**
	 * Return an event with a finish reason.
	 * @param reason the reason
	 */
	public static String finish(String reason) {
		return event("{\"choices\": [{\"delta\": {}, \"finish_reason\": \"%s\"}]}".formatted(reason));
	}

	public static String head(String status, String... headers) {
		StringBuilder head = new StringBuilder("HTTP/1.1 ").append(status).append("\r\n");
		for (String header : headers) {
			head.append(header).append("\r\n");
		}
		return head.append("\r\n").toString();
	}

	public static String json(String status, String body, String... headers) {
		String[] all = new String[headers.length + 2];
		System.arraycopy(headers, 0, all, 0, headers.length);
		all[headers.length] = "Content-Type: application/json";
		all[headers.length + 1] = "Content-Length: " + body.getBytes(StandardCharsets.UTF_8).length;
		return head(status, all) + body;
	}

	public static String streamHead(String... headers) {
		String[] all = new String[headers.length + 2];
		System.arraycopy(headers, 0, all, 0, headers.length);
		all[headers.length] = "Content-Type: text/event-stream";
		all[headers.length + 1] = "Transfer-Encoding: chunked";
		return head("200 OK", all);
	}

	public static byte[] chunk(byte[] bytes) {
		byte[] size = (Integer.toHexString(bytes.length) + "\r\n").getBytes(StandardCharsets.US_ASCII);
		byte[] chunk = new byte[size.length + bytes.length + 2];
		System.arraycopy(size, 0, chunk, 0, size.length);
		System.arraycopy(bytes, 0, chunk, size.length, bytes.length);
		chunk[chunk.length - 2] = '\r';
		chunk[chunk.length - 1] = '\n';
		return chunk;
	}

	public static byte[] chunk(String text) {
		return chunk(text.getBytes(StandardCharsets.UTF_8));
	}

	public static byte[] lastChunk() {
		return "0\r\n\r\n".getBytes(StandardCharsets.US_ASCII);
	}

	public String baseUrl() {
		return "http://127.0.0.1:%d/waves/v1".formatted(this.serverSocket.getLocalPort());
	}

	public int connections() {
		return this.connections.get();
	}

	/**
	 * The requests, head and body.
	 */
	public List<String> requests() {
		return this.requests;
	}

	/**
	 * Counts down when a client closes a connection.
	 */
	public CountDownLatch clientClosed() {
		return this.clientClosed;
	}

	/**
	 * Reset all connections.
	 */
	public void reset() throws IOException {
		for (Socket socket : this.sockets) {
			socket.setSoLinger(true, 0);
			socket.close();
		}
	}

	@Override
	public void close() throws IOException {
		this.serverSocket.close();
		for (Socket socket : this.sockets) {
			socket.close();
		}
		this.executor.shutdownNow();
	}

	private void accept() {
		try {
			while (true) {
				Socket socket = this.serverSocket.accept();
				socket.setTcpNoDelay(true);
				this.connections.incrementAndGet();
				this.sockets.add(socket);
				this.executor.execute(() -> serve(socket));
			}
		}
		catch (IOException ex) {
			// Closed by the test
		}
	}

	private void serve(Socket socket) {
		try (socket) {
			InputStream in = new BufferedInputStream(socket.getInputStream());
			String request = readRequest(in);
			while (request != null) {
				this.requests.add(request);
				this.executor.execute(() -> watch(socket, in));
				this.handler.handle(request, socket.getOutputStream());
				socket.getOutputStream().flush();
				synchronized (in) {
					request = readRequest(in);
				}
			}
		}
		catch (SocketException ex) {
			// The client has gone
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
		}
		finally {
			this.sockets.remove(socket);
			this.clientClosed.countDown();
		}
	}

	private void watch(Socket socket, InputStream in) {
		try {
			synchronized (in) {
				in.mark(1);
				int next = in.read();
				if (next < 0) {
					this.clientClosed.countDown();
				}
				else {
					in.reset();
				}
			}
		}
		catch (IOException ex) {
			this.clientClosed.countDown();
		}
	}

	private static String readRequest(InputStream in) throws IOException {
		StringBuilder head = new StringBuilder();
		while (head.indexOf("\r\n\r\n") < 0) {
			int next = in.read();
			if (next < 0) {
				return null;
			}
			head.append((char) next);
		}
		int length = 0;
		for (String line : head.toString().split("\r\n")) {
			if (line.regionMatches(true, 0, "content-length:", 0, 15)) {
				length = Integer.parseInt(line.substring(15).strip());
			}
		}
		return head + new String(in.readNBytes(length), StandardCharsets.UTF_8);
	}

	/**
	 * Answers a request.
	 */
	@FunctionalInterface
	public interface Handler {

		void handle(String request, OutputStream out) throws IOException, InterruptedException;

	}

}
