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

package io.github.electronspring.samples.voiceagent;

import java.time.Duration;
import java.util.List;

import io.github.electronspring.test.autoconfigure.AutoConfigureElectronSimulator;
import io.github.electronspring.test.simulator.ElectronScript;
import io.github.electronspring.test.simulator.ElectronSimulator;
import io.github.electronspring.voice.VoiceEvent;
import io.github.electronspring.voice.VoiceOutcome;
import io.github.electronspring.voice.VoiceSegment;
import io.github.electronspring.voice.VoiceSegmentKind;
import io.github.electronspring.voice.VoiceText;
import io.github.electronspring.voice.VoiceToolFailed;
import io.github.electronspring.voice.VoiceToolFinished;
import io.github.electronspring.voice.VoiceToolStarted;
import io.github.electronspring.voice.VoiceTurnCompleted;
import io.github.electronspring.voice.VoiceTurnInterrupted;
import org.junit.jupiter.api.Test;
import reactor.test.StepVerifier;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.SpringBootTest.WebEnvironment;
import org.springframework.boot.webtestclient.autoconfigure.AutoConfigureWebTestClient;
import org.springframework.test.web.reactive.server.FluxExchangeResult;
import org.springframework.test.web.reactive.server.WebTestClient;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link VoiceAgentApplication}.
 *
 * @author The Electron Spring authors
 */
@SpringBootTest(webEnvironment = WebEnvironment.RANDOM_PORT,
		properties = { "electron.simulator.plan=unlimited", "support-desk.carrier-delay=50ms",
				"support-desk.bonus-fails-every=1" })
@AutoConfigureElectronSimulator
@AutoConfigureWebTestClient
class VoiceAgentApplicationTests {

	private static final Duration TIMEOUT = Duration.ofSeconds(20);

	/** Sooner than the turn would end by itself. */
	private static final Duration SOON = Duration.ofSeconds(5);

	@Autowired
	private ElectronSimulator simulator;

	@Autowired
	private Appointments appointments;

	@Autowired
	private WebTestClient client;

	@Test
	void toolRunsBetweenFillerAndAnswer() {
		this.simulator.enqueue(
				ElectronScript.round().text("Let me look.").toolCall("call_1", "orderStatus", "{\"order\":\"1002\"}"),
				ElectronScript.text("Your coffee machine arrives tomorrow."));
		List<VoiceEvent> events = new Visitor(this.client).hear("Where is my order 1002?");
		assertThat(events).filteredOn((event) -> !(event instanceof VoiceText))
			.extracting((event) -> (Object) event.getClass())
			.containsSubsequence(VoiceSegment.class, VoiceToolStarted.class, VoiceToolFinished.class,
					VoiceSegment.class, VoiceTurnCompleted.class);
		assertThat(segments(events)).contains("Let me look.", "Your coffee machine arrives tomorrow.");
		assertThat(this.simulator.lastRequest().message(-1).path("content").asString()).contains("coffee machine",
				"before noon");
	}

	@Test
	void orderOfSomeoneElseIsNotFound() {
		this.simulator.enqueue(ElectronScript.toolCall("call_1", "orderStatus", "{\"order\":\"2001\"}"),
				ElectronScript.text("I cannot find it."));
		List<VoiceEvent> events = new Visitor(this.client).hear("Where is order 2001?");
		assertThat(events).hasAtLeastOneElementOfType(VoiceToolFailed.class);
		assertThat(this.simulator.lastRequest().body()).doesNotContain("toaster");
	}

	@Test
	void bookingIsSaved() {
		this.simulator.enqueue(
				ElectronScript.toolCall("call_1", "bookService", "{\"order\":\"1003\",\"day\":\"Monday\"}"),
				ElectronScript.text("Booked."));
		int before = this.appointments.countByOrderNumber("1003");
		new Visitor(this.client).hear("Book a repair for 1003 on Monday");
		assertThat(this.appointments.countByOrderNumber("1003")).isEqualTo(before + 1);
	}

	@Test
	void failingToolIsSaidInTheLanguageOfTheCaller() {
		this.simulator.enqueue(ElectronScript.toolCall("call_1", "bonusPoints", "{}"),
				ElectronScript.text("Leider geht das gerade nicht."));
		List<VoiceEvent> events = new Visitor(this.client).hear("Wie viele Punkte habe ich?", "de");
		assertThat(events).hasAtLeastOneElementOfType(VoiceToolFailed.class);
		assertThat(segments(events)).contains("Das Bonusprogramm antwortet gerade nicht.",
				"Leider geht das gerade nicht.");
	}

	@Test
	void interruptionKeepsWhatWasHeard() {
		this.simulator.enqueue(ElectronScript.round()
			.text("One sentence. ", "Another sentence. ")
			.pause(Duration.ofSeconds(30))
			.text("End."), ElectronScript.text("Yes?"));
		Visitor visitor = new Visitor(this.client);
		FluxExchangeResult<VoiceEvent> turn = visitor.begin("Talk");
		StepVerifier.create(turn.getResponseBody().filter((event) -> !(event instanceof VoiceText)))
			.assertNext((event) -> assertThat(event).isInstanceOf(VoiceSegment.class))
			.then(() -> visitor.interrupt(visitor.call(), Visitor.turn(turn.getResponseHeaders()), 13)
				.expectStatus()
				.isNoContent())
			.thenConsumeWhile(VoiceSegment.class::isInstance)
			.assertNext((event) -> assertThat(event).isInstanceOf(VoiceTurnInterrupted.class))
			.expectComplete()
			.verify(TIMEOUT);
		this.simulator.awaitDisconnect(SOON);
		visitor.hear("Stop");
		assertThat(this.simulator.lastRequest().message(-2).path("content").asString()).isEqualTo("One sentence.");
	}

	@Test
	void closedResponseStopsTheRequest() {
		this.simulator
			.enqueue(ElectronScript.round().text("One sentence. ").pause(Duration.ofSeconds(30)).text("End."));
		StepVerifier.create(new Visitor(this.client).begin("Talk").getResponseBody())
			.expectNextCount(1)
			.thenCancel()
			.verify(TIMEOUT);
		this.simulator.awaitDisconnect(SOON);
	}

	@Test
	void callOfAnotherVisitorIsNotFound() {
		this.simulator.enqueue(ElectronScript.round().text("One sentence. ").pause(Duration.ofSeconds(2)).text("End."));
		Visitor visitor = new Visitor(this.client);
		Visitor other = new Visitor(this.client);
		FluxExchangeResult<VoiceEvent> turn = visitor.begin("Talk");
		StepVerifier.create(turn.getResponseBody()).expectNextCount(1).then(() -> {
			other.say(visitor.call(), "And what does he say?", "en").expectStatus().isNotFound();
			other.interrupt(visitor.call(), Visitor.turn(turn.getResponseHeaders()), 0).expectStatus().isNotFound();
			other.hangUp(visitor.call()).expectStatus().isNotFound();
		})
			.thenConsumeWhile((event) -> !(event instanceof VoiceTurnCompleted))
			.assertNext((event) -> assertThat(((VoiceTurnCompleted) event).report().outcome())
				.isEqualTo(VoiceOutcome.COMPLETED))
			.expectComplete()
			.verify(TIMEOUT);
		assertThat(this.simulator.requests()).hasSize(1);
	}

	@Test
	void callThatHasEndedIsNotFound() {
		Visitor visitor = new Visitor(this.client);
		visitor.hangUp(visitor.call()).expectStatus().isNoContent();
		visitor.say(visitor.call(), "Hello", "en")
			.expectStatus()
			.isNotFound()
			.expectBody()
			.jsonPath("$.detail")
			.isEqualTo("There is no such call, or it has ended: begin another one");
	}

	@Test
	void faultEndsWithAnApologyAndOneSentence() {
		this.simulator.enqueue(ElectronScript.error(403));
		List<VoiceEvent> events = new Visitor(this.client).hear("Hallo", "de");
		assertThat(events).filteredOn(VoiceSegment.class::isInstance)
			.extracting((event) -> ((VoiceSegment) event).kind())
			.containsExactly(VoiceSegmentKind.APOLOGY);
		VoiceTurnCompleted completed = (VoiceTurnCompleted) events.get(events.size() - 1);
		assertThat(completed.report().failure()).isNotBlank();
	}

	@Test
	void textThatSaysNothingIsRefused() {
		Visitor visitor = new Visitor(this.client);
		visitor.say(visitor.call(), "  ", "en")
			.expectStatus()
			.isBadRequest()
			.expectBody()
			.jsonPath("$.detail")
			.isEqualTo("'text' must say something but is empty");
		visitor.say(visitor.call(), "x".repeat(501), "en").expectStatus().isBadRequest();
	}

	private static List<String> segments(List<VoiceEvent> events) {
		return events.stream()
			.filter(VoiceSegment.class::isInstance)
			.map((event) -> ((VoiceSegment) event).text())
			.toList();
	}

}
