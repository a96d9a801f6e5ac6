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

import org.springframework.web.reactive.function.client.WebClient;

/**
 * Where requests go and how.
 *
 * @param webClient the HTTP client
 * @param uri the address of the endpoint
 * @param provider the name of the provider
 * @param timeouts the deadlines
 * @param errors the reader of error responses
 * @author The Electron Spring authors
 */
record HttpEndpoint(WebClient webClient, URI uri, String provider, Timeouts timeouts, ErrorResponses errors) {

	/**
	 * Where the observation of a request finds the path as a tag of few values. The HTTP
	 * client sets it itself for a template, which would be expanded for each request.
	 */
	static final String URI_TEMPLATE_ATTRIBUTE = WebClient.class.getName() + ".uriTemplate";

	/**
	 * Return the prefix of the properties that configure a provider.
	 * @param provider the name of the provider
	 * @return the prefix
	 */
	static String properties(String provider) {
		return "electron".equals(provider) ? provider : "electron.providers." + provider;
	}

}
