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

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Locale;

import org.jspecify.annotations.Nullable;

/**
 * Reads HTTP requests, as far as the clients compared need it.
 *
 * @author The Electron Spring authors
 */
final class HttpRequestReader {

	private final InputStream input;

	HttpRequestReader(InputStream input) {
		this.input = new BufferedInputStream(input);
	}

	/**
	 * Read the body of the next request.
	 * @return the body, or {@code null} if there are no more requests
	 * @throws IOException if the connection fails
	 */
	@Nullable String readBody() throws IOException {
		String line = readLine();
		if (line == null) {
			return null;
		}
		int length = 0;
		boolean chunked = false;
		while (line != null && !line.isEmpty()) {
			String header = line.toLowerCase(Locale.ROOT);
			if (header.startsWith("content-length:")) {
				length = Integer.parseInt(header.substring(header.indexOf(':') + 1).trim());
			}
			chunked |= header.startsWith("transfer-encoding:") && header.contains("chunked");
			line = readLine();
		}
		byte[] body = chunked ? readChunks() : this.input.readNBytes(length);
		return new String(body, StandardCharsets.UTF_8);
	}

	private byte[] readChunks() throws IOException {
		ByteArrayOutputStream body = new ByteArrayOutputStream();
		int length = chunkLength();
		while (length > 0) {
			body.write(this.input.readNBytes(length));
			readLine();
			length = chunkLength();
		}
		readLine();
		return body.toByteArray();
	}

	private int chunkLength() throws IOException {
		String line = readLine();
		if (line == null) {
			throw new EOFException("The body ended early");
		}
		return Integer.parseInt(line.trim(), 16);
	}

	private @Nullable String readLine() throws IOException {
		StringBuilder line = new StringBuilder();
		int next = this.input.read();
		while (next >= 0 && next != '\n') {
			if (next != '\r') {
				line.append((char) next);
			}
			next = this.input.read();
		}
		return (next < 0 && line.isEmpty()) ? null : line.toString();
	}

}
