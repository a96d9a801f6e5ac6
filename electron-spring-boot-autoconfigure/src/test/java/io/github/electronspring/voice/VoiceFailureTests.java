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

import io.github.electronspring.api.ElectronStreamException;
import io.github.electronspring.protocol.Chunks;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.reactivestreams.Subscription;
import reactor.core.Disposable;
import reactor.core.publisher.BaseSubscriber;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for turns that take too long or fail.
 *
 * @author The Electron Spring authors
 */
@ExtendWith(OutputCaptureExtension.class)
class VoiceFailureTests extends AbstractVoiceTests {

	private static final String SORRY = "APOLOGY 'Sorry, something went wrong. Could you say that again?'";

	@Test
	void turnThatTakesTooLongEndsWithAnApology() {
		respond(at(100, Chunks.text("Let me look."), Chunks.call(0, "a", "balance", "{\"id\":1}"),
				Chunks.finish("tool_calls")));
		taking("balance", 30_000, "1");
		this.settings = this.settings.withDeadline(Duration.ofSeconds(2));
		finish("Hi");
		assertThat(this.log).containsExactly("0 request", "100 text 'Let me look.'", "100 FILLER 'Let me look.'",
				"100 started a", "100 tool balance", "2000 tool balance cancelled", "2000 " + SORRY, "2000 FAILED",
				"2000 complete");
		assertThat(report().failure()).isEqualTo("The turn did not end within '2000 ms' ('electron.voice.deadline')");
		assertThat(history()).startsWith("user: Hi", "assistant: Let me look. +1");
		assertThat(voice().conversations().size()).isZero();
	}

	@Test
	void whatWasNotSpokenAtTheDeadlineIsNotKept() {
		respond(at(100, Chunks.text("You have ten. Not ")), at(1900, Chunks.text("more than ")),
				at(3000, Chunks.text("that.")));
		this.settings = this.settings.withDeadline(Duration.ofSeconds(2));
		finish("Hi");
		assertThat(this.log).containsSubsequence("400 ANSWER 'Not'", "1900 text 'more than '", "2000 " + SORRY);
		assertThat(history()).containsExactly("user: Hi", "assistant: You have ten. Not");
	}

	@Test
	void faultEndsWithAnApology() {
		this.api.respond(Flux.error(ElectronStreamException.broken("The stream broke", "req-9", 0)));
		finish("Hi");
		assertThat(this.log).containsExactly("0 " + SORRY, "0 FAILED", "0 complete");
		assertThat(report().failure()).contains("The stream broke");
		assertThat(report().requestIds()).containsExactly("req-9");
		assertThat(history()).isEmpty();
	}

	@Test
	void faultInTheMiddleOfTheAnswerEndsWithAnApology() {
		this.api.respond(Flux.concat(Flux.just(Chunks.text("You have ten. Not ")),
				Flux.error(ElectronStreamException.broken("The stream broke", "req-9", 1))));
		finish("Hi");
		assertThat(this.log).containsExactly("0 text 'You have ten. Not '", "0 ANSWER 'You have ten.'", "0 " + SORRY,
				"0 FAILED", "0 complete");
		assertThat(history()).containsExactly("user: Hi", "assistant: You have ten.");
	}

	@Test
	void mistakeOfTheApplicationEndsWithAnApologyAndSaysNothingOfItsMessage() {
		VoiceTurn turn = voice().say(ID, "Hi", (spec) -> {
			throw new IllegalStateException("secret");
		});
		listen(turn);
		advanceTo(1000);
		assertThat(this.log).contains("0 FAILED");
		assertThat(report().failure()).contains(IllegalStateException.class.getName()).doesNotContain("secret");
	}

	@Test
	void apologyCanBeSet() {
		this.settings = this.settings.withApology("Pardon?");
		this.api.respond(Flux.error(new IllegalStateException("down")));
		finish("Hi");
		assertThat(this.log).contains("0 APOLOGY 'Pardon?'");
	}

	@Test
	void noteThatTheModelHasNotSeenIsKeptForTheNextTurn() {
		voice().conversations().note(ID, new Conversations.Note("book", "booked"));
		this.api.respond(Flux.error(ElectronStreamException.broken("The stream broke", null, 0)));
		say("Hi");
		advanceTo(10);
		respond(at(0, Chunks.text("Hello.")));
		say("Hi again");
		advanceTo(20);
		assertThat(lines(this.api.requests().get(1).messages())).last().asString().contains("booked", "Hi again");
	}

	@Test
	void eventsAndReportShowNoTexts() {
		respond(at(0, Chunks.text("secret word."), Chunks.finish("stop")));
		finish("Hi");
		assertThat(this.events).hasSize(3).noneMatch((event) -> event.toString().contains("secret"));
	}

	@Test
	void noteThatTheHistoryHoldsIsNotKeptForTheNextTurn() {
		this.settings = this.settings.withDeadline(Duration.ofSeconds(2));
		voice().conversations().note(ID, new Conversations.Note("book", "booked"));
		respond(at(100, Chunks.call(0, "a", "balance", "{\"id\":1}"), Chunks.finish("tool_calls")));
		taking("balance", 30_000, "1");
		say("Hi");
		advanceTo(5000);
		assertThat(this.log).contains("2000 FAILED");
		respond(at(0, Chunks.text("Hello.")));
		say("Hi again");
		advanceTo(6000);
		assertThat(lines(this.api.requests().get(1).messages())).last().isEqualTo("user: Hi again");
		assertThat(lines(this.api.requests().get(1).messages())).filteredOn((line) -> line.contains("booked"))
			.hasSize(1);
	}

	@Test
	void answerThatCannotBeKeptIsNotApologisedFor(CapturedOutput output) {
		respond(at(100, Chunks.text("You have ten."), Chunks.finish("stop")));
		sayThrough(0, (stream) -> stream.concatWith(Mono.error(new IllegalStateException("secret"))));
		advanceTo(60_000);
		assertThat(this.log).endsWith("100 ANSWER 'You have ten.'", "100 COMPLETED", "100 complete");
		assertThat(report().failure()).isEqualTo("The turn failed with 'java.lang.IllegalStateException'");
		assertThat(output).containsOnlyOnce(".VoiceFailures ");
	}

	@Test
	void answerThatIsKeptTooLateIsNotApologisedFor() {
		this.settings = this.settings.withDeadline(Duration.ofSeconds(2));
		respond(at(100, Chunks.text("You have ten."), Chunks.finish("stop")));
		sayThrough(0, (stream) -> stream.concatWith(Mono.never()));
		advanceTo(60_000);
		assertThat(this.log).endsWith("100 ANSWER 'You have ten.'", "2000 COMPLETED", "2000 complete");
		assertThat(report().failure()).contains("'2000 ms'");
		assertThat(voice().conversations().size()).isZero();
	}

	@ParameterizedTest
	@ValueSource(strings = { "", " \n", "👍" })
	void answerWithoutAWordIsApologisedFor(String answer) {
		respond(at(100, Chunks.text(answer), Chunks.finish("stop")));
		finish("Hi");
		assertThat(this.log).endsWith("100 " + SORRY, "100 FAILED", "100 complete");
		assertThat(report().failure()).isEqualTo("The model has answered nothing that can be spoken");
	}

	@Test
	void nothingButAFillerIsApologisedFor() {
		respond(at(100, Chunks.text("Let me look."), Chunks.call(0, "a", "balance", "{\"id\":1}"),
				Chunks.finish("tool_calls")));
		respond(at(100, Chunks.finish("content_filter")));
		taking("balance", 100, "1");
		finish("Hi");
		assertThat(this.log).contains("300 " + SORRY);
	}

	@Test
	void failureIsLoggedOnceWithItsRequest(CapturedOutput output) {
		this.api.respond(Flux.error(ElectronStreamException.broken("The stream broke", "req-9", 0)));
		finish("Hi");
		assertThat(output).containsOnlyOnce(".VoiceFailures ").contains("The stream broke", "[req-9]");
	}

	@Test
	void apologyThatNobodyAskedForIsDroppedByTheNextTurn() {
		this.settings = this.settings.withDeadline(Duration.ofMillis(500));
		respond(at(5000, Chunks.text("You have ten.")));
		respond(at(100, Chunks.text("Hello.")));
		SlowSubscriber slow = new SlowSubscriber((what) -> log("first " + what), 0);
		voice().say(ID, "Hi").events().subscribe(slow);
		advanceTo(1000);
		assertThat(voice().conversations().size()).isOne();
		say("Hi again");
		advanceTo(2000);
		slow.request(10);
		assertThat(this.log).contains("1100 ANSWER 'Hello.'")
			.endsWith("2000 first FAILED", "2000 first complete")
			.noneMatch((line) -> line.contains("APOLOGY"));
		assertThat(voice().conversations().size()).isZero();
	}

	@Test
	void turnThatNobodyTakesTheApologyOfIsForgottenWhenItIsCancelled() {
		this.settings = this.settings.withDeadline(Duration.ofMillis(500));
		respond(at(5000, Chunks.text("You have ten.")));
		Disposable turn = voice().say(ID, "Hi").events().subscribeWith(new BaseSubscriber<VoiceEvent>() {

			@Override
			protected void hookOnSubscribe(Subscription subscription) {
			}

		});
		advanceTo(1000);
		turn.dispose();
		assertThat(voice().conversations().size()).isZero();
	}

}
