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

import io.github.electronspring.protocol.ChatCompletionChunk;
import io.github.electronspring.protocol.Chunks;
import io.github.electronspring.tool.ToolSpeech;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import reactor.core.publisher.Mono;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link SilenceGuard}.
 *
 * @author The Electron Spring authors
 */
class SilenceGuardTests extends AbstractVoiceTests {

	private static final ChatCompletionChunk CALL = Chunks.call(0, "a", "balance", "{\"id\":1}");

	private static final ChatCompletionChunk OTHER = Chunks.call(1, "b", "rate", "{\"id\":1}");

	private static final ChatCompletionChunk CALLS = Chunks.finish("tool_calls");

	@Test
	void toolThatIsQuickIsNotSpokenOf() {
		respond(at(0, CALL, CALLS));
		respond(at(10, Chunks.text("Ten.")));
		taking("balance", 380, "1");
		finish("Hi");
		assertThat(this.log).noneMatch((line) -> line.contains("PROGRESS"));
	}

	@Test
	void silenceBeforeASlowToolIsFilledAndFilledAgain() {
		respond(at(100, CALL, CALLS));
		respond(at(50, Chunks.text("Ten.")));
		taking("balance", 7500, "1");
		finish("Hi");
		assertThat(this.log).containsExactly("0 request", "100 started a", "100 tool balance",
				"500 PROGRESS 'One moment, please.'", "3100 PROGRESS 'I am still working on it.'",
				"6100 PROGRESS 'I am still working on it.'", "7600 tool balance done", "7600 finished a",
				"7600 request", "7650 text 'Ten.'", "7650 ANSWER 'Ten.'", "7650 COMPLETED", "7650 complete");
	}

	@Test
	void fillerOfTheModelTakesThePlaceOfTheFirstPhrase() {
		respond(at(0, Chunks.text("Let me look."), CALL, CALLS));
		respond(at(50, Chunks.text("Ten.")));
		taking("balance", 3500, "1");
		finish("Hi");
		assertThat(this.log).containsSubsequence("0 FILLER 'Let me look.'", "3000 PROGRESS 'I am still working on it.'",
				"3500 finished a");
		assertThat(this.log).filteredOn((line) -> line.contains("PROGRESS")).hasSize(1);
	}

	@Test
	void toolHasPhrasesAndATimeOfItsOwn() {
		respond(at(0, CALL, CALLS));
		respond(at(50, Chunks.text("Ten.")));
		taking("balance",
				new ToolSpeech("I am asking the bank.", "The bank is slow today.", Duration.ofSeconds(1), "", true),
				5000, "1");
		finish("Hi");
		assertThat(this.log).filteredOn((line) -> line.contains("PROGRESS"))
			.containsExactly("400 PROGRESS 'I am asking the bank.'", "1000 PROGRESS 'The bank is slow today.'",
					"4000 PROGRESS 'The bank is slow today.'");
	}

	@Test
	void delayedPhraseDoesNotComeRightBehindWhatWasSaid() {
		respond(at(0, CALL), at(900, Chunks.text("Let me look. ")), at(950, CALLS));
		respond(at(50, Chunks.text("Ten.")));
		taking("balance", new ToolSpeech("", "", Duration.ofSeconds(1), "", true), 2000, "1");
		this.settings = this.settings.withSilence(new SilenceSettings(Duration.ofMillis(950), Duration.ofSeconds(3)));
		finish("Hi");
		assertThat(this.log).filteredOn((line) -> line.contains("PROGRESS"))
			.containsExactly("1900 PROGRESS 'I am still working on it.'");
	}

	@Test
	void severalToolsAtOnceAreSpokenOfOnce() {
		respond(at(0, CALL, OTHER, CALLS));
		respond(at(50, Chunks.text("Ten.")));
		taking("balance", new ToolSpeech("First.", "", null, "", true), 600, "1");
		taking("rate", new ToolSpeech("Second.", "Second is slow.", null, "", true), 3500, "2");
		finish("Hi");
		assertThat(this.log).filteredOn((line) -> line.contains("PROGRESS"))
			.containsExactly("400 PROGRESS 'First.'", "3000 PROGRESS 'Second is slow.'");
	}

	@Test
	void failureIsSpokenOfOnceIfTheToolSaysSo() {
		respond(at(0, Chunks.text("Let me look."), CALL, OTHER, CALLS));
		respond(at(50, Chunks.text("Sorry.")));
		ToolSpeech speech = new ToolSpeech("", "", null, "That did not work.", true);
		tool("balance", speech, (arguments, execution) -> Mono.error(new IllegalStateException("down")));
		tool("rate", speech, (arguments, execution) -> Mono.error(new IllegalStateException("down")));
		finish("Hi");
		assertThat(this.log).containsSubsequence("0 failed a", "0 PROGRESS 'That did not work.'", "0 failed b");
		assertThat(this.log).filteredOn((line) -> line.contains("PROGRESS")).hasSize(1);
		assertThat(report().times().tools()).allMatch(VoiceToolTime::failed).hasSize(2);
	}

	@Test
	void whatAToolSaysItselfIsSpokenAndDelaysTheNextPhrase() {
		respond(at(0, CALL, CALLS));
		respond(at(50, Chunks.text("Ten.")));
		tool("balance", ToolSpeech.DEFAULT,
				(arguments, execution) -> Mono.delay(Duration.ofMillis(300))
					.doOnNext((tick) -> execution.say("The line is busy."))
					.then(Mono.delay(Duration.ofMillis(3200)))
					.thenReturn("1"));
		finish("Hi");
		assertThat(this.log).filteredOn((line) -> line.contains("PROGRESS"))
			.containsExactly("300 PROGRESS 'The line is busy.'", "3300 PROGRESS 'I am still working on it.'");
	}

	@Test
	void segmentsAreNotInterruptibleWhileSuchAToolRuns() {
		respond(at(0, Chunks.text("I book it."), CALL, CALLS));
		respond(at(50, Chunks.text("Done.")));
		taking("balance", new ToolSpeech("", "", null, "", false), 3100, "1");
		finish("Hi");
		assertThat(this.events).filteredOn(VoiceSegment.class::isInstance)
			.extracting((event) -> ((VoiceSegment) event).interruptible())
			.containsExactly(true, false, true);
	}

	@Test
	void phrasesComeInTheLanguageOfTheTurn() {
		respond(at(0, CALL, CALLS));
		respond(at(50, Chunks.text("Zehn.")));
		taking("balance", 1000, "1");
		listen(voice().say(ID, "Hallo", Locale.GERMANY));
		advanceTo(5000);
		assertThat(this.log).contains("400 PROGRESS 'Einen Augenblick, bitte.'");
		assertThat(this.events).filteredOn(VoiceSegment.class::isInstance)
			.extracting((event) -> ((VoiceSegment) event).language())
			.containsExactly("de", "de-DE");
	}

	@ParameterizedTest
	@ValueSource(strings = { "\n\n", "**", "👍 " })
	void textWithoutAWordIsSilence(String text) {
		respond(at(0, Chunks.text(text), CALL, CALLS));
		respond(at(50, Chunks.text("Ten.")));
		taking("balance", 2000, "1");
		finish("Hi");
		assertThat(this.log).contains("400 PROGRESS 'One moment, please.'");
	}

	@Test
	void whoIsBehindHearsNoPhrases() {
		respond(at(0, CALL, CALLS));
		respond(at(50, Chunks.text("Ten.")));
		taking("balance", 7000, "1");
		SlowSubscriber subscriber = new SlowSubscriber(this::log, 1);
		voice().say(ID, "Hi").events().subscribe(subscriber);
		advanceTo(6900);
		subscriber.request(100);
		advanceTo(8000);
		assertThat(this.log).containsExactly("0 request", "0 tool balance", "0 started a", "7000 tool balance done",
				"7000 finished a", "7000 request", "7050 text 'Ten.'", "7050 ANSWER 'Ten.'", "7050 COMPLETED",
				"7050 complete");
	}

	@Test
	void whoCatchesUpHearsThePhraseThatIsDue() {
		respond(at(0, CALL, CALLS));
		respond(at(50, Chunks.text("Ten.")));
		taking("balance", 2900, "1");
		SlowSubscriber subscriber = new SlowSubscriber(this::log, 1);
		voice().say(ID, "Hi").events().subscribe(subscriber);
		advanceTo(900);
		subscriber.request(100);
		advanceTo(8000);
		assertThat(this.log).filteredOn((line) -> line.contains("PROGRESS"))
			.containsExactly("1200 PROGRESS 'One moment, please.'");
	}

}
