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

import io.github.electronspring.protocol.ChatCompletionChunk;
import io.github.electronspring.protocol.Chunks;
import io.github.electronspring.tool.ToolSpeech;
import org.junit.jupiter.api.Test;
import org.reactivestreams.Subscription;
import reactor.core.Disposable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.test.StepVerifier;

import org.springframework.core.Ordered;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

/**
 * Tests for the interruption of a {@link VoiceTurn}.
 *
 * @author The Electron Spring authors
 */
class BargeInTests extends AbstractVoiceTests {

	private static final ChatCompletionChunk CALL = Chunks.call(0, "a", "balance", "{\"id\":1}");

	private static final ToolSpeech TO_ITS_END = new ToolSpeech("", "", null, "", false);

	private void longTurn() {
		toolRound();
		respond(at(100, Chunks.text("You have ten. ")), at(200, Chunks.text("Not more.")),
				at(300, Chunks.finish("stop")));
	}

	private void toolRound() {
		respond(at(100, Chunks.text("Let me look. ")), at(150, Chunks.text("It may "), CALL),
				at(160, Chunks.finish("tool_calls")));
	}

	@Test
	void interruptionBeforeTheFirstTokenLeavesWhatTheCallerSaid() {
		longTurn();
		taking("balance", 200, "10");
		VoiceTurn turn = say("Hi");
		advanceTo(50);
		turn.interrupt();
		advanceTo(60_000);
		assertThat(this.log).containsExactly("0 request", "50 request cancelled", "50 INTERRUPTED 0", "50 complete");
		assertThat(history()).containsExactly("user: Hi");
		assertThat(this.api.requests()).hasSize(1);
	}

	@Test
	void interruptionWhileTheModelSpeaksKeepsWhatWasHandedOut() {
		respond(at(100, Chunks.text("You have ten. Not more, ")), at(200, Chunks.text("I fear.")));
		VoiceTurn turn = say("Hi");
		advanceTo(150);
		turn.interrupt();
		advanceTo(60_000);
		assertThat(this.log).containsExactly("0 request", "100 text 'You have ten. Not more, '",
				"100 ANSWER 'You have ten.'", "150 request cancelled", "150 INTERRUPTED 13", "150 complete");
		assertThat(history()).containsExactly("user: Hi", "assistant: You have ten.");
	}

	@Test
	void interruptionKeepsWhatWasHeard() {
		respond(at(100, Chunks.text("You have ten. Not more, ")), at(200, Chunks.text("I fear.")));
		VoiceTurn turn = say("Hi");
		advanceTo(150);
		turn.interrupt(8);
		advanceTo(60_000);
		assertThat(this.log).contains("150 INTERRUPTED 8");
		assertThat(history()).containsExactly("user: Hi", "assistant: You have");
	}

	@Test
	void interruptionWhileAToolRunsStopsIt() {
		longTurn();
		taking("balance", 5000, "10");
		VoiceTurn turn = say("Hi");
		advanceTo(250);
		turn.interrupt(12);
		advanceTo(60_000);
		assertThat(this.log).endsWith("250 tool balance cancelled", "250 INTERRUPTED 12", "250 complete");
		assertThat(history()).hasSize(3)
			.startsWith("user: Hi", "assistant: Let me look. +1")
			.last()
			.asString()
			.startsWith("tool:");
		assertThat(this.api.requests()).hasSize(1);
	}

	@Test
	void interruptionOfATurnThatHasEndedCorrectsTheHistory() {
		longTurn();
		taking("balance", 200, "10");
		VoiceTurn turn = say("Hi");
		advanceTo(5000);
		assertThat(this.log).contains("650 COMPLETED");
		turn.interrupt(32);
		advanceTo(6000);
		assertThat(history()).last().isEqualTo("assistant: You have ten");
		assertThat(this.log).noneMatch((line) -> line.contains("INTERRUPTED"));
	}

	@Test
	void interruptionOfATurnThatHasEndedWithoutAnOffsetChangesNothing() {
		longTurn();
		taking("balance", 200, "10");
		VoiceTurn turn = say("Hi");
		advanceTo(5000);
		turn.interrupt();
		advanceTo(6000);
		assertThat(history()).last().isEqualTo("assistant: You have ten. Not more.");
	}

	@Test
	void nextTurnInterruptsTheOneThatSpeaksAndKnowsWhatWasHeard() {
		respond(at(100, Chunks.text("You have ten. Not more, ")), at(200, Chunks.text("I fear.")));
		respond(at(100, Chunks.text("Welcome.")));
		say("Hi");
		advanceTo(150);
		say("Thanks");
		advanceTo(60_000);
		assertThat(this.log).endsWith("100 ANSWER 'You have ten.'", "150 request cancelled", "150 INTERRUPTED 13",
				"150 complete", "150 request", "250 text 'Welcome.'", "250 ANSWER 'Welcome.'", "250 COMPLETED",
				"250 complete");
		assertThat(lines(this.api.requests().get(1).messages())).hasSize(4)
			.endsWith("user: Hi", "assistant: You have ten.", "user: Thanks");
		assertThat(voice().conversations().size()).isZero();
	}

	@Test
	void turnsOfOtherConversationsGoOn() {
		respond(at(100, Chunks.text("One.")));
		respond(at(100, Chunks.text("Two.")));
		listen(voice().say("first", "Hi"));
		listen(voice().say("second", "Hi"));
		advanceTo(1000);
		assertThat(this.log).contains("100 ANSWER 'One.'", "100 ANSWER 'Two.'")
			.noneMatch((line) -> line.contains("INTERRUPTED"));
	}

	@Test
	void ofThreeTurnsAtOnceTheLastOneSpeaks() {
		respond(at(100, Chunks.text("One.")));
		respond(at(100, Chunks.text("Two.")));
		respond(at(100, Chunks.text("Three.")));
		say("1");
		say("2");
		say("3");
		advanceTo(1000);
		assertThat(this.log).filteredOn((line) -> line.contains("ANSWER")).containsExactly("100 ANSWER 'Three.'");
		assertThat(this.log).filteredOn((line) -> line.contains("INTERRUPTED")).hasSize(2);
		assertThat(history()).contains("user: 3", "assistant: Three.");
		assertThat(voice().conversations().size()).isZero();
	}

	@Test
	void cancellationInterrupts() {
		respond(at(100, Chunks.text("You have ten. Not more, ")), at(200, Chunks.text("I fear.")));
		VoiceTurn turn = voice().say(ID, "Hi");
		Disposable subscription = listen(turn);
		advanceTo(150);
		subscription.dispose();
		advanceTo(1000);
		assertThat(this.log).endsWith("100 ANSWER 'You have ten.'", "150 request cancelled");
		assertThat(history()).last().isEqualTo("assistant: You have ten.");
		assertThat(turn.report().block(Duration.ofSeconds(1)).outcome()).isEqualTo(VoiceOutcome.INTERRUPTED);
		assertThat(voice().conversations().size()).isZero();
	}

	@Test
	void turnThatIsInterruptedBeforeItBeginsSaysNothing() {
		VoiceTurn turn = voice().say(ID, "Hi");
		turn.interrupt();
		listen(turn);
		advanceTo(1000);
		assertThat(this.log).containsExactly("0 INTERRUPTED 0", "0 complete");
		assertThat(this.api.requests()).isEmpty();
		assertThat(voice().conversations().size()).isZero();
	}

	@Test
	void subscriberThatInterruptsGetsNothingMore() {
		respond(at(100, Chunks.text("One. Two. Three. "), Chunks.finish("stop")));
		VoiceTurn turn = voice().say(ID, "Hi");
		turn.events().subscribe((event) -> {
			log(name(event));
			if (event instanceof VoiceSegment segment && segment.index() == 0) {
				turn.interrupt();
			}
		});
		advanceTo(1000);
		assertThat(this.log).endsWith("100 ANSWER 'One.'", "100 INTERRUPTED 4", "100 request cancelled");
		assertThat(history()).last().isEqualTo("assistant: One.");
	}

	@Test
	void toolThatRunsToItsEndIsToldOfInTheNextTurn() {
		toolRound();
		respond(at(0, Chunks.text("It is done.")));
		taking("balance", TO_ITS_END, 1000, "booked");
		VoiceTurn turn = say("Hi");
		advanceTo(250);
		turn.interrupt(12);
		advanceTo(500);
		assertThat(this.log).noneMatch((line) -> line.contains("balance cancelled"));
		assertThat(voice().conversations().size()).isZero();
		advanceTo(2000);
		assertThat(this.log).contains("1150 tool balance done");
		say("And now?");
		advanceTo(3000);
		List<String> sent = lines(this.api.requests().get(1).messages());
		assertThat(sent.get(sent.size() - 1))
			.isEqualTo("user: [Tool 'balance' has ended after its turn: booked]\nAnd now?");
		assertThat(sent.get(sent.size() - 2)).contains("may have been carried out");
		assertThat(voice().conversations().size()).isZero();
	}

	@Test
	void failureOfAToolThatRunsToItsEndIsToldOf() {
		toolRound();
		respond(at(0, Chunks.text("It is done.")));
		tool("balance", TO_ITS_END, (arguments, execution) -> Mono.delay(Duration.ofMillis(1000))
			.then(Mono.error(new IllegalStateException("No table left"))));
		VoiceTurn turn = say("Hi");
		advanceTo(250);
		turn.interrupt(12);
		advanceTo(2000);
		say("And now?");
		advanceTo(3000);
		assertThat(lines(this.api.requests().get(1).messages())).last().asString().contains("No table left");
	}

	@Test
	void lateResultThatNobodyAsksForIsForgotten() {
		longTurn();
		taking("balance", TO_ITS_END, 1000, "booked");
		VoiceTurn turn = say("Hi");
		advanceTo(250);
		turn.interrupt(12);
		advanceTo(2000);
		assertThat(voice().conversations().size()).isOne();
		advanceTo(2000 + Conversations.NOTE_LIFETIME.toMillis());
		assertThat(voice().conversations().size()).isZero();
	}

	@Test
	void eventsHaveOneSubscriber() {
		respond(at(100, Chunks.text("One.")));
		VoiceTurn turn = say("Hi");
		StepVerifier.create(turn.events()).expectError(IllegalStateException.class).verify(Duration.ofSeconds(1));
		advanceTo(1000);
		assertThat(this.log).contains("100 COMPLETED");
	}

	@Test
	void negativeOffsetIsRefused() {
		VoiceTurn turn = voice().say(ID, "Hi");
		assertThatIllegalArgumentException().isThrownBy(() -> turn.interrupt(-1)).withMessageContaining("'-1'");
	}

	@Test
	void noteIsKeptWhenTheTurnIsInterruptedBeforeTheHistoryKnowsOfIt() {
		voice().conversations().note(ID, new Conversations.Note("book", "booked"));
		respond(at(0, Chunks.text("Hello.")));
		VoiceTurn turn = sayThrough(Ordered.HIGHEST_PRECEDENCE,
				(stream) -> stream.delaySubscription(Duration.ofMillis(100)));
		advanceTo(50);
		turn.interrupt();
		say("And now?");
		advanceTo(1000);
		assertThat(lines(this.api.requests().get(0).messages())).last()
			.isEqualTo("user: [Tool 'book' has ended after its turn: booked]\nAnd now?");
		assertThat(voice().conversations().size()).isZero();
	}

	@Test
	void noteIsToldOnceToARequestThatIsRepeated() {
		voice().conversations().note(ID, new Conversations.Note("book", "booked"));
		this.api.respond(Flux.error(new IllegalStateException("down")));
		respond(at(0, Chunks.text("Hello.")));
		sayThrough(Ordered.HIGHEST_PRECEDENCE, (stream) -> stream.retry(1));
		advanceTo(1000);
		assertThat(lines(this.api.requests().get(1).messages())).last()
			.isEqualTo("user: [Tool 'book' has ended after its turn: booked]\nHi");
		assertThat(this.log).contains("0 COMPLETED");
	}

	@Test
	void toolThatThrowsWhenItIsCancelledDoesNotBlockTheConversation() {
		toolRound();
		respond(at(100, Chunks.text("Welcome.")));
		tool("balance", ToolSpeech.DEFAULT, (arguments, execution) -> Mono.create((sink) -> sink.onCancel(() -> {
			throw new IllegalStateException("stuck");
		})));
		VoiceTurn turn = say("Hi");
		advanceTo(300);
		turn.interrupt();
		advanceTo(400);
		say("Thanks");
		advanceTo(1000);
		assertThat(this.log).contains("300 INTERRUPTED 19", "500 ANSWER 'Welcome.'");
		assertThat(voice().conversations().size()).isZero();
	}

	@Test
	void requestThatThrowsWhenItIsCancelledDoesNotBlockTheConversation() {
		respond(at(100, Chunks.text("Welcome.")));
		VoiceTurn turn = sayThrough(0, (stream) -> Flux.from((subscriber) -> subscriber.onSubscribe(new Stuck())));
		advanceTo(300);
		turn.interrupt();
		say("Thanks");
		advanceTo(1000);
		assertThat(this.log).contains("300 INTERRUPTED 0", "400 ANSWER 'Welcome.'");
		assertThat(voice().conversations().size()).isZero();
	}

	@Test
	void phraseDoesNotMakeTextCountAsHandedOut() {
		respond(at(100, Chunks.text("Let me look. "), CALL), at(290, Chunks.text("I will also check the other")),
				at(5000, Chunks.finish("tool_calls")));
		tool("balance", ToolSpeech.DEFAULT,
				(arguments, execution) -> Mono.delay(Duration.ofMillis(200))
					.doOnNext((tick) -> execution.say("Busy."))
					.then(Mono.never()));
		VoiceTurn turn = say("Hi");
		advanceTo(310);
		turn.interrupt();
		advanceTo(1000);
		assertThat(this.log).contains("300 PROGRESS 'Busy.'", "310 INTERRUPTED 12");
		assertThat(history().get(1)).isEqualTo("assistant: Let me look. +1");
		assertThat(this.events).filteredOn(VoiceSegment.class::isInstance)
			.extracting((event) -> ((VoiceSegment) event).start() + "-" + ((VoiceSegment) event).end())
			.containsExactly("0-12", "12-12");
	}

	@Test
	void offsetsFitTheHistoryAfterTheModelWasAskedAgain() {
		this.api.respond(
				Flux.concat(Flux.just(Chunks.text("Let me look that up. "), Chunks.call(0, "a", "balance", "{\"i")),
						Flux.error(new IllegalStateException("broken"))));
		respond(at(100, Chunks.text("You have ten. Not more than ")), at(5000, Chunks.finish("stop")));
		VoiceTurn turn = sayThrough(0, (stream) -> stream.retry(1));
		advanceTo(200);
		turn.interrupt();
		advanceTo(1000);
		assertThat(this.log).contains("100 ANSWER 'You have ten.'", "200 INTERRUPTED 34");
		assertThat(history()).containsExactly("user: Hi", "assistant: You have ten.");
	}

	@Test
	void textOfABrokenAttemptIsNotGluedToTheNextOne() {
		this.api
			.respond(Flux.concat(Flux.just(Chunks.text("Let me ")), Flux.error(new IllegalStateException("broken"))));
		respond(at(100, Chunks.text("You have ten.")));
		sayThrough(0, (stream) -> stream.retry(1));
		advanceTo(1000);
		assertThat(this.log).contains("100 ANSWER 'You have ten.'");
	}

	@Test
	void turnThatIsInterruptedWhileItBeginsDoesNotLetTheNextOneOvertake() {
		toolRound();
		respond(at(100, Chunks.text("Three.")));
		tool("balance", ToolSpeech.DEFAULT,
				(arguments, execution) -> Mono.create((sink) -> sink.onCancel(() -> say("3"))));
		say("1");
		advanceTo(300);
		say("2");
		advanceTo(1000);
		assertThat(this.log).contains("400 ANSWER 'Three.'");
		assertThat(this.api.requests()).hasSize(2);
		assertThat(lines(this.api.requests().get(1).messages()).subList(1, 3)).containsExactly("user: 1",
				"assistant: Let me look. It may +1");
		assertThat(voice().conversations().size()).isZero();
	}

	/**
	 * A subscription that throws when it is cancelled.
	 */
	private static final class Stuck implements Subscription {

		@Override
		public void request(long count) {
		}

		@Override
		public void cancel() {
			throw new IllegalStateException("stuck");
		}

	}

}
