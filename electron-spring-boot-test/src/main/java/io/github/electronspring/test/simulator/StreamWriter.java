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
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * Writes server-sent events into packets.
 *
 * @author The Electron Spring authors
 */
final class StreamWriter {

	private final List<Emission> emissions = new ArrayList<>();

	private final String lineEnd;

	private final int splitEvery;

	private @Nullable ByteArrayOutputStream held;

	private int heldTokens;

	StreamWriter(String lineEnd, int splitEvery) {
		this.lineEnd = lineEnd;
		this.splitEvery = splitEvery;
	}

	void event(JsonNode data, int tokens) {
		event(Json.string(data), tokens);
	}

	void event(String data, int tokens) {
		String event = "data: " + data + this.lineEnd + this.lineEnd;
		bytes(event.getBytes(StandardCharsets.UTF_8), tokens);
	}

	void bytes(byte[] bytes, int tokens) {
		if (this.held != null) {
			this.held.writeBytes(bytes);
			this.heldTokens += tokens;
			return;
		}
		packets(bytes, tokens);
	}

	void other(Emission emission) {
		flush();
		this.emissions.add(emission);
	}

	void hold() {
		if (this.held == null) {
			this.held = new ByteArrayOutputStream();
		}
	}

	void flush() {
		ByteArrayOutputStream held = this.held;
		this.held = null;
		if (held != null && held.size() > 0) {
			packets(held.toByteArray(), this.heldTokens);
			this.heldTokens = 0;
		}
	}

	List<Emission> emissions() {
		flush();
		return this.emissions;
	}

	private void packets(byte[] bytes, int tokens) {
		if (this.splitEvery == 0 || bytes.length <= this.splitEvery) {
			this.emissions.add(new Emission.Bytes(bytes, tokens));
			return;
		}
		for (int from = 0; from < bytes.length; from += this.splitEvery) {
			int to = Math.min(bytes.length, from + this.splitEvery);
			this.emissions.add(new Emission.Bytes(Arrays.copyOfRange(bytes, from, to), (from == 0) ? tokens : 0));
		}
	}

}
