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
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;

import org.springframework.util.Assert;

/**
 * A server on this machine that keeps the contract of the Electron service. In scripted
 * mode, the default, a test says which responses come and reads back what has arrived; a
 * simulator that is free-running thinks up an answer when no script is left. Listens on
 * {@code 127.0.0.1} and stops on {@link #close()}. Thread-safe.
 *
 * <pre class="code">
 * simulator.enqueue(ElectronScript.text("Hello"));
 * assertThat(simulator.lastRequest().message(-1)).isEqualTo(...);
 * </pre>
 *
 * @author The Electron Spring authors
 */
public final class ElectronSimulator implements AutoCloseable {

	private final SimulatorSettings settings;

	private final String apiKey;

	private final ScriptQueue scripts = new ScriptQueue();

	private final LimitGate limitGate = new LimitGate(System::nanoTime);

	private final PrefixCache prefixCache = new PrefixCache();

	private final SimulatorServer server;

	private final AtomicBoolean closed = new AtomicBoolean();

	private final int keptRequests;

	private volatile SimulatorLog log;

	ElectronSimulator(ElectronSimulatorBuilder builder) {
		this.apiKey = builder.apiKeys.isEmpty() ? "sk_simulator" : builder.apiKeys.iterator().next();
		this.settings = new SimulatorSettings(new ApiKeys(Set.copyOf(builder.apiKeys), Set.copyOf(builder.deniedKeys)),
				builder.validation, builder.freeRunning, builder.limits, builder.pace);
		this.keptRequests = builder.keptRequests;
		this.log = new SimulatorLog(this.keptRequests);
		Tokens.load();
		Json.load();
		this.server = new SimulatorServer(builder.port,
				new RequestHandler(this.settings, this.scripts, this.limitGate, this.prefixCache), () -> this.log);
	}

	/**
	 * Start a simulator in scripted mode on a free port.
	 * @return the running simulator
	 */
	public static ElectronSimulator start() {
		return builder().start();
	}

	/**
	 * Return a builder of simulators.
	 * @return a builder
	 */
	public static ElectronSimulatorBuilder builder() {
		return new ElectronSimulatorBuilder();
	}

	/**
	 * Return the base URL that clients of Electron are given.
	 * @return the base URL, without {@code /chat/completions}
	 */
	public String baseUrl() {
		return "http://127.0.0.1:%d/waves/v1".formatted(port());
	}

	/**
	 * Return the base URL that clients of OpenAI are given.
	 * @return the base URL, without {@code /chat/completions}
	 */
	public String openAiBaseUrl() {
		return "http://127.0.0.1:%d/v1".formatted(port());
	}

	/**
	 * Return the port.
	 * @return the port that the simulator listens on
	 */
	public int port() {
		return this.server.port();
	}

	/**
	 * Return an API key that the simulator accepts.
	 * @return the API key
	 */
	public String apiKey() {
		return this.apiKey;
	}

	/**
	 * Add responses, which are played in order, one for each request that is valid and
	 * within the limits.
	 * @param scripts the responses
	 * @return this simulator
	 */
	public ElectronSimulator enqueue(ElectronScript... scripts) {
		for (ElectronScript script : scripts) {
			this.scripts.add(script);
		}
		return this;
	}

	/**
	 * Return how many responses have not been played yet.
	 * @return the number of responses
	 */
	public int scriptsLeft() {
		return this.scripts.size();
	}

	/**
	 * Set the limits from now on.
	 * @param limits the limits of each key
	 */
	public void setLimits(SimulatorLimits limits) {
		this.settings.limits(limits);
	}

	/**
	 * Set the pace of free-running answers from now on.
	 * @param pace the pace
	 */
	public void setPace(SimulatorPace pace) {
		this.settings.pace(pace);
	}

	/**
	 * Set whether the simulator thinks up an answer when no script is left.
	 * @param freeRunning whether it is free-running
	 */
	public void setFreeRunning(boolean freeRunning) {
		this.settings.freeRunning(freeRunning);
	}

	/**
	 * Return the requests since the last {@link #reset()}, refused ones included, of
	 * which a simulator may be built to keep only the last.
	 * @return the requests, in the order in which they arrived
	 */
	public List<SimulatorRequest> requests() {
		return this.log.requests();
	}

	/**
	 * Return the last request.
	 * @return the request
	 * @throws IllegalStateException if there was none since the last {@link #reset()}
	 */
	public SimulatorRequest lastRequest() {
		List<SimulatorRequest> requests = requests();
		Assert.state(!requests.isEmpty(), "The simulator has received no request");
		return requests.get(requests.size() - 1);
	}

	/**
	 * Return what finished requests have used, also those whose client went away: they
	 * are billed for what had been produced. As many are kept as requests.
	 * @return the usages, in the order in which the requests ended
	 */
	public List<SimulatorUsage> usages() {
		return this.log.usages();
	}

	/**
	 * Return how many connections were opened since the last {@link #reset()}.
	 * @return the number of connections
	 */
	public int connections() {
		return this.log.connections();
	}

	/**
	 * Return how many clients went away before their response had ended.
	 * @return the number of disconnects
	 */
	public int disconnects() {
		return this.log.disconnects();
	}

	/**
	 * Return how many requests are in flight.
	 * @return the number of requests
	 */
	public int inFlight() {
		return this.log.inFlight();
	}

	/**
	 * Return the highest number of requests in flight at the same time since the last
	 * {@link #reset()}.
	 * @return the number of requests
	 */
	public int peakInFlight() {
		return this.log.peakInFlight();
	}

	/**
	 * Return how many requests were over the limits and were answered with status 429;
	 * scripted ones do not count.
	 * @return the number of requests
	 */
	public int rateLimited() {
		return this.log.rateLimited();
	}

	/**
	 * Wait until a client goes away before its response has ended. Each disconnect is
	 * waited for once: a second call waits for a second one.
	 * @param timeout how long to wait
	 * @throws AssertionError if no client has gone by then
	 */
	public void awaitDisconnect(Duration timeout) {
		if (!this.log.awaitDisconnect(timeout)) {
			throw new AssertionError("No client went away within '%s': '%s' requests, '%s' of them in flight"
				.formatted(timeout, requests().size(), inFlight()));
		}
	}

	/**
	 * Wait until a number of requests have arrived since the last {@link #reset()}.
	 * @param count the number of requests
	 * @param timeout how long to wait
	 * @throws AssertionError if fewer have arrived by then
	 */
	public void awaitRequests(int count, Duration timeout) {
		if (!this.log.awaitRequests(count, timeout)) {
			throw new AssertionError(
					"Only '%s' of '%s' requests arrived within '%s'".formatted(requests().size(), count, timeout));
		}
	}

	/**
	 * Wait until no request is in flight.
	 * @param timeout how long to wait
	 * @throws AssertionError if a request is in flight then
	 */
	public void awaitIdle(Duration timeout) {
		if (!this.log.awaitIdle(timeout)) {
			throw new AssertionError("'%s' requests are in flight after '%s'".formatted(inFlight(), timeout));
		}
	}

	/**
	 * Start afresh: ends what is in flight by closing its connection, forgets scripts,
	 * requests and counters, the windows of the limits and the prefix cache, and goes
	 * back to the limits, the pace and the mode that the simulator was started with. Idle
	 * connections stay open.
	 */
	public void reset() {
		this.scripts.clear();
		this.log = new SimulatorLog(this.keptRequests);
		this.server.abort();
		this.limitGate.clear();
		this.prefixCache.clear();
		this.settings.reset();
	}

	/**
	 * Stop the simulator and close all its connections.
	 */
	@Override
	public void close() {
		if (this.closed.compareAndSet(false, true)) {
			this.server.close();
		}
	}

	@Override
	public String toString() {
		return "ElectronSimulator at " + baseUrl();
	}

}
