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

package io.github.electronspring.voice;

import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link Segmenter} with text that no one would write: nothing is lost, split
 * or done twice.
 *
 * @author The Electron Spring authors
 */
class SegmentFuzzTests {

	private static final Pattern CLUSTER = Pattern.compile("\\X");

	/** The marks and signs that mean something, and letters that combine. */
	private static final String SIGNS = "..!?,;:—–-*_`~#|[]()<>\\\"'„“”«»。、！？「」।॥۔؟،։՞።፧፡။၊។៕…;¿$€%5 \n\n 12aAbBßñЯяΩωא"
			+ "ب中あ가กเำ່क्षিர்ሀաა\u0301\u200D\u200C\uFE0F\u20E3🎉👍🏽🇩🇪\uD83D\uDE00\u0600\u094D\u1100\u1161\u11A8\u17D2";

	private static final SegmentSettings SHORT = new SegmentSettings(6, 12, 15);

	static IntStream seeds() {
		return IntStream.range(0, 1_000);
	}

	@ParameterizedTest
	@MethodSource("seeds")
	void randomTextIsCoveredOnce(int seed) {
		String text = randomText(new Random(seed), 200);
		List<Segment> segments = Segments.of(SHORT, text);
		Set<Integer> boundaries = boundaries(text);
		int end = 0;
		for (Segment segment : segments) {
			assertThat(segment.start()).isEqualTo(end);
			assertThat(segment.end()).isGreaterThan(segment.start());
			assertThat(boundaries).contains(segment.end());
			assertThat(segment.text()).matches("(?s)\\S(.*\\S)?").containsPattern("[\\p{L}\\p{Nd}\\p{N}]");
			end = segment.end();
		}
		if (!text.contains("](") && !text.contains("```")) {
			assertThat(text.substring(end)).doesNotContainPattern("[\\p{L}&&[^\u0E33]]");
		}
	}

	@ParameterizedTest
	@MethodSource("seeds")
	void randomTextIsCutTheSameHoweverSplit(int seed) {
		String text = randomText(new Random(seed), 80);
		assertThat(Segments.ofPieces(SHORT, Segments.units(text))).isEqualTo(Segments.of(SHORT, text));
	}

	@ParameterizedTest
	@MethodSource("seeds")
	void pausesLoseNothing(int seed) {
		Random random = new Random(seed);
		String text = randomText(random, 100);
		List<Segment> segments = new ArrayList<>();
		Segmenter segmenter = new Segmenter(SHORT, segments::add);
		for (String unit : Segments.units(text)) {
			segmenter.append(unit);
			if (random.nextInt(5) == 0) {
				segmenter.pause();
			}
			if (random.nextInt(40) == 0) {
				segmenter.flush();
			}
		}
		segmenter.flush();
		int end = 0;
		for (Segment segment : segments) {
			assertThat(segment.start()).isEqualTo(end);
			assertThat(segment.text()).isNotBlank();
			end = segment.end();
		}
		assertThat(end).isLessThanOrEqualTo(text.length());
	}

	@ParameterizedTest
	@ValueSource(strings = { "क्षत्रिय", "ক্ষমতা", "ที่นี่เก้า", "ກຳລັງ", "ကျွန်တော်", "ក្រុមហ៊ុន",
			"\u1112\u1161\u11AB\u1100\u1173\u11AF", "e\u0301a\u0308o\u0302", "நிமிடம்", "മലയാളം", "שָׁלוֹם",
			"مَرْحَبًا", "か\u3099き\u309A", "葛\uDB40\uDD00城" })
	void clustersStayWhole(String word) {
		String text = word.repeat(20);
		Set<Integer> boundaries = boundaries(text);
		List<Segment> segments = Segments.of(SHORT, text);
		assertThat(segments).hasSizeGreaterThan(1);
		assertThat(boundaries).containsAll(segments.stream().map(Segment::end).toList());
		assertThat(String.join("", Segments.texts(segments))).isEqualTo(text.replace("\uDB40\uDD00", ""));
	}

	@Test
	void conjunctsAndLeadingVowelsStayWhole() {
		assertThat(Segments.of(SHORT, "क्ष".repeat(40)))
			.allSatisfy((segment) -> assertThat(segment.text()).startsWith("क").endsWith("ष"));
		assertThat(Segments.of(SHORT, "เก".repeat(40)))
			.allSatisfy((segment) -> assertThat(segment.text()).startsWith("เ").endsWith("ก"));
	}

	@ParameterizedTest
	@ValueSource(strings = { "a", ".", "a. ", "1. ", "*", "**a", "[", "[a](", "](", "|a", "\n|-", "a\u0301", "\u0301",
			"。", "。「", ". \"", "- ", "\n1. J", "`", "\n```", "🎉", " ", "แก", "1️⃣", "A.B.C. ", "5. ", "word, ",
			"\uD83D", "—" })
	void timeGrowsWithTheTextOnly(String unit) {
		String text = unit.repeat(2_000);
		long once = Math.max(leastTime(text), 100_000);
		assertThat(leastTime(text.repeat(32))).isLessThan(once * 32 * 8);
	}

	/**
	 * Return the time of the processor, as other processes may run too.
	 */
	private static long leastTime(String text) {
		ThreadMXBean threads = ManagementFactory.getThreadMXBean();
		long least = Long.MAX_VALUE;
		for (int i = 0; i < 5; i++) {
			long start = threads.getCurrentThreadCpuTime();
			Segments.of(SegmentSettings.defaults(), text);
			least = Math.min(least, threads.getCurrentThreadCpuTime() - start);
		}
		return least;
	}

	private static String randomText(Random random, int length) {
		StringBuilder text = new StringBuilder();
		for (int i = 0; i < length; i++) {
			switch (random.nextInt(20)) {
				case 0 -> text.append((char) random.nextInt(0x10000));
				case 1 -> text.appendCodePoint(random.nextInt(0x1FFFF));
				case 2 -> text.append("one two");
				default -> text.append(SIGNS.charAt(random.nextInt(SIGNS.length())));
			}
		}
		return text.toString();
	}

	private static Set<Integer> boundaries(String text) {
		Set<Integer> boundaries = new HashSet<>(Set.of(text.length()));
		Matcher matcher = CLUSTER.matcher(text);
		while (matcher.find()) {
			boundaries.add(matcher.start());
		}
		return boundaries;
	}

}
