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

package io.github.electronspring.turn;

import java.util.Collections;

import io.github.electronspring.protocol.ChatMessage;
import io.github.electronspring.protocol.ToolCall;
import org.jspecify.annotations.Nullable;

import org.springframework.util.Assert;

/**
 * A tool call on its way from the first piece to its result, of which there is one.
 *
 * @author The Electron Spring authors
 */
final class PendingCall {

	private @Nullable ToolCall call;

	private boolean started;

	private @Nullable ToolInvocation invocation;

	private @Nullable String result;

	private boolean failed;

	boolean isReady() {
		return this.call != null;
	}

	void ready(@Nullable ToolCall call) {
		this.call = call;
	}

	ToolCall call() {
		Assert.state(this.call != null, "The call is not complete");
		return this.call;
	}

	boolean isStarted() {
		return this.started;
	}

	void started(@Nullable ToolInvocation invocation) {
		this.started = true;
		this.invocation = invocation;
	}

	boolean isRunning() {
		return this.started && this.result == null;
	}

	boolean isAlone() {
		return this.invocation != null && this.invocation.isSequential();
	}

	@Nullable String result() {
		return this.result;
	}

	boolean isFailed() {
		return this.failed;
	}

	void ended(String result, boolean failed) {
		this.result = result;
		this.failed = failed;
	}

	void cancel() {
		if (this.invocation != null && this.result == null) {
			this.invocation.cancel();
		}
	}

	/**
	 * Tell the listeners of the result: the turn ended at the moment at which it came.
	 * @param turn the turn
	 */
	void tellLate(Turn turn) {
		if (this.invocation != null && this.result != null && !this.invocation.isInterruptible()) {
			turn.tellLate(call(), this.result);
		}
	}

	ChatMessage toMessage() {
		Assert.state(this.result != null, "The call has no result");
		return new ChatMessage(ChatMessage.TOOL, this.result, Collections.emptyList(), call().id());
	}

}
