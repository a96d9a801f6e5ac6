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

package io.github.electronspring.api;

import java.time.Duration;

import io.netty.channel.ChannelOption;
import reactor.netty.http.client.HttpClient;
import reactor.netty.resources.ConnectionProvider;

/**
 * HTTP clients with a connection pool that suits streams: there are as many connections
 * as streams, because the plan's limits are what bounds those.
 *
 * @author The Electron Spring authors
 */
public final class HttpClients {

	/**
	 * The default of the most connections.
	 */
	public static final int DEFAULT_MAX_CONNECTIONS = 10_000;

	private static final Duration MAX_IDLE_TIME = Duration.ofSeconds(50);

	private HttpClients() {
	}

	/**
	 * Create a connection pool.
	 * @param maxConnections the most connections
	 * @return the pool, which its user disposes of
	 */
	public static ConnectionProvider connectionProvider(int maxConnections) {
		return ConnectionProvider.builder("electron")
			.maxConnections(maxConnections)
			.pendingAcquireMaxCount(-1)
			.maxIdleTime(MAX_IDLE_TIME)
			.lifo()
			.build();
	}

	/**
	 * Create an HTTP client that keeps connections, and leaves redirects, retries and
	 * compression.
	 * @param connectionProvider the connection pool
	 * @return the client
	 */
	public static HttpClient create(ConnectionProvider connectionProvider) {
		return HttpClient.create(connectionProvider).followRedirect(false).compress(false).disableRetry(true);
	}

	static HttpClient create(Duration connectTimeout) {
		return create(Shared.CONNECTION_PROVIDER).option(ChannelOption.CONNECT_TIMEOUT_MILLIS,
				(int) connectTimeout.toMillis());
	}

	/**
	 * The connection pool of clients that were given none, made when it is first needed.
	 */
	private static final class Shared {

		static final ConnectionProvider CONNECTION_PROVIDER = connectionProvider(DEFAULT_MAX_CONNECTIONS);

	}

}
