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

package io.github.electronspring.test.faults;

import java.util.Map;
import java.util.Queue;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;

/**
 * What has come of random runs. Thread-safe.
 *
 * @author The Electron Spring authors
 */
final class RandomResults {

	private final Map<String, Integer> counts = new ConcurrentHashMap<>();

	private final Set<Integer> running = ConcurrentHashMap.newKeySet();

	private final Set<String> deliveredTokens = ConcurrentHashMap.newKeySet();

	private final Queue<Throwable> unexpected = new ConcurrentLinkedQueue<>();

	void begin(int run) {
		this.running.add(run);
	}

	void end(int run) {
		this.running.remove(run);
	}

	Set<Integer> running() {
		return this.running;
	}

	void add(String result) {
		this.counts.merge(result, 1, Integer::sum);
	}

	void unexpected(int run, Throwable ex) {
		add("unexpected");
		this.unexpected.add(new AssertionError("Run '%d' ended with '%s'".formatted(run, ex), ex));
	}

	int count(String result) {
		return this.counts.getOrDefault(result, 0);
	}

	Map<String, Integer> counts() {
		return new TreeMap<>(this.counts);
	}

	Set<String> deliveredTokens() {
		return this.deliveredTokens;
	}

	Queue<Throwable> unexpected() {
		return this.unexpected;
	}

}
