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

import java.util.Collections;
import java.util.List;

import tools.jackson.databind.node.ObjectNode;

/**
 * What the free-running simulator answers in one round.
 *
 * @param text what it says, empty if it only calls tools
 * @param calls the tools it calls
 * @author The Electron Spring authors
 */
record Answer(String text, List<Call> calls) {

	static Answer of(String text) {
		return new Answer(text, Collections.emptyList());
	}

	/**
	 * A call of a tool.
	 *
	 * @param name the name of the tool
	 * @param arguments its arguments
	 */
	record Call(String name, ObjectNode arguments) {

	}

}
