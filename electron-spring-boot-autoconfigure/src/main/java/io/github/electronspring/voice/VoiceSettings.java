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

import java.time.Duration;
import java.util.Locale;

import org.jspecify.annotations.Nullable;

import org.springframework.util.Assert;

/**
 * Settings of {@link ElectronVoice}. Immutable.
 *
 * @param deadline how long a turn may take, after which the agent apologises
 * @param pause how long no text may come until what there is is spoken
 * @param silence when silence is filled while a tool runs
 * @param segments how long segments are
 * @param acknowledgement what is added to the system prompt so that the model says
 * something before it calls tools; empty for nothing
 * @param apology what is said when a turn fails: a message code or the text itself, or
 * {@code null} for a default in the language of the turn
 * @param locale the language of turns that name none, or {@code null} for that of the
 * thread, for example of a servlet request
 * @author The Electron Spring authors
 */
public record VoiceSettings(Duration deadline, Duration pause, SilenceSettings silence, SegmentSettings segments,
		String acknowledgement, @Nullable String apology, @Nullable Locale locale) {

	/**
	 * The default of what is added to the system prompt.
	 */
	public static final String DEFAULT_ACKNOWLEDGEMENT = "You are on the phone: whatever you write is read aloud. "
			+ "Before you call tools, say in one short sentence, in the language of the caller, what you are about to do, "
			+ "and call them right after it.";

	private static final VoiceSettings DEFAULTS = new VoiceSettings(Duration.ofSeconds(10), Duration.ofMillis(300),
			SilenceSettings.defaults(), SegmentSettings.defaults(), DEFAULT_ACKNOWLEDGEMENT, null, null);

	/**
	 * Create settings.
	 * @throws IllegalArgumentException if the deadline or the pause is not positive
	 */
	public VoiceSettings {
		positive("deadline", deadline);
		positive("pause", pause);
		Assert.notNull(silence, "'silence' must not be null");
		Assert.notNull(segments, "'segments' must not be null");
		Assert.notNull(acknowledgement, "'acknowledgement' must not be null");
	}

	/**
	 * Return the defaults: a deadline of 10 seconds, a pause of 300 milliseconds, a short
	 * filler before tools, and phrases in the language of the thread.
	 * @return the defaults
	 */
	public static VoiceSettings defaults() {
		return DEFAULTS;
	}

	/**
	 * Return these settings with another deadline.
	 * @param deadline how long a turn may take
	 * @return the settings
	 */
	public VoiceSettings withDeadline(Duration deadline) {
		return new VoiceSettings(deadline, this.pause, this.silence, this.segments, this.acknowledgement, this.apology,
				this.locale);
	}

	/**
	 * Return these settings with another pause.
	 * @param pause how long no text may come until what there is is spoken
	 * @return the settings
	 */
	public VoiceSettings withPause(Duration pause) {
		return new VoiceSettings(this.deadline, pause, this.silence, this.segments, this.acknowledgement, this.apology,
				this.locale);
	}

	/**
	 * Return these settings with other times of silence.
	 * @param silence when silence is filled
	 * @return the settings
	 */
	public VoiceSettings withSilence(SilenceSettings silence) {
		return new VoiceSettings(this.deadline, this.pause, silence, this.segments, this.acknowledgement, this.apology,
				this.locale);
	}

	/**
	 * Return these settings with other lengths of segments.
	 * @param segments how long segments are
	 * @return the settings
	 */
	public VoiceSettings withSegments(SegmentSettings segments) {
		return new VoiceSettings(this.deadline, this.pause, this.silence, segments, this.acknowledgement, this.apology,
				this.locale);
	}

	/**
	 * Return these settings with another addition to the system prompt.
	 * @param acknowledgement what is added, empty for nothing
	 * @return the settings
	 */
	public VoiceSettings withAcknowledgement(String acknowledgement) {
		return new VoiceSettings(this.deadline, this.pause, this.silence, this.segments, acknowledgement, this.apology,
				this.locale);
	}

	/**
	 * Return these settings with another apology.
	 * @param apology a message code or the text itself, or {@code null} for a default
	 * @return the settings
	 */
	public VoiceSettings withApology(@Nullable String apology) {
		return new VoiceSettings(this.deadline, this.pause, this.silence, this.segments, this.acknowledgement, apology,
				this.locale);
	}

	/**
	 * Return these settings with another language.
	 * @param locale the language of turns that name none, or {@code null}
	 * @return the settings
	 */
	public VoiceSettings withLocale(@Nullable Locale locale) {
		return new VoiceSettings(this.deadline, this.pause, this.silence, this.segments, this.acknowledgement,
				this.apology, locale);
	}

	private static void positive(String name, Duration duration) {
		Assert.isTrue(!duration.isNegative() && !duration.isZero(),
				() -> "'%s' must be positive but is '%s'".formatted(name, duration));
	}

	@Override
	public String toString() {
		return "VoiceSettings[deadline=%s, pause=%s, silence=%s, segments=%s, locale=%s]".formatted(this.deadline,
				this.pause, this.silence, this.segments, this.locale);
	}

}
