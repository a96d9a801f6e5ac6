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

import io.micrometer.context.ContextSnapshotFactory;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.jspecify.annotations.Nullable;
import reactor.core.Exceptions;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.publisher.SignalType;
import reactor.util.context.Context;
import reactor.util.context.ContextView;

import org.springframework.ai.chat.client.ChatClientRequest;
import org.springframework.ai.chat.client.ChatClientResponse;
import org.springframework.ai.chat.client.advisor.api.Advisor;
import org.springframework.ai.chat.client.advisor.api.CallAdvisor;
import org.springframework.ai.chat.client.advisor.api.CallAdvisorChain;
import org.springframework.ai.chat.client.advisor.api.MemoryAdvisor;
import org.springframework.ai.chat.client.advisor.api.StreamAdvisor;
import org.springframework.ai.chat.client.advisor.api.StreamAdvisorChain;
import org.springframework.ai.chat.memory.ChatMemory;
import org.springframework.util.Assert;
import org.springframework.util.StringUtils;

/**
 * Puts the history of a conversation in front of the prompt, and writes each turn to it
 * once, at its end: the messages of the prompt, what the model said and called in each
 * round, and the results of its tools, byte for byte as they were sent and received. A
 * turn that ends early, by cancellation or failure, is kept as far as it went; one in
 * which the model said and called nothing leaves no trace, unless its
 * {@link TurnTranscript} says that the caller cut it off.
 * <p>
 * The conversation is the advisor parameter {@link ChatMemory#CONVERSATION_ID}; without
 * one a call fails. Instructions go first and are not kept. What advisors that come later
 * add to the prompt is not kept either. Two turns of a conversation at the same time do
 * not see each other and are written whole, in the order in which they end; of several
 * processes the repository's last writer wins. Where that parts tool calls and results,
 * what is sent is put in order.
 * <p>
 * Calls read and write on the caller's thread; streams on threads that may block, with
 * the caller's context. A stream completes when its turn is written, and fails if that
 * fails. Thread-safe.
 *
 * @author The Electron Spring authors
 */
public final class ElectronChatMemoryAdvisor implements CallAdvisor, StreamAdvisor, MemoryAdvisor {

	private static final Log logger = LogFactory.getLog(ElectronChatMemoryAdvisor.class);

	private static final ContextSnapshotFactory CONTEXTS = ContextSnapshotFactory.builder().build();

	private final ChatMemory memory;

	private final int order;

	private final ConversationWrites writes = new ConversationWrites();

	/**
	 * Create an advisor in the place of Spring AI's advisors for memory.
	 * @param memory where histories are kept
	 */
	public ElectronChatMemoryAdvisor(ChatMemory memory) {
		this(memory, Advisor.DEFAULT_CHAT_MEMORY_PRECEDENCE_ORDER);
	}

	/**
	 * Create an advisor.
	 * @param memory where histories are kept
	 * @param order the place among advisors; it must be outside of those that repeat
	 * calls to execute tools
	 */
	public ElectronChatMemoryAdvisor(ChatMemory memory, int order) {
		Assert.notNull(memory, "'memory' must not be null");
		this.memory = memory;
		this.order = order;
	}

	@Override
	public String getName() {
		return "electron-memory";
	}

	@Override
	public int getOrder() {
		return this.order;
	}

	/**
	 * Advise a call.
	 * @throws IllegalArgumentException if there is no conversation id
	 */
	@Override
	public ChatClientResponse adviseCall(ChatClientRequest request, CallAdvisorChain chain) {
		AdvisedTurn turn = turn(request, Context.empty());
		this.writes.run(turn.conversationId(), turn::read);
		ChatClientResponse response;
		try {
			response = chain.nextCall(turn.request());
			turn.answered(response);
		}
		catch (Throwable ex) {
			endAfterFailure(turn, ex);
			throw ex;
		}
		endNow(turn);
		return response;
	}

	private void endAfterFailure(AdvisedTurn turn, Throwable failure) {
		try {
			endNow(turn);
		}
		catch (RuntimeException ex) {
			Exceptions.addSuppressed(failure, ex);
		}
	}

	private void endNow(AdvisedTurn turn) {
		turn.end();
		this.writes.run(turn.conversationId(), turn::write);
		follow(turn);
	}

	/**
	 * Advise a stream. It fails with an {@link IllegalArgumentException} if there is no
	 * conversation id.
	 */
	@Override
	public Flux<ChatClientResponse> adviseStream(ChatClientRequest request, StreamAdvisorChain chain) {
		return Flux.deferContextual((context) -> {
			AdvisedTurn turn = turn(request, context);
			return schedule(turn, turn::read).thenMany(Flux.defer(() -> chain.nextStream(turn.request())))
				.doOnNext(turn::answered)
				.onErrorResume(
						(failure) -> end(turn).onErrorResume((ex) -> suppress(failure, ex)).then(Mono.error(failure)))
				.concatWith(Mono.defer(() -> end(turn).then(Mono.empty())))
				.doFinally((signal) -> {
					if (signal == SignalType.CANCEL) {
						inBackground(end(turn));
					}
				});
		});
	}

	private static Mono<Void> suppress(Throwable failure, Throwable suppressed) {
		Exceptions.addSuppressed(failure, suppressed);
		return Mono.empty();
	}

	private Mono<Void> end(AdvisedTurn turn) {
		if (!turn.end()) {
			return Mono.empty();
		}
		Mono<Void> written = schedule(turn, turn::write);
		follow(turn);
		return written;
	}

	private void follow(AdvisedTurn turn) {
		turn.follow((correction) -> inBackground(schedule(turn, correction)));
	}

	private Mono<Void> schedule(AdvisedTurn turn, Runnable action) {
		return this.writes.schedule(turn.conversationId(), turn.context().wrap(action));
	}

	private static void inBackground(Mono<Void> write) {
		write.subscribe(null, (ex) -> logger.warn("The history of a turn that was cut off could not be written", ex));
	}

	private AdvisedTurn turn(ChatClientRequest request, ContextView context) {
		return new AdvisedTurn(this.memory, conversationId(request), request, CONTEXTS.captureAll(context));
	}

	private static String conversationId(ChatClientRequest request) {
		@Nullable Object id = request.context().get(ChatMemory.CONVERSATION_ID);
		if (id == null || !StringUtils.hasText(id.toString())) {
			throw new IllegalArgumentException(
					"The call has no conversation: set the advisor parameter '%s' (ChatMemory.CONVERSATION_ID), which is '%s'"
						.formatted(ChatMemory.CONVERSATION_ID, id));
		}
		return id.toString();
	}

}
