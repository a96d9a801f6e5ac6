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
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;

import io.github.electronspring.tool.ToolSpeech;
import org.jspecify.annotations.Nullable;
import reactor.core.Disposable;
import reactor.core.scheduler.Schedulers;

/**
 * Has something said while tools run and the model says nothing. One phrase at a time is
 * said for all tools that run, that of the one that has run the longest. Called from
 * signals of the turn only.
 *
 * @author The Electron Spring authors
 */
final class SilenceGuard {

	private final VoiceOutbox outbox;

	private final VoiceTimers timers;

	private final VoiceSpeech speech;

	private final SilenceSettings settings;

	private final Function<String, ToolSpeech> tools;

	private final Phrases phrases;

	private final Map<String, RunningTool> running = new LinkedHashMap<>();

	private @Nullable Disposable timer;

	/** Whether anything was said in the round. */
	private boolean spoken;

	/** Whether it was said that a tool takes long. */
	private boolean delayed;

	private boolean failed;

	private long lastSpoken;

	/** When a phrase was due that nobody asked for. */
	private long lastTried;

	SilenceGuard(VoiceOutbox outbox, VoiceTimers timers, VoiceSpeech speech, VoiceParts parts, Phrases phrases) {
		this.outbox = outbox;
		this.timers = timers;
		this.speech = speech;
		this.settings = parts.settings().silence();
		this.tools = parts.tools();
		this.phrases = phrases;
	}

	void roundStarted() {
		this.spoken = false;
		this.delayed = false;
		this.failed = false;
		this.running.clear();
		reschedule();
	}

	/**
	 * Note that something is said, or will be as soon as enough of it has come.
	 */
	void spoken() {
		this.spoken = true;
		this.lastSpoken = now();
		if (!this.running.isEmpty()) {
			reschedule();
		}
	}

	/**
	 * Note that a tool speaks for itself.
	 */
	void progressed() {
		this.delayed = true;
	}

	void toolStarted(String callId, String name) {
		this.running.put(callId, new RunningTool(this.tools.apply(name), now()));
		if (this.running.size() == 1) {
			reschedule();
		}
	}

	void toolEnded(String callId) {
		this.running.remove(callId);
		reschedule();
	}

	void toolFailed(String callId, String name) {
		RunningTool tool = this.running.remove(callId);
		ToolSpeech said = (tool != null) ? tool.speech() : this.tools.apply(name);
		if (!this.failed && !said.failed().isEmpty()) {
			this.failed = true;
			this.speech.phrase(VoiceSegmentKind.PROGRESS, this.phrases.failed(said));
		}
		reschedule();
	}

	/**
	 * Return whether an interruption stops all that runs.
	 * @return whether it does
	 */
	boolean isInterruptible() {
		return this.running.values().stream().allMatch((tool) -> tool.speech().cancelOnBargeIn());
	}

	private void reschedule() {
		if (this.timer != null) {
			this.timer.dispose();
			this.timer = null;
		}
		if (!this.running.isEmpty()) {
			RunningTool tool = this.running.values().iterator().next();
			this.timer = this.timers.start(Duration.ofNanos(Math.max(0, due(tool) - now())), () -> speak(tool));
		}
	}

	private long due(RunningTool tool) {
		long delay = this.settings.delay().toNanos();
		if (!this.spoken) {
			return Math.max(tool.start(), this.lastTried) + delay;
		}
		if (this.delayed) {
			return Math.max(this.lastSpoken + this.settings.interval().toNanos(), this.lastTried + delay);
		}
		Duration after = tool.speech().delayedAfter();
		long due = tool.start() + ((after != null) ? after : this.settings.interval()).toNanos();
		// Not right behind what was just said
		return Math.max(due, Math.max(this.lastSpoken, this.lastTried) + delay);
	}

	private void speak(RunningTool tool) {
		if (this.outbox.demand() == 0) {
			// Whoever is behind would hear it when it is no longer so
			this.lastTried = now();
			reschedule();
			return;
		}
		Phrase phrase = this.spoken ? this.phrases.delayed(tool.speech()) : this.phrases.start(tool.speech());
		this.delayed = this.spoken;
		this.speech.phrase(VoiceSegmentKind.PROGRESS, phrase);
	}

	private static long now() {
		return Schedulers.parallel().now(TimeUnit.NANOSECONDS);
	}

	/**
	 * A tool that runs.
	 *
	 * @param speech what is said meanwhile
	 * @param start when it started
	 */
	private record RunningTool(ToolSpeech speech, long start) {

	}

}
