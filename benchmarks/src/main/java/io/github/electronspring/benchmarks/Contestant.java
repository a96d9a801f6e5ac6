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

import java.util.ArrayList;
import java.util.List;

import org.jspecify.annotations.Nullable;

/**
 * A client in the comparison and what was measured of it.
 *
 * @author The Electron Spring authors
 */
final class Contestant {

	private final String name;

	private final boolean peer;

	private final TurnClient client;

	/** The times by round, {@code null} for the rounds left out. */
	private final List<@Nullable TurnTimes> rounds = new ArrayList<>();

	/**
	 * Create a contestant.
	 * @param name its name
	 * @param peer whether it is there to compare with, and takes part in some rounds only
	 * @param client the client
	 */
	Contestant(String name, boolean peer, TurnClient client) {
		this.name = name;
		this.peer = peer;
		this.client = client;
	}

	String name() {
		return this.name;
	}

	boolean isPeer() {
		return this.peer;
	}

	/**
	 * Run a turn.
	 * @param tools the tools of all clients
	 * @return its times
	 */
	TurnTimes run(SlowTools tools) {
		tools.reset();
		TurnProbe probe = new TurnProbe();
		try {
			this.client.run(probe);
			return probe.times(tools.lastStart(), tools.lastEnd());
		}
		catch (Exception ex) {
			throw new IllegalStateException("A turn of '%s' failed".formatted(this.name), ex);
		}
	}

	void add(@Nullable TurnTimes times) {
		this.rounds.add(times);
	}

	List<@Nullable TurnTimes> rounds() {
		return this.rounds;
	}

}
