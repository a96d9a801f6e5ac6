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

import java.util.Set;

import com.knuddels.jtokkit.api.IntArrayList;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * Answers requests: checks what the service checks, in its order, then lets a script or
 * the free-running answerer speak. Thread-safe.
 *
 * @author The Electron Spring authors
 */
final class RequestHandler {

	private static final Set<String> PATHS = Set.of("/waves/v1/chat/completions", "/v1/chat/completions");

	private final SimulatorSettings settings;

	private final ScriptQueue scripts;

	private final LimitGate limitGate;

	private final PrefixCache prefixCache;

	RequestHandler(SimulatorSettings settings, ScriptQueue scripts, LimitGate limitGate, PrefixCache prefixCache) {
		this.settings = settings;
		this.scripts = scripts;
		this.limitGate = limitGate;
		this.prefixCache = prefixCache;
	}

	Reply handle(Exchange exchange) {
		SimulatorRequest request = exchange.request();
		String id = request.id();
		if (!PATHS.contains(request.path())) {
			return Reply.of(ApiError.ofStatus(404), id);
		}
		if (!"POST".equals(request.method())) {
			return Reply.of(ApiError.ofStatus(405), id).header("Allow", "POST");
		}
		String key = ApiKeys.read(request.header("Authorization"));
		ApiError refused = this.settings.keys().check(key);
		if (refused != null) {
			return Reply.of(refused, id);
		}
		SimulatorLimits limits = this.settings.limits();
		ApiError limited = this.limitGate.enter(key, limits);
		if (limited != null) {
			exchange.log().limited();
			Reply reply = Reply.of(limited, id);
			return (limits.retryAfter() != null)
					? reply.header("Retry-After", String.valueOf(limits.retryAfter().toSeconds())) : reply;
		}
		exchange.onEnd(() -> this.limitGate.leave(key));
		return answer(exchange, key);
	}

	private Reply answer(Exchange exchange, String key) {
		SimulatorRequest request = exchange.request();
		JsonNode json = request.jsonOrNull();
		ApiError invalid = validate(json);
		if (invalid != null || json == null) {
			return Reply.of((invalid != null) ? invalid : ApiError.ofStatus(400), request.id());
		}
		IntArrayList prompt = Tokens.prompt(json);
		ApiError tooLong = RequestValidator.validateLength(json, prompt.size());
		if (tooLong != null) {
			return Reply.of(tooLong, request.id());
		}
		ScriptedResponse script = this.scripts.next();
		if (script == null && !this.settings.freeRunning()) {
			return Reply.of(unscripted(exchange), request.id());
		}
		exchange.prompt(prompt.size(), this.prefixCache.lookUp(key, prompt));
		return (script != null) ? new ScriptPlayer(script, exchange).play()
				: new FreeRunningPlayer(exchange, this.settings.pace()).play();
	}

	private @Nullable ApiError validate(@Nullable JsonNode json) {
		if (this.settings.validation()) {
			return RequestValidator.validate(json);
		}
		return (json != null && json.isObject()) ? null : RequestValidator.validate(null);
	}

	private static ApiError unscripted(Exchange exchange) {
		return ApiError.of(501, "simulator_error",
				"No scripted response is left for request number '%d': call 'ElectronSimulator.enqueue(...)' once more or turn on 'freeRunning'"
					.formatted(exchange.log().requests().size()));
	}

}
