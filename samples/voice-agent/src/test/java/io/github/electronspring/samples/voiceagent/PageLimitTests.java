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

import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import io.github.electronspring.test.autoconfigure.AutoConfigureElectronSimulator;
import org.junit.jupiter.api.Test;

import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.SpringBootTest.WebEnvironment;

/**
 * Tests for the page when the plan is used up.
 *
 * @author The Electron Spring authors
 */
@SpringBootTest(webEnvironment = WebEnvironment.RANDOM_PORT,
		properties = { "electron.plan=custom", "electron.quota.requests-per-minute=1" })
@AutoConfigureElectronSimulator(freeRunning = true, timeToFirstToken = "250ms", timeBetweenTokens = "8ms")
class PageLimitTests extends AbstractPageTests {

	@Test
	void pageSaysHowLongItTakesUntilItGoesOn() {
		Page page = visit();
		say(page, "Hello");
		awaitReady(page);
		page.clock().install();
		say(page, "Hello again");
		expect(status(page)).hasText("Limit reached");
		expect(page.getByRole(AriaRole.ALERT)).containsText("The plan's limit is reached. You can go on in");
		expect(page.getByRole(AriaRole.BUTTON, new Page.GetByRoleOptions().setName("Send"))).isDisabled();
		expect(page.locator("#hint")).containsText("Goes on in");
		picture(page, "limit");
		page.clock().fastForward(62_000);
		awaitReady(page);
		expect(page.getByRole(AriaRole.BUTTON, new Page.GetByRoleOptions().setName("Send"))).isEnabled();
	}

}
