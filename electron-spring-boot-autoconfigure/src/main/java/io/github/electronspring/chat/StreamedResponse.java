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

import io.github.electronspring.protocol.ChatMessage;
import io.github.electronspring.turn.RoundFinished;
import io.github.electronspring.turn.SegmentKind;
import io.github.electronspring.turn.TextReceived;
import io.github.electronspring.turn.TurnEvent;
import io.github.electronspring.turn.TurnFinished;
import reactor.core.publisher.SynchronousSink;

import org.springframework.ai.chat.model.ChatResponse;

/**
 * Turns the events of one turn into streamed responses. Text is handed on as it comes,
 * but for a form that has to be unwrapped: its text is known at the end.
 *
 * @author The Electron Spring authors
 */
final class StreamedResponse {

	private final ChatTurn turn;

	private final ResponseMapper mapper;

	private final boolean held;

	StreamedResponse(ChatTurn turn, ResponseMapper mapper) {
		this.turn = turn;
		this.mapper = mapper;
		this.held = turn.output() != null && turn.output().isWrapped();
	}

	void accept(TurnEvent event, SynchronousSink<ChatResponse> sink) {
		if (event instanceof TextReceived text && !this.held) {
			sink.next(this.mapper.text(text));
		}
		else if (event instanceof RoundFinished round && round.kind() == SegmentKind.FILLER && !this.turn.openCalls()) {
			sink.next(this.mapper.segment(round, this.held ? content(round) : ""));
		}
		else if (event instanceof TurnFinished finished) {
			sink.next(this.mapper.last(finished, this.held ? this.turn.text(finished) : "", this.turn.openCalls()));
		}
	}

	private static String content(RoundFinished round) {
		ChatMessage message = round.message();
		return (message.content() != null) ? message.content() : "";
	}

}
