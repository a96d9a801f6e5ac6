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

import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;

import org.jspecify.annotations.Nullable;

/**
 * The scripts that have not been played yet, in order. Thread-safe.
 *
 * @author The Electron Spring authors
 */
final class ScriptQueue {

	private final Queue<ScriptedResponse> scripts = new ConcurrentLinkedQueue<>();

	void add(ElectronScript script) {
		this.scripts.add((ScriptedResponse) script);
	}

	@Nullable ScriptedResponse next() {
		return this.scripts.poll();
	}

	int size() {
		return this.scripts.size();
	}

	void clear() {
		this.scripts.clear();
	}

}
