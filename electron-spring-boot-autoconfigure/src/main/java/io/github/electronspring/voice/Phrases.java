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

import java.util.Locale;

import io.github.electronspring.tool.ToolSpeech;
import org.jspecify.annotations.Nullable;

import org.springframework.context.MessageSource;
import org.springframework.context.i18n.LocaleContextHolder;
import org.springframework.context.support.ResourceBundleMessageSource;
import org.springframework.util.StringUtils;

/**
 * What is said in place of the model in a turn: texts of the application's message
 * source, else of our own bundle.
 *
 * @author The Electron Spring authors
 */
final class Phrases {

	static final String APOLOGY = "electron.voice.apology";

	static final String START = "electron.voice.start";

	static final String DELAYED = "electron.voice.delayed";

	private static final String LANGUAGE = "electron.voice.language";

	private static final ResourceBundleMessageSource BUNDLE = new ResourceBundleMessageSource();

	static {
		BUNDLE.setBasename(Phrases.class.getPackageName() + ".messages");
		BUNDLE.setBundleClassLoader(Phrases.class.getClassLoader());
		BUNDLE.setDefaultEncoding("UTF-8");
		BUNDLE.setFallbackToSystemLocale(false);
	}

	private final @Nullable MessageSource messageSource;

	private final Locale locale;

	private final @Nullable String tag;

	private final Phrase apology;

	private Phrases(@Nullable MessageSource messageSource, Locale locale, @Nullable String tag,
			@Nullable String apology) {
		this.messageSource = messageSource;
		this.locale = locale;
		this.tag = tag;
		// At once, on the thread of the caller: the first look loads a bundle
		this.apology = StringUtils.hasText(apology) ? phrase(apology) : ours(APOLOGY);
	}

	/**
	 * Return the phrases of a turn.
	 * @param messageSource the message source of the application, or {@code null}
	 * @param locale the language that the turn names, or {@code null}
	 * @param settings the settings
	 * @return the phrases
	 */
	static Phrases of(@Nullable MessageSource messageSource, @Nullable Locale locale, VoiceSettings settings) {
		Locale known = (locale != null) ? locale : settings.locale();
		return new Phrases(messageSource, (known != null) ? known : LocaleContextHolder.getLocale(),
				(known != null) ? known.toLanguageTag() : null, settings.apology());
	}

	/**
	 * Return the language of the turn.
	 * @return the language as a tag, or {@code null} if it is not known
	 */
	@Nullable String tag() {
		return this.tag;
	}

	Phrase apology() {
		return this.apology;
	}

	Phrase start(ToolSpeech tool) {
		return tool.start().isEmpty() ? ours(START) : phrase(tool.start());
	}

	Phrase delayed(ToolSpeech tool) {
		return tool.delayed().isEmpty() ? ours(DELAYED) : phrase(tool.delayed());
	}

	Phrase failed(ToolSpeech tool) {
		return phrase(tool.failed());
	}

	private Phrase ours(String code) {
		String text = find(code);
		return (text != null) ? new Phrase(text, this.locale.toLanguageTag()) : new Phrase(
				BUNDLE.getMessage(code, null, this.locale), BUNDLE.getMessage(LANGUAGE, null, this.locale));
	}

	private Phrase phrase(String codeOrText) {
		String text = find(codeOrText);
		return (text != null) ? new Phrase(text, this.locale.toLanguageTag()) : new Phrase(codeOrText, this.tag);
	}

	private @Nullable String find(String code) {
		String text = (this.messageSource != null) ? this.messageSource.getMessage(code, null, null, this.locale)
				: null;
		// A source may be set to have codes stand for themselves
		return code.equals(text) ? null : text;
	}

}
