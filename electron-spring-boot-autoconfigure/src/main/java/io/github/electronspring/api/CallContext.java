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

import java.time.Instant;
import java.util.Collections;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Consumer;

import org.jspecify.annotations.Nullable;

import org.springframework.util.Assert;

/**
 * What goes with a request beside the wire: down to the decorators of {@link ElectronApi}
 * a few facts about the call, and up from them a {@link ResponseInfo} for each response
 * whose headers arrive. Immutable; make a new one for each call when the response
 * listener keeps state.
 *
 * @param conversationId the conversation that the request belongs to, or {@code null}
 * @param continuesTurn whether the request continues a turn, so that its caller is
 * waiting in mid-sentence
 * @param deadline when the caller gives up, or {@code null}
 * @param attributes further facts for decorators of the application
 * @param responseListener what learns of each response, on the event loop; it must not
 * block
 * @author The Electron Spring authors
 */
public record CallContext(@Nullable String conversationId, boolean continuesTurn, @Nullable Instant deadline,
		Map<String, Object> attributes, Consumer<ResponseInfo> responseListener) {

	private static final CallContext EMPTY = new CallContext(null, false, null, Collections.emptyMap(), (info) -> {
	});

	/**
	 * Create a context.
	 */
	public CallContext {
		attributes = Map.copyOf(attributes);
		Assert.notNull(responseListener, "'responseListener' must not be null");
	}

	/**
	 * Return the context of a call about which there is nothing to say.
	 * @return the empty context
	 */
	public static CallContext empty() {
		return EMPTY;
	}

	/**
	 * Return this context with another conversation.
	 * @param conversationId the conversation, or {@code null}
	 * @return the context
	 */
	public CallContext withConversationId(@Nullable String conversationId) {
		return new CallContext(conversationId, this.continuesTurn, this.deadline, this.attributes,
				this.responseListener);
	}

	/**
	 * Return this context of a request that continues a turn or does not.
	 * @param continuesTurn whether it does
	 * @return the context
	 */
	public CallContext withContinuesTurn(boolean continuesTurn) {
		return new CallContext(this.conversationId, continuesTurn, this.deadline, this.attributes,
				this.responseListener);
	}

	/**
	 * Return this context with another deadline.
	 * @param deadline when the caller gives up, or {@code null}
	 * @return the context
	 */
	public CallContext withDeadline(@Nullable Instant deadline) {
		return new CallContext(this.conversationId, this.continuesTurn, deadline, this.attributes,
				this.responseListener);
	}

	/**
	 * Return this context with one more attribute.
	 * @param name the name of the attribute
	 * @param value its value
	 * @return the context
	 */
	public CallContext withAttribute(String name, Object value) {
		Map<String, Object> copy = new HashMap<>(this.attributes);
		copy.put(name, value);
		return new CallContext(this.conversationId, this.continuesTurn, this.deadline, copy, this.responseListener);
	}

	/**
	 * Return this context with another response listener, which takes the place of the
	 * present one.
	 * @param responseListener what learns of each response
	 * @return the context
	 */
	public CallContext withResponseListener(Consumer<ResponseInfo> responseListener) {
		return new CallContext(this.conversationId, this.continuesTurn, this.deadline, this.attributes,
				responseListener);
	}

}
