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

package io.github.electronspring.memory;

import java.util.ArrayList;
import java.util.List;

import io.github.electronspring.protocol.ChatMessage;
import io.github.electronspring.turn.RoundFinished;
import io.github.electronspring.turn.RoundStarted;
import io.github.electronspring.turn.TextReceived;
import io.github.electronspring.turn.ToolCallFailed;
import io.github.electronspring.turn.ToolCallFinished;
import io.github.electronspring.turn.ToolCallStarted;
import io.github.electronspring.turn.TurnEvent;
import io.github.electronspring.turn.TurnFinished;
import io.github.electronspring.turn.TurnListener;
import org.jspecify.annotations.Nullable;

import org.springframework.util.Assert;

/**
 * What one turn adds to the history of its conversation, at any moment of the turn and
 * after its end. Whoever speaks the answer gives one of its own to the
 * {@link ElectronChatMemoryAdvisor} and says how far it was {@link #heard(int) heard}.
 * The advisor makes it a listener of the turn. Thread-safe.
 * <p>
 * It may serve one turn after the other: the advisor begins it again with each. When the
 * model is asked again within a turn, it begins again too, unless the engine had left
 * tool calls to the caller; what was heard stays. Such calls stay open at the end of the
 * turn.
 *
 * @author The Electron Spring authors
 */
public final class TurnTranscript implements TurnListener {

	/**
	 * The advisor parameter under which a caller gives a transcript of its own.
	 */
	public static final String PARAMETER = "electron.turn-transcript";

	private final Object lock = new Object();

	private final List<TranscribedRound> rounds = new ArrayList<>();

	/** What was said in place of the model, or by a model that tells no events. */
	private @Nullable TranscribedRound answer;

	private boolean begun;

	private int heard = Integer.MAX_VALUE;

	private @Nullable TurnFinished finished;

	private @Nullable Runnable beforeNext;

	private @Nullable Runnable onHeard;

	/**
	 * Begin the turn, or another. What was heard before the first one began counts for
	 * it: the caller was faster.
	 * @param beforeNext what to do before another turn begins
	 */
	void begin(Runnable beforeNext) {
		synchronized (this.lock) {
			if (this.beforeNext != null) {
				this.beforeNext.run();
			}
			this.beforeNext = beforeNext;
			this.heard = this.begun ? Integer.MAX_VALUE : this.heard;
			this.begun = true;
			this.rounds.clear();
			this.answer = null;
			this.finished = null;
			this.onHeard = null;
		}
	}

	@Override
	public void onEvent(TurnEvent event) {
		synchronized (this.lock) {
			if (event instanceof RoundStarted) {
				roundStarted(event.round());
			}
			else if (event instanceof TurnFinished end) {
				turnFinished(end);
			}
			else if (!this.rounds.isEmpty()) {
				add(event, this.rounds.get(this.rounds.size() - 1));
			}
			// Who listens before may have cut the turn off on hearing of this event
			if (isInterrupted() && this.onHeard != null) {
				this.onHeard.run();
			}
		}
	}

	private void roundStarted(int round) {
		boolean continued = this.finished != null && !this.rounds.isEmpty()
				&& this.rounds.get(this.rounds.size() - 1).hasOpenCalls();
		if (round == 1 && !continued) {
			this.rounds.clear();
			this.answer = null;
		}
		this.finished = null;
		this.rounds.add(new TranscribedRound());
	}

	private static void add(TurnEvent event, TranscribedRound round) {
		if (event instanceof TextReceived text) {
			round.append(text.text());
		}
		else if (event instanceof ToolCallStarted started) {
			round.started(started.call());
		}
		else if (event instanceof ToolCallFinished ended) {
			round.ended(ended.call(), ended.result());
		}
		else if (event instanceof ToolCallFailed failed) {
			round.ended(failed.call(), failed.result());
		}
		else if (event instanceof RoundFinished end) {
			round.finished(end.message());
		}
	}

	private void turnFinished(TurnFinished end) {
		this.finished = end;
		int first = Math.max(0, this.rounds.size() - end.rounds().size());
		for (TranscribedRound round : this.rounds.subList(first, this.rounds.size())) {
			if (end.messages().stream().noneMatch(round::hasMessage)) {
				round.discard();
			}
			round.leaveToCaller();
		}
	}

	/**
	 * Add what was said without events. Nothing is added when there were any.
	 * @param text the next piece of it
	 */
	void answered(String text) {
		synchronized (this.lock) {
			if (this.answer == null && isEmpty()) {
				this.answer = new TranscribedRound();
				this.rounds.add(this.answer);
			}
			if (this.answer != null) {
				this.answer.append(text);
			}
		}
	}

	/**
	 * Return the raw text of the turn so far, that of all rounds one after the other.
	 * @return the text, empty if nothing was said
	 */
	public String text() {
		synchronized (this.lock) {
			StringBuilder text = new StringBuilder();
			this.rounds.forEach((round) -> text.append(round.text()));
			return text.toString();
		}
	}

	/**
	 * Say that the caller was cut off: what comes after a place in the text is not part
	 * of the history. Say so before cancelling the turn. After its end, too, the history
	 * follows as long as the turn is the newest of its conversation, if the memory is a
	 * {@link PrefixStableChatMemory}; later turns of the conversation wait for that.
	 * @param end how many UTF-16 units of {@link #text()} were heard; the last call
	 * counts
	 * @throws IllegalArgumentException if it is negative
	 */
	public void heard(int end) {
		Assert.isTrue(end >= 0, () -> "'end' must not be negative but is '%d'".formatted(end));
		synchronized (this.lock) {
			this.heard = end;
			if (this.onHeard != null) {
				this.onHeard.run();
			}
		}
	}

	/**
	 * Return the assistant messages and tool results so far, byte for byte as received,
	 * but for what was not heard. Every call has exactly one result, in call order, right
	 * behind its message. A message that is left with neither text nor calls is left out.
	 * @return the messages, empty if the model has neither said nor called anything
	 */
	public List<ChatMessage> messages() {
		synchronized (this.lock) {
			OpenCallTexts texts = isInterrupted() ? OpenCallTexts.INTERRUPTED : OpenCallTexts.ENDED;
			List<ChatMessage> messages = new ArrayList<>();
			int start = 0;
			for (int i = 0; i < this.rounds.size(); i++) {
				TranscribedRound round = this.rounds.get(i);
				boolean leftToCaller = this.finished != null && i == this.rounds.size() - 1;
				round.addTo(messages, Math.max(0, this.heard - start), leftToCaller ? null : texts);
				start += round.length();
			}
			return messages;
		}
	}

	/**
	 * Return whether the model has said or called anything, heard or not.
	 * @return whether it has
	 */
	boolean isEmpty() {
		synchronized (this.lock) {
			return this.rounds.stream().allMatch(TranscribedRound::isEmpty);
		}
	}

	boolean isInterrupted() {
		synchronized (this.lock) {
			return this.heard != Integer.MAX_VALUE;
		}
	}

	/**
	 * Return the end of the turn.
	 * @return the event, or {@code null} if the turn has not come to its end
	 */
	@Nullable TurnFinished finished() {
		synchronized (this.lock) {
			return this.finished;
		}
	}

	/**
	 * Have something done whenever the caller is cut off from now on, until another turn
	 * begins.
	 * @param action what to do, without waiting
	 */
	void onHeard(Runnable action) {
		synchronized (this.lock) {
			this.onHeard = action;
		}
	}

}
