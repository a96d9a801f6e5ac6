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
import java.util.concurrent.atomic.AtomicInteger;

import io.github.electronspring.protocol.Chunks;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Flux;
import reactor.test.StepVerifier;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for the moments at which a {@link VoiceTurn} hands out its events.
 *
 * @author The Electron Spring authors
 */
class VoiceTimelineTests extends AbstractVoiceTests {

	@Test
	void documentedTimeLineOfABalanceQuestionIsKept() {
		respond(at(250, Chunks.role(), Chunks.text("Let me ")), at(260, Chunks.text("check that")),
				at(280, Chunks.call(0, "a", "balance", "{\"id\":1}")),
				at(290, Chunks.finish("tool_calls"), Chunks.usage(100, 0, 10)));
		respond(at(50, Chunks.text("You have ")), at(60, Chunks.text("$29.50.")),
				at(70, Chunks.finish("stop"), Chunks.usage(150, 100, 20)));
		taking("balance", 520, "29.50");
		finish("How much do I have?");
		assertThat(this.log).containsExactly("0 request", "250 text 'Let me '", "260 text 'check that'",
				"280 FILLER 'Let me check that'", "280 started a", "280 tool balance", "800 tool balance done",
				"800 finished a", "800 request", "850 text 'You have '", "860 text '$29.50.'",
				"870 ANSWER 'You have $29.50.'", "870 COMPLETED", "870 complete");
		assertThat(this.events).extracting(VoiceEvent::at)
			.containsExactly(250L, 260L, 280L, 280L, 800L, 850L, 860L, 870L, 870L);
	}

	@Test
	void reportHasTimesTokensAndRequests() {
		documentedTimeLineOfABalanceQuestionIsKept();
		VoiceReport report = report();
		assertThat(report.outcome()).isEqualTo(VoiceOutcome.COMPLETED);
		assertThat(report.failure()).isNull();
		assertThat(report.times().firstToken()).isEqualTo(250);
		assertThat(report.times().firstSegment()).isEqualTo(280);
		assertThat(report.times().end()).isEqualTo(870);
		assertThat(report.times().overlap()).isEqualTo(10);
		assertThat(report.times().tools()).containsExactly(new VoiceToolTime("balance", "a", 280, 520, false));
		assertThat(report.usage().promptTokens()).isEqualTo(250);
		assertThat(report.usage().cachedTokens()).isEqualTo(100);
		assertThat(report.cost().total()).isEqualByComparingTo("0.000118");
		assertThat(report.requestIds()).containsExactly("req-1", "req-2");
		assertThat(report.rounds()).isEqualTo(2);
	}

	@Test
	void toolsThatRunAtTheSameTimeGainTheShorterOnes() {
		respond(at(0, Chunks.text("One moment."), Chunks.call(0, "a", "balance", "{\"id\":1}"),
				Chunks.call(1, "b", "rate", "{\"id\":1}"), Chunks.finish("tool_calls")));
		respond(at(10, Chunks.text("Done.")));
		taking("balance", 300, "1");
		taking("rate", 200, "2");
		finish("Hi");
		assertThat(report().times().overlap()).isEqualTo(200);
	}

	@Test
	void firstPieceOfACallHandsOutWhatWasSaid() {
		respond(at(0, Chunks.text("One moment")), at(20, Chunks.call(0, "a", "balance", "{\"i")),
				at(90, Chunks.call(0, null, null, "d\":1}"), Chunks.finish("tool_calls")));
		respond(at(10, Chunks.text("Done.")));
		taking("balance", 10, "1");
		finish("Hi");
		assertThat(this.log).containsSubsequence("20 FILLER 'One moment'", "90 started a");
	}

	@Test
	void segmentBeforeACallTurnsOutToBeAFiller() {
		respond(at(0, Chunks.text("Let me look. ")), at(10, Chunks.text("One ")), at(20, Chunks.text("moment"),
				Chunks.call(0, "a", "balance", "{\"id\":1}"), Chunks.finish("tool_calls")));
		respond(at(10, Chunks.text("Done.")));
		taking("balance", 10, "1");
		finish("Hi");
		assertThat(this.log).containsSubsequence("10 ANSWER 'Let me look.'", "20 VoiceFillerRecognized",
				"20 FILLER 'One moment'", "20 started a", "40 ANSWER 'Done.'");
		assertThat(this.events).contains(new VoiceFillerRecognized(20, 0, 0));
	}

	@Test
	void pauseOfTheStreamHandsOutWhatWasSaid() {
		respond(at(0, Chunks.text("You ")), at(200, Chunks.text("have ")), at(600, Chunks.text("ten euros.")),
				at(700, Chunks.finish("stop")));
		finish("Hi");
		assertThat(this.log).containsExactly("0 request", "0 text 'You '", "200 text 'have '", "500 ANSWER 'You have'",
				"600 text 'ten euros.'", "700 ANSWER 'ten euros.'", "700 COMPLETED", "700 complete");
	}

	@Test
	void offsetsReferToTheRawTextOfAllRounds() {
		respond(at(0, Chunks.text("**Wait**. "), Chunks.call(0, "a", "balance", "{\"id\":1}"),
				Chunks.finish("tool_calls")));
		respond(at(10, Chunks.text("Ten. ")), at(20, Chunks.text("Bye.")), at(30, Chunks.finish("stop")));
		taking("balance", 10, "1");
		finish("Hi");
		assertThat(this.events).filteredOn(VoiceSegment.class::isInstance)
			.extracting((event) -> ((VoiceSegment) event).index() + ":" + ((VoiceSegment) event).text() + ":"
					+ ((VoiceSegment) event).start() + "-" + ((VoiceSegment) event).end())
			.containsExactly("0:Wait.:0-9", "1:Ten.:9-14", "2:Bye.:14-19");
		assertThat(this.events).filteredOn(VoiceText.class::isInstance)
			.extracting((event) -> ((VoiceText) event).start())
			.containsExactly(0, 10, 15);
	}

	@Test
	void turnBeginsWhenItsEventsAreSubscribedTo() {
		respond(at(5, Chunks.text("Hello.")));
		VoiceTurn turn = voice().say(ID, "Hi");
		advanceTo(100);
		assertThat(this.api.requests()).isEmpty();
		listen(turn);
		advanceTo(200);
		assertThat(this.log).contains("100 request", "105 COMPLETED");
		assertThat(this.events.get(0).at()).isEqualTo(5);
	}

	@Test
	void acknowledgementComesBehindTheInstructions() {
		respond(at(5, Chunks.text("Hello.")));
		finish("Hi");
		assertThat(this.api.requests().get(0).messages().get(0).content())
			.isEqualTo("Be brief.\n\n" + VoiceSettings.DEFAULT_ACKNOWLEDGEMENT);
	}

	@Test
	void acknowledgementCanBeLeftOut() {
		this.settings = this.settings.withAcknowledgement("");
		respond(at(5, Chunks.text("Hello.")));
		finish("Hi");
		assertThat(this.api.requests().get(0).messages().get(0).content()).isEqualTo("Be brief.");
	}

	@Test
	void nothingIsHandedOutWithoutDemand() {
		respond(at(0, Chunks.text("One. "), Chunks.text("Two. "), Chunks.text("Three."), Chunks.finish("stop")));
		StepVerifier.create(voice().say(ID, "Hi").events().map(AbstractVoiceTests::name), 0)
			.thenAwait(Duration.ofMillis(10))
			.thenRequest(1)
			.expectNext("text 'One. '")
			.thenRequest(2)
			.expectNext("text 'Two. '", "ANSWER 'One.'")
			.thenRequest(10)
			.expectNext("text 'Three.'", "ANSWER 'Two.'", "ANSWER 'Three.'", "COMPLETED")
			.expectComplete()
			.verify(Duration.ofSeconds(5));
	}

	@Test
	void chunksAreAskedForAsEventsAre() {
		// But for those that Spring AI takes ahead where it changes threads
		AtomicInteger asked = new AtomicInteger();
		this.api
			.respond(Flux.range(0, 1000).map((i) -> Chunks.text("word ")).doOnNext((chunk) -> asked.incrementAndGet()));
		StepVerifier.create(voice().say(ID, "Hi").events(), 0)
			.thenRequest(3)
			.expectNextCount(3)
			.then(() -> assertThat(asked.get()).isBetween(3, 300))
			.thenCancel()
			.verify(Duration.ofSeconds(5));
	}

	@Test
	void endIsSignalledOnce() {
		respond(at(100, Chunks.text("One."), Chunks.finish("stop")));
		SlowSubscriber subscriber = new SlowSubscriber(this::log, 10);
		voice().say(ID, "Hi").events().subscribe(subscriber);
		advanceTo(1000);
		subscriber.request(1);
		subscriber.request(1);
		assertThat(this.log).containsOnlyOnce("100 complete");
		assertThat(this.log).last().isEqualTo("100 complete");
	}

}
