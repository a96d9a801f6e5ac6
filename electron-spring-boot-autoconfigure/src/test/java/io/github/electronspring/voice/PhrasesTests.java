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

import java.util.HashSet;
import java.util.Locale;
import java.util.Set;

import io.github.electronspring.tool.ToolSpeech;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.context.i18n.LocaleContextHolder;
import org.springframework.context.support.StaticMessageSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link Phrases}.
 *
 * @author The Electron Spring authors
 */
class PhrasesTests {

	private static final ToolSpeech CODES = new ToolSpeech("start.code", "Still busy, it's {slow}", null, "", true);

	@AfterEach
	void resetLocale() {
		LocaleContextHolder.resetLocaleContext();
	}

	@ParameterizedTest
	@ValueSource(strings = { "de", "fr", "es", "it", "pt", "nl", "pl", "sv", "ru", "uk", "tr", "ar", "hi", "bn", "ta",
			"te", "mr", "ja", "ko", "zh", "id", "vi" })
	void languageHasPhrases(String language) {
		Phrases phrases = phrases(Locale.forLanguageTag(language));
		Phrases english = phrases(Locale.ENGLISH);
		Set<String> texts = new HashSet<>();
		for (Phrase phrase : new Phrase[] { phrases.apology(), phrases.start(ToolSpeech.DEFAULT),
				phrases.delayed(ToolSpeech.DEFAULT) }) {
			assertThat(phrase.language()).isEqualTo(language);
			assertThat(phrase.text()).doesNotContain("\uFFFD", "Ã");
			texts.add(phrase.text());
		}
		assertThat(texts).hasSize(3).doesNotContain(english.apology().text());
	}

	@Test
	void languageWithoutPhrasesIsEnglish() {
		assertThat(phrases(Locale.forLanguageTag("yo")).apology().language()).isEqualTo("en");
	}

	@Test
	void phraseOfAToolIsACodeOrTheTextItself() {
		StaticMessageSource messages = new StaticMessageSource();
		messages.addMessage("start.code", Locale.ENGLISH, "Starting.");
		Phrases phrases = Phrases.of(messages, Locale.ENGLISH, VoiceSettings.defaults());
		assertThat(phrases.start(CODES)).isEqualTo(new Phrase("Starting.", "en"));
		assertThat(phrases.delayed(CODES)).isEqualTo(new Phrase("Still busy, it's {slow}", "en"));
	}

	@Test
	void applicationReplacesDefaults() {
		StaticMessageSource messages = new StaticMessageSource();
		messages.addMessage(Phrases.APOLOGY, Locale.ENGLISH, "Pardon?");
		assertThat(Phrases.of(messages, Locale.ENGLISH, VoiceSettings.defaults()).apology().text())
			.isEqualTo("Pardon?");
	}

	@Test
	void codeThatStandsForItselfIsNoText() {
		StaticMessageSource messages = new StaticMessageSource();
		messages.setUseCodeAsDefaultMessage(true);
		Phrases phrases = Phrases.of(messages, Locale.GERMAN, VoiceSettings.defaults());
		assertThat(phrases.apology().text()).startsWith("Entschuldigung");
		assertThat(phrases.start(ToolSpeech.DEFAULT).text()).isEqualTo("Einen Augenblick, bitte.");
	}

	@Test
	void languageIsThatOfTheTurnElseOfTheSettingsElseOfTheThread() {
		LocaleContextHolder.setLocale(Locale.FRENCH);
		VoiceSettings german = VoiceSettings.defaults().withLocale(Locale.GERMAN);
		assertThat(Phrases.of(null, Locale.ITALIAN, german).apology().language()).isEqualTo("it");
		assertThat(Phrases.of(null, null, german).apology().language()).isEqualTo("de");
		assertThat(phrases(null).apology().language()).isEqualTo("fr");
		assertThat(phrases(null).tag()).isNull();
	}

	private static Phrases phrases(Locale locale) {
		return Phrases.of(null, locale, VoiceSettings.defaults());
	}

}
