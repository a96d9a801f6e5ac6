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

package io.github.electronspring.api;

import org.jspecify.annotations.Nullable;
import org.slf4j.MDC;

/**
 * Names the request and the conversation in the MDC while something is logged about them.
 *
 * @author The Electron Spring authors
 */
public final class LogContext {

	/**
	 * Name of the identifier of the request in the MDC.
	 */
	public static final String REQUEST_ID = "electron.request-id";

	/**
	 * Name of the identifier of the conversation in the MDC.
	 */
	public static final String CONVERSATION_ID = "electron.conversation-id";

	private LogContext() {
	}

	/**
	 * Log something. What the MDC of the thread held before is there again afterwards.
	 * @param requestId the identifier of the request, or {@code null} if there is none
	 * @param conversationId the identifier of the conversation, or {@code null} if there
	 * is none
	 * @param logging what logs
	 */
	public static void run(@Nullable String requestId, @Nullable String conversationId, Runnable logging) {
		String outerRequestId = MDC.get(REQUEST_ID);
		String outerConversationId = MDC.get(CONVERSATION_ID);
		put(REQUEST_ID, requestId);
		put(CONVERSATION_ID, conversationId);
		try {
			logging.run();
		}
		finally {
			put(REQUEST_ID, outerRequestId);
			put(CONVERSATION_ID, outerConversationId);
		}
	}

	/**
	 * Put a value into the MDC of the thread, or remove what is there.
	 * @param key the name of the value
	 * @param value the value, or {@code null} for none
	 */
	public static void put(String key, @Nullable String value) {
		if (value != null) {
			MDC.put(key, value);
		}
		else {
			MDC.remove(key);
		}
	}

}
