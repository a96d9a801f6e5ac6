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

package io.github.electronspring.samples.voiceagent;

import java.util.Locale;

import org.jspecify.annotations.Nullable;

/**
 * What a caller has said.
 *
 * @param text the text
 * @param language the language as a BCP 47 tag
 * @author The Electron Spring authors
 */
record Utterance(@Nullable String text, @Nullable String language) {

	static final int MAX_LENGTH = 500;

	/**
	 * Return what was said.
	 * @return the text
	 * @throws InvalidUtteranceException if there is none or it is too long
	 */
	String requireText() {
		if (this.text == null || this.text.isBlank()) {
			throw new InvalidUtteranceException("'text' must say something but is empty");
		}
		if (this.text.length() > MAX_LENGTH) {
			throw new InvalidUtteranceException(
					"'text' must have at most '%d' characters but has '%d'".formatted(MAX_LENGTH, this.text.length()));
		}
		return this.text.strip();
	}

	Locale locale() {
		Locale locale = Locale.forLanguageTag((this.language != null) ? this.language : "");
		return locale.getLanguage().isEmpty() ? Locale.ENGLISH : locale;
	}

	@Override
	public String toString() {
		return "Utterance[language=%s]".formatted(this.language);
	}

}
