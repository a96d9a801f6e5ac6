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

import java.util.ArrayList;
import java.util.List;
import java.util.Random;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Segments of a text, fed in different ways.
 *
 * @author The Electron Spring authors
 */
final class Segments {

	/**
	 * Lengths that cut no first clause, so that only what ends a sentence shows.
	 */
	static final SegmentSettings SENTENCES = new SegmentSettings(200, 200, 200);

	private static final int SPLITS = 50;

	private Segments() {
	}

	/**
	 * Return the segments of a text that comes whole.
	 */
	static List<Segment> of(SegmentSettings settings, String text) {
		return ofPieces(settings, List.of(text));
	}

	/**
	 * Return the segments of a text that comes in pieces.
	 */
	static List<Segment> ofPieces(SegmentSettings settings, List<String> pieces) {
		List<Segment> segments = new ArrayList<>();
		Segmenter segmenter = new Segmenter(settings, segments::add);
		pieces.forEach(segmenter::append);
		segmenter.flush();
		return segments;
	}

	/**
	 * Return what is spoken of a text, whole, unit by unit and split at random.
	 */
	static List<String> spoken(SegmentSettings settings, String text) {
		List<Segment> whole = of(settings, text);
		assertSameHoweverSplit(settings, text, whole);
		return texts(whole);
	}

	/**
	 * Return the sentences of a text, whole, unit by unit and split at random.
	 */
	static List<String> sentences(String text) {
		return spoken(SENTENCES, text);
	}

	static List<String> texts(List<Segment> segments) {
		return segments.stream().map(Segment::text).toList();
	}

	static void assertSameHoweverSplit(SegmentSettings settings, String text, List<Segment> expected) {
		assertThat(ofPieces(settings, units(text))).as("unit by unit").isEqualTo(expected);
		for (int seed = 0; seed < SPLITS; seed++) {
			assertThat(ofPieces(settings, pieces(text, new Random(seed)))).as("split by seed %d", seed)
				.isEqualTo(expected);
		}
	}

	static List<String> units(String text) {
		return text.chars().mapToObj((unit) -> String.valueOf((char) unit)).toList();
	}

	private static List<String> pieces(String text, Random random) {
		List<String> pieces = new ArrayList<>();
		int start = 0;
		while (start < text.length()) {
			int end = Math.min(text.length(), start + random.nextInt(8));
			pieces.add(text.substring(start, end));
			start = end;
		}
		return pieces;
	}

}
