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

/**
 * A story that takes a while, so that somebody can interrupt it.
 *
 * @author The Electron Spring authors
 */
final class Story {

	private static final String[] PLACES = { "a harbour", "a mountain hut", "a library", "a railway station",
			"a village market", "an old theatre", "a lighthouse", "a garden" };

	private static final String[] PEOPLE = { "a baker", "a retired pilot", "two sisters", "a clockmaker", "a ferryman",
			"a music teacher", "a gardener", "a night watchman", "a painter" };

	private static final String[] DEEDS = { "shared a loaf of bread", "told the robot a riddle", "lent it a lantern",
			"asked where it was going", "repaired its left foot", "taught it a song", "drew it a map" };

	private static final int CHAPTERS = 40;

	private Story() {
	}

	static String tell() {
		StringBuilder story = new StringBuilder("Once upon a time a small robot set out to find the sea. ");
		for (int i = 0; i < CHAPTERS; i++) {
			story.append("On day %d it came to %s, where %s %s. ".formatted(i + 1, PLACES[i % PLACES.length],
					PEOPLE[i % PEOPLE.length], DEEDS[i % DEEDS.length]));
			story.append("It said thank you, wrote the day into its book and went on before the sun was up. ");
		}
		return story.append("And then it heard the waves. The end.").toString();
	}

}
