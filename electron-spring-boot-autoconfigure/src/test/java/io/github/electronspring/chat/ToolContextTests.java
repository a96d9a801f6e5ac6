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

package io.github.electronspring.chat;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;

import io.github.electronspring.turn.TurnSettings;
import io.micrometer.context.ContextRegistry;
import io.micrometer.context.ContextSnapshotFactory;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Flux;
import reactor.core.scheduler.Schedulers;

import org.springframework.ai.chat.model.ChatResponse;
import org.springframework.ai.chat.prompt.Prompt;
import org.springframework.ai.tool.ToolCallback;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for what of the caller of {@link ElectronChatModel} a tool sees on its thread.
 *
 * @author The Electron Spring authors
 */
class ToolContextTests {

	private static final Duration TIMEOUT = Duration.ofSeconds(5);

	private static final ThreadLocal<String> TENANT = new ThreadLocal<>();

	private final FakeElectronApi api = new FakeElectronApi().call("One moment", "who", "{}").answer("You");

	private final ExecutorService executor = Executors.newSingleThreadExecutor();

	private final List<String> seen = new CopyOnWriteArrayList<>();

	private final ToolCallback who = TestTools.of("who", false, (context) -> {
		this.seen.add(String.valueOf(TENANT.get()));
		return "me";
	});

	private final ElectronChatModel model = ElectronChatModel.builder(this.api)
		.turnSettings(TurnSettings.defaults()
			.withToolExecutor(this.executor)
			.withContextSnapshotFactory(ContextSnapshotFactory.builder()
				.contextRegistry(
						new ContextRegistry().loadContextAccessors().registerThreadLocalAccessor("tenant", TENANT))
				.build()))
		.registeredTools(() -> List.of(this.who))
		.build();

	@AfterEach
	void threadOfTheToolIsClean() throws Exception {
		TENANT.remove();
		Future<String> after = this.executor.submit(TENANT::get);
		assertThat(after.get(5, TimeUnit.SECONDS)).isNull();
		this.executor.shutdown();
	}

	@Test
	void toolSeesTheThreadOfTheCaller() {
		TENANT.set("acme");
		this.model.call(new Prompt("Who?"));
		assertThat(this.seen).containsExactly("acme");
	}

	@Test
	void toolSeesTheThreadOfTheSubscriber() {
		TENANT.set("acme");
		this.model.stream(new Prompt("Who?")).blockLast(TIMEOUT);
		assertThat(this.seen).containsExactly("acme");
	}

	@Test
	void toolSeesTheContextOfTheSubscriberWhereverItSubscribes() {
		Flux<ChatResponse> responses = this.model.stream(new Prompt("Who?"))
			.subscribeOn(Schedulers.parallel())
			.contextWrite((context) -> context.put("tenant", "acme"));
		responses.blockLast(TIMEOUT);
		assertThat(this.seen).containsExactly("acme");
	}

}
