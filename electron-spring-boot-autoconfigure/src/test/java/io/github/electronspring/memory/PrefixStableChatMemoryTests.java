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

package io.github.electronspring.memory;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;

import io.github.electronspring.chat.MessageMapper;
import io.github.electronspring.protocol.ChatCompletion;
import io.github.electronspring.protocol.ChatCompletionChoice;
import io.github.electronspring.protocol.ChatMessage;
import io.github.electronspring.protocol.Chunks;
import io.github.electronspring.protocol.Usage;
import io.github.electronspring.turn.RoundFinished;
import io.github.electronspring.turn.SegmentKind;
import io.github.electronspring.turn.TurnFinished;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;

import org.springframework.ai.chat.memory.ChatMemoryRepository;
import org.springframework.ai.chat.memory.InMemoryChatMemoryRepository;
import org.springframework.ai.chat.messages.AssistantMessage;
import org.springframework.ai.chat.messages.Message;
import org.springframework.ai.chat.messages.MessageType;
import org.springframework.ai.chat.messages.SystemMessage;
import org.springframework.ai.chat.messages.ToolResponseMessage;
import org.springframework.ai.chat.messages.UserMessage;
import org.springframework.ai.tokenizer.TokenCountEstimator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.mockito.ArgumentMatchers.anyList;
import static org.mockito.ArgumentMatchers.anyString;
import static org.mockito.ArgumentMatchers.eq;
import static org.mockito.BDDMockito.given;
import static org.mockito.BDDMockito.then;
import static org.mockito.BDDMockito.willAnswer;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.times;

/**
 * Tests for {@link PrefixStableChatMemory}.
 *
 * @author The Electron Spring authors
 */
class PrefixStableChatMemoryTests {

	private static final String ID = "c1";

	private final TokenCountEstimator words = mock(TokenCountEstimator.class);

	private final AtomicInteger loaded = new AtomicInteger();

	private final ChatMemoryRepository repository = new InMemoryChatMemoryRepository();

	@Test
	void historyGrowsUpToTheHighWaterMarkAndThenLosesItsOldestTurnsDownToTheLowOne() {
		PrefixStableChatMemory memory = memory(1000, 500);
		List<Message> before = new ArrayList<>();
		List<Integer> trims = new ArrayList<>();
		for (int turn = 0; turn < 40; turn++) {
			memory.add(ID, turn(turn, 50));
			List<Message> history = memory.get(ID);
			if (history.size() > before.size()) {
				assertThat(history.subList(0, before.size())).isEqualTo(before);
				assertThat(tokens(history)).isLessThanOrEqualTo(1000);
			}
			else {
				trims.add(turn);
				assertThat(history.get(0).getMessageType()).isEqualTo(MessageType.USER);
				assertThat(tokens(history)).isBetween(500 - 58, 500);
			}
			before = history;
		}
		assertThat(trims).containsExactly(16, 25, 34);
	}

	@Test
	void systemMessagesStayWhereTheyAre() {
		PrefixStableChatMemory memory = memory(200, 100);
		Message first = new SystemMessage("The caller is Ada");
		Message second = new SystemMessage("The caller is angry");
		memory.add(ID, first);
		memory.add(ID, turn(1, 50));
		memory.add(ID, second);
		for (int turn = 2; turn < 20; turn++) {
			memory.add(ID, turn(turn, 50));
		}
		assertThat(memory.get(ID)).startsWith(first, second).hasSizeGreaterThan(2);
	}

	@Test
	void callAndResultAreNeverParted() {
		for (int low = 0; low < 300; low += 7) {
			String id = "low" + low;
			PrefixStableChatMemory memory = memory(300, low);
			for (int turn = 0; turn < 12; turn++) {
				memory.add(id, toolTurn(turn));
				assertThat(ToolMessages.paired(memory.get(id))).hasSameSizeAs(memory.get(id));
				assertThat(memory.get(id).get(0)).isInstanceOf(UserMessage.class);
				assertThat(memory.get(id).size() % 5).isZero();
			}
		}
	}

	@Test
	void newestTurnStaysWholeEvenIfItIsLarger() {
		PrefixStableChatMemory memory = memory(100, 50);
		memory.add(ID, turn(1, 20));
		List<Message> large = turn(2, 500);
		memory.add(ID, large);
		assertThat(memory.get(ID)).isEqualTo(large);
		memory.add(ID, turn(3, 20));
		assertThat(memory.get(ID)).isEqualTo(turn(3, 20));
	}

	@Test
	void fewerMessagesAreKeptThanTheServiceTakes() {
		PrefixStableChatMemory memory = memory(PrefixStableChatMemory.MAX_HIGH_WATER_MARK, 8000);
		int most = 0;
		for (int turn = 0; turn < 300; turn++) {
			memory.add(ID, turn(turn, 1));
			most = Math.max(most, memory.get(ID).size());
		}
		assertThat(most).isEqualTo(PrefixStableChatMemory.MAX_MESSAGES);
	}

	@Test
	void resultsAreCountedAsTheServiceCountsMessages() {
		PrefixStableChatMemory memory = memory(PrefixStableChatMemory.MAX_HIGH_WATER_MARK, 8000);
		int most = 0;
		for (int turn = 0; turn < 60; turn++) {
			List<Message> messages = new ArrayList<>(toolTurn(turn));
			List<ToolResponseMessage.ToolResponse> responses = messages.subList(2, 4)
				.stream()
				.flatMap((message) -> ToolMessages.responses(message).stream())
				.toList();
			messages.set(2, ToolResponseMessage.builder().responses(responses).build());
			messages.remove(3);
			memory.add(ID, messages);
			most = Math.max(most, MessageMapper.toWire(memory.get(ID)).size());
		}
		assertThat(most).isEqualTo(PrefixStableChatMemory.MAX_MESSAGES);
	}

	@Test
	void eachTextIsCountedOnce() {
		PrefixStableChatMemory memory = memory(10_000, 0);
		assertThat(this.loaded).hasValue(0);
		for (int turn = 0; turn < 30; turn++) {
			memory.add(ID, turn(turn, 20));
		}
		then(this.words).should(times(60)).estimate(anyString());
	}

	@Test
	void estimateLearnsFromWhatTheServiceCounts() {
		PrefixStableChatMemory memory = memory(1000, 500);
		for (int turn = 0; turn < 60; turn++) {
			// The service counts twice as many tokens: 2 x (4 + 100) for the answer
			memory.learn(List.of(new UserMessage("Q")), finished(100, 208));
		}
		for (int turn = 0; turn < 40; turn++) {
			memory.add(ID, turn(turn, 50));
			assertThat(tokens(memory.get(ID))).isLessThanOrEqualTo(510);
		}
	}

	@Test
	void instructionsAndToolsLeaveLessRoomForTheHistory() {
		PrefixStableChatMemory memory = memory(20_000, 10_000);
		// The request had 18,672 tokens more than its messages
		int instructions = memory.learn(List.of(new UserMessage(text("Q", 95))), finished(18_772, 100, 104));
		for (int turn = 0; turn < 60; turn++) {
			memory.add(ID, turn(turn, 400), instructions);
			assertThat(tokens(memory.get(ID))).isLessThanOrEqualTo(10_000);
		}
	}

	@Test
	void largePromptOfAConversationLeavesOthersAlone() {
		PrefixStableChatMemory memory = new PrefixStableChatMemory(this.repository);
		for (int turn = 0; turn < 30; turn++) {
			memory.add("other", turn(turn, 400));
			memory.add(Conversation.ID, turn(turn, 400));
		}
		Conversation conversation = new Conversation(memory, () -> "5");
		conversation.api.respond(Chunks.text("ok"), Chunks.finish("stop"), Chunks.usage(45_000, 0, 5));
		conversation.say("What do these documents say?");
		assertThat(memory.get(Conversation.ID)).hasSize(2);
		memory.add("other", turn(30, 3));
		assertThat(memory.get("other")).hasSize(62);
	}

	@Test
	void textThatLooksLikeAMarkOfTheTokenizerIsCounted() {
		PrefixStableChatMemory memory = new PrefixStableChatMemory(this.repository);
		memory.add(ID, List.of(new UserMessage("<|endoftext|>"), new AssistantMessage("Pardon?")));
		assertThat(memory.get(ID)).hasSize(2);
	}

	@Test
	void turnsThatAreAddedAtTheSameTimeStayWhole() {
		PrefixStableChatMemory memory = memory(20_000, 10_000);
		Flux.range(0, 20)
			.flatMap((i) -> Mono.fromRunnable(() -> memory.add(ID, toolTurn(i)))
				.subscribeOn(Schedulers.boundedElastic()), 20)
			.blockLast(Conversation.TIMEOUT);
		List<Message> history = memory.get(ID);
		assertThat(history).hasSize(100);
		for (int i = 0; i < 20; i++) {
			assertThat(history.get(5 * i).getText().substring(1))
				.isEqualTo(history.get(5 * i + 4).getText().substring(1));
		}
	}

	@Test
	void conversationsDoNotWaitForEachOther() {
		CountDownLatch slow = new CountDownLatch(1);
		CountDownLatch saving = new CountDownLatch(1);
		ChatMemoryRepository slowRepository = mock(ChatMemoryRepository.class);
		willAnswer((invocation) -> {
			saving.countDown();
			Conversation.await(slow);
			return null;
		}).given(slowRepository).saveAll(eq("Aa"), anyList());
		PrefixStableChatMemory memory = new PrefixStableChatMemory(slowRepository);
		Mono<Void> first = Mono.<Void>fromRunnable(() -> memory.add("Aa", turn(1, 3)))
			.subscribeOn(Schedulers.boundedElastic())
			.cache();
		first.subscribe();
		Conversation.await(saving);
		assertThat("Aa".hashCode()).isEqualTo("BB".hashCode());
		Mono.fromRunnable(() -> memory.add("BB", turn(1, 3)))
			.subscribeOn(Schedulers.boundedElastic())
			.block(Conversation.TIMEOUT);
		slow.countDown();
		first.block(Conversation.TIMEOUT);
		then(slowRepository).should().saveAll("BB", turn(1, 3));
	}

	@Test
	void lastTurnIsReplacedUnlessAnotherCameSince() {
		PrefixStableChatMemory memory = memory(2000, 1000);
		memory.add(ID, turn(1, 3));
		memory.add(ID, turn(2, 3));
		memory.replaceLast(ID, turn(1, 3), turn(4, 3));
		assertThat(memory.get(ID)).extracting(Message::getText).contains("Q1", "Q2").doesNotContain("Q4");
		memory.replaceLast(ID, turn(2, 3), turn(4, 3));
		assertThat(memory.get(ID)).extracting(Message::getText).contains("Q1", "Q4").doesNotContain("Q2");
	}

	@Test
	void clearForgetsTheConversation() {
		PrefixStableChatMemory memory = memory(2000, 1000);
		memory.add(ID, turn(1, 3));
		memory.clear(ID);
		assertThat(memory.get(ID)).isEmpty();
	}

	@Test
	void marksOutOfRangeAreRefused() {
		assertThatIllegalArgumentException().isThrownBy(() -> new PrefixStableChatMemory(this.repository, 40_000, 10))
			.withMessage("'highWaterMark' must be at least 1 and at most 28672 but is '40000'");
		assertThatIllegalArgumentException().isThrownBy(() -> new PrefixStableChatMemory(this.repository, 100, 100))
			.withMessage("'lowWaterMark' must be at least 0 and less than 'highWaterMark' but is '100'");
	}

	private PrefixStableChatMemory memory(int highWaterMark, int lowWaterMark) {
		given(this.words.estimate(anyString())).willAnswer((invocation) -> wordCount(invocation.getArgument(0)));
		return new PrefixStableChatMemory(this.repository, highWaterMark, lowWaterMark, () -> {
			this.loaded.incrementAndGet();
			return this.words;
		});
	}

	private static int wordCount(String text) {
		return text.split(" ").length;
	}

	private static int tokens(List<Message> messages) {
		return messages.stream().mapToInt((message) -> 4 + wordCount(message.getText())).sum();
	}

	static List<Message> turn(int number, int words) {
		return List.of(new UserMessage("Q" + number), new AssistantMessage(text("A" + number, words)));
	}

	static String text(String first, int words) {
		return first + " word".repeat(words - 1);
	}

	static List<Message> toolTurn(int number) {
		String[] ids = { "a" + number, "b" + number };
		List<AssistantMessage.ToolCall> calls = Arrays.stream(ids)
			.map((id) -> new AssistantMessage.ToolCall(id, "function", "balance", "{}"))
			.toList();
		List<Message> messages = new ArrayList<>();
		messages.add(new UserMessage("Q" + number));
		messages.add(AssistantMessage.builder().content("One moment " + number).toolCalls(calls).build());
		IntStream.range(0, 2)
			.mapToObj((i) -> ToolResponseMessage.builder()
				.responses(List.of(new ToolResponseMessage.ToolResponse(ids[i], "balance", "" + i)))
				.build())
			.forEach(messages::add);
		messages.add(new AssistantMessage("A" + number));
		return messages;
	}

	private static TurnFinished finished(int words, int completionTokens) {
		return finished(50, words, completionTokens);
	}

	private static TurnFinished finished(int promptTokens, int words, int completionTokens) {
		ChatMessage answer = ChatMessage.assistant(text("A", words));
		ChatCompletion completion = new ChatCompletion(null, null, null, null,
				List.of(new ChatCompletionChoice(0, answer, "stop", null)),
				Usage.of(promptTokens, 0, completionTokens));
		RoundFinished round = new RoundFinished(1, SegmentKind.ANSWER, completion, null);
		return new TurnFinished(1, List.of(round), List.of(answer), completion.usage(), null);
	}

}
