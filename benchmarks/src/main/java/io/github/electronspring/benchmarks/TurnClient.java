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

package io.github.electronspring.benchmarks;

import java.time.Duration;

/**
 * A client whose tool turns are measured.
 *
 * @author The Electron Spring authors
 */
@FunctionalInterface
interface TurnClient {

	/** How long a turn may take before the run fails. */
	Duration TIMEOUT = Duration.ofSeconds(30);

	/** What the user says. */
	String QUESTION = "What is my balance, and what is my limit?";

	/**
	 * Run a turn to its end.
	 * @param probe takes the text as the client's user sees it
	 * @throws Exception if the turn fails
	 */
	void run(TurnProbe probe) throws Exception;

}
