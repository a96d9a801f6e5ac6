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

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Finds values in what the user said: places, ids, numbers, dates and names.
 *
 * @author The Electron Spring authors
 */
final class ValueFinder {

	private static final Pattern CAPITALIZED = Pattern
		.compile("\\p{Lu}[\\p{L}\\p{M}'’-]+(?: \\p{Lu}[\\p{L}\\p{M}'’-]+)*(?:, [A-Z]{2}\\b)?");

	private static final Pattern AFTER_PREPOSITION = Pattern
		.compile("\\b(?:in|at|for|near|to|from)\\s+(\\p{L}+(?:(?:,| and|, and)\\s+\\p{L}+)*)");

	private static final Pattern WITH_DIGITS = Pattern
		.compile("[\\p{L}\\p{N}]*\\p{N}[\\p{L}\\p{N}]*(?:[-_/.][\\p{L}\\p{N}]+)*");

	private static final Pattern PREFIXED = Pattern.compile("\\b\\p{Lu}{1,6}-\\p{N}+\\b");

	private static final Pattern NUMBER = Pattern.compile("-?\\d+(?:\\.\\d+)?");

	private static final Pattern DATE = Pattern.compile(
			"\\d{4}-\\d{2}-\\d{2}|\\b(?:today|tomorrow|tonight|yesterday|monday|tuesday|wednesday|thursday|friday|saturday|sunday)\\b",
			Pattern.CASE_INSENSITIVE);

	private static final Pattern EMAIL = Pattern.compile("[\\w.+-]+@[\\w-]+\\.[\\w.-]*\\w");

	private static final Pattern QUOTED = Pattern.compile("[\"“]([^\"”]+)[\"”]|'([^']+)'");

	private final String text;

	ValueFinder(String text) {
		this.text = text;
	}

	String text() {
		return this.text;
	}

	/**
	 * Return the values that suit a field of a text type.
	 * @param name the name of the field
	 * @param description its description, may be empty
	 * @return the values in the order of the text, empty if there is none
	 */
	List<String> strings(String name, String description) {
		Set<String> words = Words.of(name);
		List<String> values = byKind(words);
		if (values.isEmpty() && Collections.disjoint(words, Set.of("name", "title"))) {
			values = byKind(Words.of(description));
		}
		return values.isEmpty() ? all(QUOTED) : values;
	}

	private List<String> byKind(Set<String> words) {
		if (!Collections.disjoint(words, Set.of("email", "mail"))) {
			return all(EMAIL);
		}
		if (!Collections.disjoint(words, Set.of("date", "day", "time", "when"))) {
			return all(DATE);
		}
		if (!Collections.disjoint(words,
				Set.of("city", "location", "place", "town", "destination", "origin", "region"))) {
			return places();
		}
		if (!Collections.disjoint(words, Set.of("id", "number", "account", "order", "code", "reference", "booking",
				"invoice", "phone", "iban", "ticket"))) {
			return ids();
		}
		if (!Collections.disjoint(words, Set.of("name", "person", "customer", "country", "title", "actor", "author"))) {
			return capitalized();
		}
		return Collections.emptyList();
	}

	List<String> numbers() {
		return all(NUMBER);
	}

	private List<String> ids() {
		List<String> ids = all(PREFIXED);
		return ids.isEmpty() ? all(WITH_DIGITS) : ids;
	}

	private List<String> places() {
		List<String> capitalized = capitalized();
		if (!capitalized.isEmpty()) {
			return capitalized;
		}
		Set<String> places = new LinkedHashSet<>();
		Matcher matcher = AFTER_PREPOSITION.matcher(this.text);
		while (matcher.find()) {
			for (String word : matcher.group(1).split("(?:,| and|, and)\\s+")) {
				if (!Words.isStopWord(word)) {
					places.add(word.substring(0, 1).toUpperCase(Locale.ROOT) + word.substring(1));
				}
			}
		}
		return new ArrayList<>(places);
	}

	/**
	 * Return names: words with a capital letter that do not merely begin a sentence.
	 * @return the names
	 */
	List<String> capitalized() {
		Set<String> names = new LinkedHashSet<>();
		Matcher matcher = CAPITALIZED.matcher(this.text);
		while (matcher.find()) {
			String name = withoutSentenceStart(matcher.group(), matcher.start());
			if (!name.isEmpty() && !Words.isStopWord(name) && !DATE.matcher(name).matches()) {
				names.add(name);
			}
		}
		return new ArrayList<>(names);
	}

	private String withoutSentenceStart(String name, int start) {
		String before = this.text.substring(0, start).strip();
		boolean first = before.isEmpty() || ".!?:\n".indexOf(before.charAt(before.length() - 1)) >= 0;
		if (!first || Facts.isPlace(name)) {
			return name;
		}
		int space = name.indexOf(' ');
		return (space < 0) ? "" : name.substring(space + 1);
	}

	private List<String> all(Pattern pattern) {
		Set<String> values = new LinkedHashSet<>();
		Matcher matcher = pattern.matcher(this.text);
		while (matcher.find()) {
			String value = matcher.group();
			for (int group = 1; group <= matcher.groupCount(); group++) {
				value = (matcher.group(group) != null) ? matcher.group(group) : value;
			}
			values.add(value);
		}
		return new ArrayList<>(values);
	}

}
