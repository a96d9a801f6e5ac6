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

import java.util.List;

import io.github.electronspring.protocol.ChatMessage;
import io.github.electronspring.turn.TurnEngine;
import io.github.electronspring.turn.TurnEvent;
import io.github.electronspring.turn.TurnFinished;
import io.github.electronspring.turn.TurnInterceptor;
import io.github.electronspring.turn.TurnRequest;
import io.github.electronspring.turn.TurnTool;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

import org.springframework.ai.chat.model.ChatResponse;

/**
 * The turn that a prompt asks for.
 *
 * @param request what the turn begins with
 * @param tools the tools that the model may call
 * @param output the form of the answer, or {@code null} for free text
 * @param repairOutput whether an answer that does not fit is asked for again
 * @param interceptors what stands around the turn, the outermost first
 * @author The Electron Spring authors
 */
record ChatTurn(TurnRequest request, List<TurnTool> tools, @Nullable StructuredOutput output, boolean repairOutput,
		List<TurnInterceptor> interceptors) {

	Mono<ChatResponse> call(TurnEngine engine, ResponseMapper mapper) {
		Flux<TurnEvent> events = (this.output != null && this.repairOutput)
				? new RepairingTurn(engine, this.output).run(this.request, this.tools)
				: engine.run(this.request, this.tools);
		return intercept(events).ofType(TurnFinished.class)
			.last()
			.map((event) -> mapper.last(event, text(event), openCalls()));
	}

	Flux<ChatResponse> stream(TurnEngine engine, ResponseMapper mapper) {
		StreamedResponse response = new StreamedResponse(this, mapper);
		return intercept(engine.run(this.request, this.tools)).handle(response::accept);
	}

	private Flux<TurnEvent> intercept(Flux<TurnEvent> events) {
		Flux<TurnEvent> intercepted = events;
		for (int i = this.interceptors.size() - 1; i >= 0; i--) {
			intercepted = this.interceptors.get(i).intercept(this.request, intercepted);
		}
		return intercepted;
	}

	/**
	 * Return whether tool calls are left to the caller.
	 * @return whether they are
	 */
	boolean openCalls() {
		return !this.request.executeTools();
	}

	/**
	 * Return the text of the answer.
	 * @param event the end of the turn
	 * @return the text in the form that the caller asked for
	 */
	String text(TurnFinished event) {
		if (event.rounds().isEmpty()) {
			return "";
		}
		ChatMessage message = event.rounds().get(event.rounds().size() - 1).message();
		String text = (message.content() != null) ? message.content() : "";
		return (this.output != null && message.toolCalls().isEmpty()) ? this.output.read(text).text() : text;
	}

}
