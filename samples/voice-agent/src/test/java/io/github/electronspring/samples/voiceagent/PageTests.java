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

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import com.microsoft.playwright.options.ColorScheme;
import io.github.electronspring.test.autoconfigure.AutoConfigureElectronSimulator;
import io.github.electronspring.test.simulator.ElectronSimulator;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.SpringBootTest.WebEnvironment;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for the page, in Chromium, on the simulator at the pace of the service.
 *
 * @author The Electron Spring authors
 */
@SpringBootTest(webEnvironment = WebEnvironment.RANDOM_PORT,
		properties = { "electron.simulator.plan=enterprise", "support-desk.bonus-fails-every=1" })
@AutoConfigureElectronSimulator(freeRunning = true, timeToFirstToken = "250ms", timeBetweenTokens = "8ms")
class PageTests extends AbstractPageTests {

	@Autowired
	private ElectronSimulator simulator;

	@Test
	void toolTurnIsSpokenAndDrawn() {
		Page page = visit();
		page.getByRole(AriaRole.BUTTON, named("Where is my order 1002?")).click();
		expect(status(page)).hasText("Working on it: order status…");
		expect(transcript(page)).containsText("coffee machine");
		awaitReady(page);
		assertThat(spoken(page)).first().asString().startsWith("Let me check");
		assertThat(String.join(" ", spoken(page))).contains("coffee machine");
		expect(page.locator("#timeline-text")).containsText("You heard a filler after");
		expect(page.locator("#timeline-text")).containsText("The tool order status began at");
		expect(page.locator("#timeline-text")).containsText("The answer began at");
		expect(page.locator("#timeline .bar.TOOL")).hasCount(1);
		expect(page.locator("#requests")).hasText("2");
		expect(page.locator("#cost")).containsText("$0.0");
		expect(page.locator("#plan-text")).containsText("of 200 requests");
		picture(page, "tool-turn");
		assertNoErrors(page);
	}

	@Test
	void typingInterruptsTheAgent() {
		Page page = visit();
		say(page, "Tell me a story");
		page.waitForFunction("() => window.__speech.boundaries > 5");
		page.getByLabel("What you want to say").press("O");
		expect(transcript(page)).containsText("You interrupted.");
		assertThat(page.evaluate("() => window.__speech.active")).isEqualTo(false);
		int spoken = spoken(page).size();
		picture(page, "barge-in");
		say(page, "Hello");
		awaitReady(page);
		assertThat(spoken(page)).hasSizeGreaterThan(spoken);
		assertHistoryIsCut(page);
		expect(page.locator("#timeline-text")).containsText("You heard");
		assertNoErrors(page);
	}

	@Test
	void talkingInterruptsTheAgentButItsOwnEchoDoesNot() {
		Page page = visit();
		Locator microphone = page.getByRole(AriaRole.BUTTON, named("Talk"));
		microphone.click();
		expect(status(page)).hasText("Listening…");
		assertThat(microphone.getAttribute("aria-pressed")).isEqualTo("true");
		page.evaluate("() => window.__ear.hear('Tell me a story', true)");
		page.waitForFunction("() => window.__speech.boundaries > 5");
		page.evaluate("() => window.__ear.hear(window.__speech.spoken.at(-1).slice(0, 12), false)");
		assertThat(page.evaluate("() => window.__speech.active")).isEqualTo(true);
		page.evaluate("() => window.__ear.hear('Wait please', false)");
		expect(transcript(page)).containsText("You interrupted.");
		assertThat(page.evaluate("() => window.__speech.active")).isEqualTo(false);
		page.evaluate("() => window.__ear.hear('Wait please a moment', true)");
		expect(transcript(page)).containsText("Wait please a moment");
		expect(status(page)).hasText("Listening…");
		assertHistoryIsCut(page);
		assertNoErrors(page);
	}

	@Test
	void failingToolIsSaidAndShown() {
		Page page = visit();
		say(page, "How many bonus points do I have?");
		expect(transcript(page)).containsText("The tool bonus points has failed.");
		awaitReady(page);
		assertThat(spoken(page)).contains("The bonus programme does not answer right now.");
		expect(page.locator("#timeline-text")).containsText("The tool bonus points began at");
		expect(page.locator("#timeline .bar.FAILED")).hasCount(1);
		picture(page, "failing-tool");
		assertNoErrors(page);
	}

	@Test
	void visitorsDoNotHearEachOther() {
		Page page = visit();
		BrowserContext otherContext = newContext(1280, 800, ColorScheme.LIGHT);
		try {
			Page other = open(otherContext, true);
			List<String> calls = new CopyOnWriteArrayList<>();
			page.onRequest((request) -> calls.add(request.url()));
			say(page, "Where is my order 1002?");
			expect(status(page)).containsText("Working on it");
			say(other, "Hello");
			awaitReady(other);
			awaitReady(page);
			expect(transcript(page)).containsText("coffee machine");
			expect(transcript(other)).not().containsText("coffee machine");
			String turns = calls.stream().filter((url) -> url.endsWith("/turns")).findFirst().orElseThrow();
			assertThat(other.evaluate("(url) => fetch(url, { method: 'POST', headers: { 'Content-Type': "
					+ "'application/json' }, body: '{\"text\":\"Hello\"}' }).then((response) => response.status)",
					turns))
				.isEqualTo(404);
			assertThat(other.evaluate("(url) => fetch(url + '/1/interruption', { method: 'POST', headers: { "
					+ "'Content-Type': 'application/json' }, body: '{\"heard\":0}' }).then((response) => response.status)",
					turns))
				.isEqualTo(404);
			picture(other, "other-visitor");
		}
		finally {
			otherContext.close();
		}
	}

	@Test
	void keyboardIsEnough() {
		Page page = visit();
		page.keyboard().press("Tab");
		assertThat(focused(page)).isEqualTo("Skip to what you want to say");
		page.keyboard().press("Enter");
		page.keyboard().type("Tell me a story");
		page.keyboard().press("Enter");
		page.waitForFunction("() => window.__speech.boundaries > 2");
		page.keyboard().press("Escape");
		expect(transcript(page)).containsText("You interrupted.");
		assertThat(focused(page)).isEqualTo("What you want to say");
		page.keyboard().press("Shift+Tab");
		assertThat(focused(page)).isEqualTo("Talk");
		page.keyboard().press("Shift+Tab");
		assertThat(focused(page)).startsWith("Book a repair service");
		page.keyboard().press("Enter");
		expect(transcript(page)).containsText("dishwasher");
		awaitReady(page);
		assertThat(focused(page)).isEqualTo("What you want to say");
		for (String name : List.of("Language", "Read answers aloud", "New call", "What was said",
				"Where is my order 1002?")) {
			tabTo(page, name);
		}
		assertNoErrors(page);
	}

	@Test
	void withoutSpeechOneReadsAndTypes() {
		Page page = visit(1280, 800, ColorScheme.DARK, false);
		expect(page.locator("#hint")).hasText("This browser neither listens nor speaks: type, and read the answers.");
		expect(page.getByRole(AriaRole.BUTTON, named("Talk"))).isDisabled();
		expect(page.getByLabel("Read answers aloud")).isDisabled();
		say(page, "Status of order 1001 and my bonus points");
		expect(transcript(page)).containsText("kettle");
		awaitReady(page);
		expect(page.locator("#timeline-text")).containsText("You read a filler");
		picture(page, "dark");
		assertNoErrors(page);
	}

	@Test
	void voiceThatNeverBeginsIsGivenUp() {
		Page page = visit();
		page.evaluate("() => (window.__speech.mute = true)");
		say(page, "Hello");
		expect(page.locator("#hint")).hasText("There is no voice in this browser: read the answers.");
		awaitReady(page);
		expect(transcript(page)).containsText("simulator");
	}

	@ParameterizedTest
	@ValueSource(ints = { 320, 360, 768 })
	void narrowWindowNeedsNoHorizontalScrolling(int width) {
		Page page = visit(width, 740, ColorScheme.LIGHT, true);
		say(page,
				"Status of order 1001 and my bonus points with" + " averyveryverylongword".repeat(3).replace(" ", ""));
		expect(transcript(page)).containsText("kettle");
		awaitReady(page);
		assertThat(page.evaluate("() => [...document.querySelectorAll('html, body, section, #transcript, #timeline')]"
				+ ".filter((one) => one.scrollWidth > one.clientWidth).map((one) => one.id || one.className || one.tagName)"))
			.asString()
			.isEqualTo("[]");
		if (width == 360) {
			picture(page, "narrow");
		}
		assertNoErrors(page);
	}

	@Test
	void languageIsThatOfThePhrasesAndOfTheVoice() {
		Page page = visit();
		page.getByLabel("Language").selectOption("de");
		say(page, "Was macht mein Bonus?");
		expect(transcript(page)).containsText("Das Bonusprogramm antwortet gerade nicht.");
		awaitReady(page);
		assertThat(page.evaluate("() => window.__speech.languages")).asInstanceOf(InstanceOfAssertFactories.LIST)
			.containsOnly("de");
	}

	/**
	 * Assert that the model is told the same as the page shows of what was heard.
	 * @param page the page
	 */
	private void assertHistoryIsCut(Page page) {
		String heard = String.valueOf(page.evaluate("() => { const desk = document.querySelector('#transcript .desk')"
				+ ".cloneNode(true); desk.querySelectorAll('b, s').forEach((one) => one.remove());"
				+ " return desk.textContent.trim(); }"));
		JsonNode cut = this.simulator.lastRequest().message(-2);
		assertThat(cut.path("role").asString()).isEqualTo("assistant");
		assertThat(heard).startsWith("Once upon a time").hasSizeLessThan(200);
		assertThat(cut.path("content").asString().strip()).isEqualTo(heard);
	}

	private static void tabTo(Page page, String name) {
		for (int i = 0; i < 20; i++) {
			if (focused(page).equals(name)) {
				return;
			}
			page.keyboard().press("Tab");
		}
		assertThat(focused(page)).isEqualTo(name);
	}

	private static String focused(Page page) {
		return String
			.valueOf(page.evaluate("() => { const e = document.activeElement; return e.getAttribute('aria-label')"
					+ " || (e.labels && e.labels[0] && e.labels[0].textContent.trim()) || e.textContent.trim(); }"));
	}

	@SuppressWarnings("unchecked")
	private static List<String> spoken(Page page) {
		return (List<String>) page.evaluate("() => window.__speech.spoken");
	}

	private static void assertNoErrors(Page page) {
		assertThat(page.evaluate("() => window.__errors || []")).asString().isEqualTo("[]");
	}

	private static Page.GetByRoleOptions named(String name) {
		return new Page.GetByRoleOptions().setName(name);
	}

}
