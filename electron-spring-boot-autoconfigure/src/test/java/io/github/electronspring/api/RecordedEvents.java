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
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

import org.springframework.core.io.buffer.DefaultDataBufferFactory;

/**
 * What an {@link EventDecoder} finds, as texts.
 *
 * @author The Electron Spring authors
 */
final class RecordedEvents implements EventHandler {

	static final String DONE = "[done]";

	static final String TOO_LONG = "[too long]";

	static final String JSON_BODY = "[json] ";

	private final List<String> events = new ArrayList<>();

	private RecordedEvents() {
	}

	/**
	 * Decode bytes that arrive in pieces.
	 * @param bytes all the bytes
	 * @param limit the limit of the decoder
	 * @param cuts where a piece ends, in ascending order
	 * @return what was found
	 */
	static List<String> of(byte[] bytes, int limit, int... cuts) {
		RecordedEvents recorded = new RecordedEvents();
		EventDecoder decoder = new EventDecoder(recorded, limit);
		try {
			int from = 0;
			for (int cut : cuts) {
				decode(decoder, Arrays.copyOfRange(bytes, from, cut));
				from = cut;
			}
			decode(decoder, Arrays.copyOfRange(bytes, from, bytes.length));
			decoder.complete();
		}
		catch (EventTooLongException ex) {
			recorded.events.add(TOO_LONG);
		}
		return recorded.events;
	}

	private static void decode(EventDecoder decoder, byte[] piece) {
		decoder.decode(DefaultDataBufferFactory.sharedInstance.wrap(piece));
		// What comes later must not show through what has been handed on
		Arrays.fill(piece, (byte) '#');
	}

	@Override
	public void onData(byte[] bytes, int offset, int length) {
		if (length < 1) {
			throw new IllegalStateException("Event without data");
		}
		add("", bytes, offset, length);
	}

	@Override
	public void onDone() {
		this.events.add(DONE);
	}

	@Override
	public void onJsonBody(byte[] bytes, int offset, int length) {
		add(JSON_BODY, bytes, offset, length);
	}

	private void add(String prefix, byte[] bytes, int offset, int length) {
		this.events.add(prefix + new String(bytes, offset, length, StandardCharsets.UTF_8));
	}

}
