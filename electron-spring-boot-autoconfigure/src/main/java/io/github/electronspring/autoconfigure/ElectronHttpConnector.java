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
import io.github.electronspring.api.Timeouts;
import org.jspecify.annotations.Nullable;
import reactor.netty.http.client.HttpClient;
import reactor.netty.resources.ConnectionProvider;
import reactor.netty.transport.ProxyProvider;

import org.springframework.beans.factory.DisposableBean;
import org.springframework.boot.context.properties.PropertyMapper;
import org.springframework.boot.http.client.HttpClientSettings;
import org.springframework.boot.http.client.reactive.ReactorClientHttpConnectorBuilder;
import org.springframework.boot.ssl.SslBundles;
import org.springframework.http.client.reactive.ClientHttpConnector;
import org.springframework.util.Assert;

/**
 * The HTTP client under Electron, with connections of its own. Nothing is connected
 * before the first request. Thread-safe.
 *
 * @author The Electron Spring authors
 */
class ElectronHttpConnector implements DisposableBean {

	private final ElectronHttpProperties properties;

	private final Timeouts timeouts;

	private final ConnectionProvider connectionProvider;

	private final ClientHttpConnector connector;

	/**
	 * Create a client.
	 * @param properties the properties
	 * @param settings the settings of all HTTP clients of the application
	 * @param builder the builder of the application; only where connections come from is
	 * not taken from it: they stay apart from those of other clients
	 * @param sslBundles the SSL bundles, or {@code null} if there are none
	 */
	ElectronHttpConnector(ElectronHttpProperties properties, HttpClientSettings settings,
			ReactorClientHttpConnectorBuilder builder, @Nullable SslBundles sslBundles) {
		this.properties = properties;
		this.timeouts = timeouts(properties, settings);
		this.connectionProvider = HttpClients.connectionProvider(properties.getMaxConnections());
		this.connector = builder.withHttpClientFactory(() -> HttpClients.create(this.connectionProvider))
			.withHttpClientDefaults(HttpClient::proxyWithSystemProperties)
			.withHttpClientCustomizer(this::configure)
			.build(settings(settings, sslBundles));
	}

	private static Timeouts timeouts(ElectronHttpProperties properties, HttpClientSettings settings) {
		Timeouts timeouts = Timeouts.defaults();
		PropertyMapper map = PropertyMapper.get();
		timeouts = map.from(settings::connectTimeout).to(timeouts, Timeouts::withConnect);
		timeouts = map.from(settings::readTimeout).to(timeouts, ElectronHttpConnector::withRead);
		timeouts = map.from(properties::getConnectTimeout).to(timeouts, Timeouts::withConnect);
		timeouts = map.from(properties::getFirstTokenTimeout).to(timeouts, Timeouts::withFirstToken);
		timeouts = map.from(properties::getIdleTimeout).to(timeouts, Timeouts::withIdle);
		return map.from(properties::getResponseTimeout).to(timeouts, Timeouts::withResponse);
	}

	private static Timeouts withRead(Timeouts timeouts, Duration readTimeout) {
		return timeouts.withFirstToken(readTimeout).withIdle(readTimeout).withResponse(readTimeout);
	}

	/**
	 * Return the deadlines of requests.
	 * @return the deadlines
	 */
	Timeouts getTimeouts() {
		return this.timeouts;
	}

	/**
	 * Return the connector.
	 * @return the connector
	 */
	ClientHttpConnector getConnector() {
		return this.connector;
	}

	private HttpClientSettings settings(HttpClientSettings settings, @Nullable SslBundles sslBundles) {
		// No read time-out here: the deadlines of the API know what they wait for
		HttpClientSettings ours = settings.withTimeouts(this.timeouts.connect(), null);
		String bundle = this.properties.getSsl().getBundle();
		if (bundle == null) {
			return ours;
		}
		Assert.state(sslBundles != null, "'electron.http.ssl.bundle' needs a bean of type 'SslBundles'");
		return ours.withSslBundle(sslBundles.getBundle(bundle));
	}

	private HttpClient configure(HttpClient client) {
		ElectronHttpProperties.Proxy proxy = this.properties.getProxy();
		// Again, as the settings and customizers of the application may have set them
		HttpClient configured = client.compress(false).followRedirect(false);
		String host = proxy.getHost();
		return (host != null) ? configured.proxy((spec) -> configure(spec, proxy, host)) : configured;
	}

	private void configure(ProxyProvider.TypeSpec spec, ElectronHttpProperties.Proxy proxy, String host) {
		ProxyProvider.Builder builder = spec.type(ProxyProvider.Proxy.HTTP)
			.host(host)
			.port(proxy.getPort())
			.connectTimeoutMillis(this.timeouts.connect().toMillis());
		PropertyMapper map = PropertyMapper.get();
		map.from(proxy::getUsername).to(builder::username);
		map.from(proxy::getPassword).to((password) -> builder.password((username) -> password));
	}

	@Override
	public void destroy() {
		this.connectionProvider.dispose();
	}

}
