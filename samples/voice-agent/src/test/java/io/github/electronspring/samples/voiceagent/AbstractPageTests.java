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

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.BrowserType;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Playwright;
import com.microsoft.playwright.assertions.LocatorAssertions;
import com.microsoft.playwright.assertions.PlaywrightAssertions;
import com.microsoft.playwright.options.AriaRole;
import com.microsoft.playwright.options.ColorScheme;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeAll;

import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.core.io.ClassPathResource;
import org.springframework.util.StringUtils;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Base class of tests of the page in Chromium. The path of another Chromium than Debian's
 * is the system property {@code chromium.path}. With {@code -Dpage.screenshots} the
 * pictures of the documents are taken anew.
 *
 * @author The Electron Spring authors
 */
abstract class AbstractPageTests {

	static final int TIMEOUT = 20_000;

	private static final String NO_CHROMIUM = "There is no Chromium at '%s': install Debian's package 'chromium' or set the system property 'chromium.path'";

	private static final List<String> ARGUMENTS = List.of("--disable-gpu", "--disable-quic", "--no-first-run",
			"--disable-background-networking", "--disable-component-update", "--disable-sync",
			"--disable-dev-shm-usage");

	private static Playwright playwright;

	private static Browser browser;

	@LocalServerPort
	private int port;

	private BrowserContext context;

	@BeforeAll
	static void launch() {
		Path chromium = Path.of(System.getProperty("chromium.path", "/usr/bin/chromium"));
		if (!Files.isExecutable(chromium)) {
			String message = NO_CHROMIUM.formatted(chromium);
			if (StringUtils.hasText(System.getenv("CI"))) {
				throw new IllegalStateException(message);
			}
			Assumptions.abort(message);
		}
		playwright = Playwright
			.create(new Playwright.CreateOptions().setEnv(Map.of("PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD", "1")));
		// Each launch has a profile of its own
		browser = playwright.chromium()
			.launch(new BrowserType.LaunchOptions().setExecutablePath(chromium)
				.setHeadless(true)
				.setChromiumSandbox(false)
				.setTimeout(120_000)
				.setArgs(ARGUMENTS));
		PlaywrightAssertions.setDefaultAssertionTimeout(TIMEOUT);
	}

	@AfterAll
	static void close() {
		if (playwright != null) {
			playwright.close();
			playwright = null;
		}
	}

	@AfterEach
	void leave() {
		if (this.context != null) {
			this.context.close();
			this.context = null;
		}
	}

	/**
	 * Visit the page with speech that plays in set times.
	 * @return the page, when the call has begun
	 */
	Page visit() {
		return visit(1280, 800, ColorScheme.LIGHT, true);
	}

	Page visit(int width, int height, ColorScheme colors, boolean speech) {
		this.context = newContext(width, height, colors);
		return open(this.context, speech);
	}

	BrowserContext newContext(int width, int height, ColorScheme colors) {
		BrowserContext opened = browser.newContext(new Browser.NewContextOptions().setViewportSize(width, height)
			.setColorScheme(colors)
			.setLocale("en-GB"));
		opened.setDefaultTimeout(TIMEOUT);
		return opened;
	}

	Page open(BrowserContext in, boolean speech) {
		in.addInitScript(script(speech ? "speech.js" : "no-speech.js"));
		Page page = in.newPage();
		page.onPageError(
				(error) -> page.evaluate("(text) => (window.__errors = [...(window.__errors || []), text])", error));
		page.navigate("http://localhost:%d/".formatted(this.port));
		expect(status(page)).containsText("Ready");
		return page;
	}

	private static String script(String name) {
		try {
			return new ClassPathResource(name, AbstractPageTests.class).getContentAsString(StandardCharsets.UTF_8);
		}
		catch (IOException ex) {
			throw new IllegalStateException(ex);
		}
	}

	static void say(Page page, String text) {
		Locator field = page.getByLabel("What you want to say");
		field.fill(text);
		field.press("Enter");
	}

	static Locator status(Page page) {
		return page.getByRole(AriaRole.STATUS);
	}

	/**
	 * Wait until the turn has ended, well.
	 * @param page the page
	 */
	static void awaitReady(Page page) {
		page.waitForFunction("() => ['ready', 'failed', 'limit'].includes(document.body.dataset.state)");
		assertThat(page.locator("#problem").textContent()).isEmpty();
		expect(status(page)).containsText("Ready");
	}

	static Locator transcript(Page page) {
		return page.getByRole(AriaRole.LOG);
	}

	static LocatorAssertions expect(Locator locator) {
		return PlaywrightAssertions.assertThat(locator);
	}

	/**
	 * Keep a picture for the documents, if asked to.
	 * @param page the page
	 * @param name the name of the picture
	 */
	static void picture(Page page, String name) {
		if (System.getProperty("page.screenshots") != null) {
			Path root = Path.of("").toAbsolutePath();
			while (!Files.exists(root.resolve("docs"))) {
				root = root.getParent();
			}
			page.screenshot(
					new Page.ScreenshotOptions().setPath(root.resolve("docs/images/voice-%s.png".formatted(name))));
		}
	}

}
