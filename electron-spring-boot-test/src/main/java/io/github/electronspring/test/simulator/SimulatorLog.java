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

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;

/**
 * What has happened on the simulator's side of the wire. Thread-safe.
 *
 * @author The Electron Spring authors
 */
final class SimulatorLog {

	private final int kept;

	private final Deque<SimulatorRequest> requests = new ArrayDeque<>();

	private final Deque<SimulatorUsage> usages = new ArrayDeque<>();

	private int arrived;

	private int connections;

	private int disconnects;

	private int awaitedDisconnects;

	private int inFlight;

	private int peakInFlight;

	private int rateLimited;

	/**
	 * Create a log.
	 * @param kept how many requests and usages are kept, the last ones
	 */
	SimulatorLog(int kept) {
		this.kept = kept;
	}

	synchronized void connected() {
		this.connections++;
		notifyAll();
	}

	synchronized void began(SimulatorRequest request) {
		add(this.requests, request);
		this.arrived++;
		this.inFlight++;
		this.peakInFlight = Math.max(this.peakInFlight, this.inFlight);
		notifyAll();
	}

	synchronized void limited() {
		this.rateLimited++;
		notifyAll();
	}

	synchronized void used(SimulatorUsage usage) {
		add(this.usages, usage);
		notifyAll();
	}

	synchronized void ended(boolean disconnected) {
		this.inFlight--;
		if (disconnected) {
			this.disconnects++;
		}
		notifyAll();
	}

	synchronized List<SimulatorRequest> requests() {
		return List.copyOf(this.requests);
	}

	synchronized List<SimulatorUsage> usages() {
		return List.copyOf(this.usages);
	}

	synchronized int connections() {
		return this.connections;
	}

	synchronized int disconnects() {
		return this.disconnects;
	}

	synchronized int inFlight() {
		return this.inFlight;
	}

	synchronized int peakInFlight() {
		return this.peakInFlight;
	}

	synchronized int rateLimited() {
		return this.rateLimited;
	}

	synchronized boolean awaitDisconnect(Duration timeout) {
		if (!await(() -> this.disconnects > this.awaitedDisconnects, timeout)) {
			return false;
		}
		this.awaitedDisconnects++;
		return true;
	}

	synchronized boolean awaitRequests(int count, Duration timeout) {
		return await(() -> this.arrived >= count, timeout);
	}

	synchronized boolean awaitIdle(Duration timeout) {
		return await(() -> this.inFlight == 0, timeout);
	}

	private <T> void add(Deque<T> all, T element) {
		all.addLast(element);
		if (all.size() > this.kept) {
			all.removeFirst();
		}
	}

	private boolean await(BooleanSupplier condition, Duration timeout) {
		long deadline = System.nanoTime() + timeout.toNanos();
		try {
			while (!condition.getAsBoolean()) {
				long millis = TimeUnit.NANOSECONDS.toMillis(deadline - System.nanoTime());
				if (millis <= 0) {
					return false;
				}
				wait(millis);
			}
			return true;
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
			return false;
		}
	}

}
