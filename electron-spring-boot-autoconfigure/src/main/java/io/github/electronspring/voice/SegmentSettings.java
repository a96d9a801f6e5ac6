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

package io.github.electronspring.voice;

import org.springframework.util.Assert;

/**
 * How long the pieces are that a turn is cut into for a speech synthesiser. Lengths are
 * counted in letters and signs of an alphabet: a combining mark counts nothing and a
 * character of Chinese, Japanese or Korean counts 3, as it takes about as long to say.
 * Immutable.
 *
 * @param firstClause the least length at which the first segment of an answer may end at
 * a clause mark, such as a comma, so that it can be heard early
 * @param firstMaximum the greatest length of the first segment
 * @param maximum the greatest length of all others
 * @author The Electron Spring authors
 */
public record SegmentSettings(int firstClause, int firstMaximum, int maximum) {

	private static final SegmentSettings DEFAULTS = new SegmentSettings(16, 100, 200);

	/**
	 * Create settings.
	 * @throws IllegalArgumentException if a length is too small, or less than one before
	 * it
	 */
	public SegmentSettings {
		Assert.isTrue(firstClause > 0, () -> "'firstClause' must be positive but is '%d'".formatted(firstClause));
		Assert.isTrue(firstMaximum >= firstClause,
				() -> "'firstMaximum' must not be less than 'firstClause' (%d) but is '%d'".formatted(firstClause,
						firstMaximum));
		Assert.isTrue(maximum >= firstMaximum, () -> "'maximum' must not be less than 'firstMaximum' (%d) but is '%d'"
			.formatted(firstMaximum, maximum));
	}

	/**
	 * Return the defaults: a first segment that ends at a clause mark after 16 letters,
	 * or after 100 at the latest, and others of at most 200.
	 * @return the defaults
	 */
	public static SegmentSettings defaults() {
		return DEFAULTS;
	}

	/**
	 * Return these settings with another least length of a first clause.
	 * @param firstClause the least length at which the first segment may end at a clause
	 * mark
	 * @return the settings
	 */
	public SegmentSettings withFirstClause(int firstClause) {
		return new SegmentSettings(firstClause, this.firstMaximum, this.maximum);
	}

	/**
	 * Return these settings with another greatest length of the first segment.
	 * @param firstMaximum the greatest length of the first segment
	 * @return the settings
	 */
	public SegmentSettings withFirstMaximum(int firstMaximum) {
		return new SegmentSettings(this.firstClause, firstMaximum, this.maximum);
	}

	/**
	 * Return these settings with another greatest length of segments after the first.
	 * @param maximum the greatest length of all others
	 * @return the settings
	 */
	public SegmentSettings withMaximum(int maximum) {
		return new SegmentSettings(this.firstClause, this.firstMaximum, maximum);
	}

}
