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
import java.net.URISyntaxException;
import java.util.regex.Pattern;

/**
 * Checks the base URL of a service.
 *
 * @author The Electron Spring authors
 */
final class BaseUrl {

	/**
	 * The path of the endpoint under the base URL.
	 */
	static final String PATH = "/chat/completions";

	private static final Pattern USER_INFO = Pattern.compile("^(\\s*[^:/]*://)?.*@");

	private static final Pattern QUERY = Pattern.compile("[?#].*");

	private BaseUrl() {
	}

	static URI endpoint(String baseUrl) {
		String url = baseUrl.strip();
		while (url.endsWith("/")) {
			url = url.substring(0, url.length() - 1);
		}
		if (url.endsWith(PATH)) {
			throw new InvalidBaseUrlException(withoutSecrets(baseUrl), "must not end in '%s': use '%s'".formatted(PATH,
					withoutSecrets(url.substring(0, url.length() - PATH.length()))));
		}
		URI uri = parse(withoutSecrets(baseUrl), url);
		if (uri.getUserInfo() != null || uri.getQuery() != null || uri.getFragment() != null) {
			throw new InvalidBaseUrlException(withoutSecrets(uri),
					"must be a scheme, a host and a path only, without user, query and fragment");
		}
		return uri;
	}

	private static URI parse(String shown, String url) {
		if (url.isEmpty()) {
			throw new InvalidBaseUrlException(shown, "is blank");
		}
		if (!shown.contains("://")) {
			throw new InvalidBaseUrlException(shown, "lacks a scheme: use 'https://%s'".formatted(withoutSecrets(url)));
		}
		try {
			URI uri = new URI(url + PATH);
			if (!"https".equalsIgnoreCase(uri.getScheme()) && !"http".equalsIgnoreCase(uri.getScheme())) {
				throw new InvalidBaseUrlException(shown, "must have the scheme 'https' or 'http'");
			}
			if (uri.getHost() == null) {
				throw new InvalidBaseUrlException(shown, "has no valid host");
			}
			return uri;
		}
		catch (URISyntaxException ex) {
			throw new InvalidBaseUrlException(shown, "is not a URL: " + ex.getReason());
		}
	}

	private static String withoutSecrets(String url) {
		return QUERY.matcher(USER_INFO.matcher(url).replaceFirst("$1***@")).replaceFirst("");
	}

	private static String withoutSecrets(URI uri) {
		return "%s://%s".formatted(uri.getScheme(), uri.getHost());
	}

}
