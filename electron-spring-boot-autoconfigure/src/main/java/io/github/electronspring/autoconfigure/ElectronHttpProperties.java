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

package io.github.electronspring.autoconfigure;

import java.time.Duration;

import io.github.electronspring.api.HttpClients;
import org.jspecify.annotations.Nullable;

/**
 * Configuration properties for the HTTP client of Electron. Not thread-safe.
 *
 * @author The Electron Spring authors
 */
public class ElectronHttpProperties {

	/**
	 * Longest time to open a connection. Unset: spring.http.clients.connect-timeout, else
	 * 2s.
	 */
	private @Nullable Duration connectTimeout;

	/**
	 * Longest time from sending a streamed request to its first text or tool call. Unset:
	 * spring.http.clients.read-timeout, else 4s.
	 */
	private @Nullable Duration firstTokenTimeout;

	/**
	 * Longest pause between two chunks of a stream. Unset:
	 * spring.http.clients.read-timeout, else 10s.
	 */
	private @Nullable Duration idleTimeout;

	/**
	 * Longest time for a whole response that is not streamed. Unset:
	 * spring.http.clients.read-timeout, else 60s.
	 */
	private @Nullable Duration responseTimeout;

	/**
	 * Most connections to the service at the same time, at least 1.
	 */
	private int maxConnections = HttpClients.DEFAULT_MAX_CONNECTIONS;

	private final Ssl ssl = new Ssl();

	private final Proxy proxy = new Proxy();

	public @Nullable Duration getConnectTimeout() {
		return this.connectTimeout;
	}

	public void setConnectTimeout(@Nullable Duration connectTimeout) {
		this.connectTimeout = connectTimeout;
	}

	public @Nullable Duration getFirstTokenTimeout() {
		return this.firstTokenTimeout;
	}

	public void setFirstTokenTimeout(@Nullable Duration firstTokenTimeout) {
		this.firstTokenTimeout = firstTokenTimeout;
	}

	public @Nullable Duration getIdleTimeout() {
		return this.idleTimeout;
	}

	public void setIdleTimeout(@Nullable Duration idleTimeout) {
		this.idleTimeout = idleTimeout;
	}

	public @Nullable Duration getResponseTimeout() {
		return this.responseTimeout;
	}

	public void setResponseTimeout(@Nullable Duration responseTimeout) {
		this.responseTimeout = responseTimeout;
	}

	public int getMaxConnections() {
		return this.maxConnections;
	}

	public void setMaxConnections(int maxConnections) {
		this.maxConnections = maxConnections;
	}

	public Ssl getSsl() {
		return this.ssl;
	}

	public Proxy getProxy() {
		return this.proxy;
	}

	/**
	 * SSL of the connections.
	 */
	public static class Ssl {

		/**
		 * Name of the SSL bundle to use. Unset: spring.http.clients.ssl.bundle, else the
		 * trust of the JVM.
		 */
		private @Nullable String bundle;

		public @Nullable String getBundle() {
			return this.bundle;
		}

		public void setBundle(@Nullable String bundle) {
			this.bundle = bundle;
		}

	}

	/**
	 * HTTP proxy between the application and the service.
	 */
	public static class Proxy {

		/**
		 * Host of an HTTP proxy. Unset: the proxy that the system properties name, if
		 * any.
		 */
		private @Nullable String host;

		/**
		 * Port of the proxy, 1 to 65535.
		 */
		private int port = 8080;

		/**
		 * User at the proxy.
		 */
		private @Nullable String username;

		/**
		 * Password of the user at the proxy.
		 */
		private @Nullable String password;

		public @Nullable String getHost() {
			return this.host;
		}

		public void setHost(@Nullable String host) {
			this.host = host;
		}

		public int getPort() {
			return this.port;
		}

		public void setPort(int port) {
			this.port = port;
		}

		public @Nullable String getUsername() {
			return this.username;
		}

		public void setUsername(@Nullable String username) {
			this.username = username;
		}

		public @Nullable String getPassword() {
			return this.password;
		}

		public void setPassword(@Nullable String password) {
			this.password = password;
		}

	}

}
