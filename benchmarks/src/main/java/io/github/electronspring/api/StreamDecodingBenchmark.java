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

import java.nio.charset.StandardCharsets;
import java.util.concurrent.TimeUnit;

import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;
import org.openjdk.jmh.infra.Blackhole;
import tools.jackson.databind.json.JsonMapper;

import org.springframework.core.io.buffer.DataBuffer;
import org.springframework.core.io.buffer.DefaultDataBufferFactory;

/**
 * What it costs to cut events from bytes and to read chunks from events, for one chunk.
 *
 * @author The Electron Spring authors
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(2)
public class StreamDecodingBenchmark {

	private static final byte[] CHUNK = """
			{"id":"chatcmpl-8f14e45f","object":"chat.completion.chunk","created":1770000000,"model":"electron",\
			"choices":[{"index":0,"delta":{"content":" balance"},"finish_reason":null}]}"""
		.getBytes(StandardCharsets.UTF_8);

	private final DataBuffer event = DefaultDataBufferFactory.sharedInstance
		.wrap(("data: " + new String(CHUNK, StandardCharsets.UTF_8) + "\n\n").getBytes(StandardCharsets.UTF_8));

	private final ChunkReader reader = new ChunkReader(JsonMapper.shared());

	private final CountingHandler handler = new CountingHandler();

	private final EventDecoder decoder = new EventDecoder(this.handler);

	/**
	 * Cut an event from its bytes.
	 * @return the number of bytes of data so far
	 */
	@Benchmark
	public long decodeEvent() {
		this.event.readPosition(0);
		this.decoder.decode(this.event);
		return this.handler.bytes;
	}

	/**
	 * Read a chunk from an event.
	 * @param blackhole takes the chunk
	 */
	@Benchmark
	public void readChunk(Blackhole blackhole) {
		blackhole.consume(this.reader.read(CHUNK, 0, CHUNK.length));
	}

	private static final class CountingHandler implements EventHandler {

		private long bytes;

		@Override
		public void onData(byte[] bytes, int offset, int length) {
			this.bytes += length;
		}

		@Override
		public void onDone() {
			throw new IllegalStateException("There is no end mark");
		}

		@Override
		public void onJsonBody(byte[] bytes, int offset, int length) {
			throw new IllegalStateException("There is no JSON body");
		}

	}

}
