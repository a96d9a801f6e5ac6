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
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;

import reactor.core.scheduler.Schedulers;

import org.springframework.ai.chat.memory.ChatMemory;
import org.springframework.ai.chat.memory.MessageWindowChatMemory;
import org.springframework.ai.chat.messages.Message;

/**
 * A memory that records how it is used.
 *
 * @author The Electron Spring authors
 */
final class RecordingMemory implements ChatMemory {

	private final ChatMemory delegate = MessageWindowChatMemory.builder().maxMessages(1000).build();

	final AtomicInteger additions = new AtomicInteger();

	final List<String> onNonBlockingThread = new CopyOnWriteArrayList<>();

	volatile Runnable beforeAdding = () -> {
	};

	volatile Runnable beforeReading = () -> {
	};

	@Override
	public void add(String conversationId, List<Message> messages) {
		check("add");
		this.beforeAdding.run();
		this.additions.incrementAndGet();
		this.delegate.add(conversationId, messages);
	}

	@Override
	public List<Message> get(String conversationId) {
		check("get");
		this.beforeReading.run();
		return this.delegate.get(conversationId);
	}

	@Override
	public void clear(String conversationId) {
		this.delegate.clear(conversationId);
	}

	private void check(String operation) {
		if (Schedulers.isInNonBlockingThread()) {
			this.onNonBlockingThread.add(operation);
		}
	}

}
