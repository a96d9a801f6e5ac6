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

import io.github.electronspring.test.autoconfigure.AutoConfigureElectronSimulator;
import io.github.electronspring.voice.VoiceEvent;
import io.github.electronspring.voice.VoiceOutcome;
import io.github.electronspring.voice.VoiceTurnCompleted;
import org.junit.jupiter.api.Test;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.SpringBootTest.WebEnvironment;
import org.springframework.boot.webtestclient.autoconfigure.AutoConfigureWebTestClient;
import org.springframework.test.web.reactive.server.WebTestClient;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for the desk when the plan is used up.
 *
 * @author The Electron Spring authors
 */
@SpringBootTest(webEnvironment = WebEnvironment.RANDOM_PORT,
		properties = { "electron.plan=custom", "electron.quota.requests-per-minute=1" })
@AutoConfigureElectronSimulator(freeRunning = true)
@AutoConfigureWebTestClient
class PlanLimitTests {

	@Autowired
	private WebTestClient client;

	@Test
	void pageLearnsWhenItCanGoOn() {
		Visitor visitor = new Visitor(this.client);
		assertThat(outcome(visitor.hear("Hello"))).isEqualTo(VoiceOutcome.COMPLETED);
		assertThat(plan().retryAfter()).isZero();
		assertThat(outcome(visitor.hear("Hello again"))).isEqualTo(VoiceOutcome.FAILED);
		assertThat(plan().retryAfter()).isBetween(30_000L, 61_000L);
		assertThat(plan().used()).isOne();
		assertThat(plan().limit()).isOne();
	}

	private PlanView plan() {
		return this.client.get()
			.uri("/api/plan")
			.exchange()
			.expectStatus()
			.isOk()
			.expectBody(PlanView.class)
			.returnResult()
			.getResponseBody();
	}

	private static VoiceOutcome outcome(List<VoiceEvent> events) {
		return ((VoiceTurnCompleted) events.get(events.size() - 1)).report().outcome();
	}

}
