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

import io.micrometer.observation.Observation;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

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

	private static final String START_BY = CallContext.class.getName() + ".startBy";

	private static final String SEND_LISTENER = CallContext.class.getName() + ".sendListener";

	private static final Runnable NO_SEND_LISTENER = () -> {
	};

	private static final String RESPONSE_END_LISTENER = CallContext.class.getName() + ".responseEndListener";

	private static final Consumer<Mono<Boolean>> NO_RESPONSE_END_LISTENER = (end) -> {
	};

	private static final String OBSERVATION = CallContext.class.getName() + ".observation";

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
	 * Return until when the request may wait for its place in the quota, where a
	 * decorator has set it.
	 * @return the time, or {@code null} if nothing but the quota's own limit and the
	 * deadline bounds it
	 */
	public @Nullable Instant startBy() {
		return (Instant) this.attributes.get(START_BY);
	}

	/**
	 * Return this context of a request that must not wait longer for its place in the
	 * quota.
	 * @param startBy when it has to be sent at the latest
	 * @return the context
	 */
	public CallContext withStartBy(Instant startBy) {
		return withAttribute(START_BY, startBy);
	}

	/**
	 * Return what learns that the request goes out, where a decorator has set it. It is
	 * called by what sends the request, once it waits for nothing on this side.
	 * @return the listener; one that does nothing if none is set
	 */
	public Runnable sendListener() {
		return (Runnable) this.attributes.getOrDefault(SEND_LISTENER, NO_SEND_LISTENER);
	}

	/**
	 * Return this context with another send listener, which takes the place of the
	 * present one.
	 * @param sendListener what learns that the request goes out; it must not block
	 * @return the context
	 */
	public CallContext withSendListener(Runnable sendListener) {
		return withAttribute(SEND_LISTENER, sendListener);
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

	/**
	 * Return what learns of the end of each streamed response, which is not the end of
	 * its chunks: the body goes on for a while behind a stream that has completed or was
	 * cancelled at its end mark.
	 * @return the listener, which does nothing where no decorator has set one
	 */
	@SuppressWarnings("unchecked")
	public Consumer<Mono<Boolean>> responseEndListener() {
		return (Consumer<Mono<Boolean>>) this.attributes.getOrDefault(RESPONSE_END_LISTENER, NO_RESPONSE_END_LISTENER);
	}

	/**
	 * Return this context with another listener to the end of responses, which takes the
	 * place of the present one. An {@link ElectronApi} that knows more of the end of a
	 * response than its chunks tell calls it before it sends a request, with a
	 * {@link Mono} that always emits in the end: {@code true} when the service has ended
	 * the response, {@code false} when the connection was closed before.
	 * @param listener what learns of the end of each response; it must not block
	 * @return the context
	 */
	public CallContext withResponseEndListener(Consumer<Mono<Boolean>> listener) {
		return withAttribute(RESPONSE_END_LISTENER, listener);
	}

	/**
	 * Return the observation of the request, where a decorator has set it: what happens
	 * to the request can be told to it as events, and requests over HTTP are sent in its
	 * scope.
	 * @return the observation; one that does nothing if none is set
	 */
	public Observation observation() {
		return (Observation) this.attributes.getOrDefault(OBSERVATION, Observation.NOOP);
	}

	/**
	 * Return this context with another observation, which takes the place of the present
	 * one.
	 * @param observation the observation of the request, started
	 * @return the context
	 */
	public CallContext withObservation(Observation observation) {
		return withAttribute(OBSERVATION, observation);
	}

}
