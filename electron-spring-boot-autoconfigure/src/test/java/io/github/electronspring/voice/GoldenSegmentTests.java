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

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

import org.springframework.core.io.ClassPathResource;
import org.springframework.core.io.Resource;
import org.springframework.core.io.support.PathMatchingResourcePatternResolver;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link Segmenter} with what is said on the phone in many languages. In the
 * files a line with {@code >} is what the model sends, the lines with {@code -} after it
 * are its segments.
 *
 * @author The Electron Spring authors
 */
class GoldenSegmentTests {

	private static final String FILES = "classpath:io/github/electronspring/voice/golden/*.txt";

	static Stream<Arguments> turns() throws IOException {
		Resource[] files = new PathMatchingResourcePatternResolver().getResources(FILES);
		return Stream.of(files).flatMap(GoldenSegmentTests::turnsIn);
	}

	@ParameterizedTest(name = "{0}: {1}")
	@MethodSource("turns")
	void cutsSentencesOfTheLanguage(String file, String input, List<String> expected) {
		assertThat(Segments.spoken(SegmentSettings.defaults(), input)).isEqualTo(expected);
	}

	@ParameterizedTest(name = "{0}: {1}")
	@MethodSource("turns")
	void speaksAllThatWasSent(String file, String input, List<String> expected) {
		assertThat(String.join("", expected).replace(" ", "")).isEqualTo(input.replaceAll("\\h", ""));
	}

	@Test
	void thereAreFortyLanguages() throws IOException {
		assertThat(new PathMatchingResourcePatternResolver().getResources(FILES)).hasSizeGreaterThanOrEqualTo(40);
		assertThat(new ClassPathResource("golden/de.txt", getClass()).exists()).isTrue();
	}

	private static Stream<Arguments> turnsIn(Resource file) {
		List<Arguments> turns = new ArrayList<>();
		List<String> segments = new ArrayList<>();
		for (String line : lines(file)) {
			if (line.startsWith("> ")) {
				segments = new ArrayList<>();
				turns.add(Arguments.of(file.getFilename(), line.substring(2), segments));
			}
			else if (line.startsWith("- ")) {
				segments.add(line.substring(2));
			}
		}
		return turns.stream();
	}

	private static List<String> lines(Resource file) {
		try {
			return file.getContentAsString(StandardCharsets.UTF_8).lines().toList();
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

}
