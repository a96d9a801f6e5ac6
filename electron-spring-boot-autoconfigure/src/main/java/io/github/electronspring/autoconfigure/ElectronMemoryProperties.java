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

package io.github.electronspring.autoconfigure;

import io.github.electronspring.memory.PrefixStableChatMemory;

/**
 * Configuration properties for the chat memory. Not thread-safe.
 *
 * @author The Electron Spring authors
 */
public class ElectronMemoryProperties {

	/**
	 * Estimated tokens beyond which the oldest turns of a conversation are forgotten, at
	 * most 28672.
	 */
	private int highWaterMark = PrefixStableChatMemory.DEFAULT_HIGH_WATER_MARK;

	/**
	 * Estimated tokens of a conversation that are left then, less than
	 * 'electron.memory.high-water-mark'.
	 */
	private int lowWaterMark = PrefixStableChatMemory.DEFAULT_LOW_WATER_MARK;

	public int getHighWaterMark() {
		return this.highWaterMark;
	}

	public void setHighWaterMark(int highWaterMark) {
		this.highWaterMark = highWaterMark;
	}

	public int getLowWaterMark() {
		return this.lowWaterMark;
	}

	public void setLowWaterMark(int lowWaterMark) {
		this.lowWaterMark = lowWaterMark;
	}

}
