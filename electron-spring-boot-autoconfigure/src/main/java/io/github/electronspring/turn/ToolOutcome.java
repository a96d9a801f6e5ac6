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

/**
 * What came of a tool that was called, on its way to the turn. If the turn is over when
 * it gets there, the listeners are told of it.
 *
 * @author The Electron Spring authors
 */
final class ToolOutcome implements Runnable {

	private final Runnable action;

	private final Runnable late;

	ToolOutcome(Runnable action, Runnable late) {
		this.action = action;
		this.late = late;
	}

	@Override
	public void run() {
		this.action.run();
	}

	/**
	 * Tell what came of the tool after the end of its turn.
	 */
	void tellLate() {
		this.late.run();
	}

}
