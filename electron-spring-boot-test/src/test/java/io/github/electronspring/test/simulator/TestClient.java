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

package io.github.electronspring.test.simulator;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Talks to a simulator without the library: with the JDK's client and with sockets.
 *
 * @author The Electron Spring authors
 */
final class TestClient {

	static final Duration TIMEOUT = Duration.ofSeconds(10);

	private static final JsonMapper mapper = JsonMapper.builder().build();

	private final HttpClient client = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

	private final ElectronSimulator simulator;

	TestClient(ElectronSimulator simulator) {
		this.simulator = simulator;
	}

	static String ask(String text) {
		return "{\"model\":\"electron\",\"messages\":[{\"role\":\"user\",\"content\":\"%s\"}]}".formatted(text);
	}

	static String askStreamed(String text) {
		return ask(text).replaceFirst("\\{", "{\"stream\":true,\"stream_options\":{\"include_usage\":true},");
	}

	static JsonNode json(String json) {
		return mapper.readTree(json);
	}

	HttpResponse<String> post(String body) {
		return post(body, this.simulator.apiKey());
	}

	HttpResponse<String> post(String body, String key) {
		return send(request("/chat/completions").header("Authorization", "Bearer " + key)
			.POST(HttpRequest.BodyPublishers.ofString(body))
			.build());
	}

	HttpRequest.Builder request(String path) {
		return HttpRequest.newBuilder(URI.create(this.simulator.baseUrl() + path)).timeout(TIMEOUT);
	}

	HttpResponse<String> send(HttpRequest request) {
		try {
			return this.client.send(request, BodyHandlers.ofString());
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
		catch (InterruptedException ex) {
			throw new IllegalStateException(ex);
		}
	}

	List<String> events(String body) {
		return data(post(body).body());
	}

	List<JsonNode> chunks(String body) {
		return events(body).stream().filter((data) -> !data.equals("[DONE]")).map(TestClient::json).toList();
	}

	/**
	 * Return the data of events, each of which must end with a blank line.
	 */
	static List<String> data(String body) {
		List<String> data = new ArrayList<>();
		for (String event : body.split("\n\n")) {
			if (event.startsWith("data: ")) {
				data.add(event.substring("data: ".length()));
			}
		}
		return data;
	}

	static String text(List<JsonNode> chunks) {
		StringBuilder text = new StringBuilder();
		chunks.forEach((chunk) -> text.append(chunk.at("/choices/0/delta/content").asString("")));
		return text.toString();
	}

	/**
	 * Open a socket and send a request on it.
	 */
	Socket open(String body) throws IOException {
		Socket socket = new Socket("127.0.0.1", this.simulator.port());
		socket.setSoTimeout((int) TIMEOUT.toMillis());
		write(socket, body);
		return socket;
	}

	void write(Socket socket, String body) throws IOException {
		byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
		String head = "POST /waves/v1/chat/completions HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\n"
				+ "Authorization: Bearer %s\r\nContent-Length: %d\r\n\r\n".formatted(this.simulator.apiKey(),
						bytes.length);
		OutputStream out = socket.getOutputStream();
		out.write(head.getBytes(StandardCharsets.UTF_8));
		out.write(bytes);
		out.flush();
	}

	/**
	 * Read the head of a response.
	 */
	static String head(Socket socket) throws IOException {
		StringBuilder head = new StringBuilder();
		while (!head.toString().endsWith("\r\n\r\n")) {
			int next = socket.getInputStream().read();
			if (next < 0) {
				break;
			}
			head.append((char) next);
		}
		return head.toString();
	}

	/**
	 * Read the next HTTP chunk, {@code null} after the last or when the connection has
	 * been closed.
	 */
	static byte[] chunk(Socket socket) throws IOException {
		InputStream in = socket.getInputStream();
		String size = line(in);
		if (size.isEmpty() || size.equals("0")) {
			line(in);
			return null;
		}
		byte[] bytes = in.readNBytes(Integer.parseInt(size, 16));
		line(in);
		return bytes;
	}

	static List<byte[]> allChunks(Socket socket) throws IOException {
		List<byte[]> chunks = new ArrayList<>();
		byte[] chunk = chunk(socket);
		while (chunk != null) {
			chunks.add(chunk);
			chunk = chunk(socket);
		}
		return chunks;
	}

	private static String line(InputStream in) throws IOException {
		ByteArrayOutputStream line = new ByteArrayOutputStream();
		int next = in.read();
		while (next >= 0 && next != '\n') {
			if (next != '\r') {
				line.write(next);
			}
			next = in.read();
		}
		return line.toString(StandardCharsets.UTF_8);
	}

}
