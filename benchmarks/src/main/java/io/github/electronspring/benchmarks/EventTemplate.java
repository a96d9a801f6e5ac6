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

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * Bytes of a response that are made once, with places for numbers of 16 digits.
 *
 * @author The Electron Spring authors
 */
final class EventTemplate {

	/** Stands where a number is put in. */
	static final String NUMBER = "#".repeat(16);

	private final byte[] bytes;

	private final List<Integer> places = new ArrayList<>();

	private EventTemplate(String text) {
		this.bytes = text.getBytes(StandardCharsets.US_ASCII);
		for (int i = text.indexOf(NUMBER); i >= 0; i = text.indexOf(NUMBER, i + NUMBER.length())) {
			this.places.add(i);
		}
	}

	/**
	 * Create a template of bytes that go out as they are.
	 * @param text the bytes, in ASCII
	 * @return the template
	 */
	static EventTemplate raw(String text) {
		return new EventTemplate(text);
	}

	/**
	 * Return the text of an event in a chunk of a chunked body.
	 * @param data the data of the event
	 * @return the chunk
	 */
	static String event(String data) {
		String event = "data: " + data + "\n\n";
		return "%s\r\n%s\r\n".formatted(Integer.toHexString(event.length()).toUpperCase(Locale.ROOT), event);
	}

	/**
	 * Fill in the numbers.
	 * @param numbers a number for each place
	 * @return the bytes
	 */
	byte[] fill(long... numbers) {
		byte[] filled = this.bytes.clone();
		for (int i = 0; i < this.places.size(); i++) {
			long rest = numbers[i];
			int place = this.places.get(i);
			for (int digit = NUMBER.length() - 1; digit >= 0; digit--) {
				filled[place + digit] = (byte) ('0' + rest % 10);
				rest /= 10;
			}
		}
		return filled;
	}

}
