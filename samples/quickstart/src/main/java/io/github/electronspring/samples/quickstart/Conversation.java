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

package io.github.electronspring.samples.quickstart;

import java.io.PrintStream;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;

import io.github.electronspring.api.ElectronException;
import io.github.electronspring.chat.ElectronChatClient;
import io.github.electronspring.turn.TextReceived;
import io.github.electronspring.turn.ToolCallFailed;
import io.github.electronspring.turn.ToolCallFinished;
import io.github.electronspring.turn.ToolCallStarted;
import io.github.electronspring.turn.TurnEvent;

import org.springframework.ai.chat.client.ChatClient;
import org.springframework.boot.ApplicationArguments;
import org.springframework.boot.ApplicationRunner;
import org.springframework.boot.ExitCodeGenerator;
import org.springframework.core.ParameterizedTypeReference;
import org.springframework.stereotype.Component;

/**
 * Says a few things to the model and prints what comes back.
 *
 * @author The Electron Spring authors
 */
@Component
class Conversation implements ApplicationRunner, ExitCodeGenerator {

	private static final String SYSTEM = "You are the voice of a bank. Before you use a tool, acknowledge the request "
			+ "in one short sentence. Answer in one or two sentences.";

	private final PrintStream out = System.out;

	private final ChatClient chat;

	private final ElectronChatClient electron;

	private final Bill bill;

	private int exitCode;

	Conversation(ChatClient chat, ElectronChatClient electron, Bill bill) {
		this.chat = chat;
		this.electron = electron;
		this.bill = bill;
	}

	@Override
	public void run(ApplicationArguments args) {
		try {
			answer();
			stream();
			useTool();
			answerTyped();
			this.out.printf("%n%s%n", this.bill);
		}
		catch (RuntimeException ex) {
			ElectronException failure = ElectronException.find(ex);
			if (failure == null) {
				throw ex;
			}
			System.err.println(failure.getMessage());
			this.exitCode = 1;
		}
	}

	@Override
	public int getExitCode() {
		return this.exitCode;
	}

	private void answer() {
		this.out.println("\n> What is Electron?");
		this.out.println(this.chat.prompt("What is Electron?").call().content());
	}

	private void stream() {
		this.out.println("\n> How does a telephone work, in three sentences?");
		long start = System.nanoTime();
		AtomicBoolean first = new AtomicBoolean(true);
		this.chat.prompt("How does a telephone work, in three sentences?").stream().content().doOnNext((text) -> {
			if (first.getAndSet(false)) {
				this.out.printf("[first token after %d ms] ", Duration.ofNanos(System.nanoTime() - start).toMillis());
			}
			this.out.print(text);
		}).blockLast();
		this.out.println();
	}

	private void useTool() {
		this.out.println("\n> What is the balance of my account 4711?");
		this.electron.turn((prompt) -> prompt.system(SYSTEM).user("What is the balance of my account 4711?"))
			.doOnNext(this::print)
			.blockLast();
		this.out.println();
	}

	private void print(TurnEvent event) {
		if (event instanceof TextReceived text) {
			this.out.print(text.text());
		}
		else if (event instanceof ToolCallStarted started) {
			this.out.printf("%n[tool %s started]", started.call().function().name());
		}
		else if (event instanceof ToolCallFinished finished) {
			this.out.printf("%n[tool %s finished after %d ms]%n", finished.call().function().name(),
					finished.duration().toMillis());
		}
		else if (event instanceof ToolCallFailed failed) {
			this.out.printf("%n[tool %s failed]%n", failed.call().function().name());
		}
	}

	private void answerTyped() {
		this.out.println("\n> The capitals of France, Japan and Kenya, typed");
		List<Capital> capitals = this.chat.prompt("Give me the capitals of France, Japan and Kenya.")
			.call()
			.entity(new ParameterizedTypeReference<List<Capital>>() {
			});
		this.out.println(capitals);
	}

}
