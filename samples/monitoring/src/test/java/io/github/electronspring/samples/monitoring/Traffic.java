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

package io.github.electronspring.samples.monitoring;

import io.github.electronspring.test.simulator.ElectronScript;

import org.springframework.ai.chat.client.ChatClient;

/**
 * What callers do in a day: all that a meter counts happens once.
 *
 * @author The Electron Spring authors
 */
final class Traffic {

	private Traffic() {
	}

	static void play(RunningAgent agent) throws Exception {
		agent.answer(ElectronScript.text("Hello", " there").usage(1200, 1024, 80));
		agent.ask("Hello");
		agent.answer(
				ElectronScript.round()
					.text("One ", "moment. ")
					.toolCall("call_1", "balance", "{\"account\":", "\"1\"}"),
				ElectronScript.text("You have ", "1250.75 EUR."));
		agent.ask("How much do I have?");
		agent.answer(ElectronScript.error(503), ElectronScript.text("After", " a retry"));
		agent.ask("Again");
		agent.answer(ElectronScript.error(503), ElectronScript.error(503));
		agent.openAi().enqueue(ElectronScript.text("The other", " one"));
		agent.ask("And you?");
		agent.answer(ElectronScript.error(401));
		agent.openAi().enqueue(ElectronScript.error(401));
		agent.ask("Who am I?");
		agent.answer(ElectronScript.round().text("One").pause(RunningAgent.TIMEOUT).text(" two"));
		ChatClient client = agent.context().getBean(ChatClient.class);
		client.prompt("Count").stream().content().take(1).blockLast(RunningAgent.TIMEOUT);
	}

}
