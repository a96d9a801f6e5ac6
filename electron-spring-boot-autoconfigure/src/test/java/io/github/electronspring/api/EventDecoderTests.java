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
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.stream.Stream;

import org.assertj.core.api.InstanceOfAssertFactories;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

import org.springframework.core.io.buffer.DefaultDataBufferFactory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mockito.Mockito.mock;

/**
 * Tests for {@link EventDecoder}. Each input is fed whole, in all pairs of pieces, byte
 * by byte and cut at random.
 *
 * @author The Electron Spring authors
 */
class EventDecoderTests {

	private static final String BOM = "\uFEFF";

	private static final String DONE = RecordedEvents.DONE;

	private static final String JSON_BODY = RecordedEvents.JSON_BODY;

	private static final String TOO_LONG = RecordedEvents.TOO_LONG;

	@ParameterizedTest(name = "{0}")
	@MethodSource
	void decodesHoweverBytesAreCut(String name, String input, List<String> expected) {
		byte[] bytes = input.getBytes(StandardCharsets.UTF_8);
		int limit = EventDecoder.LIMIT;
		assertThat(RecordedEvents.of(bytes, limit)).isEqualTo(expected);
		assertSameForAllCuts(bytes, limit, expected);
	}

	static Stream<Arguments> decodesHoweverBytesAreCut() {
		return Stream.of(
				// Line ends
				decodes("LF", "data: a\n\ndata: b\n\ndata: [DONE]\n\n", "a", "b", DONE),
				decodes("CRLF", "data: a\r\n\r\ndata: b\r\n\r\ndata: [DONE]\r\n\r\n", "a", "b", DONE),
				decodes("CR", "data: a\r\rdata: b\r\rdata: [DONE]\r\r", "a", "b", DONE),
				decodes("line ends mixed", "data: a\n\r\ndata: b\r\n\rdata: c\r\ndata: d\n\n", "a", "b", "c\nd"),
				decodes("LF CR is two line ends", "data: a\n\rdata: b\n\n", "a", "b"),
				decodes("only line ends", "\n\r\n\r\r\n\n"),
				// Byte-order mark
				decodes("byte-order mark", BOM + "data: a\n\n", "a"),
				decodes("byte-order mark before end mark", BOM + "data: [DONE]", DONE),
				decodes("byte-order mark alone", BOM),
				decodes("byte-order mark and a blank line", BOM + "\ndata: a\n\n", "a"),
				decodes("byte-order mark inside", "data: a\n\n" + BOM + "data: b\n\ndata: c\n\n", "a", "c"),
				decodes("byte-order mark in data", "data: " + BOM + "a\n\n", BOM + "a"),
				// Fields
				decodes("comments", ": ping\n\n:\n\ndata: a\n: between\n\n:data: b\n\n", "a"),
				decodes("event, id and retry", "event: message\nid: 1\nretry: rubbish\ndata: a\n\nretry: -1\n\n", "a"),
				decodes("fields after data", "data: a\nevent: message\nid: 1\n\n", "a"),
				decodes("unknown fields", "database: x\ndat: y\nDATA: z\n data: w\nnonsense\n\ndata: a\n\n", "a"),
				decodes("several data lines", "data: a\ndata: b\n\ndata: c\ndata:\ndata: d\n\n", "a\nb", "c\n\nd"),
				decodes("first data line empty", "data:\ndata: a\n\n", "\na"), decodes("no space", "data:a\n\n", "a"),
				decodes("one space only is left out", "data:  a \n\n", " a "),
				decodes("tab is data", "data:\ta\n\n", "\ta"),
				decodes("colons in data", "data: a: b: c\n\n", "a: b: c"),
				decodes("bare data", "data:\n\ndata: \n\ndata: a\n\n", "a"),
				decodes("data without colon", "data\n\ndata\ndata: a\n\n", "a"), decodes("nothing", ""),
				// The end
				decodes("event at the end without blank line", "data: a\n\ndata: b\n", "a", "b"),
				decodes("event at the end without line end", "data: a\n\ndata: b", "a", "b"),
				decodes("end mark without line end", "data: a\n\ndata: [DONE]", "a", DONE),
				decodes("end mark without blank line", "data: a\n\ndata: [DONE]\n", "a", DONE),
				decodes("end mark with trailing spaces", "data: a\n\ndata: [DONE]  \n\n", "a", DONE),
				decodes("end mark without space", "data:[DONE]\n\n", DONE),
				decodes("end mark behind data without blank line", "data: a\ndata: [DONE]\n\n", "a", DONE),
				decodes("no end mark", "data: [DONE\n\ndata: [DONE]]\n\ndata: DONE\n\n", "[DONE", "[DONE]]", "DONE"),
				decodes("nothing after the end mark", "data: [DONE]\n\ndata: a\n\ndata: [DONE]\n\n{\"error\": 1}",
						DONE),
				// Characters of several bytes
				decodes("Devanagari", "data: नमस्ते\n\ndata: आपका खाता\n\n", "नमस्ते", "आपका खाता"),
				decodes("emoji", "data: 👩‍🚀🎉\n\ndata: 🇮🇳\n\n", "👩‍🚀🎉", "🇮🇳"),
				decodes("other line separators are data", "data: a\u2028b\u0085c\u000Bd\n\n", "a\u2028b\u0085c\u000Bd"),
				// One JSON object instead of events
				decodes("JSON body", "{\"error\": \"a\"}", JSON_BODY + "{\"error\": \"a\"}"),
				decodes("JSON body with a line end", "{\"error\": \"a\"}\n", JSON_BODY + "{\"error\": \"a\"}\n"),
				decodes("JSON body on several lines", "{\r\n\"error\":\n\ndata: a\n}",
						JSON_BODY + "{\r\n\"error\":\n\ndata: a\n}"),
				decodes("JSON body behind a mark and blanks", BOM + "\r\n \n\t {\"a\": 1}", JSON_BODY + "{\"a\": 1}"),
				decodes("brace on a later line", "data: a\n{\"error\": 1}\n\n", "a"),
				decodes("HTML body", "<html>\n<body>data: a</body>\n</html>\n"));
	}

	@ParameterizedTest(name = "{0}")
	@MethodSource
	void holdsLimitHoweverBytesAreCut(String name, String input, List<String> expected) {
		byte[] bytes = input.getBytes(StandardCharsets.UTF_8);
		assertThat(RecordedEvents.of(bytes, 20)).isEqualTo(expected);
		assertSameForAllCuts(bytes, 20, expected);
	}

	static Stream<Arguments> holdsLimitHoweverBytesAreCut() {
		String fourteen = "x".repeat(14);
		return Stream.of(decodes("line at the limit", "data: " + fourteen + "\n\ndata: a\n\n", fourteen, "a"),
				decodes("line at the limit, CRLF", "data: " + fourteen + "\r\n\r\n", fourteen),
				decodes("line at the limit, not ended", "data: " + fourteen, fourteen),
				decodes("line over the limit", "data: a\n\ndata: " + fourteen + "x\n\ndata: b\n\n", "a", TOO_LONG),
				decodes("line over the limit, not ended", "data: a\n\ndata: " + fourteen + "x", "a", TOO_LONG),
				decodes("comment over the limit", ": " + "x".repeat(19) + "\n\n", TOO_LONG),
				decodes("event at the limit", "data: " + "x".repeat(10) + "\ndata: " + "y".repeat(9) + "\n\n",
						"x".repeat(10) + "\n" + "y".repeat(9)),
				decodes("event over the limit",
						"data: a\n\ndata: " + "x".repeat(10) + "\ndata: " + "y".repeat(10) + "\n\n", "a", TOO_LONG),
				decodes("event of empty lines at the limit", "data:\n".repeat(21) + "\n", "\n".repeat(20)),
				decodes("event of empty lines over the limit", "data:\n".repeat(22) + "\n", TOO_LONG),
				decodes("limit counts anew for each event", ("data: " + fourteen + "\n\n").repeat(3), fourteen,
						fourteen, fourteen),
				decodes("JSON body at the limit", "{\n" + "x".repeat(17) + "}",
						JSON_BODY + "{\n" + "x".repeat(17) + "}"),
				decodes("JSON body over the limit", "{\n" + "x".repeat(18) + "}", TOO_LONG),
				decodes("much after the end mark", "data: [DONE]\n" + "x".repeat(50), DONE),
				decodes("comments without end behind data", "data: a\n" + ": ping\n".repeat(20) + "\n", "a"));
	}

	@Test
	void limitIsAMebibyte() {
		String data = "x".repeat(1024 * 1024 - "data: ".length());
		assertThat(decode("data: " + data + "\n\n")).containsExactly(data);
		assertThat(decode("data: " + data + "x\n\n")).containsExactly(TOO_LONG);
	}

	@Test
	void survivesManyEventsInPiecesOfAnySize() {
		StringBuilder input = new StringBuilder();
		List<String> expected = IntStream.range(0, 2000).mapToObj((i) -> "ख" + "x".repeat(i % 97) + i).toList();
		expected.forEach((
				event) -> input.append("data: ").append(event).append((event.length() % 2 != 0) ? "\n\n" : "\r\n\r\n"));
		byte[] bytes = input.toString().getBytes(StandardCharsets.UTF_8);
		for (int size : new int[] { 1, 7, 1000, 8191, 8192, 8193, 20_000 }) {
			int[] cuts = IntStream.iterate(size, (cut) -> cut < bytes.length, (cut) -> cut + size).toArray();
			assertThat(RecordedEvents.of(bytes, EventDecoder.LIMIT, cuts)).isEqualTo(expected);
		}
	}

	@Test
	void whenCommentsFollowDataWithoutEndKeepsLittle() {
		EventDecoder decoder = new EventDecoder(mock(EventHandler.class));
		byte[] comments = ": ping\n".repeat(10_000).getBytes(StandardCharsets.UTF_8);
		decoder.decode(DefaultDataBufferFactory.sharedInstance.wrap("data: a\n".getBytes(StandardCharsets.UTF_8)));
		for (int i = 0; i < 100; i++) {
			decoder.decode(DefaultDataBufferFactory.sharedInstance.wrap(comments));
		}
		assertThat(decoder).extracting("bytes", InstanceOfAssertFactories.BYTE_ARRAY)
			.hasSizeLessThan(2 * comments.length);
	}

	private static List<String> decode(String input) {
		return RecordedEvents.of(input.getBytes(StandardCharsets.UTF_8), EventDecoder.LIMIT);
	}

	private static void assertSameForAllCuts(byte[] bytes, int limit, List<String> expected) {
		for (int cut = 0; cut <= bytes.length; cut++) {
			assertThat(RecordedEvents.of(bytes, limit, cut)).as("cut at %d", cut).isEqualTo(expected);
		}
		int[] everywhere = IntStream.range(1, bytes.length).toArray();
		assertThat(RecordedEvents.of(bytes, limit, everywhere)).as("byte by byte").isEqualTo(expected);
		Random random = new Random(42);
		for (int i = 0; i < 50; i++) {
			int[] cuts = random.ints(random.nextInt(8), 0, bytes.length + 1).sorted().toArray();
			assertThat(RecordedEvents.of(bytes, limit, cuts)).as("cut at random").isEqualTo(expected);
		}
	}

	private static Arguments decodes(String name, String input, String... expected) {
		return Arguments.of(name, input, (expected.length != 0) ? List.of(expected) : Collections.emptyList());
	}

}
