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

package io.github.electronspring.chat;

import java.util.function.Consumer;

import io.github.electronspring.api.CallContext;
import io.github.electronspring.api.ElectronApi;
import io.github.electronspring.api.ResponseInfo;
import io.github.electronspring.chat.RequestObservationDocumentation.Events;
import io.github.electronspring.chat.RequestObservationDocumentation.HighCardinalityKeyNames;
import io.github.electronspring.protocol.ChatCompletion;
import io.github.electronspring.protocol.ChatCompletionAssembler;
import io.github.electronspring.protocol.ChatCompletionChunk;
import io.github.electronspring.protocol.ChatCompletionRequest;
import io.micrometer.observation.Observation;
import io.micrometer.observation.ObservationRegistry;
import io.micrometer.observation.contextpropagation.ObservationThreadLocalAccessor;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.publisher.SignalType;
import reactor.util.context.ContextView;

import org.springframework.ai.chat.observation.ChatModelObservationContext;
import org.springframework.ai.chat.observation.ChatModelObservationConvention;
import org.springframework.ai.chat.observation.ChatModelObservationDocumentation;
import org.springframework.ai.chat.observation.DefaultChatModelObservationConvention;
import org.springframework.ai.chat.prompt.Prompt;

/**
 * Observes each request that belongs to a call of the chat model, as Spring AI's chat
 * models do.
 *
 * @author The Electron Spring authors
 */
final class ObservedElectronApi implements ElectronApi {

	private static final String CANCELLED = "cancelled";

	static final String PROVIDER = "electron";

	private static final ChatModelObservationConvention DEFAULT_CONVENTION = new DefaultChatModelObservationConvention();

	private final ElectronApi delegate;

	private final ObservationRegistry registry;

	private final @Nullable ChatModelObservationConvention convention;

	ObservedElectronApi(ElectronApi delegate, ObservationRegistry registry,
			@Nullable ChatModelObservationConvention convention) {
		this.delegate = delegate;
		this.registry = registry;
		this.convention = convention;
	}

	@Override
	public Mono<ChatCompletion> complete(ChatCompletionRequest request, CallContext context) {
		ObservedCall call = ObservedCall.from(context);
		if (call == null) {
			return this.delegate.complete(request, context);
		}
		return Mono.deferContextual((view) -> {
			Request observed = start(request, call, context, view);
			return this.delegate.complete(request, observed.addTo(context))
				.doOnNext(observed::complete)
				.doOnError(observed::fail)
				.doFinally(observed::end)
				.contextWrite((ctx) -> ctx.put(ObservationThreadLocalAccessor.KEY, observed.observation));
		});
	}

	@Override
	public Flux<ChatCompletionChunk> stream(ChatCompletionRequest request, CallContext context) {
		ObservedCall call = ObservedCall.from(context);
		if (call == null) {
			return this.delegate.stream(request, context);
		}
		return Flux.deferContextual((view) -> {
			Request observed = start(request, call, context, view);
			return this.delegate.stream(request, observed.addTo(context))
				.doOnNext(observed::add)
				.doOnComplete(observed::complete)
				.doOnError(observed::fail)
				.doFinally(observed::end)
				.contextWrite((ctx) -> ctx.put(ObservationThreadLocalAccessor.KEY, observed.observation));
		});
	}

	private Request start(ChatCompletionRequest request, ObservedCall call, CallContext callContext, ContextView view) {
		ChatModelObservationContext context = ChatModelObservationContext.builder()
			.prompt(new Prompt(MessageMapper.fromWire(request.messages()), call.options()))
			.provider(PROVIDER)
			.streaming(call.streaming())
			.build();
		Observation observation = ChatModelObservationDocumentation.CHAT_MODEL_OPERATION.observation(this.convention,
				DEFAULT_CONVENTION, () -> context, this.registry);
		Observation parent = view.getOrDefault(ObservationThreadLocalAccessor.KEY, null);
		if (parent == null) {
			observation.start();
		}
		else {
			observation.parentObservation(parent);
			// Tracing takes the parent of a span from the current scope
			parent.scoped((Runnable) observation::start);
		}
		return new Request(observation, context, callContext.responseListener());
	}

	/**
	 * A request that is observed. Cancellation may come from another thread than the
	 * response.
	 */
	private static final class Request implements Consumer<ResponseInfo> {

		private final Observation observation;

		private final ChatModelObservationContext context;

		private final Consumer<ResponseInfo> responseListener;

		private final ChatCompletionAssembler received = new ChatCompletionAssembler();

		private @Nullable ResponseInfo info;

		private boolean empty = true;

		private boolean stopped;

		Request(Observation observation, ChatModelObservationContext context, Consumer<ResponseInfo> responseListener) {
			this.observation = observation;
			this.context = context;
			this.responseListener = responseListener;
		}

		CallContext addTo(CallContext callContext) {
			return callContext.withResponseListener(this).withObservation(this.observation);
		}

		@Override
		public void accept(ResponseInfo info) {
			synchronized (this) {
				this.info = info;
			}
			this.responseListener.accept(info);
		}

		synchronized void add(ChatCompletionChunk chunk) {
			this.empty = false;
			this.received.add(chunk);
		}

		void complete() {
			stop(null, null, "success");
		}

		void complete(ChatCompletion completion) {
			stop(completion, null, "success");
		}

		void fail(Throwable error) {
			stop(null, error, "error");
		}

		/**
		 * Take the end if it is a cancellation, which those inside have learned of by
		 * now.
		 * @param signal how the response ended
		 */
		void end(SignalType signal) {
			if (signal == SignalType.CANCEL) {
				stop(null, null, CANCELLED);
			}
		}

		private synchronized void stop(@Nullable ChatCompletion completion, @Nullable Throwable error, String outcome) {
			if (this.stopped) {
				return;
			}
			this.stopped = true;
			if (completion != null || !this.empty) {
				this.context.setResponse(ResponseMapper
					.single((completion != null) ? completion : this.received.toCompletion(), this.info));
			}
			addKeyValues(outcome);
			if (error != null) {
				this.observation.error(error);
			}
			if (outcome.equals(CANCELLED)) {
				this.observation.event(Events.CANCELLED);
			}
			this.observation.stop();
		}

		private void addKeyValues(String outcome) {
			this.observation.highCardinalityKeyValue(HighCardinalityKeyNames.OUTCOME.withValue(outcome));
			ResponseInfo response = this.info;
			if (response == null) {
				return;
			}
			this.observation.highCardinalityKeyValue(HighCardinalityKeyNames.PROVIDER.withValue(response.provider()))
				.highCardinalityKeyValue(
						HighCardinalityKeyNames.ATTEMPTS.withValue(String.valueOf(response.attempts())))
				.highCardinalityKeyValue(
						HighCardinalityKeyNames.QUOTA_WAIT.withValue(String.valueOf(response.waited().toMillis())));
			if (response.requestId() != null) {
				this.observation
					.highCardinalityKeyValue(HighCardinalityKeyNames.REQUEST_ID.withValue(response.requestId()));
			}
		}

	}

}
