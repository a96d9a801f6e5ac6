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

import java.util.Iterator;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

import com.knuddels.jtokkit.api.IntArrayList;

/**
 * Counts how many tokens of a prompt begin an earlier prompt of the same key, in whole
 * blocks. Thread-safe.
 *
 * @author The Electron Spring authors
 */
final class PrefixCache {

	static final int BLOCK = 64;

	private static final int MAX_BLOCKS = 100_000;

	private final Map<String, Set<Long>> blocks = new ConcurrentHashMap<>();

	/**
	 * Return the number of cached tokens of a prompt, and remember the prompt.
	 * @param key the API key
	 * @param prompt the tokens of the prompt
	 * @return the number of cached tokens
	 */
	int lookUp(String key, IntArrayList prompt) {
		Set<Long> known = this.blocks.computeIfAbsent(key, (absent) -> new LinkedHashSet<>());
		synchronized (known) {
			// a hash stands for everything up to the end of its block
			long hash = 1125899906842597L;
			int cached = 0;
			for (int i = 0; i < prompt.size(); i++) {
				hash = 31 * hash + prompt.get(i);
				int length = i + 1;
				if (length % BLOCK == 0 && !known.add(hash)) {
					cached = length;
				}
			}
			Iterator<Long> oldest = known.iterator();
			while (known.size() > MAX_BLOCKS) {
				oldest.next();
				oldest.remove();
			}
			return cached;
		}
	}

	void clear() {
		this.blocks.clear();
	}

}
