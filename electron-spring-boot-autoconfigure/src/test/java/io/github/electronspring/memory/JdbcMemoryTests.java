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

import java.util.List;

import io.github.electronspring.protocol.ChatMessage;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import org.springframework.ai.chat.memory.repository.jdbc.JdbcChatMemoryRepository;
import org.springframework.core.io.ClassPathResource;
import org.springframework.jdbc.datasource.SingleConnectionDataSource;
import org.springframework.jdbc.datasource.init.DatabasePopulatorUtils;
import org.springframework.jdbc.datasource.init.ResourceDatabasePopulator;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for conversations whose history is in a database, by Spring AI's repository.
 *
 * @author The Electron Spring authors
 */
class JdbcMemoryTests {

	/** H2 checks constraints only as long as the connection lives that made them. */
	private final SingleConnectionDataSource database = new SingleConnectionDataSource("jdbc:h2:mem:", true);

	private final Conversation conversation = new Conversation(
			new PrefixStableChatMemory(JdbcChatMemoryRepository.builder().dataSource(this.database).build()),
			() -> "5");

	@BeforeEach
	void createTables() {
		DatabasePopulatorUtils.execute(
				new ResourceDatabasePopulator(new ClassPathResource("schema-h2.sql", JdbcChatMemoryRepository.class)),
				this.database);
	}

	@AfterEach
	void closeDatabase() {
		this.database.destroy();
	}

	@Test
	void toolTurnsAreKeptAsWhatWasSaid() {
		this.conversation.answer("Hi")
			.call("One moment. ", "balance", "limit")
			.answer("You have 5")
			.call("Again. ", "limit")
			.answer("It is 10")
			.answer("Bye");
		this.conversation.say("Hello");
		this.conversation.stream("Balance?");
		this.conversation.stream("Limit?");
		this.conversation.say("Thanks");
		assertThat(this.conversation.history()).containsExactly(ChatMessage.user("Hello"), ChatMessage.assistant("Hi"),
				ChatMessage.user("Balance?"), ChatMessage.assistant("One moment. "),
				ChatMessage.assistant("You have 5"), ChatMessage.user("Limit?"), ChatMessage.assistant("Again. "),
				ChatMessage.assistant("It is 10"), ChatMessage.user("Thanks"), ChatMessage.assistant("Bye"));
		List<String> last = this.conversation.sent(5);
		assertThat(last).hasSize(10).startsWith(this.conversation.sent(0).toArray(String[]::new));
	}

	@Test
	void whatIsHeardAfterTheEndCutsTheHistory() {
		this.conversation.call("One moment. ", "balance").answer("You have 5").answer("Fine");
		TurnTranscript transcript = new TurnTranscript();
		this.conversation.prompt("Balance?", transcript).stream().content().blockLast(Conversation.TIMEOUT);
		transcript.heard(15);
		this.conversation.stream("Stop");
		assertThat(this.conversation.history()).containsExactly(ChatMessage.user("Balance?"),
				ChatMessage.assistant("One moment. "), ChatMessage.assistant("You"), ChatMessage.user("Stop"),
				ChatMessage.assistant("Fine"));
	}

}
