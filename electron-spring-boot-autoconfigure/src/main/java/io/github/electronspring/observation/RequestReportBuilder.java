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

package io.github.electronspring.observation;

import java.time.Duration;
import java.util.List;

import io.github.electronspring.api.CallContext;
import io.github.electronspring.api.Cost;
import io.github.electronspring.api.ElectronException;
import io.github.electronspring.protocol.ChatCompletionRequest;
import io.github.electronspring.protocol.ChatMessage;
import io.github.electronspring.protocol.ToolCall;
import io.github.electronspring.protocol.Usage;
import org.jspecify.annotations.Nullable;

/**
 * Makes the report of one request.
 *
 * @author The Electron Spring authors
 */
final class RequestReportBuilder {

	private static final int CHARACTERS_PER_TOKEN = 4;

	private final ChatCompletionRequest request;

	private final CallContext context;

	private final List<ReportedProvider> providers;

	private final RequestFacts facts;

	RequestReportBuilder(ChatCompletionRequest request, CallContext context, List<ReportedProvider> providers) {
		this.request = request;
		this.context = context;
		this.providers = providers;
		this.facts = new RequestFacts(providers.get(0).name());
	}

	/**
	 * Return the context for the request, which brings back what else is known of it.
	 * @return the context
	 */
	CallContext context() {
		return this.facts.addTo(this.context);
	}

	RequestReport build(RequestOutcome outcome, @Nullable Throwable error, ChunkTimes times, Duration duration,
			@Nullable Usage told) {
		ReportedProvider provider = provider();
		boolean estimated = told == null && mayBeBilled(outcome);
		Usage usage = estimated ? estimate(times.chunks()) : told;
		Cost cost = (usage != null && provider.prices() != null) ? Cost.of(usage, provider.prices()) : null;
		return new RequestReport(provider.name(), provider.model(), outcome, error, requestId(error),
				this.context.conversationId(), this.facts.status(), this.facts.attempts(), this.facts.waited(),
				times.timeToFirst(), times.timePerChunk(), duration, usage, estimated, cost);
	}

	private ReportedProvider provider() {
		String name = this.facts.provider();
		ReportedProvider first = this.providers.get(0);
		String model = (this.request.model() != null) ? this.request.model() : first.model();
		if (name.equals(first.name())) {
			// A call may ask it for another model than the configured one
			return new ReportedProvider(name, model, first.prices());
		}
		return this.providers.stream()
			.filter((provider) -> name.equals(provider.name()))
			.findFirst()
			.orElseGet(() -> new ReportedProvider(name, model, null));
	}

	private @Nullable String requestId(@Nullable Throwable error) {
		ElectronException failure = ElectronException.find(error);
		String requestId = (failure != null) ? failure.getRequestId() : null;
		return (requestId != null) ? requestId : this.facts.requestId();
	}

	/**
	 * Return whether the service may bill what it has not told: the response had begun,
	 * or the request was cancelled on its way there.
	 * @param outcome how the request ended
	 * @return whether it may
	 */
	private boolean mayBeBilled(RequestOutcome outcome) {
		int status = this.facts.status();
		if (status == 0) {
			return outcome == RequestOutcome.CANCELLED && this.facts.attempts() > 0;
		}
		return outcome != RequestOutcome.SUCCESS && status < 300;
	}

	private Usage estimate(int chunks) {
		long characters = 0;
		for (ChatMessage message : this.request.messages()) {
			characters += length(message.content());
			for (ToolCall call : message.toolCalls()) {
				characters += length(call.function().name()) + length(call.function().arguments());
			}
		}
		int promptTokens = (int) Math.min(Integer.MAX_VALUE / 2, characters / CHARACTERS_PER_TOKEN);
		return new Usage(promptTokens, chunks, promptTokens + chunks, null);
	}

	private static int length(@Nullable String text) {
		return (text != null) ? text.length() : 0;
	}

}
