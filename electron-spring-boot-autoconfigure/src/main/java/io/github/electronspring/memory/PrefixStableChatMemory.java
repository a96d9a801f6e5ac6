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
import java.util.Set;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;

import io.github.electronspring.chat.MessageMapper;
import io.github.electronspring.protocol.ChatMessage;
import io.github.electronspring.protocol.Usage;
import io.github.electronspring.turn.TurnFinished;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.jspecify.annotations.Nullable;

import org.springframework.ai.chat.memory.ChatMemory;
import org.springframework.ai.chat.memory.ChatMemoryRepository;
import org.springframework.ai.chat.messages.Message;
import org.springframework.ai.tokenizer.JTokkitTokenCountEstimator;
import org.springframework.ai.tokenizer.TokenCountEstimator;
import org.springframework.util.Assert;
import org.springframework.util.function.SingletonSupplier;

/**
 * A chat memory whose history only grows, so that the service finds the prompt of the
 * last turn in its cache, until it passes a high-water mark: then the oldest whole turns
 * go in one step, down to the low-water mark. System messages stay where they are. The
 * newest turn always stays whole, even if it alone is larger.
 * <p>
 * Tokens are estimated; together with {@link ElectronChatMemoryAdvisor} the estimate
 * learns from what the service counts, and the history leaves room for the instructions
 * and tools that were sent in the last turn of its conversation. At most
 * {@value #MAX_MESSAGES} messages are kept, each result of a tool being one, because the
 * service takes 200.
 * <p>
 * A repository that does not keep tool calls and results is recognised by reading back
 * the first of them; it gets what was said beside calls as plain messages. Thread-safe:
 * messages that are added at once stay together, in one process.
 *
 * @author The Electron Spring authors
 */
public final class PrefixStableChatMemory implements ChatMemory {

	/**
	 * The default of the high-water mark in tokens: half of the context of the service.
	 * The other half is for instructions, tools, the next turn and its answer.
	 */
	public static final int DEFAULT_HIGH_WATER_MARK = 16_384;

	/**
	 * The default of the low-water mark in tokens: half of the high-water mark, so that
	 * the cached prefix is given up once in many turns.
	 */
	public static final int DEFAULT_LOW_WATER_MARK = 8_192;

	/**
	 * The highest high-water mark in tokens: the context of the service without room for
	 * the next turn and its answer.
	 */
	public static final int MAX_HIGH_WATER_MARK = 28_672;

	static final int MAX_MESSAGES = 160;

	private static final int MESSAGES_AFTER_TRIM = 80;

	private static final Log logger = LogFactory.getLog(PrefixStableChatMemory.class);

	private final ChatMemoryRepository repository;

	private final int highWaterMark;

	private final int lowWaterMark;

	private final TokenEstimates estimates;

	private final ConversationWrites writes = new ConversationWrites();

	private final AtomicReference<@Nullable Boolean> keepsToolMessages = new AtomicReference<>();

	/**
	 * Create a memory with default marks.
	 * @param repository where histories are kept
	 */
	public PrefixStableChatMemory(ChatMemoryRepository repository) {
		this(repository, DEFAULT_HIGH_WATER_MARK, DEFAULT_LOW_WATER_MARK);
	}

	/**
	 * Create a memory.
	 * @param repository where histories are kept
	 * @param highWaterMark the tokens beyond which a history is trimmed, at most
	 * {@value #MAX_HIGH_WATER_MARK}
	 * @param lowWaterMark the tokens down to which it is trimmed, at least 0 and less
	 * than the high-water mark
	 * @throws IllegalArgumentException if a mark is out of its range
	 */
	public PrefixStableChatMemory(ChatMemoryRepository repository, int highWaterMark, int lowWaterMark) {
		this(repository, highWaterMark, lowWaterMark, SingletonSupplier.of(JTokkitTokenCountEstimator::new));
	}

	PrefixStableChatMemory(ChatMemoryRepository repository, int highWaterMark, int lowWaterMark,
			Supplier<TokenCountEstimator> estimator) {
		Assert.notNull(repository, "'repository' must not be null");
		Assert.isTrue(highWaterMark > 0 && highWaterMark <= MAX_HIGH_WATER_MARK,
				() -> "'highWaterMark' must be at least 1 and at most %d but is '%d'".formatted(MAX_HIGH_WATER_MARK,
						highWaterMark));
		Assert.isTrue(lowWaterMark >= 0 && lowWaterMark < highWaterMark,
				() -> "'lowWaterMark' must be at least 0 and less than 'highWaterMark' but is '%d'"
					.formatted(lowWaterMark));
		this.repository = repository;
		this.highWaterMark = highWaterMark;
		this.lowWaterMark = lowWaterMark;
		this.estimates = new TokenEstimates(estimator);
	}

	@Override
	public List<Message> get(String conversationId) {
		Assert.hasText(conversationId, "'conversationId' must not be empty");
		return this.repository.findByConversationId(conversationId);
	}

	@Override
	public void add(String conversationId, List<Message> messages) {
		add(conversationId, messages, 0);
	}

	/**
	 * Add messages.
	 * @param conversationId the conversation
	 * @param messages the messages
	 * @param instructions the tokens that were sent beside the history, for which it
	 * leaves room
	 */
	void add(String conversationId, List<Message> messages, int instructions) {
		Assert.hasText(conversationId, "'conversationId' must not be empty");
		Assert.noNullElements(messages, "'messages' must not have null elements");
		this.writes.run(conversationId, () -> {
			List<Message> history = new ArrayList<>(this.repository.findByConversationId(conversationId));
			history.addAll(keepable(messages));
			save(conversationId, trim(history, instructions), messages);
		});
	}

	@Override
	public void clear(String conversationId) {
		Assert.hasText(conversationId, "'conversationId' must not be empty");
		this.writes.run(conversationId, () -> this.repository.deleteByConversationId(conversationId));
	}

	/**
	 * Replace what was added last, unless more has been added since.
	 * @param conversationId the conversation
	 * @param last what was added last
	 * @param replacement what takes its place
	 */
	void replaceLast(String conversationId, List<Message> last, List<Message> replacement) {
		this.writes.run(conversationId, () -> {
			List<Message> history = this.repository.findByConversationId(conversationId);
			List<Message> end = keepable(last);
			if (ToolMessages.endsWith(history, end)) {
				List<Message> replaced = new ArrayList<>(history.subList(0, history.size() - end.size()));
				replaced.addAll(keepable(replacement));
				save(conversationId, replaced, replacement);
			}
		});
	}

	/**
	 * Learn from what the service has counted in a turn.
	 * @param sent what was sent in the first request, without instructions
	 * @param finished the end of the turn
	 * @return the tokens that were sent beside that, 0 if they are not known
	 */
	int learn(List<Message> sent, TurnFinished finished) {
		int last = finished.rounds().size() - 1;
		Usage first = (last >= 0) ? finished.rounds().get(0).completion().usage() : null;
		Usage end = (last >= 0) ? finished.rounds().get(last).completion().usage() : null;
		List<ChatMessage> messages = finished.messages();
		int answers = messages.stream().mapToInt((message) -> message.role().equals(ChatMessage.TOOL) ? 0 : 1).sum();
		boolean repaired = answers != finished.rounds().size();
		if (first == null || end == null || repaired || end.promptTokens() < first.promptTokens()) {
			return 0;
		}
		// Results that went to the caller were never counted
		List<ChatMessage> counted = messages.subList(0,
				messages.lastIndexOf(finished.rounds().get(last).message()) + 1);
		this.estimates.learn(MessageMapper.fromWire(counted),
				end.promptTokens() + end.completionTokens() - first.promptTokens());
		return Math.max(0, first.promptTokens() - this.estimates.tokens(sent));
	}

	private List<Message> keepable(List<Message> messages) {
		return Boolean.FALSE.equals(this.keepsToolMessages.get()) ? ToolMessages.without(messages) : messages;
	}

	private void save(String conversationId, List<Message> history, List<Message> added) {
		this.repository.saveAll(conversationId, history);
		if (this.keepsToolMessages.get() != null || !ToolMessages.areIn(added)) {
			return;
		}
		List<Message> kept = this.repository.findByConversationId(conversationId);
		Set<String> lost = ToolMessages.ids(added);
		lost.removeAll(ToolMessages.ids(kept));
		if (lost.isEmpty()) {
			this.keepsToolMessages.compareAndSet(null, true);
		}
		else if (kept.size() >= history.stream().filter((message) -> !ToolMessages.areIn(List.of(message))).count()) {
			if (this.keepsToolMessages.compareAndSet(null, false)) {
				logger.warn(
						"Repository '%s' does not keep tool calls and results: histories hold what was said beside them"
							.formatted(this.repository.getClass().getName()));
			}
			this.repository.saveAll(conversationId, ToolMessages.without(history));
		}
	}

	private List<Message> trim(List<Message> history, int instructions) {
		// Instructions and tools that leave no room for the mark lower it
		int high = Math.max(1, Math.min(this.highWaterMark, MAX_HIGH_WATER_MARK - instructions));
		int low = (int) ((long) this.lowWaterMark * high / this.highWaterMark);
		double ratio = this.estimates.ratio();
		int count = this.estimates.count(history);
		int size = ToolMessages.sentSize(history);
		if (count * ratio <= high && size <= MAX_MESSAGES) {
			return history;
		}
		HistoryTurns turns = new HistoryTurns(history);
		while (turns.hasOlder() && (count * ratio > low || size > MESSAGES_AFTER_TRIM)) {
			List<Message> oldest = turns.removeOldest();
			count -= this.estimates.count(oldest);
			size -= ToolMessages.sentSize(oldest);
		}
		return turns.left();
	}

}
