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

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;

import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.jspecify.annotations.Nullable;

import org.springframework.ai.chat.messages.AssistantMessage;
import org.springframework.ai.chat.messages.Message;
import org.springframework.ai.chat.messages.ToolResponseMessage;
import org.springframework.ai.tokenizer.TokenCountEstimator;

/**
 * Estimates of how many tokens messages are. The tokenizer is not that of the service, so
 * the ratio between its counts and those that the service reports is learned. Counts are
 * remembered by content, because a repository may read the same message anew each turn.
 * Thread-safe.
 *
 * @author The Electron Spring authors
 */
final class TokenEstimates {

	private static final Log logger = LogFactory.getLog(TokenEstimates.class);

	/**
	 * What the service adds to each message and call around their texts.
	 */
	private static final int FRAME = 4;

	private static final int MAX_REMEMBERED = 65_536;

	/**
	 * How much of what was learned before is left after each turn.
	 */
	private static final double MEMORY = 0.95;

	private static final double MIN_RATIO = 0.25;

	private static final double MAX_RATIO = 4;

	private final Supplier<TokenCountEstimator> estimator;

	private final Map<Long, Integer> counts = Collections.synchronizedMap(new LinkedHashMap<>(16, 0.75f, true) {

		@Override
		protected boolean removeEldestEntry(Map.Entry<Long, Integer> eldest) {
			return size() > MAX_REMEMBERED;
		}

	});

	/** What the service has counted, lately, and the tokenizer for the same. */
	private double counted = 500;

	private double estimated = 500;

	TokenEstimates(Supplier<TokenCountEstimator> estimator) {
		this.estimator = estimator;
	}

	/**
	 * Return how many tokens messages are for the service.
	 * @param messages the messages
	 * @return the estimate with what was learned
	 */
	int tokens(List<? extends Message> messages) {
		return (int) Math.ceil(count(messages) * ratio());
	}

	/**
	 * Learn from what the service has counted.
	 * @param messages messages
	 * @param tokens how many tokens they were
	 */
	void learn(List<? extends Message> messages, int tokens) {
		int count = count(messages);
		if (tokens > 0 && count > 0) {
			synchronized (this) {
				this.counted = this.counted * MEMORY + tokens;
				this.estimated = this.estimated * MEMORY + count;
			}
		}
	}

	/**
	 * Return what the service is expected to count for each token of the tokenizer.
	 * @return the ratio
	 */
	synchronized double ratio() {
		return Math.min(MAX_RATIO, Math.max(MIN_RATIO, this.counted / this.estimated));
	}

	/**
	 * Return how many tokens messages are for the tokenizer.
	 * @param messages the messages
	 * @return the count without what was learned
	 */
	int count(List<? extends Message> messages) {
		int count = 0;
		for (Message message : messages) {
			count += FRAME + count(message.getText());
			for (AssistantMessage.ToolCall call : ToolMessages.calls(message)) {
				count += FRAME + count(call.id()) + count(call.name()) + count(call.arguments());
			}
			for (ToolResponseMessage.ToolResponse response : ToolMessages.responses(message)) {
				count += count(response.id()) + count(response.responseData());
			}
		}
		return count;
	}

	private int count(@Nullable String text) {
		if (text == null || text.isEmpty()) {
			return 0;
		}
		long key = key(text);
		Integer known = this.counts.get(key);
		if (known != null) {
			return known;
		}
		int count = estimate(text);
		this.counts.put(key, count);
		return count;
	}

	// A turn is not lost because its tokens cannot be counted
	private int estimate(String text) {
		try {
			// The tokenizer refuses texts that look like its own marks
			return this.estimator.get().estimate(text.replace("<|", "< |"));
		}
		catch (RuntimeException ex) {
			logger.warn("The tokens of a text could not be counted: a quarter of its length is taken", ex);
			return (text.length() + 3) / 4;
		}
	}

	// Should two texts have the same key, an estimate is a little wrong
	private static long key(String text) {
		long key = text.length();
		for (int i = 0; i < text.length(); i++) {
			key = 31 * key + text.charAt(i);
		}
		return key;
	}

}
