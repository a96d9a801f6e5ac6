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

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.function.UnaryOperator;

import org.jspecify.annotations.Nullable;

import org.springframework.util.Assert;

/**
 * A response of the {@link ElectronSimulator}, told step by step. Immutable: every method
 * returns a new response, so that a constant can be the start of many.
 *
 * @author The Electron Spring authors
 * @see ElectronScript
 */
public final class ScriptedResponse implements ElectronScript {

	private final boolean raw;

	private final ScriptHead head;

	private final ScriptForm form;

	private final List<ScriptStep> steps;

	ScriptedResponse(boolean raw) {
		this(raw, ScriptHead.OK, ScriptForm.REGULAR, Collections.emptyList());
	}

	ScriptedResponse(List<ScriptStep> steps) {
		this(false, ScriptHead.OK, ScriptForm.REGULAR, List.copyOf(steps));
	}

	private ScriptedResponse(boolean raw, ScriptHead head, ScriptForm form, List<ScriptStep> steps) {
		this.raw = raw;
		this.head = head;
		this.form = form;
		this.steps = steps;
	}

	/**
	 * The model says something.
	 * @param pieces the pieces of the text, each a chunk of its own
	 * @return the response
	 */
	public ScriptedResponse text(String... pieces) {
		ScriptedResponse result = this;
		for (String piece : pieces) {
			result = result.step(new ScriptStep.Text(piece));
		}
		return result;
	}

	/**
	 * The model calls a tool. The first chunk carries index, id, type and name; the index
	 * is the number of calls that came before.
	 * @param id the id of the call
	 * @param name the name of the tool
	 * @param arguments the pieces of the arguments' JSON, each a chunk of its own
	 * @return the response
	 */
	public ScriptedResponse toolCall(String id, String name, String... arguments) {
		int index = (int) this.steps.stream()
			.filter(ScriptStep.ToolCallDelta.class::isInstance)
			.mapToInt((step) -> ((ScriptStep.ToolCallDelta) step).index())
			.distinct()
			.count();
		ScriptedResponse result = toolCallDelta(index, id, name, "");
		for (String piece : arguments) {
			result = result.toolCallDelta(index, null, null, piece);
		}
		return result;
	}

	/**
	 * A piece of a tool call, cut as the test wants it.
	 * @param index the index of the call
	 * @param id the id, or {@code null} to leave id and type out
	 * @param name the name of the tool, or {@code null} to leave it out
	 * @param arguments a piece of the arguments' JSON, or {@code null} to leave it out
	 * @return the response
	 */
	public ScriptedResponse toolCallDelta(int index, @Nullable String id, @Nullable String name,
			@Nullable String arguments) {
		return step(new ScriptStep.ToolCallDelta(index, id, name, arguments));
	}

	/**
	 * A chunk whose first choice has the given {@code delta}.
	 * @param json the delta
	 * @return the response
	 */
	public ScriptedResponse delta(String json) {
		return step(new ScriptStep.Delta(json));
	}

	/**
	 * The chunk with the finish reason. Without it {@code tool_calls} or {@code stop} is
	 * added.
	 * @param reason the finish reason
	 * @return the response
	 */
	public ScriptedResponse finish(String reason) {
		return step(new ScriptStep.Finish(reason));
	}

	/**
	 * The chunk with the usage, sent even if the request did not ask for it. Without it
	 * the tokens are counted.
	 * @param promptTokens the number of tokens of the prompt
	 * @param cachedTokens how many of them came from the prefix cache
	 * @param completionTokens the number of tokens of the answer
	 * @return the response
	 */
	public ScriptedResponse usage(int promptTokens, int cachedTokens, int completionTokens) {
		return step(new ScriptStep.UsageChunk(new SimulatorUsage(promptTokens, cachedTokens, completionTokens)));
	}

	/**
	 * The event {@code [DONE]}. Without it it is added at the end; with it pauses, bytes
	 * and faults can follow it.
	 * @return the response
	 */
	public ScriptedResponse done() {
		return step(new ScriptStep.Done());
	}

	/**
	 * An event with any data: {@code data: } and a blank line are added.
	 * @param data the data
	 * @return the response
	 */
	public ScriptedResponse data(String data) {
		return step(new ScriptStep.Data(data));
	}

	/**
	 * A comment line.
	 * @param comment the comment
	 * @return the response
	 */
	public ScriptedResponse comment(String comment) {
		return bytes(": " + comment + this.form.lineEnd() + this.form.lineEnd());
	}

	/**
	 * Text that goes out as it is, in one packet.
	 * @param text the text
	 * @return the response
	 */
	public ScriptedResponse bytes(String text) {
		return bytes(text.getBytes(StandardCharsets.UTF_8));
	}

	/**
	 * Bytes that go out as they are, in one packet.
	 * @param bytes the bytes
	 * @return the response
	 */
	public ScriptedResponse bytes(byte... bytes) {
		return step(new ScriptStep.Raw(bytes.clone()));
	}

	/**
	 * A data line of the given length.
	 * @param length the number of bytes after {@code data: }
	 * @return the response
	 */
	public ScriptedResponse oversizedLine(int length) {
		return data("x".repeat(length));
	}

	/**
	 * The error envelope as an event in the stream, or as the body of a response with
	 * status 200.
	 * @param type the type of the error
	 * @param message what went wrong
	 * @return the response
	 */
	public ScriptedResponse errorInside(String type, String message) {
		return step(new ScriptStep.Failure(ApiError.of(200, type, message)));
	}

	/**
	 * Nothing is sent for some time.
	 * @param duration how long
	 * @return the response
	 */
	public ScriptedResponse pause(Duration duration) {
		return step(new ScriptStep.Pause(duration));
	}

	/**
	 * What follows is kept back until {@link #flush()} or the end.
	 * @return the response
	 */
	public ScriptedResponse hold() {
		return step(new ScriptStep.Hold());
	}

	/**
	 * What was kept back since {@link #hold()} goes out in one packet.
	 * @return the response
	 */
	public ScriptedResponse flush() {
		return step(new ScriptStep.Flush());
	}

	/**
	 * The connection is reset, a moment after what came before has been sent.
	 * @return the response
	 */
	public ScriptedResponse reset() {
		return step(new ScriptStep.Fault(ConnectionFault.RESET));
	}

	/**
	 * The connection is closed before the response is at its end.
	 * @return the response
	 */
	public ScriptedResponse disconnect() {
		return step(new ScriptStep.Fault(ConnectionFault.CLOSE));
	}

	/**
	 * Nothing more is sent and the connection stays open until the client goes.
	 * @return the response
	 */
	public ScriptedResponse stall() {
		return step(new ScriptStep.Fault(ConnectionFault.STALL));
	}

	/**
	 * Leave out the chunk with the role.
	 * @return the response
	 */
	public ScriptedResponse withoutRole() {
		return form(ScriptForm::withoutRole);
	}

	/**
	 * Leave out the chunk with the finish reason.
	 * @return the response
	 */
	public ScriptedResponse withoutFinish() {
		return form(ScriptForm::withoutFinish);
	}

	/**
	 * Leave out the chunk with the usage, even if the request asks for it.
	 * @return the response
	 */
	public ScriptedResponse withoutUsage() {
		return form(ScriptForm::withoutUsage);
	}

	/**
	 * Leave out {@code [DONE]}.
	 * @return the response
	 */
	public ScriptedResponse withoutDone() {
		return form(ScriptForm::withoutDone);
	}

	/**
	 * Start the body with a byte-order mark.
	 * @return the response
	 */
	public ScriptedResponse byteOrderMark() {
		return form(ScriptForm::withByteOrderMark);
	}

	/**
	 * End lines in another way, those of comments only if they come later.
	 * @param lineEnd {@code "\n"} (the default), {@code "\r\n"} or {@code "\r"}
	 * @return the response
	 */
	public ScriptedResponse lineEnd(String lineEnd) {
		return form((form) -> form.withLineEnd(lineEnd));
	}

	/**
	 * Cut the whole body into packets of a few bytes, inside characters too.
	 * @param bytes the number of bytes in a packet
	 * @return the response
	 * @throws IllegalArgumentException if the number is not positive
	 */
	public ScriptedResponse splitEvery(int bytes) {
		Assert.isTrue(bytes > 0, () -> "'bytes' must be positive but is '" + bytes + "'");
		return form((form) -> form.withSplitEvery(bytes));
	}

	/**
	 * Set the HTTP status.
	 * @param status the status
	 * @return the response
	 */
	public ScriptedResponse status(int status) {
		return head((head) -> head.withStatus(status));
	}

	/**
	 * Add a header, or replace one that the simulator sets itself.
	 * @param name the name of the header
	 * @param value its value
	 * @return the response
	 */
	public ScriptedResponse header(String name, String value) {
		return head((head) -> head.withHeader(name, value));
	}

	/**
	 * Leave out a header that the simulator sets itself, such as {@code X-Request-Id}.
	 * @param name the name of the header
	 * @return the response
	 */
	public ScriptedResponse withoutHeader(String name) {
		return head((head) -> head.withoutHeader(name));
	}

	/**
	 * Set the content type.
	 * @param contentType the content type
	 * @return the response
	 */
	public ScriptedResponse contentType(String contentType) {
		return header("Content-Type", contentType);
	}

	/**
	 * Send status and headers only after some time.
	 * @param delay how long
	 * @return the response
	 */
	public ScriptedResponse headersAfter(Duration delay) {
		return head((head) -> head.withDelay(delay));
	}

	/**
	 * Close the connection some time after the response has ended well, without having
	 * said so in a header: a pooled connection that has gone stale.
	 * @param delay how long after the end of the response
	 * @return the response
	 */
	public ScriptedResponse closeConnectionAfter(Duration delay) {
		return head((head) -> head.withCloseAfter(delay));
	}

	ScriptedResponse step(ScriptStep step) {
		List<ScriptStep> all = new ArrayList<>(this.steps);
		all.add(step);
		return new ScriptedResponse(this.raw, this.head, this.form, Collections.unmodifiableList(all));
	}

	private ScriptedResponse head(UnaryOperator<ScriptHead> change) {
		return new ScriptedResponse(this.raw, change.apply(this.head), this.form, this.steps);
	}

	private ScriptedResponse form(UnaryOperator<ScriptForm> change) {
		return new ScriptedResponse(this.raw, this.head, change.apply(this.form), this.steps);
	}

	boolean isRaw() {
		return this.raw;
	}

	ScriptHead head() {
		return this.head;
	}

	ScriptForm form() {
		return this.form;
	}

	List<ScriptStep> steps() {
		return this.steps;
	}

}
