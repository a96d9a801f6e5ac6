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
import java.util.List;
import java.util.concurrent.TimeUnit;

import io.github.electronspring.protocol.ChatMessage;
import io.github.electronspring.protocol.ToolCall;
import io.github.electronspring.turn.RoundFinished;
import io.github.electronspring.turn.RoundStarted;
import io.github.electronspring.turn.SegmentKind;
import io.github.electronspring.turn.TextReceived;
import io.github.electronspring.turn.ToolCallFailed;
import io.github.electronspring.turn.ToolCallFinished;
import io.github.electronspring.turn.ToolCallStarted;
import io.github.electronspring.turn.ToolCallsBegun;
import io.github.electronspring.turn.ToolProgressed;
import io.github.electronspring.turn.TurnEvent;
import io.github.electronspring.turn.TurnFinished;
import org.jspecify.annotations.Nullable;
import reactor.core.scheduler.Schedulers;

/**
 * Makes events for speech from those of the engine. Called from signals of the turn only,
 * but for the lengths.
 *
 * @author The Electron Spring authors
 */
final class VoiceSpeech {

	private final VoiceOutbox outbox;

	private final VoiceTimers timers;

	private final VoiceSettings settings;

	private final Phrases phrases;

	private final VoiceMeter meter;

	private final SilenceGuard silence;

	private final Segmenter segmenter;

	private VoiceSegmentKind kind = VoiceSegmentKind.ANSWER;

	private int index;

	private int firstOfRound;

	/** Where the text begins that the engine sent after it had begun anew. */
	private volatile int start;

	private volatile int length;

	/** Up to where the raw text was cut into segments. */
	private int segmented;

	private boolean callsTools;

	/** Whether there was anything to speak in the round. */
	private boolean spoken;

	/** Whether the engine has come to the end of the turn. */
	private boolean complete;

	/** Whether the turn goes on when the caller has carried out its tools. */
	private boolean leftToCaller;

	private boolean paused;

	private long lastText;

	VoiceSpeech(VoiceOutbox outbox, VoiceTimers timers, VoiceParts parts, Phrases phrases, VoiceMeter meter) {
		this.outbox = outbox;
		this.timers = timers;
		this.settings = parts.settings();
		this.phrases = phrases;
		this.meter = meter;
		this.silence = new SilenceGuard(outbox, timers, this, parts, phrases);
		this.segmenter = new Segmenter(this.settings.segments(), this::segment);
	}

	/**
	 * Return where the text begins that the transcript knows: it begins anew when the
	 * model is asked again from the beginning.
	 * @return the offset into the raw text
	 */
	int start() {
		return this.start;
	}

	/**
	 * Return how long the raw text is.
	 * @return the length in UTF-16 units
	 */
	int length() {
		return this.length;
	}

	/**
	 * Return whether all of the answer is there.
	 * @return whether it is
	 */
	boolean isFinished() {
		return this.complete;
	}

	/**
	 * Return whether the answer has nothing to speak.
	 * @return whether it is so
	 */
	boolean isSilent() {
		return !this.spoken;
	}

	void accept(TurnEvent event) {
		if (event instanceof TextReceived text) {
			text(text.text());
		}
		else if (event instanceof RoundStarted started) {
			roundStarted(started.round());
		}
		else if (event instanceof ToolCallsBegun) {
			callsBegun();
		}
		else if (event instanceof RoundFinished finished) {
			roundFinished(finished);
		}
		else if (event instanceof TurnFinished finished) {
			turnFinished(finished);
		}
		else {
			toolEvent(event);
		}
	}

	private void toolEvent(TurnEvent event) {
		if (event instanceof ToolCallStarted started) {
			this.meter.toolStarted(started.call());
			this.outbox.add(new VoiceToolStarted(this.meter.at(), name(started.call()), id(started.call())));
			this.silence.toolStarted(id(started.call()), name(started.call()));
		}
		else if (event instanceof ToolCallFinished finished) {
			long duration = finished.duration().toMillis();
			this.meter.toolEnded(finished.call(), duration, false);
			this.outbox
				.add(new VoiceToolFinished(this.meter.at(), name(finished.call()), id(finished.call()), duration));
			this.silence.toolEnded(id(finished.call()));
		}
		else if (event instanceof ToolCallFailed failed) {
			long duration = failed.duration().toMillis();
			this.meter.toolEnded(failed.call(), duration, true);
			this.outbox.add(new VoiceToolFailed(this.meter.at(), name(failed.call()), id(failed.call()), duration));
			this.silence.toolFailed(id(failed.call()), name(failed.call()));
		}
		else if (event instanceof ToolProgressed progressed) {
			this.silence.progressed();
			phrase(VoiceSegmentKind.PROGRESS, new Phrase(progressed.text(), this.phrases.tag()));
		}
	}

	private void roundStarted(int round) {
		this.meter.roundStarted();
		this.silence.roundStarted();
		this.segmenter.flush();
		if (round == 1 && !this.leftToCaller) {
			this.start = this.length;
		}
		this.leftToCaller = false;
		this.complete = false;
		this.spoken = false;
		this.callsTools = false;
		this.kind = VoiceSegmentKind.ANSWER;
		this.firstOfRound = this.index;
	}

	private void text(String text) {
		this.meter.token();
		if (text.codePoints().anyMatch(Character::isLetterOrDigit)) {
			this.silence.spoken();
		}
		this.outbox.add(new VoiceText(this.meter.at(), this.length, text));
		this.length += text.length();
		this.lastText = now();
		this.segmenter.append(text);
		if (!this.paused && this.segmented < this.length) {
			this.paused = true;
			this.timers.start(this.settings.pause(), this::pause);
		}
	}

	/**
	 * Speak what there is if no text has come since the pause began, else wait for the
	 * rest of it: one timer serves many pieces of text.
	 */
	private void pause() {
		this.paused = false;
		if (this.segmented == this.length) {
			return;
		}
		Duration left = this.settings.pause().minusNanos(now() - this.lastText);
		if (left.isNegative() || left.isZero()) {
			this.segmenter.pause();
		}
		else {
			this.paused = true;
			this.timers.start(left, this::pause);
		}
	}

	private void callsBegun() {
		this.meter.token();
		this.callsTools = true;
		this.kind = VoiceSegmentKind.FILLER;
		if (this.firstOfRound < this.index) {
			this.outbox.add(new VoiceFillerRecognized(this.meter.at(), this.firstOfRound, this.index - 1));
			this.firstOfRound = this.index;
		}
		this.segmenter.flush();
	}

	private void roundFinished(RoundFinished round) {
		if (round.kind() == SegmentKind.FILLER && !this.callsTools) {
			callsBegun();
		}
		this.segmenter.flush();
		this.meter.roundFinished(round);
	}

	private void turnFinished(TurnFinished finished) {
		String result = finished.directResult();
		if (result != null) {
			this.kind = VoiceSegmentKind.ANSWER;
			Segmenter direct = new Segmenter(this.settings.segments(), (segment) -> direct(segment.text()));
			direct.append(result);
			direct.flush();
		}
		List<ChatMessage> messages = finished.messages();
		this.leftToCaller = !messages.isEmpty() && !messages.get(messages.size() - 1).toolCalls().isEmpty();
		this.complete = !this.leftToCaller;
	}

	/**
	 * Speak what is left at the end of the turn.
	 */
	void finish() {
		this.segmenter.flush();
	}

	/**
	 * Apologise for what is missing.
	 * @param at up to where the raw text was handed out
	 */
	void apologise(int at) {
		Phrase phrase = this.phrases.apology();
		hand(VoiceSegmentKind.APOLOGY, phrase.text(), at, at, phrase.language());
	}

	void phrase(VoiceSegmentKind kind, Phrase phrase) {
		hand(kind, phrase.text(), this.segmented, this.segmented, phrase.language());
	}

	private void direct(String text) {
		this.spoken = true;
		hand(VoiceSegmentKind.ANSWER, text, this.segmented, this.segmented, this.phrases.tag());
	}

	private void segment(Segment segment) {
		this.spoken = true;
		this.segmented = segment.end();
		hand(this.kind, segment.text(), segment.start(), segment.end(), this.phrases.tag());
	}

	private void hand(VoiceSegmentKind kind, String text, int from, int to, @Nullable String language) {
		this.meter.segment();
		this.silence.spoken();
		this.outbox.add(new VoiceSegment(this.meter.at(), this.index, kind, text, from, to,
				this.silence.isInterruptible(), language));
		this.index++;
	}

	private static long now() {
		return Schedulers.parallel().now(TimeUnit.NANOSECONDS);
	}

	private static String name(ToolCall call) {
		return call.function().name();
	}

	private static String id(ToolCall call) {
		return String.valueOf(call.id());
	}

}
