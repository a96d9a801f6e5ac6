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

package io.github.electronspring.autoconfigure;

import java.time.Duration;
import java.util.Locale;

import io.github.electronspring.voice.VoiceSettings;
import org.jspecify.annotations.Nullable;

/**
 * Configuration properties for turns made for speech. Not thread-safe.
 *
 * @author The Electron Spring authors
 */
public class ElectronVoiceProperties {

	/**
	 * Longest time of a turn, after which the agent apologises.
	 */
	private Duration deadline = Duration.ofSeconds(10);

	/**
	 * Time without further text after which what has come is spoken.
	 */
	private Duration pause = Duration.ofMillis(300);

	/**
	 * What is said when a turn fails, a message code or the text itself. Unset: a
	 * sentence in the language of the turn.
	 */
	private @Nullable String apology;

	/**
	 * Language of turns that name none. Unset: that of a servlet request, else of the
	 * JVM.
	 */
	private @Nullable Locale locale;

	private final Acknowledgement acknowledgement = new Acknowledgement();

	private final Silence silence = new Silence();

	private final Segments segments = new Segments();

	public Duration getDeadline() {
		return this.deadline;
	}

	public void setDeadline(Duration deadline) {
		this.deadline = deadline;
	}

	public Duration getPause() {
		return this.pause;
	}

	public void setPause(Duration pause) {
		this.pause = pause;
	}

	public @Nullable String getApology() {
		return this.apology;
	}

	public void setApology(@Nullable String apology) {
		this.apology = apology;
	}

	public @Nullable Locale getLocale() {
		return this.locale;
	}

	public void setLocale(@Nullable Locale locale) {
		this.locale = locale;
	}

	public Acknowledgement getAcknowledgement() {
		return this.acknowledgement;
	}

	public Silence getSilence() {
		return this.silence;
	}

	public Segments getSegments() {
		return this.segments;
	}

	/**
	 * What the model is asked to say before it calls tools.
	 */
	public static class Acknowledgement {

		/**
		 * Whether the system prompt asks for a short filler before tool calls.
		 */
		private boolean enabled = true;

		/**
		 * Text that asks for it, behind the system prompt.
		 */
		private String text = VoiceSettings.DEFAULT_ACKNOWLEDGEMENT;

		public boolean isEnabled() {
			return this.enabled;
		}

		public void setEnabled(boolean enabled) {
			this.enabled = enabled;
		}

		public String getText() {
			return this.text;
		}

		public void setText(String text) {
			this.text = text;
		}

	}

	/**
	 * What is said while tools run and the model says nothing.
	 */
	public static class Silence {

		/**
		 * Time that a tool may run in silence if the model has said nothing before.
		 */
		private Duration delay = Duration.ofMillis(400);

		/**
		 * Time after which a tool that takes long is spoken of, again and again.
		 */
		private Duration interval = Duration.ofSeconds(3);

		public Duration getDelay() {
			return this.delay;
		}

		public void setDelay(Duration delay) {
			this.delay = delay;
		}

		public Duration getInterval() {
			return this.interval;
		}

		public void setInterval(Duration interval) {
			this.interval = interval;
		}

	}

	/**
	 * Lengths of segments.
	 */
	public static class Segments {

		/**
		 * Least length at which the first segment may end at a clause.
		 */
		private int firstClause = 16;

		/**
		 * Greatest length of the first segment.
		 */
		private int firstMaximum = 100;

		/**
		 * Greatest length of all others.
		 */
		private int maximum = 200;

		public int getFirstClause() {
			return this.firstClause;
		}

		public void setFirstClause(int firstClause) {
			this.firstClause = firstClause;
		}

		public int getFirstMaximum() {
			return this.firstMaximum;
		}

		public void setFirstMaximum(int firstMaximum) {
			this.firstMaximum = firstMaximum;
		}

		public int getMaximum() {
			return this.maximum;
		}

		public void setMaximum(int maximum) {
			this.maximum = maximum;
		}

	}

}
