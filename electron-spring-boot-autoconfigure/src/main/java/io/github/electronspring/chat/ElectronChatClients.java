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

package io.github.electronspring.chat;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;

import org.springframework.util.Assert;
import org.springframework.util.function.SingletonSupplier;

/**
 * The chat clients of all providers by name, for a choice per request. They are no beans,
 * so that {@link ElectronChatClient} can still be injected. Each is made when it is first
 * asked for. Thread-safe.
 *
 * @author The Electron Spring authors
 */
public final class ElectronChatClients {

	private final Map<String, Supplier<ElectronChatClient>> clients;

	/**
	 * Create chat clients.
	 * @param clients what makes the client of each provider
	 */
	public ElectronChatClients(Map<String, Supplier<ElectronChatClient>> clients) {
		Map<String, Supplier<ElectronChatClient>> once = new LinkedHashMap<>();
		clients.forEach((name, client) -> once.put(name, SingletonSupplier.of(client)));
		this.clients = Collections.unmodifiableMap(once);
	}

	/**
	 * Return the client of a provider. Requests go to it alone, with its own retries and
	 * limits, and to no other if it fails.
	 * @param name the name of the provider
	 * @return the client
	 * @throws IllegalArgumentException if there is no such provider
	 */
	public ElectronChatClient get(String name) {
		Supplier<ElectronChatClient> client = this.clients.get(name);
		Assert.isTrue(client != null, () -> "There is no provider '%s' in 'electron.providers', which has %s"
			.formatted(name, this.clients.keySet()));
		return client.get();
	}

	/**
	 * Return the names of the providers.
	 * @return the names
	 */
	public Set<String> names() {
		return this.clients.keySet();
	}

}
