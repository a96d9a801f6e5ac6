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

package io.github.electronspring.quota;

import java.util.Arrays;

/**
 * The times at which places are free again, in order. Not thread-safe.
 *
 * @author The Electron Spring authors
 */
final class SlidingLog {

	private long[] times = new long[16];

	private int first;

	private int size;

	/**
	 * Add a time that is not before those that are there.
	 * @param time when a place is free
	 */
	void add(long time) {
		if (this.size == this.times.length) {
			grow();
		}
		this.times[index(this.size)] = time;
		this.size++;
	}

	/**
	 * Forget the places that are free.
	 * @param now the present time
	 */
	void removeUntil(long now) {
		while (this.size > 0 && this.times[this.first] <= now) {
			this.first = index(1);
			this.size--;
		}
	}

	int size() {
		return this.size;
	}

	long get(int position) {
		return this.times[index(position)];
	}

	private int index(int position) {
		return (this.first + position) % this.times.length;
	}

	private void grow() {
		long[] ordered = Arrays.copyOfRange(this.times, this.first, this.first + this.size * 2);
		System.arraycopy(this.times, 0, ordered, this.times.length - this.first, this.first);
		this.times = ordered;
		this.first = 0;
	}

}
