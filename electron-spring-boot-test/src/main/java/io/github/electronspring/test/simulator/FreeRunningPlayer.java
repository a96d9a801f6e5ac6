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

package io.github.electronspring.test.simulator;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

import tools.jackson.databind.JsonNode;

/**
 * Plays an answer that the simulator thinks up itself, token by token.
 *
 * @author The Electron Spring authors
 */
final class FreeRunningPlayer {

	private final Exchange exchange;

	private final SimulatorPace pace;

	private final List<ScriptStep> steps = new ArrayList<>();

	FreeRunningPlayer(Exchange exchange, SimulatorPace pace) {
		this.exchange = exchange;
		this.pace = pace;
	}

	Reply play() {
		JsonNode request = this.exchange.request().json();
		Answerer answerer = new Answerer(request);
		Answer answer = answerer.answer();
		String text = answerer.stopped(answer.text());
		boolean stopped = text.length() < answer.text().length();
		if (text(text, maxTokens(request)) && !stopped) {
			calls(answer.calls());
		}
		ScriptedResponse response = new ScriptedResponse(this.steps).headersAfter(this.pace.timeToFirstToken());
		return new ScriptPlayer(response, this.exchange).play();
	}

	/**
	 * Say the text, as far as it may go.
	 * @param text the text
	 * @param maxTokens the number of tokens that may be said
	 * @return whether all of it was said
	 */
	private boolean text(String text, int maxTokens) {
		List<String> pieces = Tokens.pieces(text);
		for (String piece : pieces.subList(0, Math.min(maxTokens, pieces.size()))) {
			step(new ScriptStep.Text(piece));
		}
		if (pieces.size() > maxTokens) {
			step(new ScriptStep.Finish("length"));
			return false;
		}
		return true;
	}

	private void calls(List<Answer.Call> calls) {
		for (int i = 0; i < calls.size(); i++) {
			Answer.Call call = calls.get(i);
			String id = "call_%s_%d".formatted(this.exchange.request().id().substring("req_".length()), i);
			step(new ScriptStep.ToolCallDelta(i, id, call.name(), ""));
			for (String piece : Tokens.pieces(Json.string(call.arguments()))) {
				step(new ScriptStep.ToolCallDelta(i, null, null, piece));
			}
		}
	}

	private void step(ScriptStep step) {
		Duration between = this.pace.betweenTokens();
		if (!this.steps.isEmpty() && !between.isZero()) {
			this.steps.add(new ScriptStep.Pause(between));
		}
		this.steps.add(step);
	}

	private static int maxTokens(JsonNode request) {
		return request.path("max_tokens").isInt() ? request.path("max_tokens").intValue() : Integer.MAX_VALUE;
	}

}
