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

package io.github.electronspring.observation;

/**
 * Learns of each turn at its end, once. Called on the thread that ends the turn, by
 * several at the same time: it must be thread-safe and must not block. What it throws is
 * logged once and ignored.
 *
 * @author The Electron Spring authors
 */
@FunctionalInterface
public interface TurnReportListener {

	/**
	 * Called at the end of a turn.
	 * @param report what is known of the turn
	 */
	void onReport(TurnReport report);

}
