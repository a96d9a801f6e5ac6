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

package io.github.electronspring.turn;

import io.github.electronspring.api.LogContext;
import io.github.electronspring.api.ResponseInfo;
import org.jspecify.annotations.Nullable;
import org.slf4j.MDC;
import reactor.util.context.ContextView;

/**
 * What a turn puts into the diagnostic context of the log (MDC): the conversation, and
 * the identifier of the request of its present round, so that what a tool logs can be
 * found by both. The context of a turn's reactive chain holds it once, and Micrometer's
 * context propagation brings it to threads. Thread-safe.
 *
 * @author The Electron Spring authors
 * @see TurnLogContextAccessor
 */
public final class TurnLogContext {

	private final @Nullable String conversationId;

	private volatile @Nullable String requestId;

	TurnLogContext(@Nullable String conversationId, @Nullable String requestId) {
		this.conversationId = conversationId;
		this.requestId = requestId;
	}

	static @Nullable TurnLogContext ofThread() {
		String conversationId = MDC.get(LogContext.CONVERSATION_ID);
		String requestId = MDC.get(LogContext.REQUEST_ID);
		return (conversationId != null || requestId != null) ? new TurnLogContext(conversationId, requestId) : null;
	}

	/**
	 * Create that of a turn.
	 * @param conversationId the conversation of the turn, or {@code null} for that of the
	 * turn around it, if there is one
	 * @param context the context of the subscriber
	 * @return the context
	 */
	static TurnLogContext of(@Nullable String conversationId, ContextView context) {
		TurnLogContext outer = context.getOrDefault(TurnLogContextAccessor.KEY, null);
		return new TurnLogContext((conversationId == null && outer != null) ? outer.conversationId : conversationId,
				null);
	}

	@Nullable String conversationId() {
		return this.conversationId;
	}

	@Nullable String requestId() {
		return this.requestId;
	}

	void received(ResponseInfo response) {
		this.requestId = response.requestId();
	}

	void roundStarts() {
		this.requestId = null;
	}

	void putIntoThread() {
		LogContext.put(LogContext.CONVERSATION_ID, this.conversationId);
		LogContext.put(LogContext.REQUEST_ID, this.requestId);
	}

	static void removeFromThread() {
		MDC.remove(LogContext.CONVERSATION_ID);
		MDC.remove(LogContext.REQUEST_ID);
	}

}
