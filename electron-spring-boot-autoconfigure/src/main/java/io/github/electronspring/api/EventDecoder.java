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
import java.util.Arrays;

import org.springframework.core.io.buffer.DataBuffer;

/**
 * Cuts an event stream from its bytes as they arrive, however they are split. Follows the
 * parsing rules of
 * <a href="https://html.spec.whatwg.org/multipage/server-sent-events.html">server-sent
 * events</a>, but for these: an event at the end of the stream counts without its blank
 * line, the end mark counts at the end of its line, and of the fields only {@code data}
 * is read. Holds the state of one stream; not thread-safe.
 *
 * @author The Electron Spring authors
 */
final class EventDecoder {

	/**
	 * The most bytes of a line and of the data of an event.
	 */
	static final int LIMIT = 1024 * 1024;

	private static final byte[] FIELD = "data".getBytes(StandardCharsets.US_ASCII);

	private static final byte[] END_MARK = "[DONE]".getBytes(StandardCharsets.US_ASCII);

	private static final byte[] BYTE_ORDER_MARK = { (byte) 0xEF, (byte) 0xBB, (byte) 0xBF };

	private final EventHandler handler;

	private final int limit;

	private byte[] bytes = new byte[8 * 1024];

	private int end;

	private int scanned;

	private int lineStart;

	private int dataStart = -1;

	private int dataEnd;

	private byte[] joined = {};

	/** How much of {@link #joined} is data, or -1 if the data is not there. */
	private int joinedLength = -1;

	private boolean afterCarriageReturn;

	private boolean begun;

	private boolean jsonBody;

	private boolean done;

	EventDecoder(EventHandler handler) {
		this(handler, LIMIT);
	}

	EventDecoder(EventHandler handler, int limit) {
		this.handler = handler;
		this.limit = limit;
	}

	/**
	 * Take the next bytes.
	 * @param buffer the bytes, read to their end but not released
	 * @throws EventTooLongException if a line or an event is longer than the limit
	 */
	void decode(DataBuffer buffer) {
		if (this.done) {
			return;
		}
		int length = buffer.readableByteCount();
		makeRoom(length);
		buffer.read(this.bytes, this.end, length);
		this.end += length;
		scan();
		if (!this.done) {
			check(this.end - this.lineStart);
		}
	}

	/**
	 * Take the end of the stream.
	 */
	void complete() {
		if (this.done) {
			return;
		}
		if (!this.jsonBody && this.lineStart < this.end) {
			line(this.lineStart, this.end);
		}
		if (this.jsonBody) {
			this.handler.onJsonBody(this.bytes, this.lineStart, this.end - this.lineStart);
			return;
		}
		dispatch();
	}

	private void makeRoom(int length) {
		if (this.lineStart == this.end && this.dataStart < 0) {
			moveTo(this.bytes);
		}
		if (this.bytes.length - this.end < length) {
			// What follows the data, perhaps comments without end, must not be kept
			holdData();
			int needed = this.end - this.lineStart + length;
			moveTo((this.bytes.length < needed) ? new byte[Math.max(this.bytes.length * 2, needed)] : this.bytes);
		}
	}

	private void moveTo(byte[] target) {
		int from = this.lineStart;
		System.arraycopy(this.bytes, from, target, 0, this.end - from);
		this.bytes = target;
		this.end -= from;
		this.scanned -= from;
		this.lineStart = 0;
	}

	private void scan() {
		while (this.scanned < this.end && !this.jsonBody && !this.done) {
			byte current = this.bytes[this.scanned++];
			if (current == '\n' && this.afterCarriageReturn) {
				this.afterCarriageReturn = false;
				this.lineStart = this.scanned;
			}
			else if (current == '\n' || current == '\r') {
				this.afterCarriageReturn = (current == '\r');
				line(this.lineStart, this.scanned - 1);
				if (!this.jsonBody) {
					this.lineStart = this.scanned;
				}
			}
			else {
				this.afterCarriageReturn = false;
			}
		}
	}

	private void line(int from, int to) {
		check(to - from);
		int start = from;
		if (!this.begun) {
			start = matches(BYTE_ORDER_MARK, from, to) ? from + BYTE_ORDER_MARK.length : from;
			int first = start;
			while (first < to && (this.bytes[first] == ' ' || this.bytes[first] == '\t')) {
				first++;
			}
			this.begun = first < to;
			if (this.begun && this.bytes[first] == '{') {
				// A service that fails may answer a streamed request with plain JSON
				this.jsonBody = true;
				this.lineStart = first;
				return;
			}
		}
		if (start == to) {
			dispatch();
		}
		else if (matches(FIELD, start, to)) {
			int colon = start + FIELD.length;
			if (colon < to && this.bytes[colon] == ':') {
				int value = colon + 1;
				data((value < to && this.bytes[value] == ' ') ? value + 1 : value, to);
			}
		}
	}

	private void data(int from, int to) {
		if (isEndMark(from, to)) {
			dispatch();
			this.done = true;
			this.handler.onDone();
		}
		else if (this.joinedLength < 0 && this.dataStart < 0) {
			this.dataStart = from;
			this.dataEnd = to;
		}
		else {
			holdData();
			check(this.joinedLength + 1 + to - from);
			join((byte) '\n');
			join(from, to);
		}
	}

	/**
	 * Copy data that lies in what has been read, so that more can follow it.
	 */
	private void holdData() {
		if (this.dataStart >= 0) {
			this.joinedLength = 0;
			join(this.dataStart, this.dataEnd);
			this.dataStart = -1;
		}
	}

	private void join(byte value) {
		reserve(1);
		this.joined[this.joinedLength++] = value;
	}

	private void join(int from, int to) {
		reserve(to - from);
		System.arraycopy(this.bytes, from, this.joined, this.joinedLength, to - from);
		this.joinedLength += to - from;
	}

	private void reserve(int length) {
		if (this.joined.length < this.joinedLength + length) {
			this.joined = Arrays.copyOf(this.joined, Math.max(this.joined.length * 2, this.joinedLength + length));
		}
	}

	private void dispatch() {
		int start = this.dataStart;
		int length = this.joinedLength;
		this.dataStart = -1;
		this.joinedLength = -1;
		if (length > 0) {
			this.handler.onData(this.joined, 0, length);
		}
		else if (start >= 0 && this.dataEnd > start) {
			this.handler.onData(this.bytes, start, this.dataEnd - start);
		}
	}

	private void check(int length) {
		if (length > this.limit) {
			throw new EventTooLongException(this.limit);
		}
	}

	private boolean isEndMark(int from, int to) {
		int last = to;
		while (last > from && this.bytes[last - 1] == ' ') {
			last--;
		}
		return last - from == END_MARK.length && matches(END_MARK, from, last);
	}

	private boolean matches(byte[] expected, int from, int to) {
		return to - from >= expected.length
				&& Arrays.equals(this.bytes, from, from + expected.length, expected, 0, expected.length);
	}

}
