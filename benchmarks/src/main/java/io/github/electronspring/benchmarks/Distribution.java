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

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.stream.LongStream;

/**
 * Median and spread of measured times.
 *
 * @param count how many there are
 * @param p10 the time that a tenth of them stays below, in milliseconds
 * @param p50 the median in milliseconds
 * @param p90 the time that a tenth of them is above, in milliseconds
 * @author The Electron Spring authors
 */
record Distribution(int count, double p10, double p50, double p90) {

	private static final double NANOS = 1e6;

	static Distribution of(LongStream nanos) {
		long[] sorted = nanos.toArray();
		Arrays.sort(sorted);
		return new Distribution(sorted.length, at(sorted, 0.1), at(sorted, 0.5), at(sorted, 0.9));
	}

	private static double at(long[] sorted, double part) {
		if (sorted.length == 0) {
			return Double.NaN;
		}
		double place = part * (sorted.length - 1);
		int below = (int) place;
		int above = Math.min(below + 1, sorted.length - 1);
		double nanos = sorted[below] + (place - below) * (sorted[above] - sorted[below]);
		return Math.round(nanos / NANOS * 1000) / 1000.0;
	}

	Map<String, Object> toMap() {
		Map<String, Object> map = new LinkedHashMap<>();
		map.put("p10", this.p10);
		map.put("p50", this.p50);
		map.put("p90", this.p90);
		return map;
	}

	/**
	 * Return the median, with the spread in brackets.
	 * @return the text, in milliseconds
	 */
	@Override
	public String toString() {
		return (this.count == 0) ? "–" : String.format(Locale.ROOT, "%.2f (%.2f … %.2f)", this.p50, this.p10, this.p90);
	}

}
