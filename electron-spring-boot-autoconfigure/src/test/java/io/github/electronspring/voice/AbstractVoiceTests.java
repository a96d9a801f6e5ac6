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
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.BiFunction;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;

import io.github.electronspring.api.FakeElectronApi;
import io.github.electronspring.api.TokenPrices;
import io.github.electronspring.chat.ElectronChatClient;
import io.github.electronspring.chat.ElectronChatModel;
import io.github.electronspring.memory.ElectronChatMemoryAdvisor;
import io.github.electronspring.memory.PrefixStableChatMemory;
import io.github.electronspring.protocol.ChatCompletionChunk;
import io.github.electronspring.protocol.ChatMessage;
import io.github.electronspring.tool.ToolSpeech;
import io.github.electronspring.turn.ToolExecution;
import io.github.electronspring.turn.TurnSettings;
import org.junit.jupiter.api.AfterEach;
import reactor.core.Disposable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.test.scheduler.VirtualTimeScheduler;

import org.springframework.ai.chat.client.ChatClientResponse;
import org.springframework.ai.chat.memory.ChatMemory;
import org.springframework.ai.chat.memory.InMemoryChatMemoryRepository;
import org.springframework.ai.chat.messages.AssistantMessage;
import org.springframework.ai.chat.messages.Message;
import org.springframework.ai.tool.ToolCallback;

/**
 * Base of the tests for {@link ElectronVoice} in virtual time. The log has a line for
 * each event, request and tool, with the milliseconds since the start of the test.
 *
 * @author The Electron Spring authors
 */
abstract class AbstractVoiceTests {

	static final String ID = "conversation";

	final VirtualTimeScheduler time = VirtualTimeScheduler.getOrSet();

	final FakeElectronApi api = new FakeElectronApi();

	final List<String> log = new ArrayList<>();

	final ChatMemory memory = new PrefixStableChatMemory(new InMemoryChatMemoryRepository());

	final List<ToolCallback> tools = new ArrayList<>();

	final List<VoiceEvent> events = new ArrayList<>();

	VoiceSettings settings = VoiceSettings.defaults();

	ElectronVoice voice;

	@AfterEach
	void resetTime() {
		VirtualTimeScheduler.reset();
	}

	void log(String what) {
		this.log.add(this.time.now(TimeUnit.MILLISECONDS) + " " + what);
	}

	/**
	 * Script a response. A step without chunks closes the stream when it comes.
	 * @param steps what comes when, in milliseconds since the request
	 */
	void respond(Step... steps) {
		List<Mono<List<ChatCompletionChunk>>> parts = new ArrayList<>();
		long last = 0;
		for (Step step : steps) {
			parts.add(Mono.delay(Duration.ofMillis(step.millis() - last)).thenReturn(step.chunks()));
			last = step.millis();
		}
		Flux<ChatCompletionChunk> stream = Flux.concat(parts).concatMapIterable((chunks) -> chunks);
		this.api
			.respond(stream.doOnSubscribe((subscription) -> log("request")).doOnCancel(() -> log("request cancelled")));
	}

	static Step at(long millis, ChatCompletionChunk... chunks) {
		return new Step(millis, List.of(chunks));
	}

	VoiceTool tool(String name, ToolSpeech speech, BiFunction<String, ToolExecution, Mono<String>> work) {
		VoiceTool tool = new VoiceTool(name, speech, work);
		this.tools.add(tool);
		return tool;
	}

	void taking(String name, ToolSpeech speech, long millis, String result) {
		tool(name, speech,
				(arguments, execution) -> Mono.delay(Duration.ofMillis(millis))
					.thenReturn(result)
					.doOnSubscribe((subscription) -> log("tool " + name))
					.doOnSuccess((value) -> log("tool " + name + " done"))
					.doOnCancel(() -> log("tool " + name + " cancelled")));
	}

	void taking(String name, long millis, String result) {
		taking(name, ToolSpeech.DEFAULT, millis, result);
	}

	ElectronVoice voice() {
		if (this.voice == null) {
			ElectronChatModel model = ElectronChatModel.builder(this.api)
				.turnSettings(TurnSettings.defaults().withToolExecutor(Runnable::run))
				.registeredTools(() -> this.tools)
				.build();
			this.voice = create(() -> ElectronChatClient.builder(model).defaultSystem("Be brief.").build());
		}
		return this.voice;
	}

	private ElectronVoice create(Supplier<ElectronChatClient> client) {
		ElectronChatClient withMemory = client.get()
			.mutate()
			.defaultAdvisors(new ElectronChatMemoryAdvisor(this.memory))
			.build();
		return new ElectronVoice(new VoiceParts(withMemory, this.settings, null, this::speech,
				(provider) -> TokenPrices.defaults(), new Conversations()), null);
	}

	private ToolSpeech speech(String name) {
		return this.tools.stream()
			.map(VoiceTool.class::cast)
			.filter((tool) -> tool.name().equals(name))
			.map(VoiceTool::speech)
			.findFirst()
			.orElse(ToolSpeech.DEFAULT);
	}

	Disposable listen(VoiceTurn turn) {
		return turn.events().subscribe((event) -> {
			this.events.add(event);
			log(name(event));
		}, (ex) -> log("error " + ex), () -> log("complete"));
	}

	VoiceTurn say(String text) {
		VoiceTurn turn = voice().say(ID, text);
		listen(turn);
		return turn;
	}

	/**
	 * Say something through an advisor.
	 * @param order the place of the advisor, the least is outside of all others
	 * @param change what it makes of the stream of responses
	 */
	VoiceTurn sayThrough(int order, UnaryOperator<Flux<ChatClientResponse>> change) {
		VoiceTurn turn = voice().say(ID, "Hi", (spec) -> spec.advisors(new AroundAdvisor(order, change)));
		listen(turn);
		return turn;
	}

	void advanceTo(long millis) {
		this.time.advanceTimeBy(Duration.ofMillis(millis - this.time.now(TimeUnit.MILLISECONDS)));
	}

	void finish(String text) {
		say(text);
		advanceTo(60_000);
	}

	VoiceReport report() {
		return ((VoiceTurnCompleted) this.events.get(this.events.size() - 1)).report();
	}

	/**
	 * Return the history, a line for each message.
	 * @return the lines
	 */
	List<String> history() {
		return this.memory.get(ID).stream().map(AbstractVoiceTests::line).toList();
	}

	private static String line(Message message) {
		String calls = (message instanceof AssistantMessage assistant && assistant.hasToolCalls())
				? " +" + assistant.getToolCalls().size() : "";
		return message.getMessageType().getValue() + ": " + message.getText() + calls;
	}

	static List<String> lines(List<ChatMessage> messages) {
		return messages.stream()
			.map((message) -> message.role() + ": " + message.content()
					+ (message.toolCalls().isEmpty() ? "" : " +" + message.toolCalls().size()))
			.toList();
	}

	static String name(VoiceEvent event) {
		if (event instanceof VoiceText text) {
			return "text '" + text.text() + "'";
		}
		if (event instanceof VoiceSegment segment) {
			return segment.kind() + " '" + segment.text() + "'";
		}
		if (event instanceof VoiceToolStarted started) {
			return "started " + started.callId();
		}
		if (event instanceof VoiceToolFinished finished) {
			return "finished " + finished.callId();
		}
		if (event instanceof VoiceToolFailed failed) {
			return "failed " + failed.callId();
		}
		if (event instanceof VoiceTurnCompleted completed) {
			return String.valueOf(completed.report().outcome());
		}
		if (event instanceof VoiceTurnInterrupted interrupted) {
			return "INTERRUPTED " + interrupted.heard();
		}
		return event.getClass().getSimpleName();
	}

	/**
	 * Chunks that come at one moment.
	 *
	 * @param millis when
	 * @param chunks the chunks
	 */
	record Step(long millis, List<ChatCompletionChunk> chunks) {

	}

}
