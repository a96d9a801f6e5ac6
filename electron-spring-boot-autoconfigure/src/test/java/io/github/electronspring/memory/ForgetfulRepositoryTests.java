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
import java.util.Collections;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.UnaryOperator;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

import org.springframework.ai.chat.memory.ChatMemoryRepository;
import org.springframework.ai.chat.memory.InMemoryChatMemoryRepository;
import org.springframework.ai.chat.messages.Message;
import org.springframework.ai.chat.messages.UserMessage;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.util.StringUtils;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link PrefixStableChatMemory} over repositories that do not give back what
 * they are given.
 *
 * @author The Electron Spring authors
 */
@ExtendWith(OutputCaptureExtension.class)
class ForgetfulRepositoryTests {

	private static final String ID = "c1";

	@Test
	void repositoryThatDropsToolMessagesGetsTheFillerAsText(CapturedOutput output) {
		ChangingRepository dropping = new ChangingRepository(
				(messages) -> messages.stream().filter((message) -> !ToolMessages.areIn(List.of(message))).toList());
		PrefixStableChatMemory memory = new PrefixStableChatMemory(dropping, 2000, 1000);
		memory.add(ID, PrefixStableChatMemoryTests.turn(0, 3));
		assertThat(dropping.reads).hasValue(1);
		memory.add(ID, PrefixStableChatMemoryTests.toolTurn(1));
		memory.add("c2", PrefixStableChatMemoryTests.toolTurn(2));
		memory.add(ID, PrefixStableChatMemoryTests.toolTurn(3));
		assertThat(dropping.reads).hasValue(5);
		assertThat(memory.get(ID)).extracting(Message::getText)
			.containsExactly("Q0", PrefixStableChatMemoryTests.text("A0", 3), "Q1", "One moment 1", "A1", "Q3",
					"One moment 3", "A3");
		assertThat(memory.get("c2")).extracting(Message::getText).containsExactly("Q2", "One moment 2", "A2");
		assertThat(StringUtils.countOccurrencesOf(output.getOut(),
				"ChangingRepository' does not keep tool calls and results: histories hold what was said beside them"))
			.isOne();
	}

	@Test
	void repositoryThatKeepsToolMessagesIsReadBackOnce(CapturedOutput output) {
		ChangingRepository keeping = new ChangingRepository(UnaryOperator.identity());
		PrefixStableChatMemory memory = new PrefixStableChatMemory(keeping, 2000, 1000);
		memory.add(ID, PrefixStableChatMemoryTests.toolTurn(1));
		memory.add(ID, PrefixStableChatMemoryTests.toolTurn(2));
		assertThat(keeping.reads).hasValue(3);
		assertThat(memory.get(ID)).hasSize(10);
		assertThat(output).doesNotContain("does not keep");
	}

	@Test
	void repositoryThatChangesTextsKeepsToolMessages(CapturedOutput output) {
		ChangingRepository stripping = new ChangingRepository((messages) -> messages.stream()
			.<Message>map((message) -> (message instanceof UserMessage) ? new UserMessage(message.getText().strip())
					: message)
			.toList());
		PrefixStableChatMemory memory = new PrefixStableChatMemory(stripping, 2000, 1000);
		List<Message> turn = new ArrayList<>(PrefixStableChatMemoryTests.toolTurn(1));
		turn.set(0, new UserMessage(" Balance? "));
		memory.add(ID, turn);
		memory.add(ID, PrefixStableChatMemoryTests.toolTurn(2));
		assertThat(memory.get(ID)).hasSize(10);
		assertThat(output).doesNotContain("does not keep");
	}

	@Test
	void repositoryThatAnswersLateIsAskedAgain(CapturedOutput output) {
		ChangingRepository late = new ChangingRepository((messages) -> Collections.emptyList());
		PrefixStableChatMemory memory = new PrefixStableChatMemory(late, 2000, 1000);
		memory.add(ID, PrefixStableChatMemoryTests.toolTurn(1));
		late.change = UnaryOperator.identity();
		memory.add(ID, PrefixStableChatMemoryTests.toolTurn(2));
		assertThat(memory.get(ID)).hasSize(5);
		assertThat(output).doesNotContain("does not keep");
	}

	private static final class ChangingRepository implements ChatMemoryRepository {

		private final InMemoryChatMemoryRepository delegate = new InMemoryChatMemoryRepository();

		private final AtomicInteger reads = new AtomicInteger();

		private UnaryOperator<List<Message>> change;

		private ChangingRepository(UnaryOperator<List<Message>> change) {
			this.change = change;
		}

		@Override
		public List<String> findConversationIds() {
			return this.delegate.findConversationIds();
		}

		@Override
		public List<Message> findByConversationId(String conversationId) {
			this.reads.incrementAndGet();
			return this.delegate.findByConversationId(conversationId);
		}

		@Override
		public void saveAll(String conversationId, List<Message> messages) {
			this.delegate.saveAll(conversationId, this.change.apply(messages));
		}

		@Override
		public void deleteByConversationId(String conversationId) {
			this.delegate.deleteByConversationId(conversationId);
		}

	}

}
