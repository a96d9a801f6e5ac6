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

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;

import tools.jackson.databind.node.ObjectNode;

/**
 * Plays a script to one request.
 *
 * @author The Electron Spring authors
 */
final class ScriptPlayer {

	private static final byte[] BYTE_ORDER_MARK = { (byte) 0xEF, (byte) 0xBB, (byte) 0xBF };

	private final ScriptedResponse script;

	private final Exchange exchange;

	private final CompletionWriter writer;

	ScriptPlayer(ScriptedResponse script, Exchange exchange) {
		this.script = script;
		this.exchange = exchange;
		this.writer = new CompletionWriter(exchange.request());
	}

	Reply play() {
		if (!this.script.isRaw() && !this.exchange.request().isStream()) {
			return new ScriptedCompletion(this.script, this.exchange).reply();
		}
		ScriptHead head = this.script.head();
		Map<String, String> headers = Reply.headers("text/event-stream", this.exchange.request().id());
		return new Reply(head.status(), head.merge(headers), head.delay(), stream(), head.closeAfter());
	}

	private List<Emission> stream() {
		ScriptForm form = this.script.form();
		StreamWriter out = new StreamWriter(form.lineEnd(), form.splitEvery());
		if (form.byteOrderMark()) {
			out.bytes(BYTE_ORDER_MARK, 0);
		}
		for (ScriptStep step : completeSteps()) {
			play(step, out);
		}
		return out.emissions();
	}

	/**
	 * Return the steps and what a well behaved server sends without being told.
	 * @return the steps to play
	 */
	private List<ScriptStep> completeSteps() {
		List<ScriptStep> steps = new ArrayList<>(this.script.steps());
		if (this.script.isRaw()) {
			return steps;
		}
		ScriptForm form = this.script.form();
		int done = indexOf(steps, ScriptStep.Done.class::isInstance);
		int broken = indexOf(steps, (step) -> step instanceof ScriptStep.Fault || step instanceof ScriptStep.Failure);
		if (broken < 0 || (done >= 0 && done < broken)) {
			int end = (done >= 0) ? done : steps.size();
			steps.addAll(end, ending(steps, form, done < 0));
		}
		if (form.role()) {
			steps.add(0, new ScriptStep.Role());
		}
		return steps;
	}

	private List<ScriptStep> ending(List<ScriptStep> steps, ScriptForm form, boolean addDone) {
		List<ScriptStep> ending = new ArrayList<>();
		if (form.finish() && indexOf(steps, ScriptStep.Finish.class::isInstance) < 0) {
			ending.add(new ScriptStep.Finish(finishReason(steps)));
		}
		if (form.usage() && includesUsage() && indexOf(steps, ScriptStep.UsageChunk.class::isInstance) < 0) {
			int tokens = steps.stream().mapToInt(ScriptPlayer::tokens).sum();
			ending.add(new ScriptStep.UsageChunk(this.exchange.usage(tokens)));
		}
		if (addDone && form.done()) {
			ending.add(new ScriptStep.Done());
		}
		return ending;
	}

	private boolean includesUsage() {
		return this.exchange.request().json().at("/stream_options/include_usage").asBoolean(false);
	}

	private void play(ScriptStep step, StreamWriter out) {
		int tokens = tokens(step);
		if (step instanceof ScriptStep.Text text) {
			out.event(this.writer.text(text.content()), tokens);
		}
		else if (step instanceof ScriptStep.ToolCallDelta delta) {
			out.event(this.writer.toolCall(delta), tokens);
		}
		else if (step instanceof ScriptStep.Role) {
			out.event(this.writer.role(), 0);
		}
		else if (step instanceof ScriptStep.Delta delta) {
			out.event(this.writer.chunk(Json.parse(delta.json()), null), 0);
		}
		else if (step instanceof ScriptStep.Finish finish) {
			out.event(this.writer.finish(finish.reason()), 0);
		}
		else if (step instanceof ScriptStep.UsageChunk usage) {
			this.exchange.scripted(usage.usage());
			out.event(this.writer.usageChunk(usage.usage()), 0);
		}
		else {
			playWire(step, out);
		}
	}

	private void playWire(ScriptStep step, StreamWriter out) {
		if (step instanceof ScriptStep.Data data) {
			out.event(data.data(), 0);
		}
		else if (step instanceof ScriptStep.Raw raw) {
			out.bytes(raw.bytes(), 0);
		}
		else if (step instanceof ScriptStep.Failure failure) {
			play(failure.error(), out);
		}
		else if (step instanceof ScriptStep.Done) {
			out.event("[DONE]", 0);
		}
		else if (step instanceof ScriptStep.Pause pause) {
			out.other(new Emission.Wait(pause.duration()));
		}
		else if (step instanceof ScriptStep.Hold) {
			out.hold();
		}
		else if (step instanceof ScriptStep.Flush) {
			out.flush();
		}
		else if (step instanceof ScriptStep.Fault fault) {
			out.other(new Emission.Fault(fault.fault()));
		}
	}

	private void play(ApiError error, StreamWriter out) {
		ObjectNode json = error.toJson(this.exchange.request().id());
		if (error.status() < 400) {
			out.event(json, 0);
		}
		else {
			out.bytes(Json.bytes(json), 0);
		}
	}

	static int tokens(ScriptStep step) {
		if (step instanceof ScriptStep.Text text) {
			return Tokens.count(text.content());
		}
		if (step instanceof ScriptStep.ToolCallDelta delta) {
			return Tokens.count((delta.name() != null) ? delta.name() : "")
					+ Tokens.count((delta.arguments() != null) ? delta.arguments() : "");
		}
		return 0;
	}

	static String finishReason(List<ScriptStep> steps) {
		return (indexOf(steps, ScriptStep.ToolCallDelta.class::isInstance) >= 0) ? "tool_calls" : "stop";
	}

	static int indexOf(List<ScriptStep> steps, Predicate<ScriptStep> test) {
		for (int i = 0; i < steps.size(); i++) {
			if (test.test(steps.get(i))) {
				return i;
			}
		}
		return -1;
	}

}
