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

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.atomic.AtomicBoolean;

import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;

/**
 * What is done to the history of each conversation, one after the other in the order in
 * which it was asked for. A turn that is cancelled writes in the background: the next
 * turn of its conversation reads after that. A write that no thread has begun is done by
 * the first that would have to wait for it, so that threads wait for running writes only.
 * Thread-safe.
 *
 * @author The Electron Spring authors
 */
final class ConversationWrites {

	/** The last write of each conversation. */
	private final ConcurrentMap<String, Write> last = new ConcurrentHashMap<>();

	/**
	 * Write on this thread. Blocks.
	 * @param conversationId the conversation
	 * @param action what to do
	 */
	void run(String conversationId, Runnable action) {
		Write write = add(conversationId, action, true);
		try {
			write.endBefore();
			action.run();
		}
		finally {
			write.end(null);
		}
	}

	/**
	 * Write on a thread that may block. The write has its place in the order from now on,
	 * whether anybody subscribes or not.
	 * @param conversationId the conversation
	 * @param action what to do
	 * @return the end of the write
	 */
	Mono<Void> schedule(String conversationId, Runnable action) {
		Write write = add(conversationId, action, false);
		Write before = write.before;
		if (before != null) {
			before.end.whenComplete((nothing, ex) -> Schedulers.boundedElastic().schedule(write));
		}
		else {
			Schedulers.boundedElastic().schedule(write);
		}
		// Whoever ended it has other things to do than what follows
		return Mono.fromFuture(write.end, true).publishOn(Schedulers.boundedElastic());
	}

	private Write add(String conversationId, Runnable action, boolean begun) {
		return this.last.compute(conversationId, (id, before) -> new Write(id, action, begun, before));
	}

	private final class Write implements Runnable {

		private final String conversationId;

		private final Runnable action;

		private final AtomicBoolean begun;

		private final CompletableFuture<Void> end = new CompletableFuture<>();

		private volatile @Nullable Write before;

		private Write(String conversationId, Runnable action, boolean begun, @Nullable Write before) {
			this.conversationId = conversationId;
			this.action = action;
			this.begun = new AtomicBoolean(begun);
			this.before = before;
		}

		@Override
		public void run() {
			if (!this.begun.compareAndSet(false, true)) {
				return;
			}
			try {
				endBefore();
				this.action.run();
				end(null);
			}
			catch (Throwable ex) {
				end(ex);
			}
		}

		private void endBefore() {
			Write write = this.before;
			if (write != null) {
				write.run();
				write.end.handle((nothing, ex) -> nothing).join();
				this.before = null;
			}
		}

		private void end(@Nullable Throwable failure) {
			ConversationWrites.this.last.remove(this.conversationId, this);
			if (failure != null) {
				this.end.completeExceptionally(failure);
			}
			else {
				this.end.complete(null);
			}
		}

	}

}
