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
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Plays a script to a request that wants no stream: pauses come before the body, a fault
 * in the middle of it.
 *
 * @author The Electron Spring authors
 */
final class ScriptedCompletion {

	private final ScriptedResponse script;

	private final Exchange exchange;

	ScriptedCompletion(ScriptedResponse script, Exchange exchange) {
		this.script = script;
		this.exchange = exchange;
	}

	Reply reply() {
		ScriptHead head = this.script.head();
		Duration delay = head.delay();
		ConnectionFault fault = null;
		byte[] body = null;
		for (ScriptStep step : this.script.steps()) {
			if (step instanceof ScriptStep.Pause pause) {
				delay = delay.plus(pause.duration());
			}
			else if (step instanceof ScriptStep.Fault stop) {
				fault = stop.fault();
			}
			else if (step instanceof ScriptStep.Failure failure) {
				body = Json.bytes(failure.error().toJson(this.exchange.request().id()));
			}
		}
		if (body == null) {
			body = Json.bytes(completion());
		}
		Map<String, String> headers = Reply.headers("application/json", this.exchange.request().id());
		headers.put("Content-Length", String.valueOf(body.length));
		return new Reply(head.status(), head.merge(headers), delay, emissions(body, fault), head.closeAfter());
	}

	private List<Emission> emissions(byte[] body, @Nullable ConnectionFault fault) {
		int tokens = this.script.steps().stream().mapToInt(ScriptPlayer::tokens).sum();
		if (fault == null) {
			return packets(body, tokens);
		}
		return List.of(new Emission.Bytes(Arrays.copyOf(body, body.length / 2), tokens), new Emission.Fault(fault));
	}

	private List<Emission> packets(byte[] body, int tokens) {
		StreamWriter writer = new StreamWriter("", this.script.form().splitEvery());
		writer.bytes(body, tokens);
		return writer.emissions();
	}

	private ObjectNode completion() {
		StringBuilder content = new StringBuilder();
		Map<Integer, ObjectNode> calls = new TreeMap<>();
		String reason = ScriptPlayer.finishReason(this.script.steps());
		SimulatorUsage usage = this.exchange.usage(this.script.steps().stream().mapToInt(ScriptPlayer::tokens).sum());
		for (ScriptStep step : this.script.steps()) {
			if (step instanceof ScriptStep.Text text) {
				content.append(text.content());
			}
			else if (step instanceof ScriptStep.ToolCallDelta delta) {
				merge(calls.computeIfAbsent(delta.index(), (index) -> call()), delta);
			}
			else if (step instanceof ScriptStep.Finish finish) {
				reason = finish.reason();
			}
			else if (step instanceof ScriptStep.UsageChunk chunk) {
				usage = chunk.usage();
				this.exchange.scripted(usage);
			}
		}
		return new CompletionWriter(this.exchange.request()).completion(message(content, calls), reason, usage);
	}

	private static ObjectNode message(StringBuilder content, Map<Integer, ObjectNode> calls) {
		ObjectNode message = Json.object().put("role", "assistant");
		message.put("content", (content.isEmpty() && !calls.isEmpty()) ? null : content.toString());
		if (!calls.isEmpty()) {
			ArrayNode array = message.putArray("tool_calls");
			calls.values().forEach(array::add);
		}
		return message;
	}

	private static ObjectNode call() {
		ObjectNode call = Json.object().put("id", "").put("type", "function");
		call.putObject("function").put("name", "").put("arguments", "");
		return call;
	}

	private static void merge(ObjectNode call, ScriptStep.ToolCallDelta delta) {
		if (delta.id() != null) {
			call.put("id", delta.id());
		}
		ObjectNode function = (ObjectNode) call.path("function");
		if (delta.name() != null) {
			function.put("name", delta.name());
		}
		if (delta.arguments() != null) {
			function.put("arguments", Json.text(function.path("arguments")) + delta.arguments());
		}
	}

}
