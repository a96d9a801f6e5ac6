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

import java.net.URI;
import java.net.URISyntaxException;
import java.util.Locale;

import io.github.electronspring.api.ElectronApiBuilder;
import org.jspecify.annotations.Nullable;

import org.springframework.util.StringUtils;

/**
 * Brings the base URL into its one form, or says which one was meant.
 *
 * @author The Electron Spring authors
 */
final class ElectronBaseUrl {

	static final String PROPERTY = "electron.base-url";

	private static final String PATH = "/chat/completions";

	private static final URI SERVICE = URI.create(ElectronApiBuilder.DEFAULT_BASE_URL);

	private ElectronBaseUrl() {
	}

	/**
	 * Return the URL without slashes at its end.
	 * @param value the value of the property
	 * @return the base URL
	 * @throws InvalidElectronConfigurationException if it is not one
	 */
	static String normalize(String value) {
		if (!StringUtils.hasText(value)) {
			throw invalid(value, "is blank", ElectronApiBuilder.DEFAULT_BASE_URL);
		}
		String url = StringUtils.trimTrailingCharacter(value.strip(), '/');
		if (url.toLowerCase(Locale.ROOT).endsWith(PATH)) {
			throw invalid(value, "ends in '%s', which is added to it".formatted(PATH),
					url.substring(0, url.length() - PATH.length()));
		}
		if (!value.contains("://")) {
			throw invalid(value, "has no scheme", (isLoopback(hostOf(url)) ? "http://" : "https://") + url);
		}
		URI uri = parse(url);
		if (uri == null || !StringUtils.hasText(uri.getHost())
				|| !("http".equalsIgnoreCase(uri.getScheme()) || "https".equalsIgnoreCase(uri.getScheme()))) {
			throw invalid(value, "is not an HTTP URL", ElectronApiBuilder.DEFAULT_BASE_URL);
		}
		if (uri.getRawQuery() != null || uri.getRawFragment() != null || uri.getRawUserInfo() != null) {
			String right = uri.getScheme() + "://" + uri.getHost() + ((uri.getPort() != -1) ? ":" + uri.getPort() : "")
					+ uri.getRawPath();
			throw invalid(right, "has a user, a query or a fragment beside", right);
		}
		if (SERVICE.getHost().equalsIgnoreCase(uri.getHost()) && !uri.getPath().startsWith("/waves/")) {
			throw invalid(value, "has not the path of the service", ElectronApiBuilder.DEFAULT_BASE_URL);
		}
		return url;
	}

	/**
	 * Return whether requests to a URL cross a network without encryption.
	 * @param url a base URL
	 * @return whether the key can be read on the way
	 */
	static boolean isUnprotected(String url) {
		URI uri = parse(url);
		return uri != null && "http".equalsIgnoreCase(uri.getScheme()) && !isLoopback(uri.getHost());
	}

	private static @Nullable URI parse(String url) {
		try {
			return new URI(url);
		}
		catch (URISyntaxException ex) {
			return null;
		}
	}

	private static String hostOf(String urlWithoutScheme) {
		URI uri = parse("http://" + urlWithoutScheme);
		return (uri != null && uri.getHost() != null) ? uri.getHost() : "";
	}

	private static boolean isLoopback(@Nullable String host) {
		return host != null && ("localhost".equalsIgnoreCase(host) || host.startsWith("127.") || "[::1]".equals(host));
	}

	private static InvalidElectronConfigurationException invalid(String value, String reason, String right) {
		return new InvalidElectronConfigurationException(
				"The base URL of Electron in '%s' %s: '%s'".formatted(PROPERTY, reason, value),
				"Set '%s' to '%s'.".formatted(PROPERTY, right));
	}

}
