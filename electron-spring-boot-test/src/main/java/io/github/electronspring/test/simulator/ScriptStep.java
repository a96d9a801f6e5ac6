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

import org.jspecify.annotations.Nullable;

/**
 * One step of an {@link ElectronScript}.
 *
 * @author The Electron Spring authors
 */
sealed interface ScriptStep {

	/**
	 * A piece of the assistant's text.
	 *
	 * @param content the text
	 */
	record Text(String content) implements ScriptStep {

	}

	/**
	 * A piece of a tool call.
	 *
	 * @param index the index of the call
	 * @param id the id, or {@code null}
	 * @param name the name of the tool, or {@code null}
	 * @param arguments a piece of the arguments, or {@code null}
	 */
	record ToolCallDelta(int index, @Nullable String id, @Nullable String name,
			@Nullable String arguments) implements ScriptStep {

	}

	/**
	 * The chunk that opens the message.
	 */
	record Role() implements ScriptStep {

	}

	/**
	 * A chunk with any {@code delta}.
	 *
	 * @param json the delta
	 */
	record Delta(String json) implements ScriptStep {

	}

	/**
	 * The chunk with the finish reason.
	 *
	 * @param reason the finish reason
	 */
	record Finish(String reason) implements ScriptStep {

	}

	/**
	 * The chunk with the usage.
	 *
	 * @param usage the usage
	 */
	record UsageChunk(SimulatorUsage usage) implements ScriptStep {

	}

	/**
	 * An event with any data.
	 *
	 * @param data the data
	 */
	record Data(String data) implements ScriptStep {

	}

	/**
	 * Bytes that go out as they are.
	 *
	 * @param bytes the bytes
	 */
	record Raw(byte[] bytes) implements ScriptStep {

	}

	/**
	 * The error envelope: the whole body, or an event in a stream.
	 *
	 * @param error the error
	 */
	record Failure(ApiError error) implements ScriptStep {

	}

	/**
	 * The event that ends the stream.
	 */
	record Done() implements ScriptStep {

	}

	/**
	 * Time in which nothing is sent.
	 *
	 * @param duration how long
	 */
	record Pause(Duration duration) implements ScriptStep {

	}

	/**
	 * From here on bytes are kept back.
	 */
	record Hold() implements ScriptStep {

	}

	/**
	 * What was kept back goes out in one packet.
	 */
	record Flush() implements ScriptStep {

	}

	/**
	 * An end that no well-behaved server makes.
	 *
	 * @param fault the fault
	 */
	record Fault(ConnectionFault fault) implements ScriptStep {

	}

}
