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

import java.util.LinkedHashSet;
import java.util.Locale;
import java.util.Set;

/**
 * Words of a text in one form, so that they can be compared.
 *
 * @author The Electron Spring authors
 */
final class Words {

	private static final Set<String> STOP_WORDS = Set.of("a", "about", "after", "all", "am", "an", "and", "any", "are",
			"as", "at", "be", "by", "call", "can", "check", "could", "current", "do", "does", "fetch", "find", "for",
			"from", "function", "get", "give", "has", "have", "hello", "hi", "how", "i", "if", "in", "info",
			"information", "is", "it", "its", "know", "let", "list", "look", "lookup", "make", "me", "my", "now", "of",
			"on", "or", "please", "return", "s", "set", "show", "tell", "that", "the", "their", "them", "there", "this",
			"to", "today", "tool", "up", "use", "user", "value", "was", "we", "what", "when", "where", "which", "who",
			"will", "with", "would", "you", "your");

	private Words() {
	}

	/**
	 * Return the words of a text or of a name, without those that say nothing.
	 * @param text the text
	 * @return the words in lower case and in the singular
	 */
	static Set<String> of(String text) {
		Set<String> words = new LinkedHashSet<>();
		String separated = text.replaceAll("(\\p{Ll})(\\p{Lu})", "$1 $2");
		for (String word : separated.toLowerCase(Locale.ROOT).split("[^\\p{L}\\p{M}\\p{N}]+")) {
			if (!word.isEmpty() && !STOP_WORDS.contains(word)) {
				words.add(singular(word));
			}
		}
		return words;
	}

	/**
	 * Return whether a text has one of some words in it.
	 * @param text the text
	 * @param words the words, in lower case
	 * @return whether there is one
	 */
	static boolean containsAny(String text, String... words) {
		String lower = text.toLowerCase(Locale.ROOT);
		for (String word : words) {
			if (lower.contains(word)) {
				return true;
			}
		}
		return false;
	}

	static boolean isStopWord(String word) {
		return STOP_WORDS.contains(word.toLowerCase(Locale.ROOT));
	}

	private static String singular(String word) {
		if (word.length() > 4 && word.endsWith("ies")) {
			return word.substring(0, word.length() - 3) + "y";
		}
		boolean plural = word.length() > 3 && word.endsWith("s") && !word.matches(".*[sui]s");
		return plural ? word.substring(0, word.length() - 1) : word;
	}

}
