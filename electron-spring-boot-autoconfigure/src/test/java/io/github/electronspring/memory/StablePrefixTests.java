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
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

import io.github.electronspring.chat.MessageMapper;
import io.github.electronspring.protocol.ChatMessage;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.json.JsonMapper;

import org.springframework.ai.chat.memory.ChatMemoryRepository;
import org.springframework.ai.chat.messages.Message;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for the bytes of the prompt's beginning, over a repository that serializes.
 *
 * @author The Electron Spring authors
 */
class StablePrefixTests {

	private static final int TURNS = 20;

	private static final int REQUESTS = TURNS + 7;

	@Test
	void messagesOfARequestAreAPrefixOfThoseOfTheNext() {
		Conversation conversation = talk(new PrefixStableChatMemory(new SerializingRepository()));
		assertThat(forgetfulRequests(conversation)).isEmpty();
		assertThat(conversation.sent(REQUESTS - 1)).hasSize(1 + TURNS * 2 - 1 + 7 * 3);
	}

	@Test
	void messagesChangeOnlyWhereTheOldestTurnsGo() {
		Conversation conversation = talk(new PrefixStableChatMemory(new SerializingRepository(), 100, 50));
		List<Integer> forgetful = forgetfulRequests(conversation);
		assertThat(forgetful).hasSizeBetween(2, 6);
		for (int request : forgetful) {
			List<String> before = conversation.sent(request - 1);
			List<String> after = conversation.sent(request);
			assertThat(after.get(0)).isEqualTo(before.get(0));
			assertThat(after.size()).isLessThan(before.size());
			assertThat(before).containsSubsequence(after.subList(1, after.size() - 2));
			assertThat(after.get(1)).contains("Question");
		}
	}

	private static Conversation talk(PrefixStableChatMemory memory) {
		Conversation conversation = new Conversation(memory, () -> "{\"balance\": 5 }");
		for (int turn = 0; turn < TURNS; turn++) {
			if (turn % 3 == 0) {
				conversation.call((turn % 2 == 0) ? "One moment, \"please\"\n" : "", "limit", "balance");
			}
			conversation.answer("Réponse ", "\uD83D\uDE00 " + turn);
			if (turn % 2 == 0) {
				conversation.say(" Question  " + turn);
			}
			else {
				conversation.stream(" Question  " + turn);
			}
		}
		assertThat(conversation.api.requests()).hasSize(REQUESTS);
		return conversation;
	}

	private static List<Integer> forgetfulRequests(Conversation conversation) {
		List<Integer> forgetful = new ArrayList<>();
		for (int i = 1; i < REQUESTS; i++) {
			List<String> before = conversation.sent(i - 1);
			List<String> sent = conversation.sent(i);
			if (sent.size() < before.size() || !sent.subList(0, before.size()).equals(before)) {
				forgetful.add(i);
			}
		}
		return forgetful;
	}

	private static final class SerializingRepository implements ChatMemoryRepository {

		private final Map<String, String> histories = new ConcurrentHashMap<>();

		@Override
		public List<String> findConversationIds() {
			return List.copyOf(this.histories.keySet());
		}

		@Override
		public List<Message> findByConversationId(String conversationId) {
			String json = this.histories.getOrDefault(conversationId, "[]");
			return MessageMapper.fromWire(List.of(JsonMapper.shared().readValue(json, ChatMessage[].class)));
		}

		@Override
		public void saveAll(String conversationId, List<Message> messages) {
			this.histories.put(conversationId, JsonMapper.shared().writeValueAsString(MessageMapper.toWire(messages)));
		}

		@Override
		public void deleteByConversationId(String conversationId) {
			this.histories.remove(conversationId);
		}

	}

}
