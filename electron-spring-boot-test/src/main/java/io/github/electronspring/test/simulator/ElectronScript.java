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

import org.springframework.util.Assert;

/**
 * What the {@link ElectronSimulator} answers to one request. A script that starts with
 * {@link #text}, {@link #toolCall} or {@link #round()} describes one round of the model
 * and is played as a stream or as a whole completion, as the request asks; what a well
 * behaved server sends without being told (role chunk, finish reason, usage,
 * {@code [DONE]}) is added. A script that starts with {@link #raw()}, {@link #response}
 * or {@link #error} is played as it is.
 *
 * <pre class="code">
 * simulator.enqueue(ElectronScript.text("Hello"));
 * simulator.enqueue(ElectronScript.round()
 * 	.text("Let me check")
 * 	.pause(Duration.ofMillis(20))
 * 	.toolCall("call_1", "balance", "{\"acc", "ount\":1}"));
 * </pre>
 *
 * @author The Electron Spring authors
 */
public sealed interface ElectronScript permits ScriptedResponse {

	/**
	 * Return a round to which text, tool calls, pauses and faults are added.
	 * @return a round that says nothing yet
	 */
	static ScriptedResponse round() {
		return new ScriptedResponse(false);
	}

	/**
	 * Return a round in which the model says something.
	 * @param pieces the pieces of the text, each a chunk of its own
	 * @return the round
	 */
	static ScriptedResponse text(String... pieces) {
		return round().text(pieces);
	}

	/**
	 * Return a round in which the model calls a tool.
	 * @param id the id of the call
	 * @param name the name of the tool
	 * @param arguments the pieces of the arguments' JSON, each a chunk of its own
	 * @return the round
	 */
	static ScriptedResponse toolCall(String id, String name, String... arguments) {
		return round().toolCall(id, name, arguments);
	}

	/**
	 * Return an event stream to which nothing is added: no role chunk, no finish reason,
	 * no usage, no {@code [DONE]}.
	 * @return an empty event stream
	 */
	static ScriptedResponse raw() {
		return new ScriptedResponse(true);
	}

	/**
	 * Return a response with the given status and body, {@code application/json} unless
	 * {@link ScriptedResponse#contentType} says otherwise.
	 * @param status the HTTP status
	 * @param body the body, may be empty
	 * @return the response
	 */
	static ScriptedResponse response(int status, String body) {
		return raw().status(status).contentType("application/json").bytes(body);
	}

	/**
	 * Return a whole completion, or whatever JSON comes with status 200.
	 * @param body the body
	 * @return the response
	 */
	static ScriptedResponse json(String body) {
		return response(200, body);
	}

	/**
	 * Return an error with the documented envelope, and the type and message that the
	 * service uses for the status.
	 * @param status the HTTP status
	 * @return the response
	 */
	static ScriptedResponse error(int status) {
		return failure(ApiError.ofStatus(status));
	}

	/**
	 * Return an error with the documented envelope.
	 * @param status the HTTP status
	 * @param type the type of the error
	 * @param message what went wrong
	 * @return the response
	 */
	static ScriptedResponse error(int status, String type, String message) {
		return failure(ApiError.of(status, type, message));
	}

	/**
	 * Return no response at all: the connection is reset when the request has arrived. To
	 * a client that had kept the connection it looks as if it had gone stale.
	 * @return the response that does not come
	 */
	static ScriptedResponse noResponse() {
		return raw().step(new ScriptStep.Fault(ConnectionFault.NO_RESPONSE));
	}

	private static ScriptedResponse failure(ApiError error) {
		Assert.isTrue(error.status() >= 400,
				() -> "'status' of an error must be at least 400 but is '" + error.status() + "'");
		return raw().status(error.status()).contentType("application/json").step(new ScriptStep.Failure(error));
	}

}
