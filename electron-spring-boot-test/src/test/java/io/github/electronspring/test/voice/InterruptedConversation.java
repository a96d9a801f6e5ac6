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

package io.github.electronspring.test.voice;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

import io.github.electronspring.api.ElectronApi;
import io.github.electronspring.chat.ElectronChatClient;
import io.github.electronspring.chat.ElectronChatModel;
import io.github.electronspring.memory.ElectronChatMemoryAdvisor;
import io.github.electronspring.memory.PrefixStableChatMemory;
import io.github.electronspring.test.simulator.ElectronScript;
import io.github.electronspring.test.simulator.ElectronSimulator;
import io.github.electronspring.test.simulator.ScriptedResponse;
import io.github.electronspring.test.simulator.SimulatorRequest;
import io.github.electronspring.tool.ElectronToolRegistry;
import io.github.electronspring.voice.ElectronVoice;
import io.github.electronspring.voice.VoiceEvent;
import io.github.electronspring.voice.VoiceOutcome;
import io.github.electronspring.voice.VoiceReport;
import io.github.electronspring.voice.VoiceSegment;
import io.github.electronspring.voice.VoiceText;
import io.github.electronspring.voice.VoiceTurn;
import io.github.electronspring.voice.VoiceTurnInterrupted;
import reactor.core.publisher.Mono;
import tools.jackson.databind.JsonNode;

import org.springframework.ai.chat.memory.InMemoryChatMemoryRepository;
import org.springframework.context.annotation.AnnotationConfigApplicationContext;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Conversations over HTTP, each of a turn that is interrupted and one after it.
 *
 * @author The Electron Spring authors
 */
class InterruptedConversation implements AutoCloseable {

	private static final Duration TIMEOUT = Duration.ofSeconds(20);

	private static final Duration SETTLING = Duration.ofMillis(20);

	private static final String[] FILLER = { "Let me ", "look that ", "up. ", "One ", "moment, " };

	private static final String[] ANSWER = { "You have ", "$29.50 ", "on it. ", "That is ", "ten more ", "than in ",
			"May. ", "Good for ", "you \uD83D\uDE00." };

	private final ElectronSimulator simulator = ElectronSimulator.start();

	private final AnnotationConfigApplicationContext context = new AnnotationConfigApplicationContext(Desk.class);

	private final Desk desk = this.context.getBean(Desk.class);

	private final CountedApi api;

	private final ElectronVoice voice;

	private long inFlight;

	InterruptedConversation() {
		ElectronToolRegistry registry = new ElectronToolRegistry(this.context.getBeanFactory());
		this.api = new CountedApi(
				ElectronApi.builder().baseUrl(this.simulator.baseUrl()).apiKey(this.simulator.apiKey()).build());
		ElectronChatModel model = ElectronChatModel.builder(this.api)
			.registeredTools(registry::getToolCallbacks)
			.build();
		this.voice = ElectronVoice.builder(ElectronChatClient.create(model))
			.tools(registry)
			.memory(new ElectronChatMemoryAdvisor(new PrefixStableChatMemory(new InMemoryChatMemoryRepository())))
			.build();
		warmUp();
	}

	/**
	 * Load all classes: it would take longer than the turns.
	 */
	private void warmUp() {
		script(new Random(0));
		this.voice.say("warm-up", "Hello").events().blockLast(TIMEOUT);
	}

	/**
	 * Have a conversation.
	 * @param seed the seed of what happens when
	 * @return how the first turn ended
	 */
	VoiceOutcome run(long seed) {
		Random random = new Random(seed);
		String id = "conversation-" + seed;
		this.simulator.reset();
		script(random);
		VoiceTurn turn = this.voice.say(id, "How much do I have?");
		List<VoiceEvent> events = new CopyOnWriteArrayList<>();
		CountDownLatch ended = new CountDownLatch(1);
		turn.events().subscribe(events::add, (ex) -> {
		}, ended::countDown);
		Mono.delay(Duration.ofNanos(random.nextLong(Duration.ofMillis(30).toNanos()))).block(TIMEOUT);
		int heard = interrupt(turn, events, random);
		int requests = this.api.begun.get();
		int starts = this.desk.starts.get();
		long segments = segments(events);
		await(ended);
		VoiceReport report = turn.report().block(TIMEOUT);
		assertThat(report).isNotNull();
		this.simulator.awaitIdle(TIMEOUT);
		settle();
		if (report.outcome() == VoiceOutcome.INTERRUPTED) {
			addInFlight(this.api.begun.get() - requests);
			addInFlight(this.desk.starts.get() - starts);
			addInFlight(segments(events) - segments);
		}
		assertThatHistoryFits(id, heard(events, heard), raw(events));
		return report.outcome();
	}

	private static long segments(List<VoiceEvent> events) {
		return events.stream().filter(VoiceSegment.class::isInstance).count();
	}

	/**
	 * Count what another thread was just about to do when the turn was interrupted: of
	 * requests, tools and segments there can be one of each.
	 */
	private void addInFlight(long count) {
		assertThat(count).isBetween(0L, 1L);
		this.inFlight += count;
	}

	/**
	 * Return how much was done after interruptions.
	 */
	long inFlight() {
		return this.inFlight;
	}

	/**
	 * Let threads that were about to do something see that it is not wanted any more.
	 */
	private static void settle() {
		Mono.delay(SETTLING).block(TIMEOUT);
	}

	private void script(Random random) {
		String tool = random.nextBoolean() ? "balance" : "book";
		this.simulator.enqueue(spoken(random, FILLER).toolCall("call_1", tool, "{\"id\"", ":1}"));
		this.simulator.enqueue(spoken(random, ANSWER));
	}

	private static ScriptedResponse spoken(Random random, String[] pieces) {
		ScriptedResponse round = ElectronScript.round().pause(Duration.ofMillis(random.nextInt(4)));
		for (String piece : pieces) {
			round = round.text(piece).pause(Duration.ofMillis(random.nextInt(3)));
		}
		return round;
	}

	private int interrupt(VoiceTurn turn, List<VoiceEvent> events, Random random) {
		if (random.nextBoolean()) {
			turn.interrupt();
			return -1;
		}
		// Someone hears less than what was handed out
		int handedOut = events.stream()
			.filter(VoiceSegment.class::isInstance)
			.mapToInt((event) -> ((VoiceSegment) event).end())
			.max()
			.orElse(0);
		int heard = random.nextInt(handedOut + 1);
		turn.interrupt(heard);
		return heard;
	}

	private static int heard(List<VoiceEvent> events, int heard) {
		VoiceEvent last = events.get(events.size() - 1);
		if (last instanceof VoiceTurnInterrupted interrupted) {
			assertThat(heard).isIn(-1, interrupted.heard());
			return interrupted.heard();
		}
		return (heard >= 0) ? heard : raw(events).length();
	}

	private static String raw(List<VoiceEvent> events) {
		StringBuilder raw = new StringBuilder();
		for (VoiceEvent event : events) {
			if (event instanceof VoiceText text) {
				assertThat(text.start()).isEqualTo(raw.length());
				raw.append(text.text());
			}
		}
		return raw.toString();
	}

	private void assertThatHistoryFits(String id, int heard, String raw) {
		this.simulator.reset();
		// A request that was cut off may arrive only now
		this.simulator.enqueue(ElectronScript.text("You are ", "welcome."),
				ElectronScript.text("You are ", "welcome."));
		VoiceTurn next = this.voice.say(id, "And now?");
		List<VoiceEvent> events = next.events().collectList().block(TIMEOUT);
		assertThat(events).isNotNull();
		assertThat(next.report().block(TIMEOUT).failure())
			.as("requests %s",
					this.simulator.requests().stream().map((r) -> r.receivedAt() + " " + r.message(-1)).toList())
			.isNull();
		List<String> said = new ArrayList<>();
		SimulatorRequest request = this.simulator.requests()
			.stream()
			.filter((candidate) -> candidate.message(-1).get("content").asString("").endsWith("And now?"))
			.findFirst()
			.orElseThrow();
		for (JsonNode message : request.json().get("messages")) {
			if (message.get("role").asString().equals("assistant") && message.get("content").isString()) {
				said.add(message.get("content").asString());
			}
		}
		// Never half a character
		int end = (heard > 0 && heard < raw.length() && Character.isHighSurrogate(raw.charAt(heard - 1))) ? heard - 1
				: heard;
		assertThat(String.join("", said)).isEqualTo(raw.substring(0, end));
	}

	private static void await(CountDownLatch latch) {
		try {
			assertThat(latch.await(TIMEOUT.toSeconds(), TimeUnit.SECONDS)).isTrue();
		}
		catch (InterruptedException ex) {
			throw new IllegalStateException(ex);
		}
	}

	@Override
	public void close() {
		this.simulator.close();
		this.context.close();
	}

}
