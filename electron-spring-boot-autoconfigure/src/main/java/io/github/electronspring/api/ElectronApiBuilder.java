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

import java.net.URI;
import java.time.Clock;
import java.util.function.Supplier;

import org.jspecify.annotations.Nullable;

import org.springframework.http.client.reactive.ReactorClientHttpConnector;
import org.springframework.util.Assert;
import org.springframework.web.reactive.function.client.WebClient;

/**
 * Builder of an {@link ElectronApi} over HTTP. Not thread-safe; {@link #build()} copies
 * its values.
 *
 * @author The Electron Spring authors
 */
public final class ElectronApiBuilder {

	/**
	 * The base URL of the service.
	 */
	public static final String DEFAULT_BASE_URL = "https://api.smallest.ai/waves/v1";

	private String baseUrl = DEFAULT_BASE_URL;

	private @Nullable Supplier<String> apiKey;

	private WebClient.@Nullable Builder webClientBuilder;

	private Dialect dialect = Dialect.ELECTRON;

	private String provider = "electron";

	private Timeouts timeouts = Timeouts.defaults();

	ElectronApiBuilder() {
	}

	/**
	 * Set the base URL, by default {@value #DEFAULT_BASE_URL}. A trailing slash is fine.
	 * @param baseUrl the URL, without {@code /chat/completions}
	 * @return this builder
	 */
	public ElectronApiBuilder baseUrl(String baseUrl) {
		this.baseUrl = baseUrl;
		return this;
	}

	/**
	 * Set the API key.
	 * @param apiKey the key
	 * @return this builder
	 */
	public ElectronApiBuilder apiKey(String apiKey) {
		return apiKey(() -> apiKey);
	}

	/**
	 * Set where the API key comes from. It is asked before each request, so that a key
	 * can be rotated, and must not block.
	 * @param apiKey the supplier of the key
	 * @return this builder
	 */
	public ElectronApiBuilder apiKey(Supplier<String> apiKey) {
		this.apiKey = apiKey;
		return this;
	}

	/**
	 * Set the builder of the HTTP client. Its connector is used as it is; by default one
	 * over Reactor Netty is made.
	 * @param webClientBuilder the builder, which is not changed
	 * @return this builder
	 */
	public ElectronApiBuilder webClientBuilder(WebClient.Builder webClientBuilder) {
		this.webClientBuilder = webClientBuilder;
		return this;
	}

	/**
	 * Set the dialect, by default {@link Dialect#ELECTRON}.
	 * @param dialect the dialect
	 * @return this builder
	 */
	public ElectronApiBuilder dialect(Dialect dialect) {
		this.dialect = dialect;
		return this;
	}

	/**
	 * Set the name of the provider that {@link ResponseInfo} tells, by default
	 * {@code electron}.
	 * @param provider the name
	 * @return this builder
	 */
	public ElectronApiBuilder provider(String provider) {
		this.provider = provider;
		return this;
	}

	/**
	 * Set the deadlines, by default {@link Timeouts#defaults()}. The time to connect
	 * belongs to the connector: it counts only where none is given.
	 * @param timeouts the deadlines
	 * @return this builder
	 */
	public ElectronApiBuilder timeouts(Timeouts timeouts) {
		this.timeouts = timeouts;
		return this;
	}

	/**
	 * Build the client. Nothing is connected before the first request.
	 * @return the client
	 * @throws IllegalArgumentException if the base URL is not one or the key is missing
	 */
	public ElectronApi build() {
		Assert.notNull(this.apiKey, "'apiKey' must not be null");
		URI uri = BaseUrl.endpoint(this.baseUrl);
		WebClient webClient = (this.webClientBuilder != null) ? this.webClientBuilder.clone().build()
				: WebClient.builder()
					.clientConnector(new ReactorClientHttpConnector(HttpClients.create(this.timeouts.connect())))
					.build();
		HttpEndpoint endpoint = new HttpEndpoint(webClient, uri, this.provider, this.timeouts,
				new ErrorResponses(Clock.systemUTC(), HttpEndpoint.properties(this.provider)));
		return new HttpElectronApi(endpoint, this.apiKey, this.dialect);
	}

}
