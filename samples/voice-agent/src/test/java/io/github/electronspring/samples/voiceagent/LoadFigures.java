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

package io.github.electronspring.samples.voiceagent;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;

/**
 * What was measured. Thread-safe.
 *
 * @author The Electron Spring authors
 */
final class LoadFigures {

	private final Map<Integer, List<Long>> segments = new TreeMap<>();

	private int begun;

	private int completed;

	private int failed;

	synchronized void turnBegun() {
		this.begun++;
	}

	synchronized void turnEnded(boolean well) {
		if (well) {
			this.completed++;
		}
		else {
			this.failed++;
		}
	}

	synchronized void segment(int index, long nanos) {
		this.segments.computeIfAbsent(index, (absent) -> new ArrayList<>()).add(nanos);
	}

	synchronized int begun() {
		return this.begun;
	}

	synchronized int completed() {
		return this.completed;
	}

	synchronized int failed() {
		return this.failed;
	}

	synchronized int segments() {
		return this.segments.values().stream().mapToInt(List::size).sum();
	}

	/**
	 * Return how many milliseconds later than a bare reader one hears the segments.
	 * @param bare when a bare reader had the text of the segments
	 * @param percentile the percentile, 0 to 100
	 * @return the milliseconds
	 */
	synchronized double added(LoadFigures bare, int percentile) {
		List<Long> added = new ArrayList<>();
		this.segments.forEach((index, times) -> {
			if (bare.has(index)) {
				long reference = bare.at(index, 50);
				times.forEach((time) -> added.add(time - reference));
			}
		});
		return millis(added, percentile);
	}

	private synchronized boolean has(int index) {
		return this.segments.containsKey(index);
	}

	private synchronized long at(int index, int percentile) {
		List<Long> times = new ArrayList<>(this.segments.getOrDefault(index, Collections.emptyList()));
		Collections.sort(times);
		return times.get(times.size() * percentile / 100);
	}

	private static double millis(List<Long> times, int percentile) {
		Collections.sort(times);
		return times.get(Math.min(times.size() - 1, times.size() * percentile / 100))
				/ (double) TimeUnit.MILLISECONDS.toNanos(1);
	}

}
