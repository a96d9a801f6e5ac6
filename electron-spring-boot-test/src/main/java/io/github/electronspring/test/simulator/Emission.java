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

/**
 * What the server does next with a response.
 *
 * @author The Electron Spring authors
 */
sealed interface Emission {

	/**
	 * Bytes that go out at once, as one packet.
	 *
	 * @param bytes the bytes
	 * @param tokens the number of completion tokens that they carry
	 */
	record Bytes(byte[] bytes, int tokens) implements Emission {

	}

	/**
	 * Time in which nothing is sent.
	 *
	 * @param duration how long
	 */
	record Wait(Duration duration) implements Emission {

	}

	/**
	 * A fault: nothing after it is sent.
	 *
	 * @param fault the fault
	 */
	record Fault(ConnectionFault fault) implements Emission {

	}

}
